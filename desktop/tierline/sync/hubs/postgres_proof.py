"""Proving a PostgreSQL hub."""

from __future__ import annotations

from typing import Any

from tierline.sync.hub import Snapshot
from tierline.sync.hubs import postgres_rights
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.postgres_failures import not_a_hub
from tierline.sync.hubs.postgres_keeping import keeping
from tierline.sync.hubs.postgres_link import Link, Password
from tierline.sync.hubs.postgres_rows import EVERY_LINE, EVERY_TICKET, HISTORIES, line_of
from tierline.sync.hubs.postgres_schema import OWNER, version_of
from tierline.sync.hubs.proving import ChainProof, Proof, RowProof

_CHUNK = 2000


def prove(address: Address, password: Password | None) -> Proof:
    """Look at all of it, as it was at one moment; consoles go on writing meanwhile.

    Raises:
        HubError: it is no hub, or the login may not look at all of it.
    """
    chain, rows = ChainProof(), RowProof()
    with keeping(address, password) as base:
        if version_of(base) is None:
            raise not_a_hub(address)
        with base.transaction():
            base.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            _see_all(base)
            cells, findings = postgres_rights.check(base)
            _take_lines(base, chain)
            _take_tickets(base, rows)
    return Proof(
        lines=chain.lines,
        tickets=rows.tickets,
        unread=rows.unread,
        rights=cells,
        findings=(*findings, *chain.findings, *rows.findings),
    )


def _see_all(base: Link) -> None:
    """Rows are hidden from whoever is not the server's superuser; the owner sees them all."""
    asked = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    if _rows(base, asked) != [(True,)]:
        base.execute(f"SET LOCAL ROLE {OWNER}")


def _take_lines(base: Link, chain: ChainProof) -> None:
    cursor = 0
    while found := _rows(base, EVERY_LINE, cursor, _CHUNK):
        lines = [line_of(row) for row in found]
        chain.take(lines)
        cursor = lines[-1].seq
    chain.end(*_rows(base, "SELECT seq, chain FROM tierline.hub")[0])


def _take_tickets(base: Link, rows: RowProof) -> None:
    after = ""
    while found := _rows(base, EVERY_TICKET, after, _CHUNK):
        after = found[-1][0]
        lines = _rows(base, HISTORIES, [row[0] for row in found])
        told = tuple((row[0], row[1], row[2]) for row in found)
        rows.take(Snapshot(rows=told, lines=tuple(line_of(each) for each in lines), after=after))


def _rows(base: Link, query: str, *values: object) -> list[tuple[Any, ...]]:
    return base.execute(query.encode(), values).fetchall()
