"""Reading what waits to go out, and on which tickets two people's acts met."""

from __future__ import annotations

from typing import NamedTuple

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
_WAITING = "j.state = 'pending' AND j.hub_seq IS NULL"
_SIGNED = f"""
WITH signed AS (
  SELECT DISTINCT json_extract(e.value, '$.by') AS by
  FROM journal j, json_each(coalesce(j.merged, j.events)) e
  WHERE {_WAITING} AND json_type(j.events) = 'array' AND json_extract(e.value, '$.kind') <> 'time'
)
SELECT coalesce(p.name, s.by) AS name FROM signed s LEFT JOIN person p ON p.id = s.by
WHERE s.by NOT IN ('', ?) ORDER BY name"""
_IMPORTED = f"SELECT EXISTS (SELECT 1 FROM journal j WHERE {_WAITING} AND j.kind = 'import')"


class Vouching(NamedTuple):
    """What waits and needs somebody to vouch for it: who signed it, whether it was imported."""

    names: tuple[str, ...]
    imported: bool


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

    def to_vouch(self, login: str) -> Vouching:
        """What waits that somebody else than this login has done."""
        with self._store.reading() as connection:
            names = connection.exec_driver_sql(_SIGNED, (login,)).scalars()
            imported = connection.exec_driver_sql(_IMPORTED).scalar()
            return Vouching(tuple(names), bool(imported))
