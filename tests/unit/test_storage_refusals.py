"""A desk that cannot be opened says what happened, what is safe and what to do; nothing changes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.fakes.made import NOW, logged, projected
from tierline.domain.errors import WorldError
from tierline.storage import guard
from tierline.storage.mounts import Mount, network_kind, this_machine
from tierline.storage.replica import FILE, Replica


def fill(folder: Path, tickets: int = 20) -> Path:
    replica = Replica.open(folder, NOW)
    with replica.writing() as writing:
        for number in range(tickets):
            first = logged(number)
            writing.record(first, projected(first, words="words"), base_seq=0)
    replica.close()
    return folder / FILE


def refused(folder: Path, **options: object) -> WorldError:
    with pytest.raises(WorldError) as caught:
        Replica.open(folder, NOW, **options)  # type: ignore[arg-type]
    assert caught.value.safe
    assert caught.value.todo
    return caught.value


def test_a_newer_major_version_is_refused_untouched(tmp_path: Path) -> None:
    path = fill(tmp_path)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 2000")
    raw.close()
    before = path.read_bytes()
    assert "newer Tierline" in refused(tmp_path).what
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_a_newer_minor_version_works(tmp_path: Path) -> None:
    path = fill(tmp_path, 3)
    raw = sqlite3.connect(path)
    raw.execute("ALTER TABLE ticket ADD COLUMN colour TEXT")
    raw.execute("PRAGMA user_version = 1007")
    raw.close()
    replica = Replica.open(tmp_path, NOW)
    first = logged(99)
    with replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)
    assert replica.tickets.count() == 4
    replica.close()
    assert guard.version_of(path) == 1007


@pytest.mark.parametrize("content", [b"not a database", b"x" * 5000, os.urandom(4096)])
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE
    path.write_bytes(content)
    assert "not a Tierline desk" in refused(tmp_path).what
    assert path.read_bytes() == content


def test_someone_elses_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / FILE
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE theirs (a)")
    raw.close()
    before = path.read_bytes()
    assert "not a Tierline desk" in refused(tmp_path).what
    assert path.read_bytes() == before


def test_a_damaged_file_is_refused_untouched(tmp_path: Path) -> None:
    path = fill(tmp_path, 400)
    whole = path.read_bytes()
    damaged = bytearray(whole)
    for page in range(2, len(whole) // 4096):
        damaged[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(damaged)
    assert "damaged" in refused(tmp_path).what
    assert path.read_bytes() == damaged


def test_a_truncated_file_is_refused_untouched(tmp_path: Path) -> None:
    path = fill(tmp_path, 400)
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half)
    assert "damaged" in refused(tmp_path).what
    assert path.read_bytes() == half


def test_a_full_disk_refuses_the_act_and_keeps_the_rest(tmp_path: Path) -> None:
    replica = Replica.open(tmp_path, NOW, max_pages=200)
    done = 0
    with pytest.raises(WorldError, match="disk is full") as caught:
        for number in range(5_000):
            first = logged(number, description="long " * 500)
            with replica.writing() as writing:
                writing.record(first, projected(first), base_seq=0)
            done += 1
    assert "Free some space" in caught.value.todo
    assert replica.tickets.count() == done > 0
    replica.close()
    roomy = Replica.open(tmp_path, NOW)
    assert roomy.tickets.count() == done
    roomy.verify()
    roomy.close()


def test_a_really_full_disk_is_told(tmp_path: Path) -> None:
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("mounting a small disk needs root")
    try:
        replica = Replica.open(tmp_path, NOW)
        with pytest.raises(WorldError, match="disk is full"):
            for number in range(2_000):
                first = logged(number, description="long " * 500)
                with replica.writing() as writing:
                    writing.record(first, projected(first), base_seq=0)
        kept = replica.tickets.count()
        assert kept > 0
        assert len(replica.queues.ids([])) == kept
        replica.close()
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_write_waits_politely_then_says_who_keeps_it(tmp_path: Path) -> None:
    path = fill(tmp_path, 1)
    replica = Replica.open(tmp_path, NOW, patience=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorldError, match="Another program"), replica.writing():
        pass
    assert replica.tickets.count() == 1
    other.execute("ROLLBACK")
    other.close()
    with replica.writing() as writing:
        writing.next_number("CS")
    replica.close()


def test_an_interrupted_first_start_is_no_foreign_file(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / FILE)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    assert (tmp_path / FILE).stat().st_size > 0
    Replica.open(tmp_path, NOW).close()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_share_is_refused_before_anything_is_written(tmp_path: Path, kind: str) -> None:
    mounts = [Mount("/", "ext4"), Mount(str(tmp_path), kind)]
    folder = tmp_path / "desk"
    assert "network share" in refused(folder, mounts=mounts).what
    assert not folder.exists()


def test_a_local_disk_below_a_share_is_taken(tmp_path: Path) -> None:
    deep = tmp_path / "share" / "local"
    mounts = [Mount("/", "ext4"), Mount(str(tmp_path / "share"), "nfs"), Mount(str(deep), "xfs")]
    assert network_kind(deep / "desk", mounts) == ""
    assert network_kind(tmp_path / "share" / "other", mounts) == "nfs"


def test_this_machines_mounts_are_read() -> None:
    assert network_kind(Path("/"), this_machine()) == ""


def test_demo_and_real_are_never_mixed(tmp_path: Path) -> None:
    Replica.open(tmp_path, NOW, kind="demo").close()
    assert "demo desk" in refused(tmp_path, kind="real").what
    again = Replica.open(tmp_path, NOW)
    assert again.kind == "demo"
    again.close()


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "desk"
    place.write_text("a file", encoding="utf-8")
    assert "cannot be written" in refused(place).what
    assert place.read_text(encoding="utf-8") == "a file"


_AS_NOBODY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from tierline.domain.errors import WorldError
from tierline.storage.replica import Replica
if os.geteuid() == 0:  # after the imports: nobody may not read root's interpreter
    os.setegid(65534); os.seteuid(65534)
try:
    Replica.open(Path(sys.argv[1]), datetime(2026, 1, 1, tzinfo=UTC))
except WorldError as refusal:
    print(refusal)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX here")
def test_a_read_only_folder_is_refused_untouched() -> None:
    with tempfile.TemporaryDirectory() as made:  # not tmp_path: nobody could not enter its parents
        folder = Path(made)
        path = fill(folder, 2)
        before = path.read_bytes()
        folder.chmod(0o555)
        said = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, made],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        folder.chmod(0o755)
        assert "cannot be written" in said.stdout, said.stderr
        assert path.read_bytes() == before
