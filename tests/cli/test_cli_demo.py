"""The demo by command: made once, never a real desk, and pictures where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere is a display")


@LINUX
def test_without_a_display_it_says_so_and_draws(home: Path, tmp_path: Path) -> None:
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environ = {name: value for name, value in os.environ.items() if name not in gone}
    environ["PYTHONPATH"] = str(Path(__file__).parents[2] / "desktop")
    answer = subprocess.run(
        [sys.executable, "-m", "tierline", "demo", "--tickets", "40"],
        capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path, env=environ,
    )  # fmt: skip
    assert answer.returncode == 0, answer
    assert "There is no display to open the console on." in answer.stderr
    drawn = [tmp_path / line for line in answer.stdout.splitlines()]
    assert {each.name for each in drawn} == {
        "console-light.png",
        "console-dark.png",
        "wallboard.png",
    }
    assert all(each.read_bytes().startswith(b"\x89PNG") for each in drawn)
    assert (home / "demo" / "desk.sqlite").exists()
    assert not (home / "desk").exists()


def test_a_real_desk_is_never_made_a_demo(cli: Terminal, number: str) -> None:
    for words in (("demo", "--snapshot", "x"), ("demo", "--fresh", "--snapshot", "x")):
        answer = cli(*words)
        assert answer.code == 1
        assert "is a real desk; a demo desk is wanted" in answer.err
    assert cli.done("tickets", json=True).data["total"] == 1


def test_an_unknown_policy_is_refused_before_anything_is_made(home: Path, tmp_path: Path) -> None:
    cli = Terminal(tmp_path / "new")
    assert "One of: playbook" in cli.refused("demo", "--policy", "palybook", "--snapshot", "x")[1]
    assert not cli.folder.exists()
    assert cli("demo", "--tickets", "0").code == 2
