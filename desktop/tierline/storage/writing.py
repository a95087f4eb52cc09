"""What one write transaction can do: record acts with the tickets they lead to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, select, text

from tierline.domain.events import Operation
from tierline.storage import rows
from tierline.storage.directory import put_contacts, read_contact
from tierline.storage.numbers import next_number
from tierline.storage.records import Contact, Projection, Recorded, Stored, Words
from tierline.storage.schema import alias, draft, journal, ticket
from tierline.storage.tickets import read_operations, read_stored

_INDEXED_CHARACTERS = 65_536
_JOURNAL = (
    'INSERT INTO journal (seq, op_id, cseq, ticket_id, kind, v, base_seq, at, "by", events) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Two queries: SQLite takes a lone max() from the index, but scans for two at once.
_LAST = ("SELECT max(seq) FROM journal", "SELECT max(cseq) FROM journal")
_TICKET = (
    f"INSERT INTO ticket ({', '.join(rows.TICKET_COLUMNS)}) "
    f"VALUES ({', '.join('?' * len(rows.TICKET_COLUMNS))}) "
    "ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in rows.TICKET_COLUMNS if name not in "rid id")
)
_NEW_WORDS = (
    "INSERT INTO words (rowid, number, subject, client, contact, text) VALUES (?, ?, ?, ?, ?, ?)"
)
_MORE_WORDS = (
    "UPDATE words SET subject = ?, client = ?, contact = ?, "
    f"text = substr(text || char(10) || ?, -{_INDEXED_CHARACTERS}) WHERE rowid = ?"
)
_OTHER_WORDS = "UPDATE words SET subject = ?, client = ?, contact = ?, text = ? WHERE rowid = ?"


class Writing:
    """One open transaction. Nothing of it is real before the block that opened it has ended."""

    def __init__(self, connection: Connection) -> None:
        """Work on a connection that holds the write lock."""
        self._connection = connection

    def stored(self, ticket_id: str) -> Stored | None:
        """The ticket as of this very transaction."""
        return read_stored(self._connection, ticket_id)

    def operations(self, ticket_id: str) -> tuple[Recorded, ...]:
        """The ticket's history as of this very transaction."""
        return read_operations(self._connection, ticket_id)

    def record(self, operation: Operation, projection: Projection, *, base_seq: int) -> int:
        """Append one act and put the ticket where it leads; the journal row it became.

        `base_seq` is the journal row of the ticket as shown when the act began.
        """
        return self.record_all([((operation,), projection)], base_seq=base_seq)

    def record_all(
        self, acts: Sequence[tuple[Sequence[Operation], Projection]], *, base_seq: int = 0
    ) -> int:
        """Append operations and the tickets they lead to; the last journal row, 0 for none."""
        run = self._connection.exec_driver_sql
        seq, cseq = (int(run(query).scalar() or 0) for query in _LAST)
        history, reached = [], {}
        for operations, projection in acts:
            for operation in operations:
                seq, cseq = seq + 1, cseq + 1
                history.append(rows.journal_row(seq, cseq, base_seq, operation))
            reached[projection.ticket.id] = seq
        if history:
            run(_JOURNAL, history)
        self._project([projection for _, projection in acts], reached)
        return seq if history else 0

    def project(self, worked_out: Sequence[tuple[int, Projection]]) -> int:
        """Store tickets worked out anew (after a policy change); their history stays as it is.

        Each comes with the `seq` it was worked out from; one that was acted on since is left
        alone. Returns how many were stored.
        """
        places = self._places([projection.ticket.id for _, projection in worked_out])
        fresh = [p for seq, p in worked_out if places.get(p.ticket.id, (0, -1))[1] == seq]
        self._project(fresh, {})
        return len(fresh)

    def timed_by(self, person: str) -> list[str]:
        """Ids of the tickets on which a person's work timer runs, as of this transaction."""
        query = select(ticket.c.id).where(ticket.c.timer_by == person, ticket.c.timer_by != "")
        return list(self._connection.scalars(query))

    def next_number(self, prefix: str) -> str:
        """A ticket number nobody has had, from this console's leased block."""
        return next_number(self._connection, prefix)

    def add_alias(self, number: str, ticket_id: str) -> None:
        """Let a ticket be found by another number too, for ever."""
        self._connection.execute(
            alias.insert().prefix_with("OR IGNORE"), {"number": number, "ticket_id": ticket_id}
        )

    def drop_draft(self, ticket_id: str, kind: str, sent: str) -> None:
        """Forget the draft that was just sent; another text of the same kind stays."""
        gone = delete(draft).where(draft.c.ticket_id == ticket_id, draft.c.kind == kind)
        self._connection.execute(gone.where(func.trim(draft.c.text) == sent.strip(" ")))

    def contact(self, client: str, name: str) -> Contact | None:
        """A contact as of this very transaction."""
        return read_contact(self._connection, client, name)

    def put_contact(self, entry: Contact) -> None:
        """Add a contact, or replace the one of the same client and name."""
        put_contacts(self._connection, (entry,))

    def known_operations(self, op_ids: Iterable[str]) -> frozenset[str]:
        """Which of these operations the journal has already."""
        wanted = select(text("value")).select_from(text("json_each(:ids)"))
        query = select(journal.c.op_id).where(journal.c.op_id.in_(wanted))
        return frozenset(self._connection.scalars(query, {"ids": json.dumps(list(op_ids))}))

    def _project(self, projections: Sequence[Projection], reached: dict[str, int]) -> None:
        if not projections:
            return
        known = self._places([projection.ticket.id for projection in projections])
        free = int(self._connection.exec_driver_sql("SELECT max(rid) FROM ticket").scalar() or 0)
        values, fresh = [], []
        for projection in projections:
            ticket_id = projection.ticket.id
            place = known.get(ticket_id)
            if place is None:
                free += 1
                rid, seq = free, 0
                fresh.append((rid, projection))
            else:
                rid, seq = place
                self._reword(rid, projection.words)
            row = rows.ticket_row(rid, reached.get(ticket_id, seq), projection)
            values.append(tuple(row.values()))
        self._connection.exec_driver_sql(_TICKET, values)
        if fresh:
            self._connection.exec_driver_sql(_NEW_WORDS, [_document(*each) for each in fresh])

    def _places(self, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        wanted = select(text("value")).select_from(text("json_each(:ids)"))
        query = select(ticket.c.id, ticket.c.rid, ticket.c.seq).where(ticket.c.id.in_(wanted))
        found = self._connection.execute(query, {"ids": json.dumps(list(ids))})
        return {row.id: (row.rid, row.seq) for row in found}

    def _reword(self, rid: int, words: Words | None) -> None:
        if words is None:
            return
        statement = _MORE_WORDS if words.append else _OTHER_WORDS
        body = words.text[:_INDEXED_CHARACTERS]
        values = (words.subject, words.client, words.contact, body, rid)
        self._connection.exec_driver_sql(statement, values)


def _document(rid: int, projection: Projection) -> tuple[object, ...]:
    ticket_ = projection.ticket
    words = projection.words or Words(ticket_.subject, ticket_.client, ticket_.contact, "")
    body = words.text[:_INDEXED_CHARACTERS]
    return (rid, ticket_.number, words.subject, words.client, words.contact, body)
