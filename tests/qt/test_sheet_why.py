"""Why this deadline: what is drawn, summed and copied is the desk's own explanation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import START, done, log
from tests.qt.sheet_scene import CTRL, DENTAL, KEY, SheetScene
from tierline.desk.explain import Explanation
from tierline.domain import commands as cmd
from tierline.widgets.sheets.why_labels import Wanted, spots
from tierline.widgets.sheets.why_lane import Places
from tierline.widgets.sheets.why_scale import Scale
from tierline.widgets.theme import ThemeHub

ZONE = ZoneInfo("Australia/Melbourne")


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> ThemeHub:
    return ThemeHub(qapp, "light")


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> Iterator[SheetScene]:
    made = SheetScene(qtbot, hub, tmp_path)
    yield made
    made.close()


@pytest.fixture
def paused(scene: SheetScene) -> SheetScene:
    """The ticket of the design's picture: two pauses, a raised priority, Cup Day between."""

    def at(day: int, hour: int, minute: int, month: int = 11) -> None:
        scene.clock.now = datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)

    at(30, 14, 20, 10)
    scene.id = log(scene.desk, "Scan-to-mail stopped", client=DENTAL, impact=3, urgency=3)
    at(2, 9, 5)
    done(scene.desk.act(scene.id, cmd.Prioritise(impact=3, urgency=2, reason="whole office")))
    at(2, 11, 10)
    done(scene.desk.act(scene.id, cmd.ChangeStatus(status="waiting-client", reason="asked")))
    at(2, 15, 40)
    done(scene.desk.act(scene.id, cmd.ChangeStatus(status="in-progress")))
    at(5, 8, 40)
    done(scene.desk.act(scene.id, cmd.ChangeStatus(status="waiting-client", reason="again")))
    scene.clock.now = START
    return scene


def test_it_opens_on_the_clock_that_was_asked_for(paused: SheetScene) -> None:
    sheet = paused.open("why", clock="fix")
    assert sheet.title.text() == "Why is the fix due Friday 6 November, 11:52?"
    assert (sheet.left_word.text(), sheet.figure.text()) == ("left, paused", "10:10:00")
    assert [row.value for row in sheet.sum.rows][:2] == ["27:00", "2:40"]
    assert "Melbourne time" in sheet.lack.text()
    spoken = sheet.lane.accessibleDescription()
    assert "Paused 2 Nov 11:10" in spoken
    assert "Due 6 Nov 11:52" in spoken


def test_tabs_lead_to_the_other_clocks(paused: SheetScene) -> None:
    sheet = paused.open("why", clock="fix")
    tabs = {button.text(): button for button in sheet._group.buttons()}
    assert set(tabs) == {"Response", "Fix"}
    tabs["Response"].click()
    assert "response" in sheet.title.text()


def test_all_of_it_can_be_copied_as_text(paused: SheetScene) -> None:
    sheet = paused.open("why", clock="fix")
    paused.press(KEY.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert text == sheet.told.as_text()
    assert "Copied" in sheet.lack.text()


def test_h_turns_to_the_history_and_back(paused: SheetScene) -> None:
    sheet = paused.open("why", clock="fix")
    paused.press(KEY.Key_H)
    assert sheet.entries_frame.isVisible()
    assert any("set it to Waiting: client: again" in row.text for row in sheet.entries.rows)
    paused.press(KEY.Key_H)
    assert sheet.facts_frame.isVisible()
    assert not sheet.entries_frame.isVisible()


def test_a_running_clock_ticks_in_the_head(scene: SheetScene) -> None:
    sheet = scene.open("why", clock="fix")
    before = sheet.figure.text()
    scene.clock.turn(seconds=1)
    scene.ticker.tick.emit(scene.ticker.now())
    assert sheet.figure.text() != before


def test_no_clock_is_explained_too(scene: SheetScene) -> None:
    sheet = scene.open("why", clock="no such clock")
    assert "has no clock" in sheet.title.text()
    assert "Its clocks:" in sheet.lack.text()
    assert not sheet.lane.isVisible()
    scene.press(KEY.Key_Escape)
    assert scene.list.hasFocus()


def explained(scene: SheetScene, clock: str) -> Explanation:
    told = scene.desk.why(scene.id, clock)
    assert isinstance(told, Explanation)
    return told


def test_the_lane_keeps_the_order_of_time_and_gives_open_hours_their_room(
    paused: SheetScene,
) -> None:
    told = explained(paused, "fix")
    scale = Scale(told.bands, [flag.at for flag in told.flags], 1152, 1.0, lambda _: 76.0)
    xs = [scale.x(flag.at) for flag in told.flags]
    assert xs == sorted(xs)
    assert scale.stretches[0].x == 0
    last = scale.stretches[-1]
    assert last.x + last.wide == pytest.approx(1152)
    widths = {
        round(s.wide / ((s.end - s.start) / timedelta(hours=1)), 3)
        for s in scale.stretches
        if not s.shut
    }
    assert len(widths) == 1
    shut = [stretch for stretch in scale.stretches if stretch.shut]
    assert [s.label for s in shut] == ["Sat, Sun", "Tue 3 Nov", "", ""]


@pytest.mark.parametrize("width", [560, 900, 1152])
def test_no_words_of_the_lane_lie_over_others(
    paused: SheetScene, hub: ThemeHub, width: int
) -> None:
    places = Places(hub, explained(paused, "fix"), width)
    assert all(spot.row >= 0 for spot in places.spots)
    boxes = [
        (spot.row, spot.left, spot.left + want.wide)
        for spot, want in zip(places.spots, places.wanted, strict=True)
    ]
    for at, (row, left, right) in enumerate(boxes):
        assert left >= 0
        assert right <= width + 1
        others = [box for place, box in enumerate(boxes) if place != at and box[0] == row]
        assert all(right < other[1] or other[2] < left for other in others)


def test_forty_pauses_are_drawn_without_hanging() -> None:
    wanted = [Wanted(20.0 * at, 110.0) for at in range(40)]
    found = spots(wanted, 800)
    assert len(found) == 40
