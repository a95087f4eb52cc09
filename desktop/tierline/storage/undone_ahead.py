"""Acts that were taken back by lines that came before their own: a failover can turn them round."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection

_PREFIX = "undone:"
_NOTE = (
    "INSERT OR IGNORE INTO meta (key, value) SELECT ? || value, '' FROM json_each(?) "
    "WHERE NOT EXISTS (SELECT 1 FROM journal WHERE op_id = value)"
)
_NOTED = "SELECT key FROM meta WHERE key IN (SELECT ? || value FROM json_each(?))"


def note_ahead(connection: Connection, op_ids: Iterable[str]) -> None:
    """Remember those of these acts that are not here yet."""
    connection.exec_driver_sql(_NOTE, (_PREFIX, json.dumps(list(op_ids))))


def noted_ahead(connection: Connection, op_ids: Iterable[str]) -> set[str]:
    """Which of these acts were taken back before they came."""
    found = connection.exec_driver_sql(_NOTED, (_PREFIX, json.dumps(list(op_ids))))
    return {str(key).removeprefix(_PREFIX) for key in found.scalars()}
