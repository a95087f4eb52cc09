"""Proving a SQLite hub."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from tierline.sync.hubs import persons, sqlite_reading
from tierline.sync.hubs.file_proof import FileProof
from tierline.sync.hubs.proving import ChainProof, Proof, RowProof
from tierline.sync.hubs.sqlite_keeping import keeping
from tierline.sync.hubs.sqlite_ledger import SqliteLedger

_CHUNK = 1000
_PIECES = "SELECT start, CAST(data AS BLOB) FROM attachment_chunk WHERE sha256 = ? ORDER BY start"
_PROVEN = "SELECT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?)"
_PEOPLE = "SELECT role, count(*) FROM person WHERE NOT revoked GROUP BY role"

_ENTRIES = "SELECT l.payload FROM directory d JOIN log l ON l.seq = d.seq WHERE l.kind = 'person'"


def prove(path: Path) -> Proof:
    """Look at all of it, as it was at one moment."""
    began = time.monotonic()
    chain, rows, files = ChainProof(), RowProof(), FileProof()
    with keeping(path) as file, file.reading() as base:
        (hub_id,) = base.execute("SELECT hub_id FROM hub").fetchone()
        head = sqlite_reading.head(base)
        _take_lines(base, chain, files)
        chain.end(*head)
        _take_tickets(base, rows)
        for sha256 in files.named():
            (proven,) = base.execute(_PROVEN, (sha256,)).fetchone()
            files.take(sha256, base.execute(_PIECES, (sha256,)), proven=bool(proven))
        people = dict(base.execute(_PEOPLE).fetchall())
        entries = [payload for (payload,) in base.execute(_ENTRIES)]
        roles = list(persons.strayed(entries, SqliteLedger(base).role_of))
    return Proof(
        hub_id=hub_id,
        seq=head[0],
        chain=head[1],
        lines=chain.lines,
        tickets=rows.tickets,
        unread=rows.unread,
        files=files.whole,
        people=people,
        rights=0,
        seconds=time.monotonic() - began,
        findings=(*roles, *chain.findings, *rows.findings, *files.findings),
        awaited=tuple(files.awaited),
    )


def _take_lines(base: sqlite3.Connection, chain: ChainProof, files: FileProof) -> None:
    cursor = 0
    while found := sqlite_reading.lines_after(base, cursor, _CHUNK, hidden=False):
        chain.take(found)
        files.name(found)
        cursor = found[-1].seq


def _take_tickets(base: sqlite3.Connection, rows: RowProof) -> None:
    for ended in (False, True):
        after, more = "", True
        while more:
            some = sqlite_reading.snapshot(base, after, _CHUNK, ended=ended, hidden=False)
            rows.take(some)
            after, more = some.after, bool(some.after)
