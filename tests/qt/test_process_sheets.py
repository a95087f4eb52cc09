"""The sheets of the process: what they name, what they ask for, what they say holds meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import done
from tests.qt.process_scene import SCHOOL, Screen
from tierline.domain import commands as cmd
from tierline.storage.records import Client
from tierline.widgets.sheets.options import keys_words

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(qtbot, qapp, tmp_path)
    yield made
    made.close()


def test_C10_project_is_entered_through_its_keeper_only(screen: Screen) -> None:
    made = screen.log(SCHOOL)
    screen.asked("gate")
    assert screen.parts.book.current is None
    assert "3rd line" in screen.note()
    for tier, reason in ((2, "1"), (3, "1")):
        path = screen.desk.policy("three-line").escalation(tier - 1, tier)
        assert path is not None
        step = cmd.Escalate(
            tier=tier,
            reason=path.reasons[int(reason) - 1].key,
            handover="Needs a project",
            message="We hand it on.",
            assignee="mira",
        )
        done(screen.desk.act(made, step))
    screen.open(made)
    sheet: Any = screen.asked("gate")
    screen.press(KEY.Key_1)
    sheet.why.focus()
    screen.type("New cabling for the block")
    screen.press(KEY.Key_Return, CTRL)
    answer: Any = screen.asked("pass_gate")
    screen.press(KEY.Key_1)
    answer.person.focus()
    screen.type("Wanda Price")
    screen.press(KEY.Key_Return, CTRL)
    assert screen.ticket(made).status == "project"
    assert screen.kinds(made)[-2:] == ["askgate", "passgate"]


def test_C10_the_gates_are_named_and_a_single_question_is_not_chosen_again(
    screen: Screen,
) -> None:
    made = screen.log(SCHOOL)
    for tier in (2, 3):
        path = screen.desk.policy("three-line").escalation(tier - 1, tier)
        assert path is not None
        reason = path.reasons[0].key
        step = cmd.Escalate(
            tier=tier, reason=reason, handover="A project", message="On it.", assignee="mira"
        )
        done(screen.desk.act(made, step))
    screen.open(made)
    number = screen.ticket(made).number
    sheet: Any = screen.asked("gate")
    assert sheet.title.text() == f"Ask for project or testing on {number}"
    assert sheet.gate.hint.text() == "keys 1 and 2"
    assert sheet.lacks() == [("gate", "project or testing"), ("text", "why")]
    done(screen.desk.act(made, cmd.AskGate(gate="project", text="Cabling")))
    screen.open(made)
    answer: Any = screen.asked("pass_gate")
    assert answer.title.text() == f"Project for {number}: yes or no?"
    assert not answer.gate.isVisible()
    assert answer.known.text() == "Asked the project manager about project."
    answer.answer.put("no")
    answer.person.put("Wanda Price")
    assert answer.lacks() == [("text", "why not")]
    done(screen.desk.act(made, cmd.AskGate(gate="testing", text="A trial")))
    screen.open(made)
    answer = screen.asked("pass_gate")
    assert answer.title.text() == f"Answer about {number}"
    assert answer.gate.isVisible()
    assert [row.digit for row in answer.gate.list.rows] == ["1", "2"]


def test_the_digits_named_above_a_list_are_those_that_choose(screen: Screen) -> None:
    assert [keys_words(count) for count in (0, 1, 2, 5, 12)] == [
        "",
        "",
        "keys 1 and 2",
        "keys 1 to 5",
        "keys 1 to 9",
    ]
    made = screen.log(SCHOOL)
    done(screen.desk.act(made, cmd.AlertLead(reason="Asked twice", role="helpdesk-manager")))
    screen.open(made)
    sheet: Any = screen.asked("task_done")
    (row,) = sheet.task.list.rows
    assert row.digit == ""
    assert sheet.task.hint.text() == ""
    assert sheet.task.text() == row.key


def test_B3_a_dispute_says_what_holds_meanwhile(screen: Screen) -> None:
    screen.desk.replica.directory.put_clients([Client(name="Brackenfold Dental", policy="tiered")])
    made = screen.log("Brackenfold Dental")
    sheet: Any = screen.asked("dispute")
    assert sheet.hint.text() == "P3 Normal and its clocks stay until someone judges it again (P)."
    screen.type("Nobody in the hall can hear the exam")
    screen.press(KEY.Key_Return, CTRL)
    assert screen.ticket(made).disputed_at is not None
    assert "disputed" in [flag.kind for flag in screen.parts.ticket.flags.flags]


def test_B8_who_is_on_site_leaves_by_a_button_or_v(screen: Screen) -> None:
    made = screen.log(SCHOOL)
    done(screen.desk.act(made, cmd.ChangeStatus(status="on-site", reason="In the building")))
    screen.open(made)
    leave = screen.parts.ticket.acts._buttons["visit"]
    assert (leave.isVisible(), leave.text()) == (True, "Leave site")
    leave.click()
    assert screen.parts.book.current is screen.parts.book.sheet("visit")
    screen.press(KEY.Key_Return)
    assert screen.ticket(made).status == "in-progress"
    assert not leave.isVisible()
    screen.parts.ticket.setFocus()
    screen.press(KEY.Key_V)
    assert screen.parts.book.current is screen.parts.book.sheet("visit")
