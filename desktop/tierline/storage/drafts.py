"""Unsent text: on the disk when `save` returns, there again after a crash."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from tierline.storage.instants import from_us, to_us
from tierline.storage.records import Draft
from tierline.storage.schema import draft
from tierline.storage.store import Store


class Drafts:
    """One draft per ticket and kind ("" as ticket id is a ticket not logged yet)."""

    def __init__(self, store: Store) -> None:
        """Keep drafts in this file."""
        self._store = store

    def save(self, one: Draft) -> None:
        """Keep the text (in place of an earlier one), or forget it when it is empty.

        Raises:
            WorldError: the disk refused; the earlier draft is still there.
        """
        if not one.text:
            self.drop(one.ticket_id, one.kind)
            return
        values = {
            "ticket_id": one.ticket_id,
            "kind": one.kind,
            "text": one.text.encode("utf-8", "replace").decode(),  # no half characters
            "shown_seq": one.shown_seq,
            "at": to_us(one.at),
        }
        statement = insert(draft).values(values)
        keys = ["ticket_id", "kind"]
        with self._store.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))

    def of(self, ticket_id: str) -> tuple[Draft, ...]:
        """The drafts of a ticket."""
        query = select(draft).where(draft.c.ticket_id == ticket_id).order_by(draft.c.kind)
        with self._store.reading() as connection:
            return tuple(
                Draft(row.ticket_id, row.kind, row.text, row.shown_seq, from_us(row.at))
                for row in connection.execute(query)
            )

    def tickets(self) -> frozenset[str]:
        """Ids of the tickets with unsent text."""
        with self._store.reading() as connection:
            return frozenset(connection.scalars(select(draft.c.ticket_id).distinct()))

    def drop(self, ticket_id: str, kind: str) -> None:
        """Forget a draft (it was sent)."""
        gone = delete(draft).where(draft.c.ticket_id == ticket_id, draft.c.kind == kind)
        with self._store.writing() as connection:
            connection.execute(gone)
