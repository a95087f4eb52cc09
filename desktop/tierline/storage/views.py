"""Saved views: queues that someone made."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from tierline.storage.records import SavedView
from tierline.storage.schema import view
from tierline.storage.store import Store


class Views:
    """The saved views of the desk, in the order they are shown."""

    def __init__(self, store: Store) -> None:
        """Keep views in this file."""
        self._store = store

    def all(self) -> tuple[SavedView, ...]:
        """Every saved view."""
        query = select(view).order_by(view.c.position, view.c.name)
        with self._store.reading() as connection:
            return tuple(SavedView(*row) for row in connection.execute(query))

    def get(self, view_id: str) -> SavedView | None:
        """One saved view."""
        with self._store.reading() as connection:
            row = connection.execute(select(view).where(view.c.id == view_id)).one_or_none()
        return None if row is None else SavedView(*row)

    def save(self, one: SavedView) -> None:
        """Add a view, or replace the one of its id."""
        values = {name: getattr(one, name) for name in SavedView.__struct_fields__}
        statement = insert(view).values(values)
        with self._store.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))

    def drop(self, view_id: str) -> None:
        """Forget a view; no ticket is touched."""
        with self._store.writing() as connection:
            connection.execute(delete(view).where(view.c.id == view_id))
