"""Schema versions with a meaning: a newer minor still works here, a newer major is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr
from tierline.storage.failures import telling
from tierline.storage.guard import APPLICATION_ID
from tierline.storage.owed import OWED
from tierline.storage.schema import HELD, RULES_AT, first_schema
from tierline.storage.schema_alarms import ALARMS
from tierline.storage.schema_lines import LINES, PLACES
from tierline.storage.templates import TEMPLATES
from tierline.storage.told import TOLD
from tierline.storage.visits import VISITS


class Migration(NamedTuple):
    """The statements that lead to a version from the one before it."""

    major: int
    minor: int
    statements: tuple[str, ...]

    @property
    def version(self) -> int:
        """As `user_version` keeps it."""
        return self.major * 1000 + self.minor


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, 0, first_schema()),
    Migration(1, 1, (*RULES_AT, *OWED)),
    Migration(1, 2, LINES),
    Migration(1, 3, (*VISITS, *ALARMS)),
    Migration(1, 4, TEMPLATES),
    Migration(1, 5, TOLD),
    Migration(1, 6, PLACES),
    Migration(1, 7, HELD),
)


def check_version(version: int, path: Path, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Refuse a file that only a newer program understands.

    Raises:
        WorldError: the file's major version is above ours.
    """
    theirs, ours = version // 1000, steps[-1].major
    if theirs > ours:
        raise WorldError(
            tr(
                "The desk {path} was made by a newer Tierline (its format is {theirs}, "
                "ours {ours}).",
                path=path,
                theirs=theirs,
                ours=ours,
            ),
            safe=tr("Nothing was touched."),
            todo=tr("Update this program, or choose another folder with --data."),
        )


def migrate(
    path: Path, version: int | None, now: datetime, steps: Sequence[Migration] = MIGRATIONS
) -> Path | None:
    """Bring the file up to our version in one transaction; the backup taken before, if any.

    `now` (aware UTC) only names the backup. A crash leaves the file as it was.
    """
    if version is not None and version >= steps[-1].version:
        return None
    backup = None if version is None else back_up(path, version, now)
    with telling(path), closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")
        base.execute("BEGIN IMMEDIATE")
        try:
            _run(base, steps)
        except BaseException:
            base.execute("ROLLBACK")
            raise
        base.execute("COMMIT")
        # The guard reads the version from the file's header, so it must be there, not in the log.
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return backup


def back_up(path: Path, version: int, now: datetime) -> Path:
    """A verified copy beside the desk, named by version and time.

    Raises:
        WorldError: the copy could not be made or does not read back whole.
    """
    folder = path.parent / "backups"
    target = folder / f"desk-{version // 1000}.{version % 1000}-{now:%Y%m%dT%H%M%SZ}.sqlite"
    with telling(target):
        folder.mkdir(exist_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            answer = copy.execute("PRAGMA quick_check(1)").fetchone()
    if answer != ("ok",):
        raise WorldError(
            tr("The backup {target} does not read back whole.", target=target),
            safe=tr("The desk was left as it is."),
            todo=tr("Check the disk, then start again."),
        )
    return target


def _run(base: sqlite3.Connection, steps: Sequence[Migration]) -> None:
    # Another console may have migrated while we waited for the lock.
    (version,) = base.execute("PRAGMA user_version").fetchone()
    for step in steps:
        if step.version > version:
            for statement in step.statements:
                base.execute(statement)
    base.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    base.execute(f"PRAGMA user_version = {max(version, steps[-1].version)}")
