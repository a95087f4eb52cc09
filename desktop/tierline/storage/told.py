"""What somebody was told and has not said to have read; merged tickets whose contact waits."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import text

from tierline.domain.ticket import Ticket
from tierline.storage.store import Store

# As in `owed`: what a ticket has none of is not in its JSON.
_TOLD = """instr(state, '"told":[') > 0"""
_WAITS = "ended = 'cancelled' AND replied = 1"
TOLD = (
    f"CREATE INDEX ticket_told ON ticket (rid) WHERE {_TOLD}",
    f"CREATE INDEX ticket_merged_waits ON ticket (rid) WHERE {_WAITS}",
)
_ticket = msgspec.json.Decoder(Ticket)


class ToldOnes:
    """Reads whole tickets, ended ones too: one is mentioned on a closed ticket as well."""

    def __init__(self, store: Store) -> None:
        """Read from this file."""
        self._store = store

    def unread(self) -> Iterator[Ticket]:
        """Tickets on which somebody was told something (see `Ticket.told`)."""
        return self._where(_TOLD)

    def merged_waiting(self) -> Iterator[Ticket]:
        """Cancelled tickets whose contact wrote and was not answered."""
        return self._where(_WAITS)

    def _where(self, condition: str) -> Iterator[Ticket]:
        query = text(f"SELECT state FROM ticket WHERE {condition} ORDER BY rid")
        with self._store.reading() as connection:
            for state in connection.scalars(query):
                yield _ticket.decode(state)
