"""Import and export by command: reports, dry runs, refusals, and a clean stop by Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.desks import START
from tierline.cli.progress import Stopping, bar, stoppable
from tierline.storage.replica import Replica
from tierline.transfer.watching import Progress

HEAD = "number,short_description,state,priority,company,caller_id,opened_at,sys_updated_on\n"
ROW = "INC{0:07d},Printer {0} is blank,In Progress,3 - Moderate,Marrowby Foods,Ada,{1},{1}\n"


def _csv(folder: Path, rows: int) -> Path:
    file = folder / "incident.csv"
    lines = (
        ROW.format(n, f"2026-10-{n % 28 + 1:02d} 09:{n % 60:02d}:00") for n in range(1, rows + 1)
    )
    file.write_text(HEAD + "".join(lines), encoding="utf-8")
    return file


def test_a_dry_run_brings_nothing(cli: Terminal, tmp_path: Path) -> None:
    answer = cli.done("import", str(_csv(tmp_path, 5)), "--dry-run")
    assert "5" in answer.out
    assert cli.done("tickets", "--view", "everything", json=True).data["total"] == 0


def test_an_import_is_done_once_however_often(cli: Terminal, tmp_path: Path) -> None:
    file = str(_csv(tmp_path, 5))
    assert cli.done("import", file, json=True).data["made"] == 5
    assert cli.done("import", file, json=True).data["unchanged"] == 5
    assert cli.done("tickets", "--filter", "printer", json=True).data["total"] == 5
    assert "Printer 3" in cli.done("show", "INC0000003").out


def test_files_that_cannot_be_taken_are_refused(cli: Terminal, tmp_path: Path) -> None:
    binary = tmp_path / "x.csv"
    binary.write_bytes(bytes(range(256)) * 40)
    for file in (binary, tmp_path / "gone.csv"):
        answer = cli("import", str(file))
        assert (answer.code, answer.out) == (1, "")
        assert file.name in answer.err
    assert cli("import").code == 2
    assert cli("import", str(_csv(tmp_path, 1)), "--as-of", "last week").code == 2
    assert "palybook" in cli("import", str(_csv(tmp_path, 1)), "--policy", "palybook").err


def test_real_tickets_never_come_into_a_demo(cli: Terminal, tmp_path: Path) -> None:
    Replica.open(tmp_path / "demo", START, kind="demo").close()
    cli.folder = tmp_path / "demo"
    answer = cli("import", str(_csv(tmp_path, 1)))
    assert answer.code == 1
    assert "is a demo desk; a real desk is wanted" in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent another way there")
def test_ctrl_c_keeps_what_came_and_going_on_brings_the_rest(cli: Terminal, tmp_path: Path) -> None:
    file = _csv(tmp_path, 5_000)
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "desktop")}
    command = [sys.executable, "-m", "tierline", "import", str(file), "--data", str(cli.folder)]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ
    )
    wal, end = cli.folder / "desk.sqlite-wal", time.monotonic() + 60
    while child.poll() is None and time.monotonic() < end:
        if wal.exists() and wal.stat().st_size > 300_000:
            child.send_signal(signal.SIGINT)
            break
    _, said = child.communicate(timeout=60)
    if child.returncode == 0:
        pytest.skip("the machine was faster than the signal")
    assert child.returncode == 130, said
    assert "run it again to go on" in said
    kept = cli.done("tickets", "--view", "everything", json=True, stdin=None).data["total"]
    assert 0 < kept < 5_000
    report = cli.done("import", str(file), json=True).data
    assert (report["made"], report["unchanged"]) == (5_000 - kept, kept)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_what_is_exported_comes_in_elsewhere(cli: Terminal, tmp_path: Path, suffix: str) -> None:
    number = cli.log("=Blank pages")
    cli.done("note", number, "+61 is the prefix")
    out = tmp_path / f"out{suffix}"
    report = cli.done("export", "tickets", "--out", str(out), json=True).data
    assert (report["tickets"], report["rows"]) == (1, 1)
    assert cli.done("export", "tickets", "--out", str(out)).out.startswith("Wrote 1 tickets to")
    elsewhere = Terminal(tmp_path / "elsewhere")
    assert elsewhere.done("import", str(out), json=True).data["made"] == 1
    (row,) = elsewhere.done("tickets", json=True).data["tickets"]
    assert (row["number"], row["subject"]) == (number, "=Blank pages")


def test_a_filter_and_an_instant_choose_what_is_exported(cli: Terminal, tmp_path: Path) -> None:
    cli.log("Mail")
    cli.now = "2026-11-06 10:00"
    cli.log("Printer")
    out = str(tmp_path / "out.csv")
    words = ("export", "history", "--out", out, "--filter")
    assert cli.done(*words, "printer", json=True).data["tickets"] == 1
    cli.now = "2026-11-05 12:00"
    assert cli.done("export", "tickets", "--out", out, json=True).data["tickets"] == 1
    assert "Mail" in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_an_export_that_cannot_be_is_refused(cli: Terminal, number: str, tmp_path: Path) -> None:
    assert "no format" in cli.refused("export", "tickets", "--out", "out.pdf")[0]
    bad = ("--out", str(tmp_path / "x.csv"), "--filter", "priority:urgent")
    assert "has no figure" in cli.refused("export", "tickets", *bad)[0]
    gone = cli("export", "tickets", "--out", str(tmp_path / "no" / "such" / "x.csv"))
    assert gone.code == 1
    assert "x.csv" in gone.err
    assert cli("export", "wishes", "--out", "x.csv").code == 2
    assert cli("export", "tickets").code == 2


def test_asking_to_stop_twice_stops_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as stopping:
        assert not stopping()
        signal.raise_signal(signal.SIGINT)
        assert stopping()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    assert not Stopping()()


def test_off_a_terminal_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with bar() as tell:
        tell(Progress(1, 2, "read"))
    assert capsys.readouterr() == ("", "")
