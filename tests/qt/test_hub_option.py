"""`tierline --hub URL`: the window opens on the shared desk, joined, and fills by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.desks import log
from tests.fakes.shared_desks import SharedDesks
from tierline.app.syncing import HubEngine
from tierline.storage.replica import Replica
from tierline.sync.hubs import keeping

TOP = Path(__file__).parents[2]
SUBJECT = "Scanners cannot reach dispatch"
_WATCHED = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tierline.app import console
from tierline.cli import main

class Watched(console.Session):
    def compose(self, desk):
        made = super().compose(desk)
        self.timer = QTimer()
        self.timer.timeout.connect(lambda: self.look(made))
        self.timer.start(20)
        return made

    def look(self, made):
        desk, status = made.console.desk, made.window.parts.status.sync
        ids = desk.ids("everything")
        if desk.standing.caught_up and ids:
            self.timer.stop()
            print(json.dumps({
                "me": desk.me,
                "link": status.link.text(),
                "subjects": [row.subject for row in desk.rows(ids)],
                "visible": made.window.isVisible(),
            }))
            QApplication.quit()

console.Session = Watched
main()
"""


def _opened(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _WATCHED, *words],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "TIERLINE_HOME": str(home),
            "PYTHONPATH": str(TOP / "desktop"),
        },
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.fixture
def shared(tmp_path: Path) -> SharedDesks:
    """A hub with one ticket of Mira's; Ravi is let in."""
    made = SharedDesks(tmp_path)
    mira = made.desk("mira")
    log(mira, SUBJECT)
    assert HubEngine(mira, made.door("mira")).once().link == "online"
    mira.replica.close()
    keeping.grant(made.url, "ravi", "technician")
    return made


def test_the_window_opens_joined_and_fills(shared: SharedDesks, tmp_path: Path) -> None:
    words = ("--hub", shared.url, "--me", "ravi", "--data", str(tmp_path / "laptop"))
    for _ in range(2):  # a second start with it is a start as ever
        done = _opened(tmp_path / "home", *words)
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        assert (told["me"], told["subjects"]) == ("ravi", [SUBJECT])
        assert (told["link"], told["visible"]) == ("Online", True)
    replica = Replica.open(tmp_path / "laptop", shared.clock())
    state = replica.sync.state()
    replica.close()
    assert (state.url, state.login) == (shared.url, "ravi")


def test_a_hub_that_is_none_is_refused_in_words_and_opens_no_window(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'hub.sqlite'}"
    done = _opened(tmp_path / "home", "--hub", url, "--data", str(tmp_path / "laptop"))
    assert (done.returncode, done.stdout) == (1, "")
    why, todo = done.stderr.splitlines()[-2:]
    assert why.startswith("There is no hub at ")
    assert "tierline hub create" in todo
