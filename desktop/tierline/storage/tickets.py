"""Reading tickets and their history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, func, select, text

from tierline.domain.events import AnyEvent, Logged, Undone, decode_events
from tierline.domain.log import VOID
from tierline.storage import rows
from tierline.storage.records import Listed, Recorded, Stored
from tierline.storage.schema import alias, journal, ticket
from tierline.storage.store import Store

_STORED = (
    *(ticket.c.seq, ticket.c.phase, ticket.c.state, ticket.c.deadlines, ticket.c.rule_at),
    ticket.c.hub_seq,
)
_BY_ID = select(*_STORED).where(ticket.c.id == text(":wanted"))
_BY_IDS = select(*_STORED).where(
    ticket.c.id.in_(select(text("value")).select_from(text("json_each(:wanted)")))
)
# What counts of a history, in the order of the log; see `journal.ORDER`.
_COUNTS = (journal.c.state.in_(["pending", "acked"]), journal.c.kind != VOID)
_ORDER = (journal.c.hub_seq.is_(None), journal.c.hub_seq, journal.c.cseq)
_HISTORY = select(journal).where(journal.c.ticket_id == text(":wanted"), *_COUNTS).order_by(*_ORDER)
_OTHERS = (
    select(journal)
    .where(
        journal.c.ticket_id == text(":wanted"),
        journal.c.state.in_(["orphan", "aside", "withdrawn"]),
        journal.c.events.like('%"kind":"logged"%'),
    )
    .order_by(*_ORDER)
)
_EVENTS = func.coalesce(journal.c.merged, journal.c.events)
_HAPPENED = (
    select(journal.c.ticket_id, journal.c.op_id, _EVENTS)
    .where(
        journal.c.ticket_id.in_(select(text("value")).select_from(text("json_each(:wanted)"))),
        *_COUNTS,
    )
    .order_by(journal.c.ticket_id, *_ORDER)
)
_LISTED = select(*(ticket.c[name] for name in rows.LISTED_COLUMNS), ticket.c.deadlines).where(
    ticket.c.id.in_(select(text("value")).select_from(text("json_each(:wanted)")))
)


class Tickets:
    """Tickets as they stand, and the operations that made them so."""

    def __init__(self, store: Store) -> None:
        """Read from this file."""
        self._store = store

    def get(self, ticket_id: str) -> Stored | None:
        """The ticket of that id."""
        with self._store.reading() as connection:
            return read_stored(connection, ticket_id)

    def find(self, number: str) -> Stored | None:
        """The ticket of that number: exact, by alias, or by its figure ("12376", "#12376")."""
        ids = self.ids_of_number(number)
        return self.get(ids[0]) if ids else None

    def ids_of_number(self, number: str) -> tuple[str, ...]:
        """Ids of the tickets a typed number can mean, the likeliest first."""
        wanted = number.strip().lstrip("#").strip()
        with self._store.reading() as connection:
            exact = connection.scalars(select(ticket.c.id).where(ticket.c.number == wanted))
            other = connection.scalars(select(alias.c.ticket_id).where(alias.c.number == wanted))
            if found := tuple(dict.fromkeys((*exact, *other))):
                return found
            if not (wanted.isascii() and wanted.isdigit()) or len(wanted) > 18:
                return ()
            alike = select(ticket.c.id).where(ticket.c.digits == int(wanted))
            return tuple(connection.scalars(alike.order_by(ticket.c.rid.desc()).limit(20)))

    def listed(self, ids: Sequence[str]) -> list[Listed]:
        """The rows of a queue for these ids, in their order; unknown ids are left out."""
        with self._store.reading() as connection:
            found = connection.execute(_LISTED, {"wanted": json.dumps(list(ids))})
            by_id = {row.id: rows.listed(row) for row in found}
        return [by_id[each] for each in ids if each in by_id]

    def operations(self, ticket_id: str) -> tuple[Recorded, ...]:
        """The ticket's history, oldest first."""
        with self._store.reading() as connection:
            return read_operations(connection, ticket_id)

    def histories(self, ids: Sequence[str]) -> Iterator[tuple[AnyEvent, ...]]:
        """What happened to each of these tickets, oldest first, without what was taken back.

        They come in the order of their ids; all of them are read before the first is given.
        """
        with self._store.reading() as connection:
            found = connection.execute(_HAPPENED, {"wanted": json.dumps(list(ids))}).all()
        for _, rows_of_one in groupby(found, itemgetter(0)):
            told = [(op_id, decode_events(events)) for _, op_id, events in rows_of_one]
            undone = {e.op_id for _, events in told for e in events if isinstance(e, Undone)}
            yield tuple(e for op_id, events in told if op_id not in undone for e in events)

    def operation(self, op_id: str) -> Recorded | None:
        """One operation."""
        with self._store.reading() as connection:
            row = connection.execute(select(journal).where(journal.c.op_id == op_id)).one_or_none()
        return None if row is None else rows.recorded(row)

    def open(self) -> Iterator[Stored]:
        """Every ticket someone still has to act on."""
        with self._store.reading() as connection:
            for row in connection.execute(select(*_STORED).where(ticket.c.ended == "")):
                yield rows.stored(row)

    def count(self) -> int:
        """How many tickets the desk has, open or not (none is ever deleted)."""
        with self._store.reading() as connection:
            return int(connection.scalar(select(func.max(ticket.c.rid))) or 0)

    def last_seq(self) -> int:
        """The journal's last row; it moves with every act."""
        with self._store.reading() as connection:
            return int(connection.scalar(select(func.max(journal.c.seq))) or 0)


def read_stored(connection: Connection, ticket_id: str) -> Stored | None:
    """The ticket, seen from inside a transaction or out of it."""
    row: Any = connection.execute(_BY_ID, {"wanted": ticket_id}).one_or_none()
    return None if row is None else rows.stored(row)


def read_all_stored(connection: Connection, ids: Iterable[str]) -> dict[str, Stored]:
    """Those of these tickets that are here, by id."""
    found: Any = connection.execute(_BY_IDS, {"wanted": json.dumps(list(ids))})
    return {stored.ticket.id: stored for stored in map(rows.stored, found)}


def read_operations(connection: Connection, ticket_id: str) -> tuple[Recorded, ...]:
    """The history, seen from inside a transaction or out of it."""
    found = [rows.recorded(row) for row in connection.execute(_HISTORY, {"wanted": ticket_id})]
    if not found or not _logs(found[0]):
        # A failover may have brought the act that logged it behind others, or not yet at all.
        found.sort(key=lambda each: not _logs(each))
        if not found or not _logs(found[0]):
            found[:0] = _logging(connection, ticket_id)
    return tuple(found)


def _logging(connection: Connection, ticket_id: str) -> list[Recorded]:
    """The act that logged a ticket among those that do not count."""
    others = connection.execute(_OTHERS, {"wanted": ticket_id})
    return [each for each in map(rows.recorded, others) if _logs(each)][-1:]


def _logs(recorded: Recorded) -> bool:
    return any(isinstance(event, Logged) for event in recorded.operation.events)
