"""Ticket numbers: leased in blocks, told once, never used again."""

from __future__ import annotations

from sqlalchemy import Connection

BLOCK = 50
DIGITS = 7


def next_number(connection: Connection, prefix: str) -> str:
    """The next free number of the console's block, a new block when that is used up.

    Runs inside the transaction that uses the number, so that two programs on one desk never get
    the same one; numbers that an import brought are skipped.
    """
    while True:
        number = f"{prefix}{_take(connection, prefix):0{DIGITS}d}"
        if not _used(connection, number):
            return number


def _take(connection: Connection, prefix: str) -> int:
    run = connection.exec_driver_sql
    lease = run("SELECT next, last FROM number_lease WHERE prefix = ?", (prefix,)).one_or_none()
    first, last = (lease[0], lease[1]) if lease else (1, 0)
    if first > last:
        first, last = _lease(connection, prefix)
    run(
        "INSERT INTO number_lease (prefix, next, last) VALUES (?, ?, ?) "
        "ON CONFLICT (prefix) DO UPDATE SET next = excluded.next, last = excluded.last",
        (prefix, first + 1, last),
    )
    return int(first)


def _lease(connection: Connection, prefix: str) -> tuple[int, int]:
    """A block of numbers from the desk's counter; with a hub, the hub gives it."""
    run, key = connection.exec_driver_sql, f"numbers:{prefix}"
    told = run("SELECT value FROM meta WHERE key = ?", (key,)).scalar()
    first = int(told or 1)
    run("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, str(first + BLOCK)))
    return first, first + BLOCK - 1


def _used(connection: Connection, number: str) -> bool:
    query = (
        "SELECT EXISTS (SELECT 1 FROM ticket WHERE number = ?) "
        "OR EXISTS (SELECT 1 FROM alias WHERE number = ?)"
    )
    return bool(connection.exec_driver_sql(query, (number, number)).scalar())
