"""A ticket that an earlier import brought, and what a new one says of it.

New rows at the end go on where the history stands. Rows that belong before known ones (files in
another order) make the history be told anew: the old telling is taken back, never deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from tierline.domain import events as ev
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket, evolve, fold_operations, undone_operations
from tierline.storage.projection import all_words, more_words, project
from tierline.storage.records import Projection, Words
from tierline.transfer.history import INFERRED, LOG, ROW, Teller, known_rows
from tierline.transfer.rows import Reader, SourceRow


class Told(NamedTuple):
    """New operations of a ticket and where they lead; `again` when its history was told anew."""

    operations: tuple[ev.Operation, ...]
    projection: Projection
    again: bool = False


class Before(NamedTuple):
    """A ticket as the desk has it: its whole history, and what of that imports have told."""

    ticket: Ticket
    history: tuple[ev.Operation, ...]

    @property
    def imported(self) -> list[ev.Operation]:
        """The operations of imports that still count, in order."""
        undone = undone_operations(self.history)
        kept = [op for op in self.history if op.op_id not in undone]
        return [op for op in kept if op.kind in (ROW, INFERRED) or _logs(op)]

    @property
    def turns(self) -> int:
        """How often the history was told anew."""
        return sum(op.kind == AGAIN for op in self.history)


AGAIN = "import-again"


def new_telling(
    teller: Teller, rows: Sequence[SourceRow], book: PolicyBook, until: datetime | None
) -> Told | None:
    """A ticket that nobody has brought before; None when it was not there yet at `until`."""
    operations = tuple(teller.tell(rows, until))
    if teller.ticket is None:
        return None
    words = all_words(teller.ticket, _events(operations))
    return Told(operations, _projected(teller.ticket, book, words))


def merged_telling(
    teller: Teller,
    before: Before,
    rows: Sequence[SourceRow],
    reader: Reader,
    book: PolicyBook,
    until: datetime | None,
) -> Told | None:
    """What the rows add to a known ticket; None when that is nothing."""
    imported = before.imported
    old = known_rows(imported, reader)
    known = {row.key for row in old}
    fresh = [row for row in rows if row.key not in known]
    if not fresh:
        return None
    merged = sorted((*old, *fresh), key=_moment)
    if merged[: len(old)] == old:
        teller.resume(before.ticket, old[-1].values if old else {})
        operations = tuple(teller.tell(fresh, until))
        if not operations or teller.ticket is None:
            return None
        words = more_words(teller.ticket, _events(operations))
        return Told(operations, _projected(teller.ticket, book, words))
    return _told_anew(teller, before, imported, merged, book, until)


def _told_anew(
    teller: Teller,
    before: Before,
    imported: list[ev.Operation],
    merged: list[SourceRow],
    book: PolicyBook,
    until: datetime | None,
) -> Told:
    """The whole history once more, in its right order; then the old telling is taken back.

    Where someone has worked on the ticket here, the entry that logged it stays.
    """
    ours = {op.op_id for op in imported} | undone_operations(before.history)
    worked_on = any(op.op_id not in ours and op.kind != AGAIN for op in before.history)
    if worked_on:
        for event in imported[0].events:
            teller.ticket = evolve(None, event, before.ticket.id)
    teller.turn += 1
    told = teller.tell(merged, until)
    gone = imported[1:] if worked_on else imported
    gone = [*gone, *(op for op in before.history if op.kind == AGAIN)]
    at = imported[0].at
    taken_back = tuple(ev.Undone(at=at, op_id=op.op_id) for op in gone)
    if taken_back:
        told.append(teller.operation(AGAIN, at, str(before.turns), taken_back))
    everything = (*before.history, *told)
    ticket = fold_operations(everything)
    undone = undone_operations(everything)
    words = all_words(ticket, _events(op for op in everything if op.op_id not in undone))
    return Told(tuple(told), _projected(ticket, book, words), again=True)


def in_order(rows: Sequence[SourceRow]) -> list[SourceRow]:
    """Each row once, by time and then by the source's count of changes."""
    once = {row.key: row for row in rows}
    return sorted(once.values(), key=_moment)


def _moment(row: SourceRow) -> tuple[datetime, int]:
    return row.at, row.version


def _logs(operation: ev.Operation) -> bool:
    return operation.kind == LOG and any(
        isinstance(event, ev.Logged) and event.source for event in operation.events
    )


def _events(operations: Iterable[ev.Operation]) -> list[ev.AnyEvent]:
    return [event for op in operations for event in op.events]


def _projected(ticket: Ticket, book: PolicyBook, words: Words | None) -> Projection:
    return project(ticket, book.get(ticket.policy), words)
