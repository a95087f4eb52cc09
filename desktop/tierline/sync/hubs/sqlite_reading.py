"""The questions a SQLite hub answers. `hidden` leaves restricted tickets out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from tierline.domain.log import GENESIS, Line
from tierline.sync.hub import Presence, Snapshot
from tierline.sync.hubs import terms
from tierline.sync.hubs.sqlite_ledger import lines

_SHOWN = "NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = {id} AND t.restricted)"
_MOST_ASKED = 500  # values a query is given at a time


def head(base: sqlite3.Connection) -> tuple[int, str]:
    """The last line's number and hash."""
    seq, chain = base.execute("SELECT seq, chain FROM hub").fetchone()
    return seq, chain


def chain_at(base: sqlite3.Connection, seq: int) -> str:
    """The hash at a line, "" when there is none."""
    if seq == 0:
        return GENESIS
    row = base.execute("SELECT chain FROM log WHERE seq = ?", (seq,)).fetchone()
    return str(row[0]) if row else ""


def last_cseq(base: sqlite3.Connection, console_id: str) -> int:
    """The last offer of a console that was counted."""
    asked = "SELECT last_cseq FROM console WHERE console_id = ?"
    row = base.execute(asked, (console_id,)).fetchone()
    return int(row[0]) if row else 0


def hold_off_ms(base: sqlite3.Connection, now: int) -> int:
    """How long announcements are held together at the moment."""
    asked = "SELECT count(*) FROM console WHERE seen > ?"
    (count,) = base.execute(asked, (now - terms.ALIVE_US,)).fetchone()
    return terms.hold_off_ms(count)


def lines_after(
    base: sqlite3.Connection, cursor: int, limit: int, *, hidden: bool
) -> tuple[Line, ...]:
    """Lines after a cursor, in order."""
    shown = f" AND {_SHOWN.format(id='log.ticket_id')}" if hidden else ""
    return lines(base, f"WHERE seq > ?{shown} ORDER BY seq LIMIT ?", (cursor, limit))


def snapshot(
    base: sqlite3.Connection, after: str, limit: int, *, ended: bool, hidden: bool
) -> Snapshot:
    """A page of tickets, with their histories."""
    shown = " AND NOT restricted" if hidden else ""
    asked = f'SELECT id, last_seq, "row" FROM ticket WHERE open = ? AND id > ?{shown}'
    rows = base.execute(f"{asked} ORDER BY id LIMIT ?", (not ended, after, limit + 1)).fetchall()
    chosen = rows[:limit]
    further = chosen[-1][0] if len(rows) > limit else ""
    lines_ = _histories(base, [row[0] for row in chosen])
    if after:
        return Snapshot(rows=tuple(chosen), lines=lines_, after=further)
    (total,) = base.execute(f"SELECT count(*) FROM ticket WHERE 1{shown}").fetchone()
    return Snapshot(rows=tuple(chosen), lines=lines_, after=further, total=total)


def histories(base: sqlite3.Connection, ticket_ids: Sequence[str], *, hidden: bool) -> Snapshot:
    """Some tickets by id."""
    rows: list[tuple[str, int, str]] = []
    shown = " AND NOT restricted" if hidden else ""
    for some in _chunks(sorted(set(ticket_ids))):
        marks = ", ".join("?" * len(some))
        asked = f'SELECT id, last_seq, "row" FROM ticket WHERE id IN ({marks}){shown} ORDER BY id'
        rows += base.execute(asked, some)
    return Snapshot(rows=tuple(rows), lines=_histories(base, [row[0] for row in rows]), after="")


def find(base: sqlite3.Connection, number: str, *, hidden: bool) -> tuple[str, ...]:
    """Ids of the tickets of a number."""
    shown = f" AND {_SHOWN.format(id='ticket_id')}" if hidden else ""
    asked = f"SELECT ticket_id FROM number WHERE number = ?{shown} ORDER BY ticket_id"
    return tuple(row[0] for row in base.execute(asked, (number.casefold(),)))


def keep_presence(
    base: sqlite3.Connection, console_id: str, mine: Sequence[Presence], now: int
) -> None:
    """Remember what a console's person has open, and forget what nobody renewed."""
    over = (console_id, now - terms.PRESENT_US)
    base.execute("DELETE FROM presence WHERE console_id = ? OR at <= ?", over)
    base.executemany(
        "INSERT OR REPLACE INTO presence VALUES (?, ?, ?, ?, ?)",
        [(console_id, each.ticket_id, each.login, each.mode, now) for each in mine],
    )


def present(
    base: sqlite3.Connection, console_id: str, ticket_ids: Sequence[str], *, hidden: bool
) -> tuple[Presence, ...]:
    """Who else has these tickets open."""
    some = ticket_ids[:_MOST_ASKED]
    marks = ", ".join("?" * len(some))
    shown = f" AND {_SHOWN.format(id='ticket_id')}" if hidden else ""
    rows = base.execute(
        f"SELECT ticket_id, login, mode FROM presence WHERE console_id <> ?"
        f" AND ticket_id IN ({marks}){shown} ORDER BY console_id, ticket_id",
        (console_id, *some),
    )
    return tuple(Presence(ticket_id=row[0], login=row[1], mode=row[2]) for row in rows)


def _histories(base: sqlite3.Connection, ticket_ids: Sequence[str]) -> tuple[Line, ...]:
    found: list[Line] = []
    for some in _chunks(ticket_ids):
        marks = ", ".join("?" * len(some))
        found += lines(base, f"WHERE ticket_id IN ({marks}) ORDER BY ticket_id, seq", some)
    return tuple(found)


def _chunks(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[at : at + _MOST_ASKED] for at in range(0, len(values), _MOST_ASKED)]
