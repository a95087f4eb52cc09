"""Reading what waits to go out, and on which tickets two people's acts met."""

from __future__ import annotations

from sqlalchemy import bindparam, select, text

from tierline.storage import rows
from tierline.storage.records import Recorded
from tierline.storage.schema import journal, ticket
from tierline.storage.store import Store

_WAITS = (
    select(journal)
    .where(text("state = 'pending' AND hub_seq IS NULL"))
    .order_by(journal.c.cseq)
    .limit(bindparam("most"))
)
# In the words of the index, so that it is used.
_MET = select(ticket.c.id).where(text("instr(ticket.state, '\"conflicts\":[') > 0"))


class Unsent:
    """The acts of this console that are no lines of the log yet."""

    def __init__(self, store: Store) -> None:
        """Read from this file."""
        self._store = store

    def acts(self, most: int) -> tuple[Recorded, ...]:
        """The next of them, in the order in which they go out."""
        with self._store.reading() as connection:
            return tuple(map(rows.recorded, connection.execute(_WAITS, {"most": most})))

    def in_conflict(self) -> tuple[str, ...]:
        """Ids of the tickets with a conflict that nobody has answered."""
        with self._store.reading() as connection:
            return tuple(connection.scalars(_MET.order_by(ticket.c.act_at, ticket.c.number)))
