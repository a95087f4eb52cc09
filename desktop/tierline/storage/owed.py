"""Tickets on which something is owed beside the work: a message still to be sent, an open task."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import text

from tierline.domain.ticket import Ticket
from tierline.storage.store import Store

# What a ticket does not have is not in its JSON, and within a string a quote is escaped: so these
# find the tickets that have some, and nothing that a client wrote is taken for it.
_LETTERS = """instr(state, '"outbox":[') > 0"""
_TASKS = """instr(state, '"tasks":[') > 0"""
OWED = (
    f"CREATE INDEX ticket_letters ON ticket (rid) WHERE {_LETTERS}",
    f"CREATE INDEX ticket_tasks ON ticket (rid) WHERE {_TASKS}",
)
_ticket = msgspec.json.Decoder(Ticket)


class Owed:
    """Reads whole tickets, ended ones too: a closing message and a feedback task come last."""

    def __init__(self, store: Store) -> None:
        """Read from this file."""
        self._store = store

    def letters(self) -> Iterator[Ticket]:
        """Tickets with a message to the contact that has not gone out (see `Ticket.outbox`)."""
        return self._where(_LETTERS)

    def tasks(self) -> Iterator[Ticket]:
        """Tickets with an open task for someone of a role (see `Ticket.tasks`)."""
        return self._where(_TASKS)

    def _where(self, condition: str) -> Iterator[Ticket]:
        # The condition is written as the index has it, or SQLite would read every ticket.
        query = text(f"SELECT state FROM ticket WHERE {condition} ORDER BY rid")
        with self._store.reading() as connection:
            for state in connection.scalars(query):
                yield _ticket.decode(state)
