"""What people set up to be used again: views of the rail, and macros; their own or everybody's.

Those that are shared are entries of the directory: they travel by the log, the last line counts
and the others are kept. To a hub all of them are of one kind, "template".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from tierline.domain.macros import Macro
from tierline.storage.directory import put
from tierline.storage.records import SavedView, Template
from tierline.storage.store import Store

_One = TypeVar("_One", SavedView, Macro)
_ALL = "SELECT state FROM template"
_GET = "SELECT state FROM template WHERE id = ?"
# Since 1.4. What an older program took in of others' is put where it belongs now.
TEMPLATES = (
    "CREATE TABLE template (id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL)",
    """
INSERT INTO template SELECT id, json_object('what', 'view', 'id', id, 'name', name,
  'filter', filter, 'sort', sort, 'position', CAST(position AS REAL)) FROM view""",
    "UPDATE journal SET state = 'parked' WHERE kind = 'template' AND state = 'acked'",
)


class Templates:
    """Every view and macro of this desk; whose they are is asked with `me`, a person's id."""

    def __init__(self, store: Store) -> None:
        """Keep them in this file."""
        self._store = store

    def views(self, me: str = "") -> tuple[SavedView, ...]:
        """The views that this person sees, in the order in which they stand in the rail."""
        return self._seen(SavedView, me)

    def macros(self, me: str = "") -> tuple[Macro, ...]:
        """The macros that this person has, in their order."""
        return self._seen(Macro, me)

    def get(self, template_id: str) -> Template | None:
        """One of them, be it gone; None when there never was one."""
        with self._store.reading() as connection:
            raw = connection.exec_driver_sql(_GET, (template_id,)).scalar()
        return None if raw is None else _decoded(raw)

    def put(self, entries: Iterable[Template], at: datetime | None = None) -> None:
        """Add them, or replace those of the same id.

        `at` (aware) is when somebody does it: what is shared goes to the others of the desk too.
        """
        with self._store.writing() as connection:
            put(connection, tuple(entries), at)

    def _seen(self, kind: type[_One], me: str) -> tuple[_One, ...]:
        with self._store.reading() as connection:
            found = [each for each in _every(connection) if isinstance(each, kind)]
        mine = [each for each in found if not each.gone and _for(each, me)]
        return tuple(sorted(mine, key=lambda each: (each.position, each.name.casefold(), each.id)))


def _every(connection: Connection) -> Iterable[Template]:
    return (_decoded(raw) for raw in connection.exec_driver_sql(_ALL).scalars())


def _decoded(raw: str) -> Template:
    found: Template = msgspec.json.decode(raw, type=Template)
    return found


def _for(each: Template, me: str) -> bool:
    """What nobody owns was made before there was a "mine": everybody at this computer sees it."""
    return each.shared or each.owner in ("", me)
