"""When the hub has less than it had, or this console's numbers are somebody else's too."""

from __future__ import annotations

from sqlalchemy import Connection

from tierline.domain.log import GENESIS
from tierline.domain.policy_book import PolicyBook
from tierline.storage.chain_points import cut_points
from tierline.storage.journal import Entry, entries_where
from tierline.storage.losing import Lost, forget_seen, lose
from tierline.storage.missing import read_missing
from tierline.storage.numbers import forget_blocks
from tierline.storage.store import Store
from tierline.storage.sync_meta import read_state, write_state
from tierline.storage.sync_records import Applied, Rewound
from tierline.storage.taking import Taking
from tierline.storage.voiding import void

_COUNTED = "mine = 1 AND cseq > ? AND state <> 'pending' ORDER BY cseq"
_COUNT_AGAIN = "UPDATE journal SET state = 'pending' WHERE seq = ?"
_BEYOND = "hub_seq > ?"
_FORGET_NUMBERS = (
    "UPDATE journal SET cseq = -seq WHERE mine = 1 AND cseq > 0 AND state <> 'pending'"
)
# An act that the hub knew and whose line has not come yet goes out again: should that line be lost
# before it comes, nothing else would tell.
_WAITING = (
    "mine = 1 AND cseq > 0 AND (state = 'pending' OR (state = 'acked' AND hub_seq IS NULL)) "
    "ORDER BY cseq"
)
_NUMBER = (
    "UPDATE journal SET cseq = ?, state = 'pending' "
    "WHERE seq = ? AND (cseq <> ? OR state <> 'pending')"
)


def reoffer(store: Store, book: PolicyBook, last_cseq: int) -> int:
    """As `Syncing.reoffer`."""
    with store.writing_calmly() as connection:
        entries = entries_where(connection, _COUNTED, (last_cseq,))
        if not entries:
            return 0
        for entry in entries:
            # What a person has withdrawn does not happen, but its number has to be counted.
            if entry.state == "withdrawn":
                void(connection, entry)
        again = [entry for entry in entries if entry.state != "withdrawn"]
        cursor = read_state(connection).cursor
        # What is a line still keeps its place: only its number has to be counted once more.
        lined = [entry for entry in again if 0 < (entry.hub_seq or 0) <= cursor]
        for entry in lined:
            connection.exec_driver_sql(_COUNT_AGAIN, (entry.seq,))
        lose(connection, [entry for entry in again if entry not in lined])
        forget_seen(connection, cursor)
        Taking(connection, book).tell_anew(entry.ticket_id for entry in entries)
    return len(entries)


def mint(store: Store, console_id: str) -> int:
    """As `Syncing.mint`."""
    with store.writing_calmly() as connection:
        forget_blocks(connection)
        write_state(connection, console_id=console_id)
        return _number_anew(connection)


def begin_anew(connection: Connection, book: PolicyBook) -> None:
    """Have no line of any log: what was done here waits, what came from others is an orphan."""
    entries = entries_where(connection, _BEYOND, (0,))
    lose(connection, entries)
    forget_seen(connection, 0)
    cut_points(connection, 0, GENESIS)
    _number_anew(connection)
    Taking(connection, book).tell_anew(entry.ticket_id for entry in entries)


def rewind(store: Store, book: PolicyBook, seq: int, chain: str) -> Rewound:
    """As `Syncing.rewind`."""
    with store.writing_calmly() as connection:
        lost, entries = _lose_beyond(connection, seq)
        forget_seen(connection, seq)
        cut_points(connection, seq, chain)
        write_state(connection, cursor=seq, chain=chain)
        taking = Taking(connection, book)
        taking.tell_anew(entry.ticket_id for entry in entries)
    return Rewound(mine=lost.mine, orphans=lost.orphans, tickets=taking.applied.tickets)


def greeted(
    store: Store, book: PolicyBook, timeline: int, safe_seq: int, seq: int | None
) -> Applied:
    """As `Syncing.greeted`."""
    with store.writing_calmly() as connection:
        state = read_state(connection)
        write_state(connection, seen_timeline=max(timeline, state.seen_timeline), safe_seq=safe_seq)
        taking = Taking(connection, book)
        # What answers told ahead of the log may have gone with the server that gave them.
        if timeline > state.seen_timeline > 0:
            taking.tell_anew(e.ticket_id for e in _lose_ahead(connection, state.cursor))
        elif seq is not None and seq >= state.cursor:
            taking.tell_anew(e.ticket_id for e in _lose_ahead(connection, seq))
        missing = read_missing(connection)
    return taking.applied.and_then(Applied(missing=missing))


def _number_anew(connection: Connection) -> int:
    """Count what waits from 1 on, and nothing else; how much waits."""
    waiting = (
        connection.exec_driver_sql(f"SELECT seq FROM journal WHERE {_WAITING}").scalars().all()
    )
    connection.exec_driver_sql(_FORGET_NUMBERS)
    numbered = [(number, seq, number) for number, seq in enumerate(waiting, 1)]
    if numbered:
        connection.exec_driver_sql(_NUMBER, numbered)
    return len(waiting)


def _lose_beyond(connection: Connection, seq: int) -> tuple[Lost, list[Entry]]:
    entries = entries_where(connection, _BEYOND, (seq,))
    return lose(connection, entries), entries


def _lose_ahead(connection: Connection, seq: int) -> list[Entry]:
    """Lines beyond a point of the log, but for those that this console's numbers tell of."""
    entries = [e for e in entries_where(connection, _BEYOND, (seq,)) if not e.mine or e.cseq < 0]
    lose(connection, entries)
    return entries
