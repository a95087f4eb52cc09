"""D9, B13, A12 on screen: an answer is noted by its digit and stands in the pane from then on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import done
from tests.qt.process_scene import HOUSES, SCHOOL, Screen
from tierline.domain import commands as cmd
from tierline.storage.records import Client

KEY, CTRL, SHIFT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(qtbot, qapp, tmp_path)
    yield made
    made.close()


def asked(screen: Screen) -> str:
    """A resolved ticket about which the rule asked the contact."""
    made = screen.log(HOUSES)
    done(screen.desk.act(made, cmd.Resolve(steps="New cable")))
    screen.desk.run_rules()
    screen.open(made)
    return made


def test_D9_an_answer_is_noted_by_its_digit_and_read_by_the_lead(screen: Screen) -> None:
    made = asked(screen)
    screen.parts.ticket.setFocus()
    screen.press(KEY.Key_F, SHIFT)
    sheet: Any = screen.parts.book.current
    assert sheet.kind == "feedback"
    assert sheet.asked.text() == "How did we do? Asked 10:42."
    assert sheet.lacks() == [("answer", "their answer")]
    screen.press(KEY.Key_4)
    assert sheet.reader.text() == "Service manager is told and gets a task."
    screen.press(KEY.Key_Tab)
    screen.type("Quick and kind")
    screen.press(KEY.Key_Return, CTRL)
    (kept,) = screen.ticket(made).feedback
    assert (kept.word, kept.text) == ("Excellent", "Quick and kind")
    assert [task.role for task in screen.ticket(made).tasks] == ["lead"]


def test_the_pane_says_that_they_were_asked_and_then_what_they_answered(screen: Screen) -> None:
    made = asked(screen)
    band = screen.parts.ticket.between
    assert "Feedback: asked 10:42, no answer yet" in band.accessibleName()
    band._buttons["feedback"].click()
    screen.settle()
    assert screen.parts.book.current is screen.parts.book.sheet("feedback")
    screen.parts.book.leave()
    done(screen.desk.feedback(made, "good", "Thank you"))
    screen.open(made)
    assert band.accessibleName() == "Feedback: Good, 10:42: Thank you"
    assert not band._buttons["feedback"].isVisible()
    view = screen.made.console.ticket.current
    assert view is not None
    assert 'answered "Good": How did we do?' in [entry.verb for entry in view.timeline]


def test_an_answer_to_an_earlier_resolution_leaves_the_question_open(screen: Screen) -> None:
    made = asked(screen)
    done(screen.desk.feedback(made, "good"))
    screen.clock.turn(minutes=5)
    done(screen.desk.act(made, cmd.Reopen(reason="Silent again")))
    done(screen.desk.act(made, cmd.Resolve(steps="New board")))
    screen.clock.turn(minutes=5)
    screen.desk.run_rules()
    screen.open(made)
    assert "no answer yet" in screen.parts.ticket.between.accessibleName()
    assert screen.parts.ticket.between._buttons["feedback"].isVisible()


def test_B13_only_a_poor_answer_says_that_a_task_is_made(screen: Screen) -> None:
    screen.desk.replica.directory.put_clients([Client(name=SCHOOL, policy="tiered")])
    made = screen.log(SCHOOL, details={})
    done(screen.desk.act(made, cmd.Resolve(steps="New cable")))
    screen.open(made)
    sheet: Any = screen.asked("feedback")
    assert sheet.asked.text() == "How did we do? They were not asked yet."
    for key, told in ((KEY.Key_3, False), (KEY.Key_1, True)):
        screen.press(key)
        assert sheet.reader.isVisible() is told, key


def test_an_open_ticket_has_no_feedback_yet_and_a_policy_without_surveys_none(
    screen: Screen,
) -> None:
    screen.log(HOUSES)
    assert screen.asked("feedback") is None
    assert "is open" in screen.note()
    screen.log(SCHOOL)
    assert screen.asked("feedback") is None
    assert "asks for no feedback" in screen.note()
    assert not screen.parts.ticket.between.any
