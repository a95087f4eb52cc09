"""The whole console with a real dunst, with none, and with one that hangs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes import notifications, private_bus
from tests.fakes.consoles import Desktop
from tests.fakes.desks import log, open_desk
from tests.fakes.ways import Wall
from tierline.desk.alarms.notice import Notice
from tierline.system.notifier import DesktopBus, Popup, Way
from tierline.system.session_bus import VARIABLE

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others have no D-Bus")
ODD = "مرحبا 👩🏽‍🔧 <b>loud</b> " * 20
NOTICE = Notice("1/update/over", "over", f"CS1 Update over {ODD}", ODD, "1", "message", sound=True)


def _desktop(qtbot: QtBot, app: QApplication, folder: Path, way: Way) -> Desktop:
    desk = open_desk(folder)
    log(desk, "Label printer prints blank")
    return Desktop(qtbot, app, folder, desk=desk, way=way)


class Told:
    """What the console recorded of each pop-up."""

    def __init__(self, desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[tuple[str, str, str]] = []
        alarms = desktop.desk.replica.alarms
        kept = alarms.delivered

        def delivered(me: str, key: str, how: str, problem: str) -> None:
            self.said.append((key, how, problem))
            kept(me, key, how, problem)

        monkeypatch.setattr(alarms, "delivered", delivered)


@LINUX
@pytest.mark.desktop
@pytest.mark.skipif(bool(notifications.lacking()), reason="dunst or Xvfb is lacking")
def test_an_alarm_reaches_a_real_desktop_and_its_delivery_is_recorded(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with notifications.dunst(tmp_path) as daemon:
        monkeypatch.setenv(VARIABLE, daemon.address)
        way = DesktopBus()
        place = _desktop(qtbot, qapp, tmp_path / "desk", way)
        told = Told(place, monkeypatch)
        place.made.console.alarms.raised.emit(NOTICE)
        place.settle()
        assert daemon.on_screen() == 1
        assert told.said == [(NOTICE.key, "desktop", "")]
        place.made.console.alarms.withdrawn.emit(NOTICE.key)
        place.settle()
        assert daemon.on_screen() == 0
        assert daemon.gone()[0].title.startswith("CS1 Update over مرحبا")
        assert place.parts.status.missing.isHidden()
        place.close()
        way._hang_up()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    return


@LINUX
def test_without_a_bus_and_a_tray_the_console_goes_on_and_says_so_in_one_place(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare: None
) -> None:
    place = _desktop(qtbot, qapp, tmp_path / "desk", DesktopBus())
    told, said = Told(place, monkeypatch), []  # type: Told, list[object]
    place.made.messages.said.connect(said.append)
    for _ in range(3):
        place.made.console.alarms.raised.emit(NOTICE)
    place.settle()
    assert set(told.said) == {(NOTICE.key, "", "there is no D-Bus in this session")}
    assert place.parts.status.missing.text() == "Notifications missing"
    assert said == []
    place.press(Qt.Key.Key_T)
    assert place.ticket(place.ids()[0]).assignee == "mira"
    place.close()


class Hung(Wall):
    """Shows nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def show(self, popup: Popup) -> None:
        self.free.wait()
        super().show(popup)


def test_a_daemon_that_hangs_keeps_no_act_waiting(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    way = Hung()
    place = _desktop(qtbot, qapp, tmp_path, way)
    place.made.console.alarms.raised.emit(NOTICE)
    first = place.ids()[0]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_T)
    qtbot.waitUntil(lambda: place.ticket(first).assignee == "mira", timeout=10_000)
    assert way.shown == {}
    way.free.set()
    place.settle()
    place.close()


@LINUX
@pytest.mark.skipif(bool(private_bus.lacking("dbus-daemon")), reason="D-Bus is lacking")
def test_a_service_that_never_answers_is_named_in_the_status_bar(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with private_bus.bus(private_bus.home_env(tmp_path / "home")) as address:
        monkeypatch.setenv(VARIABLE, address)
        with private_bus.mute(address, notifications.NAME):
            place = _desktop(qtbot, qapp, tmp_path / "desk", DesktopBus())
            part = place.parts.status.missing
            qtbot.waitUntil(lambda: not part.isHidden(), timeout=30_000)
            assert "the notification service does not answer" in part.toolTip()
            place.close()
