"""Where a ticket stands when this console's own acts go behind the log, each merged anew.

The merge always starts from the events as they were written: what an earlier one made of them is
forgotten as soon as the log has grown.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection

from tierline.domain.events import AnyEvent, Logged, Operation, Undone, encode_events
from tierline.domain.log import VOID
from tierline.domain.merge import Merged, merge
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket
from tierline.storage.folding import Folding, read_events
from tierline.storage.instants import from_us
from tierline.storage.journal import Entry

_LEADS = "SELECT id FROM person WHERE json_extract(state, '$.role') IN ('lead', 'admin')"


class Step(NamedTuple):
    """An act of mine behind the log: what becomes of it there, and the ticket it leads to."""

    entry: Entry
    written: tuple[AnyEvent, ...]
    events: tuple[AnyEvent, ...]
    void: bool
    after: Ticket | None

    @property
    def merged(self) -> str | None:
        """Its events when they are not as they were written."""
        if self.void:
            return "[]"
        return None if self.events == self.written else encode_events(self.events).decode()

    @property
    def changed(self) -> bool:
        """Whether the journal has something else as yet."""
        if self.void:
            return self.entry.kind != VOID
        return self.merged != self.entry.merged


class Prediction(NamedTuple):
    """The ticket, the folding that led to it, and each of my acts behind the log."""

    folding: Folding
    steps: tuple[Step, ...]

    @property
    def ticket(self) -> Ticket | None:
        """The ticket; None when nothing here says that it was logged."""
        return self.folding.ticket


class Leads:
    """Whose assignment beats a take; looked up when a merge asks for the first time."""

    def __init__(self, connection: Connection) -> None:
        """Look in this desk's directory."""
        self._connection = connection

    def __contains__(self, person: object) -> bool:
        """Whether that is a lead's id."""
        return person in self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self._connection.exec_driver_sql(_LEADS).scalars())


def predict(
    ticket_id: str, entries: Sequence[Entry], book: PolicyBook, leads: Container[str]
) -> Prediction:
    """Fold what the log has of a ticket, then merge and fold my acts behind it.

    `entries` are all rows of the ticket in their order. When none that counts logs it (the line was
    lost with its hub, or refused), one that does not count does, so that the rest has its place.
    """
    live = [entry for entry in entries if entry.live]
    folding = Folding(ticket_id)
    folding.add_all((e.op_id, told(e)) for e in _logging(entries, live))
    lined = [entry for entry in live if not entry.waits]
    folding.add_all((entry.op_id, told(entry)) for entry in lined)
    steps = []
    for entry in live:
        if entry.waits:
            mine = written(entry)
            merged = _merged(entry, mine, live, folding, book, leads)
            folding.add(entry.op_id, merged.events)
            steps.append(Step(entry, mine, merged.events, merged.void, folding.ticket))
    return Prediction(folding, tuple(steps))


def told(entry: Entry) -> tuple[AnyEvent, ...]:
    """A row's events as the log has them; none of a row this program cannot read."""
    return read_events(entry.payload) or ()


def written(entry: Entry) -> tuple[AnyEvent, ...]:
    """A row's events as their author wrote them."""
    return read_events(entry.events) or ()


def operation(entry: Entry, events: tuple[AnyEvent, ...]) -> Operation:
    """The act of a row."""
    return Operation(
        op_id=entry.op_id,
        ticket_id=entry.ticket_id,
        kind=entry.kind,
        at=from_us(entry.at),
        events=events,
        by=entry.by,
        v=entry.v,
    )


def _merged(
    entry: Entry,
    events: tuple[AnyEvent, ...],
    live: Sequence[Entry],
    folding: Folding,
    book: PolicyBook,
    leads: Container[str],
) -> Merged:
    if entry.kind == VOID:
        return Merged((), void=True)
    before = folding.ticket
    unseen = [each for each in live if (each.hub_seq or 0) > entry.seen_seq and not each.mine]
    if before is None or not unseen:
        return Merged(events)
    mine = operation(entry, events)
    after = _taken_back(mine, [each for each in live if not each.waits])
    others = [
        operation(other, told(other))
        for other in unseen
        if (other.hub_seq or 0) > after and other.kind != VOID and other.op_id not in folding.undone
    ]
    if not others:
        return Merged(events)
    seen = _seen(entry, live)
    return merge(before, others, mine, book.get(before.policy), seen=seen, leads=leads)


def _taken_back(mine: Operation, lined: Sequence[Entry]) -> int:
    """The line of the act that this one takes back; beyond every line when it is none yet."""
    ids = {event.op_id for event in mine.events if isinstance(event, Undone)}
    if not ids:
        return 0
    found = [entry.hub_seq or 0 for entry in lined if entry.op_id in ids]
    return max(found) if found else max((entry.hub_seq or 0 for entry in lined), default=0)


def _seen(entry: Entry, live: Sequence[Entry]) -> Ticket | None:
    """The ticket as the author of an act saw it, their own earlier acts as written."""
    folding = Folding(entry.ticket_id)
    line = entry.seen_seq
    folding.add_all((e.op_id, told(e)) for e in live if e.hub_seq is not None and e.hub_seq <= line)
    own = (e for e in live if e.mine and e.seq < entry.seq and not 0 < (e.hub_seq or 0) <= line)
    for earlier in sorted(own, key=lambda each: each.seq):
        folding.add(earlier.op_id, written(earlier))
    return folding.ticket


def _logging(entries: Sequence[Entry], live: Sequence[Entry]) -> list[Entry]:
    """The row that logs a ticket, when none that counts does."""
    if not entries or any(_logs(entry) for entry in live):
        return []
    return [entry for entry in entries if not entry.live and _logs(entry)][-1:]


def _logs(entry: Entry) -> bool:
    return any(isinstance(event, Logged) for event in told(entry))
