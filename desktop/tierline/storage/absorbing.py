"""Whole tickets from the hub, with their histories: the first copy, and old ones on demand.

A row is stored as it comes: only the log is believed, but the console that wrote it folded the same
lines. Where it does not fit what is here, the ticket is told from its lines instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import msgspec
from sqlalchemy import Connection

from tierline.domain.log import Line
from tierline.domain.policy_book import PolicyBook
from tierline.storage import journal, rows
from tierline.storage.folding import Folding
from tierline.storage.missing import forget_missing
from tierline.storage.projecting import Reached, places_of, store
from tierline.storage.projection import all_words
from tierline.storage.records import Projection
from tierline.storage.settling import in_log_order, row_of
from tierline.storage.store import Store
from tierline.storage.sync_meta import read_state, write_state
from tierline.storage.sync_records import Applied, Boot
from tierline.storage.taking import Taking, readable
from tierline.storage.undone_ahead import note_ahead

_BITE, _BITES = 20, 3  # tickets written at once; so many times a transaction, if nobody waits
_NEXT: dict[Boot, Boot] = {"directory": "open", "open": "ended", "ended": "done"}
Row = tuple[str, int, str]


def absorb(store_: Store, book: PolicyBook, rows_: Sequence[Row], lines: Sequence[Line]) -> Applied:
    """Take tickets in, a few at a time."""
    histories: dict[str, list[Line]] = {ticket_id: [] for ticket_id, _, _ in rows_}
    for line in lines:
        histories.setdefault(line.ticket_id, []).append(line)
    told = {ticket_id: row for ticket_id, _, row in rows_}
    applied, ids = Applied(), list(histories)
    bites = [ids[start : start + _BITE] for start in range(0, len(ids), _BITE)]
    while bites:
        with store_.writing_calmly() as connection:
            for bite in bites[:_BITES]:
                found = {each: in_log_order(histories[each]) for each in bite}
                applied = applied.and_then(_take_in(connection, book, found, told))
                bites = bites[1:]
                if store_.awaited:
                    break
    return applied


def _take_in(
    connection: Connection,
    book: PolicyBook,
    found: dict[str, list[Line]],
    told: dict[str, str],
) -> Applied:
    fresh = _Fresh(connection, found, told)
    fresh.write()
    forget_missing(connection, found)
    applied = Applied(tickets=tuple(fresh.written))
    if not fresh.others:
        return applied
    taking = Taking(connection, book)
    taking.take([*chain.from_iterable(found[each] for each in fresh.others)], whole=True)
    return applied.and_then(taking.applied)


def go_on(store_: Store, after: str, done: int, total: int) -> None:
    """Note how far the first copy has come; with `after` "" its next part begins."""
    with store_.writing_calmly() as connection:
        boot = read_state(connection).boot
        if not after:
            boot = _NEXT.get(boot, boot)
        write_state(connection, boot=boot, boot_after=after, boot_done=done, boot_total=total)


class _Fresh:
    """Tickets of which nothing is here: written as they come. `others` have to be told."""

    def __init__(
        self, connection: Connection, found: dict[str, list[Line]], told: dict[str, str]
    ) -> None:
        self._connection = connection
        here = places_of(connection, found)
        known = journal.entries_by_id(
            connection, (line.op_id for lines in found.values() for line in lines)
        )
        rowed = {each.ticket_id for each in known.values()}
        self.written: dict[str, Projection] = {}
        self.others: list[str] = []
        self._lines = found
        self._events = {each: [*map(readable, lines)] for each, lines in found.items()}
        for ticket_id, lines in found.items():
            projection = None
            # Older programs fold the same lines alike: none takes over what a newer one made of it.
            all_read = None not in self._events[ticket_id]
            if all_read and ticket_id not in here and ticket_id not in rowed:
                projection = _projection(told.get(ticket_id, ""), ticket_id)
            if projection is not None:
                self.written[ticket_id] = projection
            elif any(_news(known, line) for line in lines) or ticket_id not in here:
                self.others.append(ticket_id)

    def write(self) -> None:
        """Rows of the journal, of the tickets and of the search."""
        seq, values, reached = journal.last_seq(self._connection), [], []
        undone: list[str] = []
        for ticket_id, projection in self.written.items():
            folding = Folding(ticket_id)
            for line, events in zip(self._lines[ticket_id], self._events[ticket_id], strict=True):
                seq += 1
                values.append(row_of(seq, line, "parked" if events is None else "acked"))
                folding.hear(line.op_id, events or ())
            undone += folding.undone
            ticket = projection.ticket
            words = all_words(ticket, folding.kept())
            last = max((line.seq for line in self._lines[ticket_id]), default=0)
            whole = msgspec.structs.replace(projection, words=words)
            reached.append(Reached(whole, seq=seq, hub_seq=last, numbers=folding.told_numbers()))
        journal.insert(self._connection, values)
        if undone:
            note_ahead(self._connection, undone)
        store(self._connection, reached, {})


def _news(known: Mapping[str, journal.Entry], line: Line) -> bool:
    """Whether a line is not here, or has no place: an act of mine that the hub knew."""
    entry = known.get(line.op_id)
    return entry is None or entry.hub_seq != line.seq


def _projection(row: str, ticket_id: str) -> Projection | None:
    try:
        projection = rows.projection_of(row)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None
    return projection if projection.ticket.id == ticket_id else None
