"""Search as you type over numbers, subjects, names and everything written on a ticket."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Integer, column, false, select, text

from tierline.storage.schema import ticket
from tierline.storage.store import Store

_PARTS = re.compile(r'"([^"]*)"?|(\S+)')
_LETTERS = re.compile(r"[^\W_]")
_LONGEST = 12  # words
_LOOKED_AT = 1_000  # characters: more than anyone types, less than a clipboard may hold
_SEARCH = text(
    "SELECT ticket.id FROM words JOIN ticket ON ticket.rid = words.rowid "
    "WHERE words MATCH :query ORDER BY words.rowid DESC LIMIT :limit"
)


class FullText:
    """Finds tickets by words; all of them must be there, the last one may be unfinished."""

    def __init__(self, store: Store) -> None:
        """Search in this file."""
        self._store = store

    def search(self, typed: str, limit: int = 50) -> list[str]:
        """Ids of the tickets that have every word typed, the newest ticket first."""
        query = match_query(typed)
        if not query:
            return []
        with self._store.reading() as connection:
            return list(connection.scalars(_SEARCH, {"query": query, "limit": limit}))


def match_query(typed: str) -> str:
    """What FTS5 is asked for a typed text: each part quoted, so nothing in it is an operator."""
    parts_typed = _PARTS.findall(typed[:_LOOKED_AT])
    found = [(phrase or word, bool(phrase)) for phrase, word in parts_typed]
    parts = [part for part in found if _LETTERS.search(part[0])][:_LONGEST]
    quoted = ['"' + each.replace('"', '""').replace("\0", " ") + '"' for each, _ in parts]
    if parts and not parts[-1][1]:
        quoted[-1] += "*"
    return " ".join(quoted)


def matching(typed: str) -> ColumnElement[bool]:
    """The condition that a ticket has every word typed; none has what has no letter in it."""
    query = match_query(typed)
    if not query:
        return false()
    found = select(column("rowid", Integer)).select_from(text("words"))
    return ticket.c.rid.in_(found.where(text("words MATCH :typed").bindparams(typed=query)))
