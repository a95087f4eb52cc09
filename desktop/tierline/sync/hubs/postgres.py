"""A hub on PostgreSQL: the database orders, checks and keeps the rights; this only calls it.

Two connections: one for calls, one that listens. All calls belong to one thread, `wake` to any.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import msgspec
import psycopg

from tierline.domain.log import GENESIS, Line, Offer
from tierline.domain.tongue import tr
from tierline.sync.errors import HubDownError
from tierline.sync.hub import Beat, Console, Hello, News, Page, Presence, Pushed, Snapshot
from tierline.sync.hubs import postgres_rows as said
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.judging import storable
from tierline.sync.hubs.postgres_blobs import PostgresBlobs
from tierline.sync.hubs.postgres_failures import failing, told
from tierline.sync.hubs.postgres_link import Link, Password, close, connect
from tierline.sync.hubs.postgres_news import Ear
from tierline.sync.hubs.terms import LEASE_MOST, SAFE, check_format

_encode = msgspec.json.Encoder().encode


class _Done(Pushed, frozen=True, kw_only=True):
    held_ms: int = 0


class PostgresHub(PostgresBlobs):
    """A `Hub` over a server's functions."""

    def __init__(self, address: Address, password: Password | None = None) -> None:
        """Connect; the password is asked for and not kept.

        Raises:
            HubDownError: the server cannot be reached.
            HubError: it can, and does not let us in, or is no hub of ours.
        """
        self._address = address
        self._held_until: float | None = None
        self._closed = False
        self._link = connect(address, password)
        with ExitStack() as opened:
            opened.callback(close, self._link)
            self._check_version()
            self._ear = Ear(address, password)
            opened.callback(self._ear.close)
            self._ear.expect(self._next_token())
            opened.pop_all()

    def hello(self, console: Console, cursor: int) -> Hello:
        """As `Hub.hello`."""
        values = (console.console_id, console.version, console.name, cursor)
        raw = self._text("SELECT tierline.hello(%s, %s, %s, %s)::text", values)
        told = msgspec.json.decode(raw, type=Hello)
        check_format(self._address.text, told.schema)
        return told

    def push(self, console_id: str, offers: Sequence[Offer]) -> Pushed:
        """As `Hub.push`."""
        raw_offers = _encode([storable(offer) for offer in offers]).decode()
        with self._open() as link:
            try:
                row = link.execute(
                    "SELECT tierline.push(%s, %s::json)::text", (console_id, raw_offers)
                ).fetchone()
            except psycopg.errors.InsufficientPrivilege as failure:
                why = told(failure, self._address).what
                return Pushed(answers=(), seq=0, last_cseq=0, trouble="revoked", why=why)
        assert row is not None
        done = msgspec.json.decode(row[0], type=_Done)
        if done.held_ms and self._held_until is None:
            self._held_until = time.monotonic() + done.held_ms / 1000
        return done

    def pull(self, console_id: str, cursor: int, limit: int = 500) -> Page:
        """As `Hub.pull`."""
        found = self._rows(said.PULL, (console_id, cursor, limit))
        seq, chain, safe_seq, first_seq, last_cseq = found[0][:5]
        if first_seq > cursor + 1:  # moved away in mid-session: the next greeting begins anew
            raise HubDownError(
                tr("The hub has moved lines to its archive that this desk has yet to read."),
                safe=SAFE,
                todo=tr("Nothing: it fetches the tickets whole."),
            )
        lines = tuple(said.line_of(row[5:]) for row in found if row[5] is not None)
        full = len(lines) == limit
        return Page(
            lines=lines,
            cursor=lines[-1].seq if full else seq,
            chain=lines[-1].chain if full else chain,
            seq=seq,
            last_cseq=last_cseq,
            safe_seq=safe_seq,
        )

    def chain_at(self, seq: int) -> str:
        """As `Hub.chain_at`."""
        return GENESIS if seq == 0 else self._text("SELECT tierline.chain_at(%s)", (seq,))

    def snapshot(self, after: str = "", limit: int = 2000, *, ended: bool = False) -> Snapshot:
        """As `Hub.snapshot`."""
        query = said.PAGE.format("NOT open" if ended else "open")
        return self._snapshot(query, (after, limit + 1), limit, first=not after)

    def histories(self, ticket_ids: Sequence[str]) -> Snapshot:
        """As `Hub.histories`."""
        return self._snapshot(said.SOME, (list(ticket_ids),), len(ticket_ids))

    def directory(self, after: str = "", limit: int = 2000) -> tuple[Line, ...]:
        """As `Hub.directory`."""
        return tuple(said.line_of(row) for row in self._rows(said.DIRECTORY, (after, limit)))

    def find(self, number: str) -> tuple[str, ...]:
        """As `Hub.find`."""
        return tuple(row[0] for row in self._rows("SELECT tierline.find(%s)", (number,)))

    def lease(self, console_id: str, prefix: str, size: int = 50) -> tuple[int, int]:
        """As `Hub.lease`."""
        if not 0 < size <= LEASE_MOST:
            raise ValueError(size)
        found = self._rows("SELECT tierline.lease(%s, %s, %s)", (console_id, prefix, size))
        first, last = found[0][0]
        return first, last

    def beat(self, console_id: str, viewing: Sequence[Presence] = ()) -> Beat:
        """As `Hub.beat`."""
        values = (console_id, _encode(viewing).decode())
        raw = self._text("SELECT tierline.beat(%s, %s::json)::text", values)
        return msgspec.json.decode(raw, type=Beat)

    def wait(self, seconds: float) -> tuple[News, ...]:
        """As `Hub.wait`."""
        end = time.monotonic() + seconds
        while True:
            self._flush()
            until = min(end, self._held_until) if self._held_until else end
            with self._open():
                heard = self._ear.hear(max(0.0, until - time.monotonic()))
            if not heard.proven:
                self._ear.expect(self._next_token())
            if heard.news or heard.woken or time.monotonic() >= end:
                return heard.news

    def wake(self) -> None:
        """As `Hub.wake`."""
        self._ear.wake()

    def close(self) -> None:
        """As `Hub.close`."""
        if not self._closed:
            self._closed = True
            self._ear.close()
            close(self._link)

    def _flush(self) -> None:
        """The trailing edge of a hold-off: announce what was held back, when it is due."""
        if self._held_until is not None and time.monotonic() >= self._held_until:
            self._held_until = None
            self._rows("SELECT tierline.flush()", ())

    def _check_version(self) -> None:
        version = int(self._text("SELECT tierline.hub_version()::text", ()))
        check_format(self._address.text, version)

    def _next_token(self) -> str:
        return self._text("SELECT next_token FROM tierline.hub", ())

    def _snapshot(
        self, query: str, values: tuple[Any, ...], limit: int, *, first: bool = False
    ) -> Snapshot:
        with self._open() as link, link.transaction():
            link.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            rows = link.execute(query.encode(), values).fetchall()
            chosen = rows[:limit]
            ids = [row[0] for row in chosen]
            lines = link.execute(said.HISTORIES.encode(), (ids,)).fetchall() if ids else []
            many = link.execute(said.HOW_MANY.encode()).fetchone() if first else None
        return Snapshot(
            rows=tuple((row[0], row[1], row[2]) for row in chosen),
            lines=tuple(said.line_of(row) for row in lines),
            after=chosen[-1][0] if len(rows) > limit else "",
            total=int(many[0]) if many else 0,
        )

    def _text(self, query: str, values: tuple[Any, ...]) -> str:
        return str(self._rows(query, values)[0][0])

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._open() as link:
            return link.execute(query.encode(), values).fetchall()

    @contextmanager
    def _open(self) -> Iterator[Link]:
        if self._closed:
            raise HubDownError(
                tr("The connection is closed."), safe=SAFE, todo=tr("Connect again.")
            )
        with failing(self._address):
            yield self._link
