"""The open file: many readers, one writer at a time, and the pragmas that make an act durable."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from tierline.storage.failures import telling

PATIENCE = 15.0
_READERS = 4
_CHECKPOINT = 4_000  # pages (16 MB) of log before an act pays for moving them into the file


class Store:
    """Connections to one desk file. Reads run side by side; writes take turns, across programs."""

    def __init__(
        self, path: Path, *, max_pages: int | None = None, patience: float = PATIENCE
    ) -> None:
        """Open connections lazily.

        `max_pages` caps the file (to rehearse a full disk), `patience` is how many seconds a
        write waits for another program's.
        """
        self.path = path
        self._lock = threading.RLock()
        self._closed = False
        self._calm = threading.Condition()
        self._eager = 0
        self._synchronous = "FULL"
        self._readers = _engine(path, ("query_only = ON",), patience, QueuePool, _READERS)
        calm = f"wal_autocheckpoint = {_CHECKPOINT}"
        pragmas = (
            "synchronous = FULL",
            calm,
            *((f"max_page_count = {max_pages}",) if max_pages else ()),
        )
        self._writer = _engine(path, pragmas, patience, StaticPool)
        event.listen(self._writer, "begin", _begin_immediate)
        self._seen = self._data_version()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads; what others commit meanwhile is seen by the next query.

        Raises:
            WorldError: the file cannot be read.
        """
        with telling(self.path), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is on the disk when the block ends, or none of it.

        Raises:
            WorldError: it could not be written; nothing was.
        """
        with self._calm:
            self._eager += 1
        try:
            with self._turn("FULL") as connection:
                yield connection
        finally:
            with self._calm:
                self._eager -= 1
                self._calm.notify_all()

    @contextmanager
    def writing_calmly(self) -> Iterator[Connection]:
        """As `writing`, for the small bites of work that has time: everybody else goes first.

        A power cut may take the last of them back, none of what `writing` wrote after them: this is
        for what the hub has too.

        Raises:
            WorldError: it could not be written; nothing was.
        """
        with self._calm:
            self._calm.wait_for(lambda: not self._eager)
        with self._turn("NORMAL") as connection:
            yield connection

    @property
    def awaited(self) -> bool:
        """Whether somebody's act waits for its turn: calm work had better end its transaction."""
        return self._eager > 0

    @contextmanager
    def _turn(self, synchronous: str) -> Iterator[Connection]:
        with self._lock, telling(self.path):
            if synchronous != self._synchronous and not self._bare().in_transaction:
                self._bare().execute(f"PRAGMA synchronous = {synchronous}")
                self._synchronous = synchronous
            with self._writer.begin() as connection:
                yield connection

    def changed_elsewhere(self) -> bool:
        """Whether another program has written since the last time this was asked."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            version = self._data_version()
        finally:
            self._lock.release()
        changed, self._seen = version != self._seen, version
        return changed

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._readers.dispose()
            with suppress(sqlite3.Error):
                self._bare().execute("PRAGMA optimize")
            self._writer.dispose()

    def _data_version(self) -> int:
        with telling(self.path):
            (version,) = self._bare().execute("PRAGMA data_version").fetchone()
        return int(version)

    def _bare(self) -> sqlite3.Connection:
        connection = self._writer.raw_connection().driver_connection
        assert isinstance(connection, sqlite3.Connection)
        return connection


def _engine(
    path: Path,
    pragmas: tuple[str, ...],
    patience: float,
    pool: type[QueuePool | StaticPool],
    size: int = 0,
) -> Engine:
    options = {"pool_size": size, "max_overflow": size * 4} if size else {}
    return create_engine(
        "sqlite+pysqlite://",
        creator=_creator(path, pragmas, patience),
        poolclass=pool,
        pool_reset_on_return=None,
        **options,
    )


def _creator(
    path: Path, pragmas: tuple[str, ...], patience: float
) -> Callable[[], sqlite3.Connection]:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        common = ("journal_mode = WAL", "foreign_keys = ON", "cache_size = -16000")
        for pragma in (*common, "temp_store = MEMORY", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return connect


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
