"""`tierline wallboard`: a program of its own, on the screen that was named, shared desk or not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.desks import log, open_desk
from tests.fakes.shared_desks import SharedDesks
from tierline.app.syncing import HubEngine
from tierline.sync.hubs import keeping

TOP = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere is a display")
_WATCHED = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tierline.app import wall
from tierline.cli import main
from tierline.present.wall_lists import Tile

started = []

class Process:
    @staticmethod
    def startDetached(*told):
        started.append(told)
        return True, 1

wall.QProcess = Process

class Watched(wall.WallSession):
    def begin(self, loop):
        super().begin(loop)
        self.timer = QTimer()
        self.timer.timeout.connect(self.look)
        self.timer.start(20)

    def look(self):
        window = self.wall.window
        board = window.board._board
        stands = self.desk.standing
        there = stands.link == "online" and stands.caught_up if SHARED else True
        if board is None or not there or self.wall.feed._asked or self.wall.feed._taken:
            return
        if board.everything.total != self.desk.counts()["all"].total:
            return
        self.timer.stop()
        if ASK:
            window.asked.emit(Tile.NOBODY)
        print(json.dumps({
            "open": board.everything.total,
            "size": [window.width(), window.height()],
            "whole": window.isFullScreen(),
            "shown": int(window.board.shown),
            "asks": window.setup.isVisible(),
            "screen": window.screen().name(),
            "link": self.desk.standing.link,
            "role": self.desk.standing.role,
            "pending": self.desk.replica.sync.counts().pending,
            "started": [list(each[1]) for each in started],
        }))
        sys.stdout.flush()
        QApplication.quit()

wall.WallSession = Watched
ASK, SHARED = "--ask" in sys.argv, "--hub" in sys.argv
sys.argv = [each for each in sys.argv if each != "--ask"]
main()
"""


def environment(home: Path, platform: str = "offscreen") -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": platform,
        "PYTHONPATH": str(TOP / "desktop"),
        "TIERLINE_HOME": str(home),
    }


def run(home: Path, *words: str, code: str = _WATCHED, platform: str = "offscreen") -> Any:
    """What the wallboard shows, once it shows it; or its answer where it is refused."""
    answer = subprocess.run(
        [sys.executable, "-c", code, "wallboard", *words],
        env=environment(home, platform), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if answer.returncode:
        return answer
    assert answer.stdout, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    made = open_desk(tmp_path / "desk")
    for _ in range(3):
        log(made)
    made.replica.close()
    return tmp_path / "desk"


def test_it_fills_the_screen_that_was_named(tmp_path: Path, desk: Path) -> None:
    screens = [
        {"name": "left", "x": 0, "y": 0, "width": 1440, "height": 900},
        {"name": "right", "x": 1440, "y": 0, "width": 1920, "height": 1080},
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    told = ("--data", str(desk), "--screen", "2", "--size", "65", "--distance", "5.5")
    seen = run(tmp_path / "home", *told, platform=f"offscreen:configfile={config}")
    assert seen["screen"] == "right"
    assert (seen["size"], seen["whole"], seen["asks"]) == ([1920, 1080], True, False)
    assert (seen["open"], seen["shown"]) == (3, 51)


def test_it_asks_what_it_was_not_told_and_remembers_what_it_was(tmp_path: Path, desk: Path) -> None:
    home, data = tmp_path / "home", ("--data", str(desk))
    assert run(home, *data)["asks"]
    assert not run(home, *data, "--size", "55", "--distance", "3")["asks"]
    assert not run(home, *data)["asks"]


def test_what_cannot_be_read_is_refused_with_what_can(tmp_path: Path, desk: Path) -> None:
    told = ("--data", str(desk), "--size", "43", "--distance", "9")
    answer = run(tmp_path / "home", *told)
    assert answer.returncode == 1
    assert "The greatest distance that works is" in answer.stderr
    answer = run(tmp_path / "home", *told[:2], "--screen", "7")
    assert answer.returncode == 1
    assert "There is no screen 7." in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_tile_starts_a_console_on_this_desk_where_none_is_open(
    tmp_path: Path, desk: Path
) -> None:
    told = ("--data", str(desk), "--me", "mira", "--size", "65", "--distance", "5", "--ask")
    seen = run(tmp_path / "home", *told)
    assert seen["started"] == [["-m", "tierline", "--data", str(desk), "--me", "mira"]]


def test_on_a_shared_desk_it_is_a_login_that_only_reads(tmp_path: Path) -> None:
    shared = SharedDesks(tmp_path)
    dana = shared.desk("dana")
    for _ in range(4):
        log(dana)
    assert HubEngine(dana, shared.door("dana")).once().link == "online"
    keeping.grant(shared.url, "wall", "wallboard")
    place = ("--data", str(tmp_path / "wall"), "--hub", shared.url, "--me", "wall")
    seen = run(tmp_path / "home", *place, "--size", "65", "--distance", "5")
    assert not isinstance(seen, subprocess.CompletedProcess), seen
    assert (seen["link"], seen["open"]) == ("online", 4), seen
    assert (seen["role"], seen["pending"]) == ("wallboard", 0)
    dana.replica.close()


@LINUX
def test_without_a_display_it_says_so(tmp_path: Path) -> None:
    environ = environment(tmp_path / "home")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        environ.pop(name, None)
    answer = subprocess.run(
        [sys.executable, "-m", "tierline", "wallboard"],
        env=environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "There is no display" in answer.stderr


@pytest.mark.parametrize(
    "words", [("--screen", "0"), ("--size", "1"), ("--distance", "near"), ("--distance", "-3")]
)
def test_a_number_that_is_none_is_wrong_usage(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(tmp_path / "home", "--data", str(tmp_path / "desk"), *words).returncode == 2


def test_the_demo_is_shown_only_where_there_is_one(tmp_path: Path) -> None:
    answer = run(tmp_path / "home", "--demo")
    assert answer.returncode == 1
    assert "Make one: tierline demo." in answer.stderr
