"""Bringing tickets in from elsewhere, quickly, and as often as one likes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select, text

from tierline.storage.records import Imported, Known
from tierline.storage.schema import alias, known_import, ticket
from tierline.storage.store import Store
from tierline.storage.writing import Writing

_KNOWN = (
    "INSERT INTO known_import (source, external_id, ticket_id, mark) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (source, external_id) DO UPDATE SET mark = excluded.mark"
)


class Brought(NamedTuple):
    """What a batch changed: tickets made, tickets with news, operations added."""

    made: int
    updated: int
    operations: int


class Imports:
    """Idempotent by (source, external id): what is known already is not brought twice."""

    def __init__(self, store: Store) -> None:
        """Write to this file."""
        self._store = store

    def known(self, source: str) -> dict[str, Known]:
        """What earlier imports from a source brought, by external id."""
        query = select(known_import).where(known_import.c.source == source)
        with self._store.reading() as connection:
            return {
                row.external_id: Known(row.ticket_id, row.mark) for row in connection.execute(query)
            }

    def numbers_in_use(self, numbers: Sequence[str]) -> dict[str, str]:
        """Which of these ticket numbers are taken (upper-cased), and by which ticket id."""
        wanted = select(text("value")).select_from(text("json_each(:numbers)"))
        taken: dict[str, str] = {}
        with self._store.reading() as connection:
            for query in (
                select(ticket.c.number, ticket.c.id).where(ticket.c.number.in_(wanted)),
                select(alias.c.number, alias.c.ticket_id).where(alias.c.number.in_(wanted)),
            ):
                found = connection.execute(query, {"numbers": json.dumps(list(numbers))})
                taken |= {row[0].upper(): row[1] for row in found}
        return taken

    def bring(self, batch: Sequence[Imported]) -> Brought:
        """Record a batch in one transaction: all of it is on the disk afterwards, or nothing.

        Operations the journal has already are left out, so a batch may be brought again.

        Raises:
            WorldError: the disk refused; nothing of the batch was kept.
        """
        with self._store.writing() as connection:
            writing = Writing(connection)
            ids = [op.op_id for each in batch for op in each.operations]
            had = writing.known_operations(ids)
            acts = [
                (tuple(op for op in each.operations if op.op_id not in had), each) for each in batch
            ]
            news = [(operations, each) for operations, each in acts if operations]
            writing.record_all([(operations, each.projection) for operations, each in news])
            marks = [
                (t.source, t.external_id, t.id, each.mark)
                for each in batch
                if (t := each.projection.ticket).source
            ]
            if marks:
                connection.exec_driver_sql(_KNOWN, marks)
        made = sum(len(operations) == len(each.operations) for operations, each in news)
        return Brought(made, len(news) - made, sum(len(operations) for operations, _ in news))
