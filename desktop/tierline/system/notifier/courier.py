"""Carries pop-ups to the desktop and says what became of each; it never waits for ever."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from tierline.domain.tongue import tr
from tierline.system.notifier.popup import Delivered, NotShownError, Popup, Way, fitted
from tierline.system.patience import TooLateError, within

PATIENCE = 5.0  # seconds; each call on the bus has less, so this is for what knows no time
_log = logging.getLogger(__name__)


class Courier:
    """One way, asked on a thread of its own. While that one hangs, nothing more is given to it."""

    def __init__(self, way: Way, patience: float = PATIENCE) -> None:
        """Nothing is sent yet; `patience` in seconds."""
        self._way, self._patience = way, patience
        self._out: threading.Thread | None = None
        self._closed = False

    def deliver(self, popup: Popup) -> Delivered:
        """Show it, its texts cut to what every system shows; blocks up to the patience.

        Never raises: what could not be shown has a `problem`.
        """
        problem = self._carry(lambda: self._way.show(fitted(popup)))
        return Delivered("" if problem else self._way.name, problem)

    def withdraw(self, key: str) -> None:
        """Take back the pop-up of this key, where the way can."""
        self._carry(lambda: self._way.withdraw(key))

    def close(self) -> None:
        """Whatever still waits is not shown: the program ends."""
        self._closed = True

    def _carry(self, work: Callable[[], None]) -> str:
        """Why it was not done, "" when it was."""
        if self._closed:
            return tr("the program was ending")
        if self._out is not None and self._out.is_alive():
            return tr("the notification service still does not answer")
        self._out = None
        try:
            within(self._patience, work, "notice")
        except TooLateError as late:
            self._out = late.thread
            return tr("the notification service does not answer")
        except NotShownError as failure:
            return str(failure)
        except Exception as failure:  # noqa: BLE001 - a courtesy copy must not break the original
            _log.info("a pop-up failed (%s)", type(failure).__name__)
            return tr("it failed ({kind})", kind=type(failure).__name__)
        return ""
