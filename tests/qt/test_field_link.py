"""Field mode away from the network, and as the window to begin with."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import START, TurnedClock, done, open_desk
from tests.fakes.engines import HandEngine
from tests.qt.field_scene import FieldScene
from tierline.app.console import Session
from tierline.domain import commands as cmd
from tierline.looping import make_loop
from tierline.sync.status import SyncStatus
from tierline.system.choices import START as FIRST
from tierline.system.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_B8_a_lost_link_is_told_with_what_waits_and_tried_again_with_a_press(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    engine = HandEngine()
    scene = FieldScene(qtbot, qapp, tmp_path, engine=engine)
    assert not scene.window.link.isVisible()
    since = START - timedelta(minutes=21)
    engine.say(SyncStatus(link="offline", hub="db.example.org/desk", since=since, pending=6))
    qtbot.waitUntil(scene.window.link.isVisible, timeout=10_000)
    assert scene.window.link.words.text() == "Offline since 10:21."
    assert "6 changes are saved on this laptop" in scene.window.link.rest.text()
    scene.press(scene.window.link.try_now)
    assert engine.tries == 1
    engine.say(SyncStatus(link="online", hub="db.example.org/desk"))
    qtbot.waitUntil(lambda: not scene.window.link.isVisible(), timeout=10_000)
    scene.close()


def test_the_program_begins_in_field_mode_where_the_settings_say_so(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.keep(FIRST, "field")
    desk = open_desk(tmp_path, "ravi", TurnedClock())
    settings.put("begun", [str(desk.replica.path)])
    session = Session(qapp, desk, settings)
    loop = make_loop(qapp)
    session.show()
    session.begin(loop)
    made = session.made
    assert made is not None
    assert made.field is not None
    qtbot.waitUntil(lambda: made.tasks.idle, timeout=10_000)
    assert made.field.window.isVisible()
    assert not made.window.isVisible()
    window = made.field.window
    qtbot.waitUntil(lambda: "no visits today" in window.top.about.text(), timeout=10_000)
    window.menu.chosen.emit("console", "")
    assert made.window.isVisible()
    session.end()
    loop.close()
    for each in (made.window, session.hub):
        each.deleteLater()


def test_B8_the_console_shows_who_goes_when_what_stayed_and_who_signed(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    scene = FieldScene(qtbot, qapp, tmp_path)
    for command in (
        cmd.UsePart(part="Switch", serial="FOC-1"),
        cmd.SignOff(name="Elspeth Marlow", way="paper"),
    ):
        done(scene.desk.act(scene.ids[0], command))
    scene.console.window.wiring.open_ticket(scene.ids[0])
    scene.console.made.console.changed(())
    scene.settle()
    band = scene.console.parts.ticket.between
    assert band.isVisible()
    said = band.accessibleName()
    for words in ("Visit: Ravi Sato, 11:42, Comms room", "1 × Switch (serial FOC-1)"):
        assert words in said
    assert "Signed off: Elspeth Marlow, signed on paper" in said
    change = band._buttons["plan_visit"]
    change.click()
    scene.settle()
    sheet = scene.console.parts.book.current
    assert sheet is not None
    assert sheet.kind == "plan_visit"
    assert sheet.primary.text() == "Plan it anew for Ravi"
    scene.close()


def test_the_settings_say_which_window_comes_first(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    scene = FieldScene(qtbot, qapp, tmp_path)
    scene.console.window.deeds.do("settings")
    scene.settle()
    sheet = scene.console.parts.book.current
    assert sheet is not None
    first = sheet._named["start"]
    assert first.text() == "console"
    first.put("field")
    assert scene.console.settings.of(FIRST) == "field"
    scene.close()
