"""Field mode without its widgets: the engineer's day, the visit that is open, and its acts.

Everything is done on the desk's own copy, network or not; what waits to go out is marked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from tierline.desk.acting import Done
from tierline.desk.field_day import Day, read_day
from tierline.desk.field_view import FieldView, end_visit, field_view, sign
from tierline.desk.ticket_view import TicketView
from tierline.desk.visits import understand_past
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.events import Attached, Choice
from tierline.domain.tongue import tr
from tierline.present.acting import Outcome
from tierline.present.attached import FILES, png
from tierline.present.console import ConsolePresenter
from tierline.present.thumbnails import Thumbnails
from tierline.present.ticket_feed import TicketFeed

_READING, _OPENING = tr("reading the day"), tr("opening the visit")


class FieldFeed(QObject):
    """`day_read(Day)`, `shown(FieldView | None)`; `done(kind)` when an act of a page went through.

    `refused(Refusal)` for one that did not. `left_asked(FieldVisit)`: the visit elsewhere must be
    left first, and when is to be told.
    """

    day_read = Signal(object)
    shown = Signal(object)
    done = Signal(str)
    refused = Signal(object)
    left_asked = Signal(object)

    def __init__(self, console: ConsolePresenter, parent: QObject | None = None) -> None:
        """Nothing is read before `start`."""
        super().__init__(parent)
        self._console, self.desk = console, console.desk
        self.day: Day | None = None
        self.current: FieldView | None = None
        self._asked = False
        tasks, messages = console.tasks, console.messages
        self.ticket = TicketFeed(self.desk, tasks, messages, self, name=_OPENING)
        self.thumbnails = Thumbnails(self.desk, tasks, self)
        self.ticket.shown.connect(self._show)
        console.actor.acted.connect(self._acted)
        console.actor.refused.connect(self._refused)
        console.pulse.changed.connect(lambda _: self.refresh())
        console.pulse.minute.connect(self.refresh)
        console.pulse.minute.connect(self.ticket.retry)
        console.sync.arrived.connect(lambda _: self.refresh())
        console.sync.marks_changed.connect(self.refresh)
        console.files.arrived.connect(self.ticket.again)

    def refresh(self) -> None:
        """Read the day, and the visit that is open, anew."""
        self._console.tasks.run(_READING, lambda: read_day(self.desk), self._day_came, replace=True)
        self.ticket.again()

    def look(self, ticket_id: str) -> None:
        """Open the visit of a ticket; "" closes it."""
        self.ticket.look(ticket_id)

    # Acts on the visit that is open

    def act(self, command: cmd.Command) -> None:
        """Do it; where a visit elsewhere stands in the way, its end is asked first."""
        day, ticket_id = self.day, self.ticket.current_id
        other = day.under_way if day else None
        begins = isinstance(command, cmd.SetOut | cmd.Arrive)
        if begins and other is not None and other.ticket_id != ticket_id:
            self.left_asked.emit(other)
            return
        self._asked = True
        self._console.actor.act([ticket_id], command, self.ticket.seq)

    def leave(self, ticket_id: str, typed: str) -> None:
        """Leave a site at the time that was typed."""
        at = self.told_past(typed)
        if at is None:
            what = (
                tr("“{typed}” is no time that has passed.", typed=typed)
                if typed
                else tr("The time is missing.")
            )
            self.refused.emit(
                Refusal(what, tr("Write it like 16:40 or yesterday 17:30."), "left_at")
            )
            return
        self._asked = True
        self._console.actor.act([ticket_id], cmd.LeaveSite(left_at=at))

    def told_past(self, typed: str) -> datetime | None:
        """The instant meant by what was typed, None for none that has passed."""
        return understand_past(typed, self.desk.clock(), self.desk.zone)

    def sign(self, name: str, picture: QImage, words: str) -> None:
        """Keep a drawn signature."""
        ticket_id, png_ = self.ticket.current_id, png(picture)
        work = self._once(lambda: sign(self.desk, ticket_id, name, png_, words))
        self._carry(tr("keeping the signature"), work, "signoff", thread=FILES)

    def resolve(self, command: cmd.Resolve, *, close: bool) -> None:
        """Resolve, and close as well where that was signed off."""
        ticket_id, seq = self.ticket.current_id, self.ticket.seq
        work = self._once(lambda: end_visit(self.desk, ticket_id, command, close=close, seq=seq))
        self._carry(tr("resolving the ticket"), work, "resolve")

    def attach(self, paths: list[Path]) -> None:
        """Put photos and files on it."""
        self._console.files.attach(self.ticket.current_id, paths)

    def attach_picture(self, picture: QImage) -> None:
        """Put a picture on it that is no file yet."""
        self._console.files.attach_picture(self.ticket.current_id, picture)

    def open_file(self, file: Attached) -> None:
        """Show a file with a program of this machine."""
        self._console.files.open(file)

    def settle(self, key: str, choice: Choice) -> None:
        """Answer a conflict."""
        self.act(cmd.Settle(conflict=key, choice=choice))

    def keep_draft(self, kind: str, text: str) -> None:
        """Keep what was typed on the page; it survives everything."""
        if ticket_id := self.ticket.current_id:
            self.ticket.keep_draft(ticket_id, kind, text)

    def _carry(
        self,
        name: str,
        work: Callable[[], list[Done | Refusal]],
        kind: str,
        thread: str = "",
    ) -> None:
        self._asked = True
        more = {"thread": thread} if thread else {}
        self._console.actor.carry(name, work, kind, **more)

    def _once(self, act: Callable[[], Done | Refusal]) -> Callable[[], list[Done | Refusal]]:
        return lambda: [act()]

    def _acted(self, outcome: Outcome) -> None:
        self.refresh()
        if self._asked:
            self._asked = False
            self.done.emit(outcome.kind)

    def _refused(self, refusal: Refusal) -> None:
        if self._asked:
            self._asked = False
            self.refused.emit(refusal)

    def _day_came(self, day: Day) -> None:
        self.day = day
        self.day_read.emit(day)

    def _show(self, view: TicketView | None) -> None:
        self.current = field_view(self.desk, view) if view is not None else None
        self.shown.emit(self.current)
