"""A desktop that shows pop-ups to nobody but the test."""

from __future__ import annotations

import threading

from tierline.system.notifier import NotShownError, Popup


class Wall:
    """Notes what is shown, or fails with `problem`."""

    name = "desktop"

    def __init__(self) -> None:
        """Nothing is shown."""
        self.problem = ""
        self.shown: dict[str, Popup] = {}
        self.threads: set[str] = set()

    def show(self, popup: Popup) -> None:
        """As `Way.show`."""
        self.threads.add(threading.current_thread().name)
        if self.problem:
            raise NotShownError(self.problem)
        self.shown[popup.key] = popup

    def withdraw(self, key: str) -> None:
        """As `Way.withdraw`."""
        self.shown.pop(key, None)

    def look(self) -> str:
        """As `Way.look`."""
        if self.problem:
            raise NotShownError(self.problem)
        return self.name
