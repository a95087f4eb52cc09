"""Making a hub file, letting people in and out, and what `verify` needs to see of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tierline.domain.tongue import tr
from tierline.storage.mounts import Mount
from tierline.sync.errors import WrongHubError
from tierline.sync.hubs.judging import Caller
from tierline.sync.hubs.persons import Change, Notice, granting, leaving
from tierline.sync.hubs.rights import Role
from tierline.sync.hubs.sqlite_file import HubFile, check_place, connected, failing, written
from tierline.sync.hubs.sqlite_ledger import SqliteLedger
from tierline.sync.hubs.sqlite_schema import migrate
from tierline.sync.hubs.telling import tell
from tierline.sync.hubs.terms import SAFE


def create(path: Path, hub_id: str, login: str, mounts: Iterable[Mount] | None = None) -> None:
    """Make a hub with `login` as its admin.

    Raises:
        WrongHubError: there is something already, or the place is a network drive.
        HubDownError: the folder cannot be written.
    """
    check_place(path, mounts)
    if path.exists() and path.stat().st_size:
        raise WrongHubError(
            tr("There is a file at {path} already.", path=path),
            safe=tr("It was not touched."),
            todo=tr("If it is a hub: tierline hub upgrade; else choose another path."),
        )
    with closing(connected(path)) as base, failing(path):
        base.execute("PRAGMA journal_mode = WAL")
        with written(base, path):
            migrate(base)
            base.execute("INSERT INTO hub (id, hub_id) VALUES (1, ?)", (hub_id,))
            base.execute("INSERT INTO person (login, role) VALUES (?, 'admin')", (login,))


def upgrade(path: Path) -> None:
    """Bring a hub up to this program's version."""
    with keeping(path) as file, file.writing() as base:
        migrate(base)


def grant(path: Path, login: str, role: Role, notice: Notice | None = None) -> None:
    """Let a person in, or give them another role; the `notice` of it goes into the log."""
    with keeping(path) as file, file.writing() as base:
        role = role or SqliteLedger(base).role_of(login) or "technician"
        base.execute(
            "INSERT INTO person (login, role) VALUES (?, ?) ON CONFLICT (login)"
            " DO UPDATE SET role = excluded.role, revoked = 0",
            (login, role),
        )
        if notice:
            _tell(base, notice, login, granting(login, role, notice.told))


def revoke(path: Path, login: str, notice: Notice | None = None) -> None:
    """Let a person in no more; what they wrote stays.

    Raises:
        WrongHubError: there is no such person.
    """
    with keeping(path) as file, file.writing() as base:
        done = base.execute("UPDATE person SET revoked = 1 WHERE login = ?", (login,))
        if not done.rowcount:
            raise WrongHubError(
                tr("The hub {path} knows no {login}.", path=path, login=login),
                safe=SAFE,
                todo=tr("Check the name."),
            )
        if notice:
            _tell(base, notice, login, leaving(login))


def _tell(base: sqlite3.Connection, notice: Notice, login: str, change: Change) -> None:
    console, ledger = notice.console, SqliteLedger(base)
    ledger.console(console.console_id, notice.by)
    named = (console.version, console.name, console.console_id)
    base.execute("UPDATE console SET version = ?, name = ? WHERE console_id = ?", named)
    keeper = Caller(notice.by, "admin", console.console_id, time.time_ns() // 1000)
    tell(ledger, keeper, login, change)


@contextmanager
def keeping(path: Path) -> Iterator[HubFile]:
    """A hub's file, for its keeper."""
    file = HubFile(path)
    try:
        yield file
    finally:
        file.close()
