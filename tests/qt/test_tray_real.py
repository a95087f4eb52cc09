"""A console of its own, on a screen with a tray: it stays there, and ends when it is told to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import private_bus
from tests.fakes.tray_watcher import watcher
from tests.stories.screen import has_screen, screen
from tierline.system.session_bus import VARIABLE

TOP = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from tests.fakes.desks import log, open_desk
from tests.fakes.ways import Wall
from tierline.app.console import Session, application
from tierline.looping import run
from tierline.system.settings import Settings

folder = Path(sys.argv[1])
desk = open_desk(folder)
log(desk, "Label printer prints blank")
settings = Settings(folder / "settings.json")
app = application()
session = Session(app, desk, settings, way=Wall())
session.show()


def story():
    attention = session.made.attention
    window = session.made.window
    yield lambda: attention.tray.there and "unassigned" in attention.tray.icon.toolTip()
    print("in the tray:", attention.tray.icon.toolTip(), flush=True)
    window.deeds.prefer.choose("keep_running", "1")
    window.close()
    yield window.isHidden
    print("closed", flush=True)
    attention.create.come()
    yield attention.create.isVisible
    attention.create.close()
    yield attention.create.isHidden
    for _ in range(5):  # whatever would end the program has had its turn
        yield lambda: True
    print("goes on", flush=True)
    attention.leave()


def step():
    global waiting
    if waiting():
        waiting = next(told, lambda: False)


told, waiting = story(), lambda: True
timer = QTimer()
timer.timeout.connect(step)
timer.start(20)
print("ended", run(app, session.begin, session.end, session.report), flush=True)
"""


@pytest.mark.desktop
@pytest.mark.skipif(
    not has_screen() or bool(private_bus.lacking("dbus-daemon")), reason="Xvfb or D-Bus is lacking"
)
def test_a_console_stays_in_a_real_tray_until_it_is_told_to_quit(tmp_path: Path) -> None:
    env = private_bus.home_env(tmp_path / "home")
    with private_bus.bus(env) as address, screen(tmp_path) as display, watcher(address) as icons:
        env |= {VARIABLE: address, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        env |= {"PYTHONPATH": f"{TOP / 'desktop'}:{TOP}", "XDG_CURRENT_DESKTOP": "KDE"}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path / "desk")],
            env=env, text=True, capture_output=True, check=False, timeout=240,
        )  # fmt: skip
    assert done.stdout.splitlines() == [
        "in the tray: Tierline: Nothing is due, 1 unassigned",
        "closed",
        "goes on",
        "ended 0",
    ], done.stderr
    assert icons
