"""What others told me, and when my shift ends: looked at when the desk changes, and each minute.

The hand-over is asked for once a change of shift, some minutes before it, and only of who holds
something then; nothing is handed over by itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from tierline.desk.desk import Desk
from tierline.desk.shift_change import Change, held, is_due, next_change
from tierline.domain.tongue import tr
from tierline.present.tasks import Tasks

_LOOKING = tr("looking for what others told you")


class Seen(NamedTuple):
    """How much I was told and have not read, the change of shift if it is near, what I hold."""

    told: int
    change: Change | None
    holds: int


class Teamwork(QObject):
    """`told_changed(count)`; `change_near(Change, tickets held)` once; `change_over()` after it."""

    told_changed = Signal(int)
    change_near = Signal(object, int)
    change_over = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        """Nothing is known yet."""
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._told = -1
        self._asked: datetime | None = None

    def look(self) -> None:
        """Look again; asked for many times at once, it is done once."""
        self._tasks.look(_LOOKING, self._read, self._tell)

    def _read(self) -> Seen:
        desk = self._desk
        change = next_change(desk)
        near = change if change is not None and is_due(change, desk.clock()) else None
        return Seen(len(desk.for_me()), near, len(held(desk)) if near else 0)

    def _tell(self, seen: Seen) -> None:
        if seen.told != self._told:
            self._told = seen.told
            self.told_changed.emit(seen.told)
        at = seen.change.at if seen.change and seen.holds else None
        if at is None and self._asked is not None:
            self._asked = None
            self.change_over.emit()
        elif at is not None and at != self._asked:
            self._asked = at
            self.change_near.emit(seen.change, seen.holds)
