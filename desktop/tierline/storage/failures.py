"""What SQLite says when the world fails, said again in words for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from tierline.domain.errors import WorldError

_MENDS = {
    sqlite3.SQLITE_FULL: (
        "The disk is full, so this could not be saved to {path}.",
        "Everything saved before is safe; this one act was not taken.",
        "Free some space, then do it again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "The desk at {path} can only be read, not written.",
        "Nothing was changed.",
        "Make the folder writable for you, or choose another with --data.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The desk at {path} cannot be opened.",
        "Nothing was changed.",
        "Check that the folder exists and is yours, or choose another with --data.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The desk file {path} is damaged.",
        "Nothing was written to it.",
        "Copy it somewhere safe, then put back the newest file of the backups folder beside it.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "{path} is not a Tierline desk.",
        "Nothing was written to it.",
        "Move it away, or choose another folder with --data.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk under {path} failed to read or write.",
        "Everything confirmed before is kept as far as the disk kept it.",
        "Check the disk, then start again.",
    ),
    sqlite3.SQLITE_BUSY: (
        "Another program has been writing to {path} for too long.",
        "Nothing was changed.",
        "Wait for its import or backup to end, then do it again.",
    ),
}
_MENDS[sqlite3.SQLITE_LOCKED] = _MENDS[sqlite3.SQLITE_BUSY]


def told(code: int, path: Path) -> WorldError | None:
    """The refusal for an SQLite result code, or None when the fault is ours."""
    sentences = _MENDS.get(code & 0xFF)
    if sentences is None:
        return None
    what, safe, todo = sentences
    return WorldError(what.format(path=path), safe=safe, todo=todo)


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn failures of the world inside the block into `WorldError`; ours travel on unchanged."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as failure:
        origin = failure.orig if isinstance(failure, DBAPIError) else failure
        refusal = told(getattr(origin, "sqlite_errorcode", 0) or 0, path)
        if refusal is None:
            raise
        raise refusal from failure
