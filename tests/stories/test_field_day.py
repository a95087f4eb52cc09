"""B8: three visits in a day without a network, a power cut in the middle, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import TurnedClock, done, open_desk
from tests.fakes.shared_desks import SharedDesks
from tests.qt.field_scene import FieldScene, draw, photo, prepare
from tests.stories.field_morning import HALF_A_NOTE
from tierline.app.standing import take_place
from tierline.app.syncing import HubEngine
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Road:
    """Mira at the desk, Ravi on the road; `ravi` is his window after the power cut."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        """Both have the three visits; then there is no network for Ravi."""
        self._qtbot, self._app = qtbot, app
        self.shared = SharedDesks(folder)
        self.clock: TurnedClock = self.shared.clock
        self.mira = self.shared.desk("mira")
        self.folder = folder / "ravi"
        ravi = self.shared.desk("ravi")
        self.ids = prepare(ravi)
        self.syncs(ravi)
        self.syncs(self.mira)
        ravi.replica.close()
        self.shared.networks["ravi"].up = False
        self.ravi: FieldScene | None = None

    def works_until_the_power_fails(self) -> None:
        """In a program of his own, which is killed: no end, no farewell."""
        command = [sys.executable, "-m", "tests.stories.field_morning", str(self.folder)]
        place = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        place["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        with subprocess.Popen(
            [*command, self.clock.now.isoformat()],
            stdout=subprocess.PIPE,
            text=True,
            env=place,
            cwd=Path(__file__).parents[2],
        ) as child:
            assert child.stdout is not None
            said = child.stdout.readline()
            child.kill()
        assert said.startswith("ready "), said
        self.clock.now = datetime.fromisoformat(said.removeprefix("ready ").strip())

    def starts_again(self) -> FieldScene:
        """Ravi's window on what is on the disk."""
        desk = take_place(open_desk(self.folder, "ravi", self.clock))
        engine = HubEngine(desk, self.shared.door("ravi"))
        told = {"desk": desk, "ids": self.ids, "engine": engine, "clock": self.clock}
        made = self.ravi = FieldScene(self._qtbot, self._app, self.folder, **told)
        self._qtbot.waitUntil(lambda: desk.standing.link == "offline", timeout=PATIENCE)
        made.settle()
        return made

    def is_back_online(self) -> None:
        """Ravi has a network again, and everything goes out."""
        assert self.ravi is not None
        self.shared.networks["ravi"].up = True
        standing = self.ravi.desk
        self.ravi.key(KEY.Key_F5)
        self._qtbot.waitUntil(
            lambda: standing.standing.link == "online" and not standing.standing.pending,
            timeout=PATIENCE,
        )
        self.ravi.settle()
        self.syncs(self.mira)

    def syncs(self, desk: Desk) -> None:
        """Once, both ways."""
        assert HubEngine(desk, self.shared.door(desk.me)).once().link == "online"

    def at_the_desk(self, place: int) -> Ticket:
        """A ticket as Mira has it."""
        stored = self.mira.replica.tickets.get(self.ids[place])
        assert stored is not None
        return stored.ticket

    def close(self) -> None:
        """Everybody goes home."""
        if self.ravi is not None:
            self.ravi.close()
        self.mira.replica.close()


@pytest.fixture
def road(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Road]:
    made = Road(qtbot, qapp, tmp_path)
    yield made
    made.close()


def test_B8_an_engineers_day_on_the_road_loses_nothing(road: Road) -> None:
    road.works_until_the_power_fails()
    ravi = road.starts_again()
    everything_is_there_to_the_last_word(ravi)
    finishes_the_first_visit(ravi)
    forgets_to_leave_the_second(ravi)
    is_asked_before_the_third(ravi)
    waits_for_a_part_there(ravi)
    each_visit_says_what_has_not_gone_out(ravi)
    the_office_met_him_unseen(road)
    road.is_back_online()
    all_of_it_is_at_the_desk(road)
    the_conflict_is_his_to_answer(road, ravi)


def everything_is_there_to_the_last_word(ravi: FieldScene) -> None:
    (first, *_) = ravi.window.day.cards
    assert "on site since" in first.accessibleName()
    assert ravi.window.focusWidget() is first
    ravi.key(KEY.Key_Return)
    page = ravi.window.page
    assert page.notes.field.text() == HALF_A_NOTE
    assert page.field is not None
    assert [part.text for part in page.field.parts] == ["1 × Switch, 24 ports (serial FOC-1188)"]
    assert page.steps.go.text() == "Leave site"
    assert page.steps.state.text() == "On site for 15:00"


def finishes_the_first_visit(ravi: FieldScene) -> None:
    page = ravi.window.page
    ravi.key(KEY.Key_N)
    ravi.type(" is fine.")
    ravi.key(KEY.Key_Return, CTRL)
    assert page.notes.field.text() == ""
    page.attached.emit([photo(ravi.folder)])
    ravi.qtbot.waitUntil(lambda: len(page.photos.flow.widgets()) == 1, timeout=PATIENCE)
    assert "waits to go out" in page.photos.flow.widgets()[0].accessibleName()
    for box in page.checks.boxes.values():
        box.click()
        ravi.settle()
    page.sign.sign.setFocus()
    ravi.key(KEY.Key_S)
    draw(ravi.window.sign.pad)
    ravi.key(KEY.Key_Return, CTRL)
    assert "Elspeth Marlow, signed" in page.sign.state.text()
    ravi.clock.turn(minutes=20)
    ravi.key(KEY.Key_R)
    ravi.type("Replaced the switch")
    ravi.window.resolve.close_too.setChecked(False)
    ravi.key(KEY.Key_Return, CTRL)
    assert ravi.ticket(0).ended == "resolved"
    ravi.clock.turn(minutes=5)
    ravi.key(KEY.Key_V)
    assert ravi.ticket(0).work == {2: 40 * 60}


def forgets_to_leave_the_second(ravi: FieldScene) -> None:
    ravi.key(KEY.Key_Escape)
    ravi.press(ravi.window.day.cards[1])
    ravi.key(KEY.Key_V)
    ravi.clock.turn(minutes=30)
    ravi.key(KEY.Key_V)
    assert ravi.ticket(1).visits[0].state == "on site"
    ravi.clock.turn(hours=3)


def is_asked_before_the_third(ravi: FieldScene) -> None:
    ravi.key(KEY.Key_Escape)
    ravi.press(ravi.window.day.cards[2])
    ravi.key(KEY.Key_V)
    assert ravi.ticket(2).visits[0].state == "planned"
    left = ravi.clock.now - timedelta(hours=2)
    ravi.type(f"{left.astimezone(ravi.desk.zone):%H:%M}")
    ravi.key(KEY.Key_Return, CTRL)
    (over,) = ravi.ticket(1).visited
    assert over.left_at == left.replace(second=0)
    assert ravi.ticket(2).visits[0].state == "travelling"
    assert ravi.window.page.number.text() == ravi.ticket(2).number


def waits_for_a_part_there(ravi: FieldScene) -> None:
    ravi.clock.turn(minutes=15)
    ravi.key(KEY.Key_V)
    ravi.key(KEY.Key_W)
    ravi.type("A lamp for the projector", ravi.window.wait.why.entry)
    ravi.key(KEY.Key_Return, CTRL)
    assert ravi.ticket(2).status == "waiting-vendor"
    ravi.clock.turn(minutes=10)
    ravi.key(KEY.Key_V)
    assert ravi.ticket(2).visited[0].state == "done"


def each_visit_says_what_has_not_gone_out(ravi: FieldScene) -> None:
    ravi.key(KEY.Key_Escape)
    assert "3 of 3 visits done" in ravi.window.top.about.text()
    for card in ravi.window.day.cards:
        assert "unsent" in card.accessibleName()


def the_office_met_him_unseen(road: Road) -> None:
    """Mira, who cannot know, lets the first ticket wait while Ravi resolves it."""
    wait = cmd.ChangeStatus(status="waiting-client", reason="For their answer")
    done(road.mira.act(road.ids[0], wait))
    road.syncs(road.mira)


def all_of_it_is_at_the_desk(road: Road) -> None:
    first, second, third = (road.at_the_desk(place) for place in range(3))
    assert [part.serial for part in first.parts] == ["FOC-1188"]
    assert first.signed is not None
    assert len(first.checks) == 3
    assert [visit.state for visit in (*first.visited, *second.visited, *third.visited)] == [
        "done", "done", "done",
    ]  # fmt: skip
    assert third.status == "waiting-vendor"
    view = road.mira.open_ticket(road.ids[0])
    assert view is not None
    assert any(HALF_A_NOTE + " is fine." in entry.text for entry in view.timeline)
    names = [entry.file.name for entry in view.timeline if entry.file]
    assert names[0] == "IMG_2041.png"
    assert names[1].startswith("Signature Elspeth Marlow")


def the_conflict_is_his_to_answer(road: Road, ravi: FieldScene) -> None:
    """The open side stands; the card is the console's, and his resolution is kept on it."""
    assert "two people changed it" in ravi.window.day.cards[0].accessibleName()
    ravi.press(ravi.window.day.cards[0])
    page = ravi.window.page
    assert page.conflicts.isVisible()
    assert ravi.ticket(0).status == "waiting-client"
    page.settled.emit(page.conflicts.first_key, "mine")
    ravi.settle()
    assert ravi.ticket(0).ended == "resolved"
    assert ravi.ticket(0).conflicts == ()
