"""Python's search for garbage, at moments that nobody notices.

Left to itself it begins wherever a thread happens to make an object and stops every thread until
it is through: 250 ms where 20,000 tickets are being looked at. Here it is looked for between two
pieces of work, among what is new since the last time; what stays then is not looked at again
until the next whole search, in the quiet of a desk that nobody uses.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QGuiApplication

from tierline.present.tasks import Tasks

YOUNG, MANY = 10_000, 400_000
"""New objects (net) from which on it is worth a look; and from which on it is not put off."""
UNUSED, WHOLE_AFTER, WHOLE_AT_LAST = 600.0, 3_600.0, 86_400.0
"""Seconds: without the keyboard before a whole search, between two of them, at most between two."""
_ACTIVE = Qt.ApplicationState.ApplicationActive


class Garbage:
    """Keeps the collector quiet from `begin` to `end`, but for a look at some of the beats."""

    def __init__(self, tasks: Tasks, beaten: SignalInstance) -> None:
        """`beaten` comes every few seconds; `tasks` know whether work is under way then."""
        self._tasks = tasks
        self._used = self._whole = time.monotonic()
        beaten.connect(self.look)

    def begin(self) -> None:
        """What is there stays; from now on the collector runs in `look` only."""
        gc.disable()
        gc.freeze()
        self._used = self._whole = time.monotonic()

    def end(self) -> None:
        """The collector does as it likes again."""
        gc.unfreeze()
        gc.enable()

    def look(self) -> None:
        """Search if this is a good moment, between `begin` and `end`."""
        if gc.isenabled():
            return
        now = time.monotonic()
        if QGuiApplication.applicationState() == _ACTIVE:
            self._used = now
        if self._is_time_for_all(now):
            self._whole = now
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            return
        young = gc.get_count()[0]
        if young >= MANY or (young >= YOUNG and self._tasks.idle):
            gc.collect()
            gc.freeze()

    def _is_time_for_all(self, now: float) -> bool:
        since = now - self._whole
        unused = now - self._used >= UNUSED
        return since >= WHOLE_AT_LAST or (unused and since >= WHOLE_AFTER and self._tasks.idle)
