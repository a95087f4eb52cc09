"""What a SQLite hub has written down: the ledger that `judging` reads and adds to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from tierline.domain.log import DIRECTORY, Line, Offer
from tierline.sync.hub import Answer
from tierline.sync.hubs.judging import Known, Standing
from tierline.sync.hubs.rights import Role
from tierline.sync.hubs.terms import Terms, findable, leased_number

FIELDS = Line.__struct_fields__
LINE = ", ".join(FIELDS)
_MARKS = ", ".join("?" * len(FIELDS))


class SqliteLedger:
    """A `judging.Ledger` over one open transaction."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        row = self._one("SELECT seq, chain, least, least_since FROM hub")
        self._head: tuple[int, str] = (row[0], row[1])
        self.terms = Terms(row[2], row[3])

    def head(self) -> tuple[int, str]:
        """As `Ledger.head`."""
        return self._head

    def console(self, console_id: str, login: str) -> Known:
        """As `Ledger.console`."""
        self._base.execute(
            "INSERT INTO console (console_id, login) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (console_id, login),
        )
        asked = "SELECT login, last_cseq, version FROM console WHERE console_id = ?"
        return Known(*self._one(asked, console_id))

    def recorded(self, console_id: str, cseq: int) -> tuple[str, Answer] | None:
        """As `Ledger.recorded`."""
        row = self._base.execute(
            "SELECT op_id, 'known', seq, '' FROM log WHERE console_id = :console AND cseq = :cseq"
            " UNION ALL"
            " SELECT op_id, outcome, seq, why FROM answer"
            " WHERE console_id = :console AND cseq = :cseq",
            {"console": console_id, "cseq": cseq},
        ).fetchone()
        if row is None:
            return None
        return row[0], Answer(cseq=cseq, outcome=row[1], seq=row[2], why=row[3])

    def line_of(self, op_id: str) -> int:
        """As `Ledger.line_of`."""
        row = self._base.execute("SELECT seq FROM log WHERE op_id = ?", (op_id,)).fetchone()
        return int(row[0]) if row else 0

    def standing(self, ticket_id: str) -> Standing:
        """As `Ledger.standing`."""
        row = self._base.execute(
            "SELECT last_seq, restricted FROM ticket WHERE id = ?", (ticket_id,)
        ).fetchone()
        return Standing(row[0], bool(row[1])) if row else Standing(0, restricted=False)

    def moved(self, ticket_id: str, base_seq: int, console_id: str) -> bool:
        """As `Ledger.moved`."""
        found = self._base.execute(
            "SELECT 1 FROM log WHERE ticket_id = ? AND seq > ? AND console_id <> ? LIMIT 1",
            (ticket_id, base_seq, console_id),
        ).fetchone()
        return found is not None

    def after(self, ticket_id: str, base_seq: int) -> tuple[Line, ...]:
        """As `Ledger.after`."""
        return lines(
            self._base, "WHERE ticket_id = ? AND seq > ? ORDER BY seq", (ticket_id, base_seq)
        )

    def entry(self, entry_id: str) -> str:
        """As `Ledger.entry`."""
        row = self._base.execute(
            "SELECT l.payload FROM directory d JOIN log l ON l.seq = d.seq WHERE d.id = ?",
            (entry_id,),
        ).fetchone()
        return str(row[0]) if row else ""

    def role_of(self, login: str) -> Role:
        """As `Ledger.role_of`."""
        row = self._base.execute(
            "SELECT role FROM person WHERE login = ? AND NOT revoked", (login,)
        ).fetchone()
        role: Role = row[0] if row else ""
        return role

    def append(self, line: Line, offer: Offer) -> None:
        """As `Ledger.append`."""
        first = not self.standing(line.ticket_id).last_seq
        values = [getattr(line, name) for name in FIELDS]
        self._base.execute(f"INSERT INTO log ({LINE}) VALUES ({_MARKS})", values)
        self._head = (line.seq, line.chain)
        self._base.execute("UPDATE hub SET seq = ?, chain = ?", self._head)
        self._count(line.console_id, line.cseq)
        if line.kind in DIRECTORY:
            self._base.execute(
                "INSERT OR REPLACE INTO directory VALUES (?, ?)", (line.ticket_id, line.seq)
            )
            return
        self._write_row(line, offer)
        if first and (leased := leased_number(offer.number)):
            prefix, figure = leased
            self._base.execute(
                "INSERT INTO lease VALUES (?, ?) ON CONFLICT (prefix)"
                " DO UPDATE SET next = max(next, excluded.next)",
                (prefix, figure + 1),
            )

    def keep(self, console_id: str, offer: Offer, answer: Answer) -> None:
        """As `Ledger.keep`."""
        raw = msgspec.json.encode(offer).decode()
        self._base.execute(
            "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)",
            (console_id, offer.cseq, offer.op_id, answer.outcome, answer.seq, answer.why, raw),
        )
        self._count(console_id, offer.cseq)

    def _write_row(self, line: Line, offer: Offer) -> None:
        if offer.row:
            values = (line.seq, offer.open, line.restricted, line.ticket_id, offer.row)
            self._base.execute(
                'INSERT INTO ticket (last_seq, open, restricted, id, "row") VALUES (?, ?, ?, ?, ?)'
                " ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq,"
                ' open = excluded.open, restricted = excluded.restricted, "row" = excluded."row"',
                values,
            )
        else:
            self._base.execute(
                "UPDATE ticket SET last_seq = ? WHERE id = ?", (line.seq, line.ticket_id)
            )
        if findable(offer.number):
            self._base.execute(
                "INSERT OR IGNORE INTO number VALUES (?, ?)",
                (offer.number.casefold(), line.ticket_id),
            )

    def _count(self, console_id: str, cseq: int) -> None:
        self._base.execute(
            "UPDATE console SET last_cseq = ? WHERE console_id = ?", (cseq, console_id)
        )

    def _one(self, query: str, *values: object) -> tuple[Any, ...]:
        row = self._base.execute(query, values).fetchone()
        assert isinstance(row, tuple)
        return row


def lines(base: sqlite3.Connection, rest: str, values: Sequence[object]) -> tuple[Line, ...]:
    """Lines of the log, by the end of a query."""
    rows = base.execute(f"SELECT {LINE} FROM log {rest}", values)
    return tuple(_line(row) for row in rows)


def _line(row: tuple[Any, ...]) -> Line:
    told = dict(zip(FIELDS, row, strict=True))
    told["restricted"] = bool(told["restricted"])
    return Line(**told)
