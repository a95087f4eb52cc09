"""Open tickets that a new one may be about: of one client, and those with the same words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text

from tierline.storage.fulltext import match_query
from tierline.storage.instants import from_us
from tierline.storage.store import Store

_MOST = 400  # open tickets of one client that are looked at, the latest first
_OF_CLIENT = text(
    "SELECT id, rid, number, subject, contact, assignee, priority, logged_at FROM ticket "
    "WHERE client = :client AND ended = '' ORDER BY rid DESC LIMIT :most"
)
_WORDS = text(
    "SELECT words.rowid FROM words WHERE words MATCH :query AND words.rowid IN "
    "(SELECT rid FROM ticket WHERE client = :client AND ended = '')"
)


class OpenOne(NamedTuple):
    """An open ticket of a client; `said` tells that all the words asked for are written on it."""

    id: str
    number: str
    subject: str
    contact: str
    assignee: str
    priority: int
    logged_at: datetime
    said: bool


class Alike:
    """Finds them by client and by words."""

    def __init__(self, store: Store) -> None:
        """Look in this file."""
        self._store = store

    def open_of(self, client: str, words: str = "") -> list[OpenOne]:
        """The latest open tickets of a client, each with whether it has all of these words."""
        query = match_query(words)
        with self._store.reading() as connection:
            rows = connection.execute(_OF_CLIENT, {"client": client, "most": _MOST}).all()
            told = {"client": client, "query": query}
            said = set(connection.scalars(_WORDS, told)) if query and rows else set[int]()
        return [
            OpenOne(r.id, r.number, r.subject, r.contact, r.assignee, r.priority,
                    from_us(r.logged_at), r.rid in said)
            for r in rows
        ]  # fmt: skip
