"""Proving a PostgreSQL hub."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from tierline.sync.hub import Snapshot
from tierline.sync.hubs import persons, postgres_rights
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.file_proof import FileProof
from tierline.sync.hubs.postgres_failures import not_a_hub
from tierline.sync.hubs.postgres_keeping import keeping
from tierline.sync.hubs.postgres_link import Link, Password
from tierline.sync.hubs.postgres_rows import EVERY_LINE, EVERY_TICKET, HISTORIES, line_of
from tierline.sync.hubs.postgres_schema import OWNER, version_of
from tierline.sync.hubs.proving import ChainProof, Finding, Proof, RowProof

_CHUNK = 2000
_HUB = "SELECT hub_id, seq, chain FROM tierline.hub"
_PROVEN = "SELECT EXISTS (SELECT 1 FROM tierline.attachment WHERE sha256 = %s)"
_PIECES = """
SELECT start, data FROM tierline.attachment_chunk WHERE sha256 = %s AND start > %s
ORDER BY start LIMIT 8"""
_PEOPLE = """
SELECT role, count(*) FROM (SELECT tierline.role_of(rolname) AS role FROM pg_roles
  WHERE rolcanlogin AND NOT rolsuper
    AND has_database_privilege(rolname, current_database(), 'CONNECT')) each
WHERE role <> '' GROUP BY role"""
_ROLES = "SELECT rolname, tierline.role_of(rolname) FROM pg_roles WHERE rolcanlogin"
_ENTRIES = """
SELECT l.payload FROM tierline.directory d JOIN tierline.lines l ON l.seq = d.seq
WHERE l.kind = 'person'"""


def prove(address: Address, password: Password | None) -> Proof:
    """Look at all of it, as it was at one moment; consoles go on writing meanwhile.

    Raises:
        HubError: it is no hub, or the login may not look at all of it.
    """
    began = time.monotonic()
    chain, rows, files = ChainProof(), RowProof(), FileProof()
    with keeping(address, password) as base:
        if version_of(base) is None:
            raise not_a_hub(address)
        with base.transaction():
            base.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            _see_all(base)
            hub_id, seq, head = _rows(base, _HUB)[0]
            cells, findings = postgres_rights.check(base)
            people = dict(_rows(base, _PEOPLE))
            findings += _strayed(base)
            _take_lines(base, chain, files)
            chain.end(seq, head)
            _take_tickets(base, rows)
            _take_files(base, files)
    return Proof(
        hub_id=hub_id,
        seq=seq,
        chain=head,
        lines=chain.lines,
        tickets=rows.tickets,
        unread=rows.unread,
        files=files.whole,
        people=people,
        rights=cells,
        seconds=time.monotonic() - began,
        findings=(*findings, *chain.findings, *rows.findings, *files.findings),
        awaited=tuple(files.awaited),
    )


def _see_all(base: Link) -> None:
    """Rows are hidden from whoever is not the server's superuser; the owner sees them all."""
    asked = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    if _rows(base, asked) != [(True,)]:
        base.execute(f"SET LOCAL ROLE {OWNER}")


def _strayed(base: Link) -> Iterator[Finding]:
    given = dict(_rows(base, _ROLES))
    entries = (payload for (payload,) in _rows(base, _ENTRIES))
    return persons.strayed(entries, lambda login: given.get(login, ""))


def _take_lines(base: Link, chain: ChainProof, files: FileProof) -> None:
    cursor = 0
    while found := _rows(base, EVERY_LINE, cursor, _CHUNK):
        lines = [line_of(row) for row in found]
        chain.take(lines)
        files.name(lines)
        cursor = lines[-1].seq


def _take_tickets(base: Link, rows: RowProof) -> None:
    after = ""
    while found := _rows(base, EVERY_TICKET, after, _CHUNK):
        after = found[-1][0]
        lines = _rows(base, HISTORIES, [row[0] for row in found])
        told = tuple((row[0], row[1], row[2]) for row in found)
        rows.take(Snapshot(rows=told, lines=tuple(line_of(each) for each in lines), after=after))


def _take_files(base: Link, files: FileProof) -> None:
    for sha256 in files.named():
        files.take(sha256, _pieces(base, sha256), proven=_rows(base, _PROVEN, sha256)[0][0])


def _pieces(base: Link, sha256: str) -> Iterator[tuple[int, bytes]]:
    after = -1
    while found := _rows(base, _PIECES, sha256, after):
        yield from found
        after = found[-1][0]


def _rows(base: Link, query: str, *values: object) -> list[tuple[Any, ...]]:
    return base.execute(query.encode(), values).fetchall()
