"""While nobody is there: idle time is asked about, and what rules did comes as one message."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, done, log, open_desk
from tierline.domain import commands as cmd
from tierline.present.idleness import SETTING, Absence, Idleness
from tierline.present.messages import Message, Severity
from tierline.storage.records import Client
from tierline.system.settings import Settings
from tierline.widgets.window.bands import KEPT

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SCHOOL = "Kestrelbrook School"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Console(Desktop):
    """A console with one ticket on which my timer runs."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path, clock: TurnedClock) -> None:
        self.clock = clock
        desk = open_desk(folder, clock=clock)
        super().__init__(qtbot, app, folder, desk=desk)

    def touch(self) -> None:
        """Press a key that does nothing, as the system would bring it to the window."""
        QTest.keyClick(self.window.windowHandle(), KEY.Key_Shift)
        self.settle()

    def sheet(self) -> Any:
        return self.parts.book.current


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def started(tmp_path: Path, clock: TurnedClock) -> str:
    desk = open_desk(tmp_path, clock=clock)
    desk.replica.directory.put_clients([Client(name=SCHOOL, policy="three-line")])
    made = log(desk, client=SCHOOL)
    done(desk.act(made, cmd.Take(timer=True)))
    desk.replica.close()
    return made


@pytest.fixture
def console(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: TurnedClock, started: str
) -> Iterator[Console]:
    assert started
    made = Console(qtbot, qapp, tmp_path, clock)
    yield made
    made.close()


def test_a_touch_within_ten_minutes_asks_nothing(console: Console) -> None:
    for _ in range(4):
        console.clock.turn(minutes=9)
        console.touch()
        assert console.sheet() is None


def test_after_ten_minutes_it_asks_and_all_of_it_may_be_work(
    console: Console, started: str
) -> None:
    console.clock.turn(minutes=2)
    console.touch()
    console.clock.turn(minutes=12)
    console.touch()
    sheet = console.sheet()
    assert (
        sheet.title.text() == f"Were you working on {console.ticket(started).number} since 10:44?"
    )
    console.press(KEY.Key_1)
    console.press(KEY.Key_Return, CTRL)
    assert console.sheet() is None
    assert console.ticket(started).timer_by == "mira"
    console.clock.turn(minutes=1)
    done(console.desk.act(started, cmd.StopTimer()))
    assert console.ticket(started).work[1] == 15 * 60


def test_no_stops_the_timer_where_it_was_left(console: Console, started: str) -> None:
    console.clock.turn(minutes=2)
    console.touch()
    console.clock.turn(minutes=12)
    console.touch()
    console.press(KEY.Key_2)
    console.press(KEY.Key_Return, CTRL)
    assert console.ticket(started).timer_by == ""
    assert console.ticket(started).work[1] == 2 * 60
    assert console.parts.bands.isHidden()


def test_a_part_of_it_is_kept_and_the_timer_goes_on(console: Console, started: str) -> None:
    console.clock.turn(minutes=12)
    console.touch()
    console.press(KEY.Key_3)
    sheet = console.sheet()
    sheet.kept_part.focus()
    console.type("13")
    assert "a time up to 12 min" in sheet.lack.text()
    sheet.kept_part.entry.clear()
    console.type("5")
    console.press(KEY.Key_Return, CTRL)
    assert console.ticket(started).work[1] == 5 * 60
    assert console.ticket(started).timer_by == "mira"


def test_esc_leaves_the_question_open_in_a_line(console: Console) -> None:
    console.clock.turn(minutes=30)
    console.touch()
    console.press(KEY.Key_Escape)
    assert console.sheet() is None
    (band,) = console.parts.bands.lines
    assert band.isVisible()
    assert band.action.text() == "Answer"
    band.action.click()
    assert console.sheet().kind == "idle"
    console.press(KEY.Key_Escape)
    assert console.parts.bands.lines == (band,)


def test_no_notice_hides_the_question_or_another_notice(console: Console) -> None:
    console.clock.turn(minutes=30)
    console.touch()
    console.press(KEY.Key_Escape)
    messages, bands = console.made.messages, console.parts.bands
    messages.say(Message("The disk is full.", "Free some space.", Severity.NOW))
    console.clock.turn(minutes=30)
    console.touch()
    first, second = bands.lines
    assert first.action.text() == "Answer"
    assert second.what.text() == "The disk is full."
    assert not second.more.isVisible()
    messages.say(Message("2 acts by the rules.", "", Severity.SOON))
    assert [band.what.text() for band in bands.lines] == [first.what.text(), "The disk is full."]
    assert second.more.text() == "1 more"
    second.more.click()
    assert bands.lines[2].what.text() == "2 acts by the rules."
    assert not any(band.more.isVisible() for band in bands.lines)
    bands.lines[1].close_button.click()
    assert len(bands.lines) == 2
    console.made.hub.set_scale(200)
    assert [band.action.text() for band in bands.lines] == ["Answer"]
    console.made.hub.set_scale(100)


def test_the_same_trouble_is_one_line_and_trouble_without_end_is_bounded(
    console: Console,
) -> None:
    bands = console.parts.bands
    bands.say(Message("Were you working?", "", Severity.SOON, "Answer", question=True))
    for at in range(60):
        bands.say(Message("The disk is full.", "", Severity.NOW))
        bands.say(Message(f"Failed {at} times.", "", Severity.SOON))
    assert len(bands.messages) == KEPT
    assert bands.messages[0].question
    assert sum(each.what == "The disk is full." for each in bands.messages) == 1


def test_f6_reaches_the_question(console: Console) -> None:
    console.clock.turn(minutes=30)
    console.touch()
    console.press(KEY.Key_Escape)
    for _ in range(8):
        console.press(KEY.Key_F6)
        if console.parts.bands.lines[0].action.hasFocus():
            break
    assert console.parts.bands.lines[0].action.hasFocus()
    console.press(KEY.Key_Space)
    assert console.sheet().kind == "idle"


def test_it_survives_a_restart(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: TurnedClock, started: str
) -> None:
    first = Console(qtbot, qapp, tmp_path, clock)
    clock.turn(minutes=3)
    first.touch()
    first.close()
    clock.turn(hours=9)
    again = Console(qtbot, qapp, tmp_path, clock)
    sheet = again.sheet()
    assert sheet.title.text().endswith("since 10:45?")
    again.press(KEY.Key_2)
    again.press(KEY.Key_Return, CTRL)
    assert again.ticket(started).work[1] == 3 * 60
    again.close()


def test_the_minutes_are_a_setting_and_nonsense_is_the_usual(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    idle = Idleness(lambda: 0.0, settings)
    usable = ((5, 300), (7.5, 450), (0, math.inf))
    for wanted, seconds in (*usable, (-3, 600), ("x", 600), (True, 600), (math.nan, 600)):
        settings.put(SETTING, wanted)
        assert idle.patience == seconds


def test_the_minutes_are_typed_in_the_settings_and_nought_never_asks(console: Console) -> None:
    console.window.deeds.do("settings")
    field = console.sheet().idle
    assert field.text() == "10"
    field.focus()
    field.entry.selectAll()
    console.type("20")
    console.press(KEY.Key_Escape)
    console.clock.turn(minutes=19)
    console.touch()
    assert console.sheet() is None
    console.window.deeds.do("settings")
    assert field.text() == "20"
    field.focus()
    field.entry.selectAll()
    console.type("0")
    console.press(KEY.Key_Escape)
    console.clock.turn(days=2)
    console.touch()
    assert console.sheet() is None
    assert Settings(console.folder / "settings.json").get(SETTING, 1) == 0


@pytest.mark.parametrize("typed", ["x", "-1", "1.5", "481", "²"])
def test_minutes_that_are_none_are_told_below_the_field_and_change_nothing(
    console: Console, typed: str
) -> None:
    console.window.deeds.do("settings")
    field = console.sheet().idle
    field.focus()
    field.entry.selectAll()
    console.type(typed)
    assert field.text() == typed
    assert "Whole minutes from 0 to 480" in field.error.text()
    assert field.error.isVisible()
    console.press(KEY.Key_Escape)
    console.window.deeds.do("settings")
    assert field.text() == "10"
    assert not field.error.isVisible()


def test_an_absence_never_ends_before_it_began() -> None:
    assert Absence("", "", 0.0, 20.0, 10.0).away == 0


# Rules


def test_each_minute_the_rules_run_in_the_console(console: Console, started: str) -> None:
    console.clock.turn(minutes=15, seconds=1)
    console.made.console.pulse.beat()
    console.settle()
    assert [prompt.name for prompt in console.ticket(started).prompts] == ["work-limit"]


def test_after_a_sleep_there_is_one_message_with_a_way_to_the_tickets(
    console: Console, started: str
) -> None:
    others = [log(console.desk, f"Board {at}", client=SCHOOL) for at in range(3)]
    for each in others:
        done(console.desk.act(each, cmd.Take()))
    said: list[Any] = []
    console.made.messages.said.connect(said.append)
    console.clock.turn(days=9)
    console.made.console.pulse.beat()
    console.settle()
    grouped = [message for message in said if "by the rules" in message.what]
    assert len(grouped) == 1
    assert grouped[0].severity is Severity.SOON
    assert "While this console was not awake" in grouped[0].rest
    assert grouped[0].action == "Show 4 tickets"
    grouped[0].act()
    console.settle()
    assert set(console.ids()) == {started, *others}
    console.made.console.rules.run(missed=True)
    console.settle()
    assert len([m for m in said if "by the rules" in m.what]) == 1


def test_what_became_due_while_no_console_was_open_is_told_at_the_start(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: TurnedClock, started: str
) -> None:
    clock.turn(days=9)
    made = Console(qtbot, qapp, tmp_path, clock)
    made.parts.book.leave()
    assert made.ticket(started).tier == 2
    made.close()
