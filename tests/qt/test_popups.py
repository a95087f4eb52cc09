"""Pop-ups as the person chose them: by the desktop, the tray or not at all, and each recorded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.ways import Wall
from tierline.desk.alarms.notice import Notice
from tierline.looping import make_loop
from tierline.present.messages import Messages
from tierline.present.popups import Popups
from tierline.present.quiet import Quiet
from tierline.present.tasks import Tasks
from tierline.system import choices
from tierline.system.notifier import Courier, Popup
from tierline.system.settings import Settings
from tierline.system.sounds import Sound

NOW = 1_762_300_000.0
P1 = Notice("1/call/p1", "p1", "P1 CS1 Call over", "Pellow: T takes it", "1", "take", sound=True)
SOON = Notice("2/fix/soon", "soon", "CS2 Fix due soon", "Voss, 12:00", "2", "open", sound=True)
CALM = Notice("d/1", "digest", "7 tickets reach breach", "CS3, CS4", "3", "open", sound=False)


class Room:
    """Pop-ups with everything around them, and what became of each."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.qtbot, self.now = qtbot, NOW
        self.told: list[tuple[str, str, str]] = []
        self.settings = Settings(folder / "settings.json")
        self.desktop = Wall()
        self.quiet = Quiet(self.settings, lambda: self.now)
        self.tasks = Tasks(Messages(lambda: self.now))
        self.courier = Courier(self.desktop)
        self.popups = Popups(self, self.courier, self.quiet, self.settings, self.tasks)
        self.played: list[Sound] = []
        self.audible = True
        self.flashed, self.beeped, self.troubles = [], [], []  # type: list[int], list[int], list[str]
        self.popups.play = self._play
        self.popups.flashed.connect(lambda: self.flashed.append(1))
        self.popups.beeped.connect(lambda: self.beeped.append(1))
        self.popups.trouble_changed.connect(self.troubles.append)
        self.loop = make_loop(app)
        self.tasks.begin(self.loop)

    def delivered(self, key: str, how: str, problem: str = "") -> None:
        self.told.append((key, how, problem))

    def _play(self, sound: Sound) -> bool:
        self.played.append(sound)
        return self.audible

    def show(self, *notices: Notice) -> None:
        for notice in notices:
            self.popups.show(notice)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.tasks.idle, timeout=10_000)


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    made = Room(qtbot, qapp, tmp_path)
    yield made
    made.tasks.close()
    QApplication.processEvents()
    made.loop.close()


def test_an_alarm_is_copied_to_the_desktop_off_the_window_s_thread(room: Room) -> None:
    room.show(P1, SOON)
    assert room.desktop.shown[P1.key] == Popup(P1.key, P1.title, P1.body, "critical")
    assert room.desktop.shown[SOON.key].urgency == "normal"
    assert sorted(room.told) == [(P1.key, "desktop", ""), (SOON.key, "desktop", "")]
    assert threading.current_thread().name not in room.desktop.threads
    room.popups.withdraw(P1.key)
    room.settle()
    assert list(room.desktop.shown) == [SOON.key]


def test_where_the_desktop_shows_nothing_the_tray_does(room: Room) -> None:
    room.desktop.problem = "nobody is there"
    balloons: list[Popup] = []

    def balloon(popup: Popup) -> bool:
        balloons.append(popup)
        return True

    room.popups.balloon = balloon
    room.show(SOON)
    assert [each.title for each in balloons] == [SOON.title]
    assert room.told == [(SOON.key, "tray", "nobody is there")]
    assert room.troubles == []


def test_what_hinders_all_of_them_is_told_once_and_taken_back(room: Room) -> None:
    room.desktop.problem = "nobody is there"
    room.show(SOON, P1, CALM)
    assert [how for _, how, _ in room.told] == ["", "", ""]
    assert room.troubles == ["nobody is there"]
    room.desktop.problem = ""
    room.show(SOON)
    assert room.troubles == ["nobody is there", ""]


@pytest.mark.parametrize(
    ("which", "shown"), [("all", [P1, SOON, CALM]), ("p1", [P1]), ("none", [])]
)
def test_a_person_chooses_which_pop_up_flash_and_sound(
    room: Room, which: choices.Which, shown: list[Notice]
) -> None:
    for choice in (choices.POPUPS, choices.FLASH, choices.SOUND):
        room.settings.keep(choice, which)
    room.show(P1, SOON, CALM)
    assert list(room.desktop.shown) == [each.key for each in shown]
    assert len(room.flashed) == len(shown)
    assert len(room.played) == sum(each.sound for each in shown)
    assert [how for _, how, _ in room.told].count("off") == 3 - len(shown)


def test_a_p1_sounds_unlike_the_others_and_a_beep_stands_in(room: Room) -> None:
    room.settings.keep(choices.SOUND, "all")
    room.show(P1, SOON, CALM)
    assert room.played == ["p1", "warning"]
    assert room.beeped == []
    room.audible = False
    room.show(SOON)
    assert room.beeped == [1]


def test_do_not_disturb_holds_all_but_a_p1_back_until_it_ends(room: Room) -> None:
    ends: list[float] = []
    room.quiet.changed.connect(ends.append)
    room.quiet.begin(30)
    assert room.quiet.until == NOW + 1800
    room.show(P1, SOON)
    assert room.told == [(SOON.key, "quiet", ""), (P1.key, "desktop", "")]
    room.settings.keep(choices.QUIET_BUT_P1, value=False)
    room.show(P1)
    assert room.told[-1] == (P1.key, "quiet", "")
    room.now += 1800
    room.quiet.look()
    room.quiet.look()
    assert ends == [NOW + 1800, 0.0]
    room.show(SOON)
    assert room.told[-1] == (SOON.key, "desktop", "")


def test_do_not_disturb_outlives_a_restart_and_ends_when_told(room: Room, tmp_path: Path) -> None:
    room.quiet.begin(60)
    again = Quiet(Settings(tmp_path / "settings.json"), lambda: NOW + 60)
    assert again.holds_back(p1=False)
    again.end()
    assert not again.holds_back(p1=False)
    assert Quiet(Settings(tmp_path / "settings.json"), lambda: NOW + 60).until == 0.0


def test_nothing_is_shown_once_the_program_ends(room: Room) -> None:
    room.popups.stop()
    room.show(SOON)
    assert room.desktop.shown == {}
    assert room.told == [(SOON.key, "", "the program was ending")]
