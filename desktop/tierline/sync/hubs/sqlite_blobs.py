"""The files of a SQLite hub, in chunks. `hidden` leaves those of restricted tickets out."""

from __future__ import annotations

import hashlib
import sqlite3

from tierline.sync.blobs import MOST

# A payload that SQLite does not take for JSON names nothing, and must still become a line.
_SHA = "CASE WHEN json_valid(payload) THEN json_extract(payload, '$[0].sha256') END"
_NAMED = (
    f"SELECT 1 FROM log WHERE kind = 'attach' AND {_SHA} = ? AND (NOT ? OR NOT EXISTS"
    " (SELECT 1 FROM ticket t WHERE t.id = log.ticket_id AND t.restricted)) LIMIT 1"
)
TABLES = (
    """
CREATE TABLE attachment_chunk (
  sha256 TEXT NOT NULL,
  start INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (sha256, start)
)""",
    "CREATE TABLE attachment (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL)",
    f"CREATE INDEX log_attached ON log ({_SHA}) WHERE kind = 'attach'",
)


def size(base: sqlite3.Connection, sha256: str, *, hidden: bool) -> int | None:
    """How much of a file is there; None when no line that may be read names it."""
    return _there(base, sha256) if _named(base, sha256, hidden=hidden) else None


def put(
    base: sqlite3.Connection, sha256: str, offset: int, data: bytes, whole: int, *, hidden: bool
) -> int | None:
    """As `BlobHub.put_blob`, for a login that may write."""
    if not _named(base, sha256, hidden=hidden):
        return None
    there = _there(base, sha256)
    after = offset + len(data)
    if not data or offset != there or after > min(whole, MOST) or _proven(base, sha256):
        return there
    base.execute("INSERT INTO attachment_chunk VALUES (?, ?, ?)", (sha256, offset, data))
    if after < whole:
        return after
    if _hash(base, sha256) != sha256:
        base.execute("DELETE FROM attachment_chunk WHERE sha256 = ?", (sha256,))
        return 0
    base.execute("INSERT INTO attachment VALUES (?, ?)", (sha256, whole))
    return whole


def get(base: sqlite3.Connection, sha256: str, offset: int, limit: int, *, hidden: bool) -> bytes:
    """As `BlobHub.get_blob`."""
    if not _named(base, sha256, hidden=hidden):
        return b""
    row = base.execute(
        "SELECT start, data FROM attachment_chunk WHERE sha256 = ? AND start <= ?"
        " ORDER BY start DESC LIMIT 1",
        (sha256, offset),
    ).fetchone()
    return bytes(row[1][offset - row[0] :][:limit]) if row else b""


def _named(base: sqlite3.Connection, sha256: str, *, hidden: bool) -> bool:
    return base.execute(_NAMED, (sha256, hidden)).fetchone() is not None


def _there(base: sqlite3.Connection, sha256: str) -> int:
    row = base.execute(
        "SELECT start + length(data) FROM attachment_chunk WHERE sha256 = ?"
        " ORDER BY start DESC LIMIT 1",
        (sha256,),
    ).fetchone()
    return int(row[0]) if row else 0


def _proven(base: sqlite3.Connection, sha256: str) -> bool:
    asked = "SELECT 1 FROM attachment WHERE sha256 = ?"
    return base.execute(asked, (sha256,)).fetchone() is not None


def _hash(base: sqlite3.Connection, sha256: str) -> str:
    digest = hashlib.sha256()
    asked = "SELECT data FROM attachment_chunk WHERE sha256 = ? ORDER BY start"
    for (data,) in base.execute(asked, (sha256,)):
        digest.update(data)
    return digest.hexdigest()
