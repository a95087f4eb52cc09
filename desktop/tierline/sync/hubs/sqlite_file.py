"""The open file of a SQLite hub: one writer at a time, and durable when it returns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tierline.domain.tongue import tr
from tierline.storage.mounts import Mount, network_kind, this_machine
from tierline.sync.errors import HubDownError, HubError, WrongHubError
from tierline.sync.hubs.file_lock import PATIENCE, turn
from tierline.sync.hubs.sqlite_schema import APPLICATION_ID
from tierline.sync.hubs.terms import SAFE, check_format

_PASSING = {
    sqlite3.SQLITE_FULL: ("The disk under the hub {path} is full.", "Free some space there."),
    sqlite3.SQLITE_BUSY: ("Others have been writing to the hub {path} for too long.", ""),
    sqlite3.SQLITE_LOCKED: ("Others have been writing to the hub {path} for too long.", ""),
    sqlite3.SQLITE_IOERR: ("The disk under the hub {path} failed.", "Check the disk."),
    sqlite3.SQLITE_CANTOPEN: ("The hub {path} cannot be opened.", "See that it is yours to read."),
    sqlite3.SQLITE_READONLY: ("The hub {path} can only be read.", "Make it writable for you."),
}
_LASTING = {
    sqlite3.SQLITE_NOTADB: "{path} is no hub.",
    sqlite3.SQLITE_CORRUPT: "The hub file {path} is damaged.",
}


class HubFile:
    """One connection to a hub's file; a thread at a time uses it."""

    def __init__(self, path: Path, mounts: Iterable[Mount] | None = None) -> None:
        """Open a file that is there already.

        Raises:
            WrongHubError: there is none, it is no hub, or it is on a network drive.
            NewerHubError: it was made by a newer major version.
            HubDownError: it cannot be opened at the moment.
        """
        check_place(path, mounts)
        if not path.exists():
            raise WrongHubError(
                tr("There is no hub at {path}.", path=path),
                safe=SAFE,
                todo=tr(
                    "Check the path, or make one: tierline hub create sqlite:///{path}", path=path
                ),
            )
        self.path = path
        self.base = connected(path)
        try:
            self._check()
        except BaseException:
            self.base.close()
            raise

    def _check(self) -> None:
        with failing(self.path):
            (application,) = self.base.execute("PRAGMA application_id").fetchone()
            (version,) = self.base.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise WrongHubError(
                tr("{path} is no hub.", path=self.path),
                safe=tr("{safe} Nothing was written there.", safe=SAFE),
                todo=tr("Check the path."),
            )
        check_format(str(self.path), version)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """All queries of the block see the same moment."""
        with failing(self.path):
            self.base.execute("BEGIN")
            try:
                yield self.base
            finally:
                self.base.rollback()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on the disk when the block ends, or nothing of it."""
        with written(self.base, self.path) as base:
            yield base

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        with failing(self.path):
            (version,) = self.base.execute("PRAGMA data_version").fetchone()
        return int(version)

    def close(self) -> None:
        """Let go of the file; the last to do so moves the write-ahead log into it."""
        with failing(self.path), _turn(self.path):
            self.base.close()


def connected(path: Path) -> sqlite3.Connection:
    """A connection that keeps what it was told to keep."""
    with failing(path):
        base = sqlite3.connect(
            path, isolation_level=None, timeout=PATIENCE, check_same_thread=False
        )
        base.execute("PRAGMA synchronous = FULL")
        base.execute("PRAGMA fullfsync = 1")
        return base


@contextmanager
def written(base: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction of whoever has the turn."""
    with failing(path), _turn(path):
        base.execute("BEGIN IMMEDIATE")
        try:
            yield base
        except BaseException:
            base.rollback()
            raise
        base.execute("COMMIT")


def check_place(path: Path, mounts: Iterable[Mount] | None = None) -> None:
    """See that a hub's file is on this machine's own disk.

    Raises:
        WrongHubError: it is on a network drive, or the path is not absolute.
    """
    if not path.is_absolute():
        raise WrongHubError(
            tr("The path {path} of the hub is not absolute.", path=path),
            safe=SAFE,
            todo=tr("Write sqlite:////folder/hub.sqlite (four slashes)."),
        )
    if kind := network_kind(path.parent, this_machine() if mounts is None else mounts):
        raise WrongHubError(
            tr(
                "The hub {path} is on a network drive ({kind}), where it would be damaged.",
                path=path,
                kind=kind,
            ),
            safe=tr("{safe} Nothing was written there.", safe=SAFE),
            todo=tr(
                "A file is shared by the consoles of one machine. For several machines, "
                "make a hub on PostgreSQL: tierline hub create postgresql://…"
            ),
        )


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the world into a `HubDownError` or `HubError`; ours travel on.

    Raises:
        HubDownError: it may work later.
        HubError: it will not work until a person did something.
    """
    try:
        yield
    except sqlite3.Error as failure:
        code = (getattr(failure, "sqlite_errorcode", 0) or 0) & 0xFF
        if code in _PASSING:
            what, todo = _PASSING[code]
            raise HubDownError(
                what.format(path=path), safe=SAFE, todo=todo or tr("It is tried again by itself.")
            ) from failure
        if code in _LASTING:
            kind = WrongHubError if code == sqlite3.SQLITE_NOTADB else HubError
            raise kind(
                _LASTING[code].format(path=path),
                safe=f"{SAFE} Nothing was written there.",
                todo="Check the path, or put back a backup of the hub.",
            ) from failure
        raise


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    try:
        with turn(path.with_name(path.name + "-turn")):
            yield
    except TimeoutError as failure:
        raise HubDownError(
            tr("Others have been writing to the hub {path} for too long.", path=path),
            safe=SAFE,
            todo=tr("It is tried again by itself."),
        ) from failure
    except OSError as failure:
        raise HubDownError(
            tr(
                "The folder of the hub {path} cannot be written ({strerror}).",
                path=path,
                strerror=failure.strerror,
            ),
            safe=SAFE,
            todo=tr("Make it writable for you."),
        ) from failure
