"""The journal's rows as the sync needs them: with what was written and what the log has instead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

_COLUMNS = (
    'seq, op_id, cseq, ticket_id, kind, v, at, "by", events, state, mine, console_id, hub_seq, '
    "seen_seq, merged, why"
)
_SELECT = f"SELECT {_COLUMNS} FROM journal"
# The log's order; behind it what this console has written since, in the order it offers it.
ORDER = "hub_seq IS NULL, hub_seq, cseq"
LIVE = "state IN ('pending', 'acked')"  # the rows that make up a ticket's history
_OF_THESE = "hub_seq IS NULL AND ticket_id IN (SELECT value FROM json_each(?))"
_BEHIND = (
    "SELECT ticket_id FROM journal INDEXED BY journal_waiting "
    f"WHERE state = 'pending' AND {_OF_THESE} UNION "
    "SELECT ticket_id FROM journal INDEXED BY journal_unplaced "
    f"WHERE state = 'acked' AND {_OF_THESE}"
)
# The other rows, in the words of their index: without these the whole journal would be read.
ODD = "state NOT IN ('pending', 'acked')"
_INSERT = (
    "INSERT INTO journal (seq, op_id, cseq, ticket_id, kind, v, base_seq, at, "
    '"by", events, state, mine, console_id, hub_seq, seen_seq, merged, why) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


_NO_LINE = 1 << 62


class Entry(NamedTuple):
    """A row of the journal. `hub_seq` is its line in the log, None while it is none."""

    seq: int
    op_id: str
    cseq: int
    ticket_id: str
    kind: str
    v: int
    at: int
    by: str
    events: str
    state: str
    mine: int
    console_id: str
    hub_seq: int | None
    seen_seq: int
    merged: str | None
    why: str

    @property
    def payload(self) -> str:
        """Its events as the log has them, or is offered them."""
        return self.events if self.merged is None else self.merged

    @property
    def live(self) -> bool:
        """Whether it is part of its ticket's history."""
        return self.state in {"pending", "acked"}

    @property
    def waits(self) -> bool:
        """Whether it stands behind the log: an act of this console that is no line yet."""
        return self.state == "pending" and self.hub_seq is None


def entries_where(connection: Connection, condition: str, values: Sequence[Any]) -> list[Entry]:
    """The rows that a condition (and order) of ours finds."""
    found = connection.exec_driver_sql(f"{_SELECT} WHERE {condition}", tuple(values))
    return [Entry(*row) for row in found]


def entries_of(connection: Connection, ids: Iterable[str]) -> dict[str, list[Entry]]:
    """All rows of tickets or of the directory's entries, in the order in which they count.

    In the order of `ids`; one without any row has no entries.
    """
    found: dict[str, list[Entry]] = {each: [] for each in ids}
    wanted = f"ticket_id IN (SELECT value FROM json_each(?)) ORDER BY ticket_id, {ORDER}"
    if found:
        for entry in entries_where(connection, wanted, (json.dumps(list(found)),)):
            found[entry.ticket_id].append(entry)
    return found


def entries_by_id(connection: Connection, op_ids: Iterable[str]) -> dict[str, Entry]:
    """Those of these acts that are here."""
    wanted = "op_id IN (SELECT value FROM json_each(?))"
    found = entries_where(connection, wanted, (json.dumps(list(op_ids)),))
    return {entry.op_id: entry for entry in found}


def waiting_tickets(connection: Connection, ticket_ids: Iterable[str]) -> set[str]:
    """On which of these something of this console still stands behind the log."""
    asked = json.dumps(list(ticket_ids))
    found = connection.exec_driver_sql(_BEHIND, (asked, asked))
    return {row[0] for row in found}


def tickets_with_rows(connection: Connection, ticket_ids: Iterable[str]) -> list[str]:
    """Which of these have any row here."""
    asked = sorted(ticket_ids)
    if not asked:
        return []
    wanted = json.dumps(asked)
    query = (
        "SELECT value FROM json_each(?) "
        "WHERE EXISTS (SELECT 1 FROM journal WHERE journal.ticket_id = value)"
    )
    return [row[0] for row in connection.exec_driver_sql(query, (wanted,))]


def last_seq(connection: Connection) -> int:
    """The journal's last row."""
    return int(connection.exec_driver_sql("SELECT max(seq) FROM journal").scalar() or 0)


def last_cseq(connection: Connection) -> int:
    """The last number given to an act of this console."""
    return max(0, int(connection.exec_driver_sql("SELECT max(cseq) FROM journal").scalar() or 0))


def insert(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Append rows: the values of every column, `base_seq` after `v`."""
    if rows:
        connection.exec_driver_sql(_INSERT, list(rows))


class Act(NamedTuple):
    """An act of this console that is to be offered; `base_seq` is the row its author was shown."""

    op_id: str
    ticket_id: str
    kind: str
    v: int
    at: int
    by: str
    events: str
    base_seq: int = 0
    seen_seq: int = 0


def append(connection: Connection, acts: Iterable[Act]) -> int:
    """Write acts of this console down under its next numbers; how many."""
    seq, cseq = last_seq(connection), last_cseq(connection)
    rows = [
        (
            *(seq + count, act.op_id, cseq + count, act.ticket_id, act.kind, act.v, act.base_seq),
            *(act.at, act.by, act.events, "pending", 1, "", None, act.seen_seq, None, ""),
        )
        for count, act in enumerate(acts, 1)
    ]
    insert(connection, rows)
    return len(rows)


def seen_by(connection: Connection, ticket_id: str, shown_seq: int) -> int:
    """The last line of a ticket among the journal's rows up to `shown_seq`.

    A line of mine may have been given its place since, behind lines of others that were not shown:
    what was seen ends before those.
    """
    query = (
        "SELECT max(hub_seq) FROM journal WHERE ticket_id = ? AND seq <= ? AND hub_seq < coalesce("
        "(SELECT min(hub_seq) FROM journal WHERE ticket_id = ? AND seq > ? AND mine = 0), ?)"
    )
    values = (ticket_id, shown_seq, ticket_id, shown_seq, _NO_LINE)
    return int(connection.exec_driver_sql(query, values).scalar() or 0)
