"""A page of the log taken in, in bites so small that nobody's act waits for the whole of it.

Each bite is one transaction: its lines, the cursor behind them and the hashes up to there. A crash
leaves the replica where the log was at some line.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from tierline.domain.log import Line
from tierline.domain.policy_book import PolicyBook
from tierline.storage.chain_points import check_follows, keep_points
from tierline.storage.journal import entries_where
from tierline.storage.losing import lose
from tierline.storage.store import Store
from tierline.storage.sync_meta import read_state, write_state
from tierline.storage.sync_records import Applied
from tierline.storage.taking import Taking

_BITE, _BITES = 40, 3  # lines taken in at once; so many times a transaction, if nobody waits
Point = tuple[int, str]


def apply(
    store: Store, book: PolicyBook, lines: Sequence[Line], end: Point, safe_seq: int
) -> Applied:
    """As `Syncing.apply`; `end` is the cursor and hash behind the page."""
    with store.reading() as connection:
        state = read_state(connection)
    fresh = [line for line in lines if line.seq > state.cursor]
    if end[0] < state.cursor:
        return Applied()
    check_follows(state.cursor, state.chain, fresh, end)
    applied = Applied()
    bites = [fresh[start : start + _BITE] for start in range(0, len(fresh), _BITE)] or [[]]
    while bites:
        with store.writing_calmly() as connection:
            taking, done = Taking(connection, book), list[Line]()
            for bite in bites[:_BITES]:
                _displace(connection, taking, bite)
                taking.take(bite)
                done += bite
                bites = bites[1:]
                if store.awaited:
                    break
            applied = applied.and_then(taking.applied)
            last = (done[-1].seq, done[-1].chain) if bites else end
            points = [(line.seq, line.chain) for line in done]
            keep_points(connection, [*points, last] if last[0] else points)
            changes = {"boot": "directory"} if state.boot == "begin" else {}
            safe = max(safe_seq, state.safe_seq)  # an announcement tells none
            write_state(connection, cursor=last[0], chain=last[1], safe_seq=safe, **changes)
    return applied


def _displace(connection: Connection, taking: Taking, bite: Sequence[Line]) -> None:
    """Take out of the log what an answer once told ahead of it, and other lines have come for."""
    if not bite:
        return
    here = {line.seq: line.op_id for line in bite}
    span = (bite[0].seq, bite[-1].seq)
    found = entries_where(connection, "hub_seq BETWEEN ? AND ?", span)
    coming = set(here.values())
    gone = [
        row
        for row in found
        if row.hub_seq in here and here[row.hub_seq] != row.op_id and row.op_id not in coming
    ]
    if gone:
        lose(connection, gone)
        taking.tell_anew(row.ticket_id for row in gone)
