"""Notices that nobody touched the console while a work timer ran, and asks when somebody is back.

What the time was for is never guessed. The last touch is kept in the settings while a timer runs,
so that closing the console (or losing it) does not make it look like work.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from tierline.present.facts import WorkTimer
from tierline.system.settings import Settings

MINUTES, SETTING, KEPT = 10, "idle_minutes", "last_touch"
MOST_MINUTES = 480
_KEEP_EVERY = 30.0


def minutes_of(settings: Settings) -> float:
    """After how many minutes without a touch it asks, 0 for never; 10 for what is no such time."""
    wanted = settings.get(SETTING, float(MINUTES))
    usable = not isinstance(wanted, bool) and 0 <= wanted <= MOST_MINUTES
    return wanted if usable else MINUTES


def minutes_typed(text: str) -> int | None:
    """The whole minutes that a person typed, None for what is no such number."""
    minutes = int(text) if text.isascii() and text.isdecimal() else -1
    return minutes if 0 <= minutes <= MOST_MINUTES else None


class Absence(NamedTuple):
    """Nobody touched the console from `since` to `until` while a timer ran (epoch seconds)."""

    ticket_id: str
    number: str
    started: float
    since: float
    until: float

    @property
    def away(self) -> int:
        """How long, in seconds."""
        return max(0, int(self.until - self.since))


class Idleness(QObject):
    """`returned(Absence)` at the first touch after so many minutes without one.

    `listening_changed(bool)`: touches matter only while a timer runs.
    """

    returned = Signal(object)
    listening_changed = Signal(bool)

    def __init__(
        self, now: Callable[[], float], settings: Settings, parent: QObject | None = None
    ) -> None:
        """`now` gives epoch seconds; the setting `idle_minutes` is how long is long."""
        super().__init__(parent)
        self._now, self._settings = now, settings
        self._timer: WorkTimer | None = None
        self._touched = self._kept = 0.0
        self._known = False

    @property
    def patience(self) -> float:
        """After how many seconds without a touch it asks; endless when it never does."""
        return 60.0 * minutes_of(self._settings) or math.inf

    def follow(self, timer: WorkTimer | None) -> None:
        """My timer as it is on the disk now; the first look may find it long running."""
        first, self._known = not self._known, True
        before, self._timer = self._timer, timer
        if timer is None:
            self._forget(before)
            return
        another = before is None or (before.ticket_id, before.since) != (
            timer.ticket_id,
            timer.since,
        )
        if first:
            self._touched = self._last_touch(timer)
            self.touch()
        elif another:
            self._touched = self._now()
            self._keep()
        if before is None:
            self.listening_changed.emit(True)

    def touch(self) -> None:
        """A key or the pointer was used here."""
        timer, now = self._timer, self._now()
        if timer is None:
            return
        since, self._touched = max(self._touched, timer.since), now
        if now - since >= self.patience:
            self._keep()
            self.returned.emit(Absence(timer.ticket_id, timer.number, timer.since, since, now))
        elif now - self._kept >= _KEEP_EVERY:
            self._keep()

    def _forget(self, before: WorkTimer | None) -> None:
        if before is not None:
            self.listening_changed.emit(False)
        if self._settings.get(KEPT, 0.0):
            self._settings.put(KEPT, 0.0)

    def _last_touch(self, timer: WorkTimer) -> float:
        """When the console was last touched, as far as anyone knows; else when the timer began."""
        kept = self._settings.get(KEPT, 0.0)
        known = isinstance(kept, int | float) and timer.since <= kept <= self._now()
        return float(kept) if known else timer.since

    def _keep(self) -> None:
        self._kept = self._touched
        self._settings.put(KEPT, self._touched)
