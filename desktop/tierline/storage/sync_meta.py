"""Where the desk stands with its hub, as its own file keeps it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from tierline.storage.journal import last_cseq
from tierline.storage.sync_records import SyncState

_PREFIX = "sync_"
_NAMES = tuple(name for name in SyncState.__struct_fields__ if name != "last_cseq")
_READ = "SELECT key, value FROM meta WHERE key >= 'sync_' AND key < 'sync`'"
_WRITE = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"


def read_state(connection: Connection) -> SyncState:
    """All of it; the defaults of `SyncState` for a desk that never had a hub."""
    found = connection.exec_driver_sql(_READ)
    told = {key.removeprefix(_PREFIX): value for key, value in found}
    known = {name: told[name] for name in _NAMES if name in told}
    values = {**known, "last_cseq": last_cseq(connection)}
    return msgspec.convert(values, SyncState, strict=False)


def write_state(connection: Connection, **changes: str | int) -> None:
    """Change some of it."""
    pairs = [(f"{_PREFIX}{name}", str(value)) for name, value in changes.items()]
    connection.exec_driver_sql(_WRITE, pairs)


def forget_state(connection: Connection) -> None:
    """Be a desk without a hub."""
    gone = "DELETE FROM meta WHERE key >= 'sync_' AND key < 'sync`'"
    connection.exec_driver_sql(gone)


def console_of(connection: Connection) -> str:
    """The id under which this desk offers its acts, "" when it has no hub."""
    query = "SELECT value FROM meta WHERE key = 'sync_console_id'"
    return str(connection.exec_driver_sql(query).scalar() or "")
