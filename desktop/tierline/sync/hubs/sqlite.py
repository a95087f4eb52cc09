"""A hub in a SQLite file: several consoles and the agent of one machine share a desk.

Who may read and write is up to the file's rights: whoever may write the file could write anything
into it. The roles in its table keep honest people from mistakes; only PostgreSQL keeps others out.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from tierline.domain.log import Line, Offer
from tierline.domain.tongue import tr
from tierline.sync.blobs import CHUNK
from tierline.sync.errors import HubDownError, NoEntryError
from tierline.sync.hub import Beat, Console, Hello, News, Page, Presence, Pushed, Snapshot
from tierline.sync.hubs import judging, sqlite_blobs, sqlite_reading, terms
from tierline.sync.hubs.rights import Role, hides, may_write
from tierline.sync.hubs.sqlite_file import HubFile
from tierline.sync.hubs.sqlite_ledger import SqliteLedger, lines

POLL = 0.1  # seconds between two looks at whether the file has changed


class SqliteHub:
    """A `Hub` over a file; `clock` gives the time in microseconds UTC."""

    def __init__(self, path: Path, login: str, clock: Callable[[], int]) -> None:
        """Open the hub at an absolute path as a login that it knows.

        Raises:
            HubDownError, HubError: see `HubFile`; NoEntryError for an unknown login.
        """
        self._login = login
        self._clock = clock
        self._file = HubFile(path)
        self._lock = threading.RLock()
        self._woken = threading.Event()
        self._closed = False
        self._pushed = False  # SQLite does not count a connection's own commits
        try:
            self._version = self._file.data_version()
            with self._reading() as base:
                self._heard, _ = sqlite_reading.head(base)
        except BaseException:
            self.close()
            raise

    def hello(self, console: Console, cursor: int) -> Hello:
        """As `Hub.hello`."""
        now = self._clock()
        with self._writing() as base:
            SqliteLedger(base).console(console.console_id, self._login)
            base.execute(
                "UPDATE console SET version = ?, name = ?, seen = ?"
                " WHERE console_id = ? AND login = ?",
                (console.version, console.name, now, console.console_id, self._login),
            )
            hub = base.execute("SELECT hub_id, seq, safe_seq, least FROM hub").fetchone()
            (schema,) = base.execute("PRAGMA user_version").fetchone()
            terms.check_format(str(self._file.path), schema)
            return Hello(
                hub_id=hub[0],
                timeline=1,
                seq=hub[1],
                chain=sqlite_reading.chain_at(base, cursor),
                last_cseq=sqlite_reading.last_cseq(base, console.console_id),
                safe_seq=hub[2],
                schema=schema,
                now=now,
                login=self._login,
                role=self._role(base),
                least=hub[3],
                hold_off_ms=sqlite_reading.hold_off_ms(base, now),
            )

    def push(self, console_id: str, offers: Sequence[Offer]) -> Pushed:
        """As `Hub.push`."""
        with self._open(), self._file.writing() as base:
            self._pushed = True
            caller = judging.Caller(self._login, self._role(base), console_id, self._clock())
            return judging.push(SqliteLedger(base), caller, offers)

    def pull(self, console_id: str, cursor: int, limit: int = 500) -> Page:
        """As `Hub.pull`."""
        with self._reading() as base:
            seq, chain = sqlite_reading.head(base)
            found = sqlite_reading.lines_after(base, cursor, limit, hidden=self._hides(base))
            full = len(found) == limit
            (safe_seq,) = base.execute("SELECT safe_seq FROM hub").fetchone()
            return Page(
                lines=found,
                cursor=found[-1].seq if full else seq,
                chain=found[-1].chain if full else chain,
                seq=seq,
                last_cseq=sqlite_reading.last_cseq(base, console_id),
                safe_seq=safe_seq,
            )

    def chain_at(self, seq: int) -> str:
        """As `Hub.chain_at`."""
        with self._reading() as base:
            return sqlite_reading.chain_at(base, seq)

    def snapshot(self, after: str = "", limit: int = 2000, *, ended: bool = False) -> Snapshot:
        """As `Hub.snapshot`."""
        with self._reading() as base:
            return sqlite_reading.snapshot(
                base, after, limit, ended=ended, hidden=self._hides(base)
            )

    def histories(self, ticket_ids: Sequence[str]) -> Snapshot:
        """As `Hub.histories`."""
        with self._reading() as base:
            return sqlite_reading.histories(base, ticket_ids, hidden=self._hides(base))

    def directory(self, after: str = "", limit: int = 2000) -> tuple[Line, ...]:
        """As `Hub.directory`."""
        asked = (
            "WHERE seq IN (SELECT seq FROM directory WHERE id > ? ORDER BY id LIMIT ?)"
            " ORDER BY ticket_id"
        )
        with self._reading() as base:
            return lines(base, asked, (after, limit))

    def find(self, number: str) -> tuple[str, ...]:
        """As `Hub.find`."""
        with self._reading() as base:
            return sqlite_reading.find(base, number, hidden=self._hides(base))

    def lease(self, console_id: str, prefix: str, size: int = 50) -> tuple[int, int]:
        """As `Hub.lease`."""
        if not 0 < size <= terms.LEASE_MOST:
            raise ValueError(size)
        with self._writing() as base:
            (after,) = base.execute(
                "INSERT INTO lease VALUES (:prefix, 1 + :size) ON CONFLICT (prefix)"
                " DO UPDATE SET next = next + :size RETURNING next",
                {"prefix": prefix, "size": size},
            ).fetchone()
            block = (prefix, after - size, after - 1, console_id)
            base.execute("INSERT INTO block VALUES (?, ?, ?, ?)", block)
            return after - size, after - 1

    def beat(self, console_id: str, viewing: Sequence[Presence] = ()) -> Beat:
        """As `Hub.beat`."""
        now = self._clock()
        mine = [replace(each, login=self._login) for each in viewing]
        with self._writing() as base:
            seen = (now, console_id, self._login)
            base.execute("UPDATE console SET seen = ? WHERE console_id = ? AND login = ?", seen)
            sqlite_reading.keep_presence(base, console_id, mine, now)
            hub = base.execute("SELECT seq, safe_seq FROM hub").fetchone()
            return Beat(
                now=now,
                seq=hub[0],
                last_cseq=sqlite_reading.last_cseq(base, console_id),
                safe_seq=hub[1],
                hold_off_ms=sqlite_reading.hold_off_ms(base, now),
                present=sqlite_reading.present(
                    base, console_id, [v.ticket_id for v in mine], hidden=self._hides(base)
                ),
            )

    def blob_size(self, sha256: str) -> int | None:
        """As `BlobHub.blob_size`."""
        with self._reading() as base:
            return sqlite_blobs.size(base, sha256, hidden=self._hides(base))

    def put_blob(self, sha256: str, offset: int, data: bytes, size: int) -> int | None:
        """As `BlobHub.put_blob`."""
        with self._writing() as base:
            if not may_write(self._role(base)):
                return None
            return sqlite_blobs.put(base, sha256, offset, data, size, hidden=self._hides(base))

    def get_blob(self, sha256: str, offset: int, limit: int = CHUNK) -> bytes:
        """As `BlobHub.get_blob`."""
        with self._reading() as base:
            return sqlite_blobs.get(base, sha256, offset, limit, hidden=self._hides(base))

    def wait(self, seconds: float) -> tuple[News, ...]:
        """As `Hub.wait`."""
        end = time.monotonic() + seconds
        while not (told := self._news()) and not self._woken.is_set():
            left = end - time.monotonic()
            if left <= 0:
                return ()
            self._woken.wait(min(left, POLL))
        self._woken.clear()
        return told

    def wake(self) -> None:
        """As `Hub.wake`."""
        self._woken.set()

    def close(self) -> None:
        """As `Hub.close`."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._file.close()
        self._woken.set()

    def _news(self) -> tuple[News, ...]:
        with self._open():
            version = self._file.data_version()
            if version == self._version and not self._pushed:
                return ()
            self._version, self._pushed = version, False
        with self._reading() as base:
            before, (seq, chain) = self._heard, sqlite_reading.head(base)
            self._heard = seq
            if seq <= before:
                return ()
            found = sqlite_reading.lines_after(base, before, 50, hidden=self._hides(base))
            return (terms.news(before, seq, found, chain),)

    @contextmanager
    def _open(self) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise HubDownError(
                    tr("The connection is closed."), safe=terms.SAFE, todo=tr("Connect again.")
                )
            yield

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._open(), self._file.reading() as base:
            self._known(base)
            yield base

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open(), self._file.writing() as base:
            self._known(base)
            yield base

    def _known(self, base: sqlite3.Connection) -> None:
        if not self._role(base):
            raise NoEntryError(
                tr("{login} may not use the hub {path}.", login=self._login, path=self._file.path),
                safe=terms.SAFE,
                todo=tr(
                    "Its admin lets you in: tierline hub grant sqlite:///{path} {login}",
                    path=self._file.path,
                    login=self._login,
                ),
            )

    def _role(self, base: sqlite3.Connection) -> Role:
        return SqliteLedger(base).role_of(self._login)

    def _hides(self, base: sqlite3.Connection) -> bool:
        return hides(self._role(base))
