"""A hub in a file: one machine, several programs, and trust of the rights of the file."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.sync.hubs.places import File, act, check_chain, greeted, outcomes, whole_log
from tierline.storage.mounts import Mount
from tierline.sync.errors import HubDownError, HubError, NoEntryError, WrongHubError
from tierline.sync.hubs import sqlite_keeping
from tierline.sync.hubs.file_lock import turn
from tierline.sync.hubs.opening import open_hub
from tierline.sync.hubs.sqlite_file import HubFile

TOP = Path(__file__).parents[3]
WRITER = """
import sys
from tests.sync.hubs.places import act, greeted, outcomes
from tierline.sync.hubs.opening import open_hub
url, name = sys.argv[1:]
hub = greeted(open_hub(url, login=name), name)
for cseq in range(1, 100_000):
    assert outcomes(hub, name, act(cseq, f"{name}-{cseq}", ticket=name)) == ["taken"]
    print(cseq, flush=True)
"""


def _writer(place: File, name: str) -> subprocess.Popen[str]:
    sqlite_keeping.grant(place.path, name, "technician")
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, f"sqlite:///{place.path}", name],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{TOP / 'desktop'}{os.pathsep}{TOP}"},
    )


def test_programs_killed_in_the_middle_leave_a_whole_log(tmp_path: Path) -> None:
    place = File(tmp_path / "hub.sqlite")
    writers = [_writer(place, f"w{n}") for n in range(3)]
    told = []
    for writer in writers:
        assert writer.stdout
        lines = [int(writer.stdout.readline()) for _ in range(30)]
        writer.send_signal(signal.SIGKILL)
        told.append(max([*lines, *map(int, writer.stdout.read().split())]))
        writer.stdout.close()
        writer.wait()
    hub = greeted(place.session("kim", "lead"), "k")
    lines = whole_log(hub, "k")
    check_chain(lines)
    for number, said in enumerate(told):
        mine = [line.cseq for line in lines if line.author == f"w{number}"]
        assert mine == list(range(1, len(mine) + 1))
        # Everything that was said to be taken is there, and at most the act that was in hand more.
        assert said <= len(mine) <= said + 1
    hub.close()


def test_a_network_drive_is_refused_with_the_way_on(tmp_path: Path) -> None:
    mounts = (Mount(str(tmp_path), "cifs"),)
    path = tmp_path / "hub.sqlite"
    with pytest.raises(WrongHubError, match="network drive") as refused:
        sqlite_keeping.create(path, "hub", "root", mounts)
    assert "PostgreSQL" in refused.value.todo
    assert not path.exists()
    sqlite_keeping.create(path, "hub", "root")
    with pytest.raises(WrongHubError, match="network drive"):
        HubFile(path, mounts)


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "hub.sqlite"
    with pytest.raises(WrongHubError, match="There is no hub"):
        open_hub(f"sqlite:///{path}", login="dana")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_hub_is_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.sqlite"
    text.write_bytes(b"buy milk " * 500)
    with closing(sqlite3.connect(other)) as base:
        base.execute("CREATE TABLE t (x)")
    before = text.read_bytes(), other.read_bytes()
    for path in (text, other):
        with pytest.raises(WrongHubError, match="is no hub"):
            open_hub(f"sqlite:///{path}", login="dana")
        with pytest.raises(WrongHubError, match="already"):
            sqlite_keeping.create(path, "hub", "root")
    assert (text.read_bytes(), other.read_bytes()) == before


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    assert outcomes(hub, "c", *(act(n) for n in range(1, 200))) == ["taken"] * 199
    hub.close()
    raw = bytearray(place.path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    place.path.write_bytes(raw)
    with pytest.raises(HubError, match="damaged"):
        open_hub(f"sqlite:///{place.path}", login="dana").pull("c", 0)


def test_a_stranger_is_told_who_lets_them_in(tmp_path: Path) -> None:
    place = File(tmp_path / "hub.sqlite")
    with pytest.raises(NoEntryError, match="mallory") as refused:
        open_hub(f"sqlite:///{place.path}", login="mallory")
    assert "tierline hub grant" in refused.value.todo
    with pytest.raises(WrongHubError, match="knows no mallory"):
        place.revoke("mallory")


def test_a_writer_that_keeps_its_turn_is_waited_for_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    monkeypatch.setattr("tierline.sync.hubs.file_lock.PATIENCE", 0.0)
    with (
        turn(place.path.with_name("hub.sqlite-turn")),
        pytest.raises(HubDownError, match="too long"),
    ):
        hub.push("c", [act(1)])
    assert outcomes(hub, "c", act(1)) == ["taken"]
    hub.close()


def test_the_log_is_not_edited(tmp_path: Path) -> None:
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    assert outcomes(hub, "c", act(1)) == ["taken"]
    with closing(sqlite3.connect(place.path)) as base:
        for edit in ("UPDATE log SET author = 'lee'", "DELETE FROM log"):
            with pytest.raises(sqlite3.IntegrityError, match="never edited"):
                base.execute(edit)
    hub.close()
