"""Tickets that somebody is going to, or was at: found without reading the others."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, text

from tierline.domain.ticket import Ticket
from tierline.storage.instants import to_us
from tierline.storage.store import Store

# See `owed`: what a ticket does not have is not in its JSON, and a client's quotes are escaped.
_LIVE = """instr(state, '"visits":[') > 0"""
_OVER = """instr(state, '"visited":[') > 0"""
VISITS = (
    f"CREATE INDEX ticket_visits ON ticket (rid) WHERE {_LIVE}",
    f"CREATE INDEX ticket_visited ON ticket (changed_at) WHERE {_OVER}",
)
_FOUND = text(
    f"SELECT id FROM ticket WHERE {_LIVE} "
    f"UNION SELECT id FROM ticket WHERE {_OVER} AND changed_at >= :since"
)

_STATES = text(f"SELECT state FROM ticket WHERE {_LIVE}")
_ticket = msgspec.json.Decoder(Ticket)


class Visits:
    """Which tickets have visits."""

    def __init__(self, store: Store) -> None:
        """Read from this file."""
        self._store = store

    def tickets(self, since: datetime) -> list[str]:
        """Ids of those with a visit to come or under way, or that changed `since` and had one."""
        with self._store.reading() as connection:
            return list(connection.scalars(_FOUND, {"since": to_us(since)}))


def tickets_visited_by(connection: Connection, person: str) -> list[Ticket]:
    """Tickets for which a person is on the way or on site, seen from inside a transaction."""
    found = (_ticket.decode(state) for state in connection.scalars(_STATES))
    return [t for t in found if any(v.under_way and v.engineer == person for v in t.visits)]
