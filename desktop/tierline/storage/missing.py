"""Tickets of which news came and nothing is here: noted until they have been fetched whole."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

_PREFIX = "missing:"
_NOTE = "INSERT OR IGNORE INTO meta (key, value) VALUES (?, '')"
_FORGET = "DELETE FROM meta WHERE key = ?"
_ALL = "SELECT key FROM meta WHERE key >= 'missing:' AND key < 'missing;'"


def note_missing(connection: Connection, ticket_ids: Iterable[str]) -> None:
    """Remember that these have to be fetched, in the transaction that let their lines go by."""
    if keys := [(_PREFIX + each,) for each in ticket_ids]:
        connection.exec_driver_sql(_NOTE, keys)


def forget_missing(connection: Connection, ticket_ids: Iterable[str]) -> None:
    """They are here now."""
    if keys := [(_PREFIX + each,) for each in ticket_ids]:
        connection.exec_driver_sql(_FORGET, keys)


def read_missing(connection: Connection) -> tuple[str, ...]:
    """Those that were not fetched before the program ended."""
    found = connection.exec_driver_sql(_ALL).scalars()
    return tuple(str(key).removeprefix(_PREFIX) for key in found)
