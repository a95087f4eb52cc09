"""A copy of a desk from which later tickets are gone, to be put back as it stood at an instant."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tierline.storage.failures import telling
from tierline.storage.instants import to_us

_LATER = "SELECT EXISTS (SELECT 1 FROM ticket WHERE changed_at > ?)"
_CHANGED = (
    "SELECT id, rid, (SELECT min(at) FROM journal WHERE ticket_id = ticket.id) <= ? "
    "FROM ticket WHERE changed_at > ?"
)

_FORGET = (
    "DELETE FROM alias WHERE ticket_id IN (SELECT id FROM gone)",
    "DELETE FROM known_import WHERE ticket_id IN (SELECT id FROM gone)",
    "DELETE FROM words WHERE rowid IN (SELECT rid FROM gone)",
    "DELETE FROM ticket WHERE rid IN (SELECT rid FROM gone)",
)


def changed_since(path: Path, now: datetime) -> bool:
    """Whether any ticket of the desk file has changed after `now` (aware).

    Raises:
        WorldError: the file cannot be read.
    """
    with telling(path), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
        return bool(base.execute(_LATER, (to_us(now),)).fetchone()[0])


def copy_back_to(path: Path, target: Path, now: datetime) -> list[str]:
    """Copy the desk file without the tickets that came after `now`.

    Returns the ids of those that were there but have changed since: their rows are still of today.

    Raises:
        WorldError: the disk refused.
    """
    at = to_us(now)
    with (
        telling(target),
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(target)) as copy,
        copy,
    ):
        source.backup(copy)
        changed = copy.execute(_CHANGED, (at, at)).fetchall()
        gone = [(ticket_id, rid) for ticket_id, rid, there in changed if not there]
        copy.execute("CREATE TEMP TABLE gone (id TEXT, rid INTEGER)")
        copy.executemany("INSERT INTO gone VALUES (?, ?)", gone)
        for statement in _FORGET:
            copy.execute(statement)
    return [ticket_id for ticket_id, _, there in changed if there]
