"""Ticket numbers: leased in blocks, told once, never used again.

A desk of its own leases from its own counter, one with a hub from the hub. Without a block and
without a network a ticket is told under a number of this console, "CS-4F2A1C-3", by which it is
found for ever; it gets its real one as soon as there is one.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlalchemy import Connection

from tierline.storage.sync_meta import console_of

BLOCK = 50
DIGITS = 7
_MARK = 6  # characters of a console's id that stand in its own numbers
_USED = (
    "SELECT EXISTS (SELECT 1 FROM ticket WHERE number = ?) "
    "OR EXISTS (SELECT 1 FROM alias WHERE number = ?)"
)
_OPEN = (
    "INSERT INTO number_lease (prefix, next, last) VALUES (?, ?, ?) "
    "ON CONFLICT (prefix) DO UPDATE SET next = excluded.next, last = excluded.last"
)
_PUT = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"


class Block(NamedTuple):
    """The first and the last number of a block."""

    first: int
    last: int


def next_number(connection: Connection, prefix: str) -> str:
    """The next free number of the console's block, a new block when that is used up.

    Runs inside the transaction that uses the number, so that two programs on one desk never get
    the same one; numbers that an import brought are skipped.
    """
    console = console_of(connection)
    return leased_number(connection, prefix) or _own_number(connection, prefix, console)


def leased_number(connection: Connection, prefix: str) -> str:
    """The next free number of a block, "" when the hub has to lease one first."""
    while figure := _take(connection, prefix):
        number = f"{prefix}{figure:0{DIGITS}d}"
        if not _used(connection, number):
            return number
    return ""


def add_block(connection: Connection, prefix: str, first: int, last: int) -> None:
    """Keep a block for when the ones before it are used up."""
    blocks = [*_further(connection, prefix), (first, last)]
    connection.exec_driver_sql(_PUT, (_key(prefix), json.dumps(blocks)))


def numbers_left(connection: Connection, prefix: str) -> int:
    """How many numbers the console's blocks still have."""
    block = _block(connection, prefix)
    blocks = [block, *_further(connection, prefix)]
    return sum(max(0, each.last - each.first + 1) for each in blocks)


def forget_blocks(connection: Connection) -> None:
    """Use no number of a block any more: they were another console's, or another desk's."""
    connection.exec_driver_sql("DELETE FROM number_lease")
    connection.exec_driver_sql("DELETE FROM meta WHERE key GLOB 'leases:*'")


def _take(connection: Connection, prefix: str) -> int:
    block = _block(connection, prefix)
    if block.first > block.last:
        block = _next_block(connection, prefix)
    if block.first > block.last:
        return 0
    connection.exec_driver_sql(_OPEN, (prefix, block.first + 1, block.last))
    return block.first


def _block(connection: Connection, prefix: str) -> Block:
    query = "SELECT next, last FROM number_lease WHERE prefix = ?"
    lease = connection.exec_driver_sql(query, (prefix,)).one_or_none()
    return Block(*lease) if lease else Block(1, 0)


def _next_block(connection: Connection, prefix: str) -> Block:
    """One of the blocks that the hub gave, or from the desk's counter when it has no hub."""
    if further := _further(connection, prefix):
        connection.exec_driver_sql(_PUT, (_key(prefix), json.dumps(further[1:])))
        return further[0]
    if console_of(connection):
        return Block(1, 0)
    key = f"numbers:{prefix}"
    query = "SELECT value FROM meta WHERE key = ?"
    first = int(connection.exec_driver_sql(query, (key,)).scalar() or 1)
    connection.exec_driver_sql(_PUT, (key, str(first + BLOCK)))
    return Block(first, first + BLOCK - 1)


def _further(connection: Connection, prefix: str) -> list[Block]:
    query = "SELECT value FROM meta WHERE key = ?"
    raw = connection.exec_driver_sql(query, (_key(prefix),)).scalar() or "[]"
    return [Block(*each) for each in json.loads(raw)]


def _key(prefix: str) -> str:
    return f"leases:{prefix}"


def _own_number(connection: Connection, prefix: str, console: str) -> str:
    mark, key = console.replace("-", "")[-_MARK:].upper(), f"own_numbers:{console}"
    query = "SELECT value FROM meta WHERE key = ?"
    count = int(connection.exec_driver_sql(query, (key,)).scalar() or 0)
    while True:
        count += 1
        number = f"{prefix}-{mark}-{count}"
        if not _used(connection, number):
            connection.exec_driver_sql(_PUT, (key, str(count)))
            return number


def _used(connection: Connection, number: str) -> bool:
    return bool(connection.exec_driver_sql(_USED, (number, number)).scalar())
