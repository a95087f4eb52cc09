"""What one write transaction can do: record acts with the tickets they lead to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, text

from tierline.domain.events import Operation
from tierline.domain.ticket import Ticket
from tierline.storage import rows
from tierline.storage.directory import put, read_contact
from tierline.storage.journal import last_cseq, last_seq, seen_by
from tierline.storage.numbers import next_number
from tierline.storage.projecting import Place, Reached, places_of, store
from tierline.storage.records import Contact, Projection, Recorded, Stored
from tierline.storage.schema import alias, draft, journal, ticket
from tierline.storage.tickets import read_operations, read_stored
from tierline.storage.visits import tickets_visited_by

_JOURNAL = (
    'INSERT INTO journal (seq, op_id, cseq, ticket_id, kind, v, base_seq, at, "by", events, '
    "seen_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


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
        seq, cseq = last_seq(self._connection), last_cseq(self._connection)
        places = places_of(self._connection, [projection.ticket.id for _, projection in acts])
        history, reached = [], []
        for operations, projection in acts:
            seen = self._seen(projection.ticket.id, places, base_seq)
            for operation in operations:
                seq, cseq = seq + 1, cseq + 1
                history.append((*rows.journal_row(seq, cseq, base_seq, operation), seen))
            reached.append(Reached(projection, seq=seq))
        if history:
            self._connection.exec_driver_sql(_JOURNAL, history)
        store(self._connection, reached, places)
        return seq if history else 0

    def project(self, worked_out: Sequence[tuple[int, Projection]]) -> int:
        """Store tickets worked out anew (after a policy change); their history stays as it is.

        Each comes with the `seq` it was worked out from; one that was acted on since is left
        alone. Returns how many were stored.
        """
        places = places_of(self._connection, [each.ticket.id for _, each in worked_out])
        fresh = [
            Reached(each)
            for seq, each in worked_out
            if (place := places.get(each.ticket.id)) and place.seq == seq
        ]
        store(self._connection, fresh, places)
        return len(fresh)

    def timed_by(self, person: str) -> list[str]:
        """Ids of the tickets on which a person's work timer runs, as of this transaction."""
        query = select(ticket.c.id).where(ticket.c.timer_by == person, ticket.c.timer_by != "")
        return list(self._connection.scalars(query))

    def tickets_visited_by(self, person: str) -> list[Ticket]:
        """Tickets for which a person is on the way or on site, as of this transaction."""
        return tickets_visited_by(self._connection, person)

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

    def put_contact(self, entry: Contact, at: datetime | None = None) -> None:
        """Add a contact, or replace the one of the same client and name.

        `at` (aware) is when somebody does it: on a desk with a hub it goes to the others too.
        """
        put(self._connection, (entry,), at)

    def known_operations(self, op_ids: Iterable[str]) -> frozenset[str]:
        """Which of these operations the journal has already."""
        wanted = select(text("value")).select_from(text("json_each(:ids)"))
        query = select(journal.c.op_id).where(journal.c.op_id.in_(wanted))
        return frozenset(self._connection.scalars(query, {"ids": json.dumps(list(op_ids))}))

    def _seen(self, ticket_id: str, places: Mapping[str, Place], shown_seq: int) -> int:
        """The last line of a ticket that the author of an act was shown."""
        place = places.get(ticket_id)
        if place is None or not place.hub_seq:
            return 0
        if not 0 < shown_seq < place.seq:
            return place.hub_seq
        return seen_by(self._connection, ticket_id, shown_seq)
