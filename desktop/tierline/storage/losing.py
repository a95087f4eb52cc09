"""Lines that the hub has lost: mine are offered again, the others' are kept aside as orphans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from tierline.storage import journal
from tierline.storage.journal import Entry

_AGAIN = (
    "UPDATE journal SET state = 'pending', hub_seq = NULL, console_id = '', why = '', cseq = ? "
    "WHERE seq = ?"
)
_ORPHANED = "UPDATE journal SET state = 'orphan', hub_seq = NULL, why = ? WHERE seq = ?"
_UNSEEN = "UPDATE journal SET seen_seq = ? WHERE state = 'pending' AND seen_seq > ?"


class Lost(NamedTuple):
    """How many of my acts go out again, how many lines of others nobody has any more."""

    mine: int
    orphans: int


def lose(connection: Connection, entries: Sequence[Entry]) -> Lost:
    """Take these rows out of the log. Whoever made an orphan will offer it again."""
    mine = [entry for entry in entries if entry.mine]
    last = journal.last_cseq(connection)
    for entry in sorted(mine, key=lambda each: (each.hub_seq or 0, each.seq)):
        # One that an earlier console id of this desk offered needs a number of the new one's.
        last += entry.cseq < 0
        number = entry.cseq if entry.cseq > 0 else last
        connection.exec_driver_sql(_AGAIN, (number, entry.seq))
    for entry in entries:
        if not entry.mine:
            why = f"It was line {entry.hub_seq}, and the hub has lost it."
            connection.exec_driver_sql(_ORPHANED, (why, entry.seq))
    return Lost(len(mine), len(entries) - len(mine))


def forget_seen(connection: Connection, line: int) -> None:
    """Let nobody have seen more than the log has up to `line`: others may take those places."""
    connection.exec_driver_sql(_UNSEEN, (line, line))
