"""Migrations: a verified backup first, all steps or none, majors refused, minors welcome."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.fakes.made import NOW, logged, projected
from tierline.storage import guard
from tierline.storage.migrations import MIGRATIONS, Migration
from tierline.storage.replica import FILE, Replica

LAST = MIGRATIONS[-1]
NEXT = Migration(
    LAST.major,
    LAST.minor + 1,
    ("ALTER TABLE ticket ADD COLUMN mood TEXT", "CREATE TABLE extra (a)"),
)
BROKEN = Migration(
    LAST.major, LAST.minor + 1, ("ALTER TABLE ticket ADD COLUMN mood TEXT", "THIS IS NOT SQL")
)


def old_desk(folder: Path) -> Path:
    replica = Replica.open(folder, NOW)
    first = logged(1)
    with replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)
    replica.close()
    return folder / FILE


def columns(path: Path) -> set[str]:
    raw = sqlite3.connect(path)
    names = {row[1] for row in raw.execute("PRAGMA table_info(ticket)")}
    raw.close()
    return names


def test_a_new_desk_needs_no_backup(tmp_path: Path) -> None:
    path = old_desk(tmp_path)
    assert guard.version_of(path) == MIGRATIONS[-1].version
    assert not (tmp_path / "backups").exists()


def test_a_migration_backs_up_first_and_keeps_the_tickets(tmp_path: Path) -> None:
    path = old_desk(tmp_path)
    replica = Replica.open(tmp_path, NOW, steps=(*MIGRATIONS, NEXT))
    assert replica.tickets.count() == 1
    replica.close()
    assert guard.version_of(path) == NEXT.version
    assert "mood" in columns(path)
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.name == f"desk-{LAST.major}.{LAST.minor}-20261105T104208Z.sqlite"
    assert "mood" not in columns(backup)
    assert guard.version_of(backup) == LAST.version


def test_a_migration_that_breaks_leaves_the_old_file(tmp_path: Path) -> None:
    path = old_desk(tmp_path)
    with pytest.raises(sqlite3.OperationalError):
        Replica.open(tmp_path, NOW, steps=(*MIGRATIONS, BROKEN))
    assert guard.version_of(path) == LAST.version
    assert "mood" not in columns(path)
    again = Replica.open(tmp_path, NOW)
    assert again.tickets.count() == 1
    again.close()


def test_opening_again_migrates_nothing(tmp_path: Path) -> None:
    old_desk(tmp_path)
    for _ in range(2):
        Replica.open(tmp_path, NOW, steps=(*MIGRATIONS, NEXT)).close()
    assert len(list((tmp_path / "backups").iterdir())) == 1
