"""Ten seconds to take an act back: what the line in place of the list's footer shows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from tierline.desk.acting import Done


class UndoLine(NamedTuple):
    """One act (on one or many tickets) that can be taken back until then (epoch seconds).

    `back` takes back what was no act on a ticket.
    """

    text: str
    until: float
    op_ids: tuple[str, ...] = ()
    ticket_ids: tuple[str, ...] = ()
    back: Callable[[], None] | None = None

    def seconds(self, now: float) -> int:
        """Whole seconds left, 0 when it is too late."""
        return max(0, math.ceil(self.until - now))


class UndoOffer(QObject):
    """The latest act that can still be taken back; `changed(UndoLine | None)`."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing to take back yet."""
        super().__init__(parent)
        self.line: UndoLine | None = None

    def offer(self, text: str, done: Sequence[Done]) -> None:
        """These acts were done as one; they can be taken back as one, counted from the last."""
        open_ = [each for each in done if each.undo_until is not None]
        if not open_:
            self.withdraw()
            return
        until = max(each.undo_until.timestamp() for each in open_ if each.undo_until)
        ids = tuple(each.op_id for each in open_)
        self.line = UndoLine(text, until, ids, tuple(each.ticket.id for each in open_))
        self.changed.emit(self.line)

    def offer_back(self, text: str, until: float, back: Callable[[], None]) -> None:
        """Something was done that `back` takes back until then (epoch seconds)."""
        self.line = UndoLine(text, until, back=back)
        self.changed.emit(self.line)

    def tick(self, now: float) -> None:
        """Withdraw the offer when its time is up."""
        if self.line is not None and self.line.seconds(now) == 0:
            self.withdraw()

    def withdraw(self) -> None:
        """Nothing can be taken back any more."""
        if self.line is not None:
            self.line = None
            self.changed.emit(None)

    def take(self) -> UndoLine | None:
        """The offer, which is used up by asking for it."""
        line = self.line
        self.withdraw()
        return line
