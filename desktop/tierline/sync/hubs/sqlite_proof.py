"""Proving a SQLite hub."""

from __future__ import annotations

from pathlib import Path

from tierline.sync.hubs import sqlite_reading
from tierline.sync.hubs.proving import ChainProof, Proof, RowProof
from tierline.sync.hubs.sqlite_keeping import keeping

_CHUNK = 1000


def prove(path: Path) -> Proof:
    """Look at all of it, as it was at one moment."""
    chain, rows = ChainProof(), RowProof()
    with keeping(path) as file, file.reading() as base:
        cursor = 0
        while found := sqlite_reading.lines_after(base, cursor, _CHUNK, hidden=False):
            chain.take(found)
            cursor = found[-1].seq
        chain.end(*sqlite_reading.head(base))
        for ended in (False, True):
            after, more = "", True
            while more:
                some = sqlite_reading.snapshot(base, after, _CHUNK, ended=ended, hidden=False)
                rows.take(some)
                after, more = some.after, bool(some.after)
    return Proof(
        lines=chain.lines,
        tickets=rows.tickets,
        unread=rows.unread,
        rights=0,
        findings=(*chain.findings, *rows.findings),
    )
