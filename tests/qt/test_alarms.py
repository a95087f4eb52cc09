"""Alarms at a real console: raised once, over a restart too; snoozed with a reason for the lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, done, log, open_desk
from tests.fakes.shared_desks import SharedDesks
from tierline.desk.alarms.notice import Notice
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.widgets.sheets.noisy import NoisySheet
from tierline.widgets.sheets.snoozing import SnoozeSheet

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000


class Console:
    """A console on a desk with a clock of its own; hears what its alarms raise."""

    def __init__(self, qtbot: QtBot, app: QApplication, desk: Desk, folder: Path) -> None:
        self.raised: list[Notice] = []
        self.withdrawn: list[str] = []
        self.desktop = Desktop(qtbot, app, folder, desk=desk, size=(1440, 900))
        alarms = self.desktop.made.console.alarms
        alarms.raised.connect(self.raised.append)
        alarms.withdrawn.connect(self.withdrawn.append)

    def minute(self) -> None:
        """The pulse of a minute."""
        self.desktop.made.console.pulse.minute.emit()
        self.desktop.settle()


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Desk:
    return open_desk(tmp_path, clock=clock)


@pytest.fixture
def console(qtbot: QtBot, qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Console]:
    made = Console(qtbot, qapp, desk, tmp_path)
    yield made
    made.desktop.close()


def test_an_alarm_is_raised_once_recorded_and_withdrawn(
    console: Console, desk: Desk, clock: TurnedClock
) -> None:
    ticket = log(desk, "Mail", impact=2, urgency=2)
    clock.turn(minutes=49)
    for _ in range(3):
        console.minute()
    (notice,) = console.raised
    assert (notice.ticket_id, notice.act, notice.level) == (ticket, "take", "soon")
    (popped,) = desk.replica.alarms.pop_ups(desk.me, clock.now - timedelta(hours=1))
    assert popped.key == notice.key
    console.desktop.made.console.alarms.delivered(notice.key, "by hand", "nobody listens")
    console.desktop.settle()
    (popped,) = desk.replica.alarms.pop_ups(desk.me, clock.now - timedelta(hours=1))
    assert (popped.how, popped.problem) == ("by hand", "nobody listens")
    done(desk.act(ticket, cmd.Message(text="On it")))
    console.minute()
    assert console.withdrawn == [notice.key]


def test_the_second_of_a_threshold_is_kept(
    console: Console, desk: Desk, clock: TurnedClock
) -> None:
    log(desk, "Mail", impact=2, urgency=2)
    clock.turn(minutes=47, seconds=50)
    console.minute()
    assert console.raised == []
    clock.turn(seconds=11)
    console.desktop.made.console.tick(clock.now.timestamp())
    console.desktop.settle()
    assert len(console.raised) == 1


def test_a_restart_repeats_nothing(
    qtbot: QtBot, qapp: QApplication, desk: Desk, clock: TurnedClock, tmp_path: Path
) -> None:
    log(desk, "Mail", impact=2, urgency=2)
    first = Console(qtbot, qapp, desk, tmp_path)
    clock.turn(minutes=49)
    first.minute()
    assert len(first.raised) == 1
    first.desktop.close()
    second = Console(qtbot, qapp, open_desk(tmp_path, clock=clock), tmp_path)
    second.minute()
    assert second.raised == []
    second.desktop.close()


def test_after_a_sleep_one_notice_tells_of_all(
    console: Console, desk: Desk, clock: TurnedClock
) -> None:
    for number in range(4):
        log(desk, f"Mail {number}", impact=2, urgency=2)
    console.minute()
    clock.turn(minutes=52)
    console.desktop.made.console.pulse.beaten.emit()
    console.desktop.settle()
    (notice,) = console.raised
    assert notice.title.startswith("While nobody was here: 4 tickets reach breach within 8 min")


def test_do_not_disturb_holds_back_until_it_ends(
    console: Console, desk: Desk, clock: TurnedClock
) -> None:
    alarms = console.desktop.made.console.alarms
    alarms.held_back = lambda _: True
    log(desk, "Mail", impact=2, urgency=2)
    clock.turn(minutes=49)
    console.minute()
    assert console.raised == []
    alarms.held_back = lambda _: False
    console.minute()
    assert len(console.raised) == 1


def test_s_asks_for_how_long_and_why(console: Console, desk: Desk, clock: TurnedClock) -> None:
    desktop = console.desktop
    ticket = log(desk, "Mail", impact=2, urgency=2)
    clock.turn(minutes=49)
    console.minute()
    desktop.press(KEY.Key_F8)
    desktop.window.deeds.do("snooze")
    desktop.settle()
    sheet = desktop.parts.book.current
    assert isinstance(sheet, SnoozeSheet)
    desktop.press(KEY.Key_Return, CTRL)
    assert not sheet.isHidden()  # the reason is needed
    sheet.why.put("They call back at 11")
    desktop.press(KEY.Key_Return, CTRL)
    assert sheet.isHidden()
    view = desk.open_ticket(ticket)
    assert view is not None
    (answer,) = view.ticket.alarm_answers
    assert (answer.by, answer.reason) == ("mira", "They call back at 11")
    strip = desk.strip()
    assert (strip.soon, strip.snoozed) == ((), 1)
    assert view.timeline[-1].verb.startswith("snoozed the alarm “Response” until")
    clock.turn(minutes=5, seconds=1)
    assert len(desk.strip().soon) == 1


def test_the_noisiest_alarms_are_shown(console: Console, desk: Desk, clock: TurnedClock) -> None:
    log(desk, "Mail", impact=2, urgency=2)
    clock.turn(minutes=70)
    console.desktop.window.deeds.do("noisy")
    console.desktop.settle()
    sheet = console.desktop.parts.book.current
    assert isinstance(sheet, NoisySheet)
    cells = sheet.table.findChildren(QLabel)
    assert "Response, 80 % used" in [cell.text() for cell in cells]


def test_a_lead_on_another_console_sees_who_put_what_off_and_why(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    shared = SharedDesks(tmp_path)
    mira, lead = shared.desk("mira"), shared.desk("hana", "lead")
    ticket = log(mira, "Mail", impact=2, urgency=2)
    done(mira.act(ticket, cmd.Take()))
    shared.clock.turn(minutes=49)
    until = shared.clock.now + timedelta(minutes=5)
    done(mira.act(ticket, cmd.Snooze(until=until, reason="They call back", clock="response")))
    both = [shared.console(qtbot, qapp, each) for each in (mira, lead)]
    qtbot.waitUntil(lambda: lead.ids("all") == [ticket], timeout=PATIENCE)
    both[1].settle()
    (card,) = [each for each in lead.strip(everyone=True).soon if each.clock == "response"]
    told = (card.snoozed_by, card.snoozed_until, card.snooze_reason)
    assert told == ("mira", until, "They call back")
    assert [c.clock for c in mira.strip().soon] == []
    for each in both:
        each.close()
