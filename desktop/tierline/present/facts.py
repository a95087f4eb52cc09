"""What the desk as a whole looks like: counts, warnings, first contact, my work timer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from tierline.desk.desk import Desk, FirstContact
from tierline.desk.queues import Count
from tierline.desk.warnings import Card, Strip
from tierline.domain.clocks import deadlines
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.present.tasks import Tasks
from tierline.storage.records import SavedView

_COUNTING = tr("counting the queues")


class WorkTimer(NamedTuple):
    """My running timer: since when (epoch seconds), worked before, and the line's limit (0: none).

    Seconds of work; `worked` is what was logged on the ticket's line before this timer.
    """

    ticket_id: str
    number: str
    since: float
    worked: int
    limit: int


class Facts(NamedTuple):
    """Everything that rail, strip and status bar show, read at one moment."""

    counts: Mapping[str, Count]
    saved: tuple[SavedView, ...]
    first_contact: FirstContact
    strip: Strip
    timer: WorkTimer | None
    next_change: datetime | None
    to_send: int = 0
    tasks: int = 0


class DeskFacts(QObject):
    """Reads the facts beside what people do; tells only what became different."""

    counts_changed = Signal(object, object)
    first_contact_changed = Signal(object)
    strip_changed = Signal(object)
    timer_changed = Signal(object)
    owed_changed = Signal(int, int)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        """Nothing is known yet."""
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._known: Facts | None = None
        self.everyone = False

    @property
    def known(self) -> Facts | None:
        """What was read last."""
        return self._known

    def refresh(self) -> None:
        """Read them anew; asked for many times at once, they are read once."""
        self._tasks.look(_COUNTING, self._read, self._tell)

    def look_at_everyone(self, everyone: bool) -> None:
        """Warn about everybody's tickets, or only about mine and the unassigned."""
        self.everyone = everyone
        self.refresh()

    def tick(self, now: float) -> None:
        """Read anew at the very second at which a ticket becomes due soon, or over."""
        known = self._known
        if known and known.next_change and now > known.next_change.timestamp():
            self._known = known._replace(next_change=None)
            self.refresh()

    def _read(self) -> Facts:
        desk = self._desk
        strip = desk.strip(everyone=self.everyone)
        return Facts(
            desk.counts(),
            desk.saved_views(),
            desk.first_contact(),
            strip,
            _work_timer(desk, desk.my_timer()),
            strip.again,
            *desk.replica.owed.counts(),
        )

    def _tell(self, facts: Facts) -> None:
        before, self._known = self._known, facts
        if before is None or (before.counts, before.saved) != (facts.counts, facts.saved):
            self.counts_changed.emit(facts.counts, facts.saved)
        if before is None or before.first_contact != facts.first_contact:
            self.first_contact_changed.emit(facts.first_contact)
        if before is None or _marks(before.strip) != _marks(facts.strip):
            self.strip_changed.emit(facts.strip)
        if before is None or before.timer != facts.timer:
            self.timer_changed.emit(facts.timer)
        owed = (facts.to_send, facts.tasks)
        if before is None or (before.to_send, before.tasks) != owed:
            self.owed_changed.emit(*owed)


def _marks(strip: Strip) -> tuple[object, ...]:
    """All that can be seen of a strip, as values that compare."""
    cards = (*strip.over, *strip.soon, *filter(None, [strip.coming]))
    return (strip.snoozed, *(_mark(card) for card in cards))


def _mark(card: Card) -> tuple[object, ...]:
    return (*card._replace(countdown=None), card.countdown.deadline)  # type: ignore[arg-type]


def _work_timer(desk: Desk, ticket: Ticket | None) -> WorkTimer | None:
    if ticket is None or ticket.timer_since is None:
        return None
    policy = desk.policy(ticket.policy)
    worked = (each for each in deadlines(ticket, policy) if _by_work(desk, ticket, each.name))
    limit = next((each.required for each in worked), 0)
    before = ticket.work.get(ticket.tier, 0)
    return WorkTimer(ticket.id, ticket.number, ticket.timer_since.timestamp(), before, limit)


def _by_work(desk: Desk, ticket: Ticket, clock: str) -> bool:
    table = desk.policy(ticket.policy).file.clocks.get(clock)
    return table is not None and table.measure == "work"
