"""A9 on screen: a quote is given by its sum, stands in the pane, and is answered in a way."""

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
from tierline.domain.ticket import Quote
from tierline.storage.records import Client, Contact

KEY, CTRL, SHIFT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
DENTAL = "Brackenfold Dental"


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(qtbot, qapp, tmp_path)
    directory = made.desk.replica.directory
    directory.put_clients([Client(name=DENTAL, policy="playbook")])
    directory.put_contacts([Contact(client=DENTAL, name="Jonas Petrie")])
    yield made
    made.close()


def wanted(screen: Screen) -> str:
    """A ticket that asks for a quote, opened."""
    return screen.log(DENTAL, contact="Jonas Petrie", type="quote", subject="Two switches")


def quoted(screen: Screen, cents: int = 1_250_000) -> str:
    """The same, quoted."""
    made = wanted(screen)
    done(screen.desk.act(made, cmd.GiveQuote(cents=cents, text="Two switches, fitted")))
    screen.open(made)
    return made


def quote_of(screen: Screen, made: str) -> Quote:
    found = screen.ticket(made).quote
    assert found is not None
    return found


def test_A9_q_gives_a_quote_by_keys_and_says_how_the_sum_was_read(screen: Screen) -> None:
    made = wanted(screen)
    screen.parts.ticket.setFocus()
    screen.press(KEY.Key_Q)
    sheet: Any = screen.parts.book.current
    assert sheet.kind == "quote"
    screen.type("12,500")
    assert sheet.terms.text().startswith("12,500.00 AUD, holds until Thu 19 Nov 10:42")
    assert sheet.lacks() == [("text", "what it is for")]
    screen.press(KEY.Key_Tab)
    screen.type("Two switches, fitted")
    screen.press(KEY.Key_Return, CTRL)
    assert screen.parts.book.current is None
    assert (quote_of(screen, made).cents, quote_of(screen, made).open) == (1_250_000, True)
    assert "12,500.00 AUD; open until" in screen.parts.ticket.between.accessibleName()


def test_a_sum_that_could_be_read_two_ways_is_asked_for_again(screen: Screen) -> None:
    wanted(screen)
    sheet: Any = screen.asked("quote")
    screen.type("1,50")
    sheet.what.put("Cable")
    assert sheet.lacks() == [("cents", "a sum above 0")]
    screen.press(KEY.Key_Return, CTRL)
    assert sheet.sum.error.text() == "Still needed: a sum above 0."
    assert sheet.sum.text() == "1,50"


def test_A9_the_message_goes_with_the_quote(screen: Screen) -> None:
    made = wanted(screen)
    sheet: Any = screen.asked("quote")
    sheet.sum.put("900")
    sheet.what.put("Two switches")
    sheet.message.put("Hello Jonas, the switches come to 900.00 AUD.")
    screen.press(KEY.Key_Return, CTRL)
    history = screen.desk.replica.tickets.operations(made)
    kinds = [type(event).__name__ for event in history[-1].operation.events]
    assert kinds[:2] == ["Quoted", "Messaged"]


@pytest.mark.parametrize(
    ("state", "sign", "verb"),
    [
        ("open", "hourglass", "Answer"),
        ("approved", "check", ""),
        ("declined", "x", ""),
        ("expired", "clock-alert", ""),
    ],
)
def test_A9_the_pane_tells_the_states_apart_by_sign_and_word(
    screen: Screen, state: str, sign: str, verb: str
) -> None:
    made = quoted(screen)
    if state in ("approved", "declined"):
        yes = state == "approved"
        answer = cmd.AnswerQuote(person="Ada Bloom", accepted=yes, way="1" if yes else "", text="-")
        done(screen.desk.act(made, answer))
    elif state == "expired":
        screen.clock.turn(days=14)
        screen.desk.run_rules()
    screen.open(made)
    (shown,) = screen.parts.ticket.between._matters
    assert (shown.icon, shown.verb) == (sign, verb)
    assert state in shown.text
    assert screen.parts.ticket.between.isVisible()
    button = screen.parts.ticket.between._buttons.get("answer_quote")
    assert bool(button and button.isVisible()) is bool(verb)


def test_A9_a_yes_is_recorded_with_who_and_how_by_keys(screen: Screen) -> None:
    made = quoted(screen)
    screen.parts.ticket.setFocus()
    screen.press(KEY.Key_Q, SHIFT)
    sheet: Any = screen.parts.book.current
    assert sheet.kind == "answer_quote"
    assert sheet.quote.text().startswith("Two switches, fitted: 12,500.00 AUD")
    screen.press(KEY.Key_1)
    assert "Order the parts the same day" in sheet.next.text()
    screen.press(KEY.Key_Tab)
    screen.press(KEY.Key_2)
    screen.press(KEY.Key_Tab)
    screen.type("Ada Bloom")
    screen.press(KEY.Key_Return, CTRL)
    quote = quote_of(screen, made)
    assert (quote.state, quote.person) == ("approved", "Ada Bloom")
    assert "director" in quote.way


def test_A9_a_no_needs_its_reason_and_no_way(screen: Screen) -> None:
    made = quoted(screen)
    sheet: Any = screen.asked("answer_quote")
    sheet.answer.put("no")
    sheet.renew()
    assert not sheet.way.isVisible()
    assert not sheet.next.isVisible()
    assert sheet.lacks() == [("person", "who answered"), ("text", "why not")]
    sheet.person.put("Ada Bloom")
    sheet.why.put("Not this year")
    screen.press(KEY.Key_Return, CTRL)
    assert quote_of(screen, made).state == "declined"


def test_the_button_of_the_band_opens_the_answer(screen: Screen) -> None:
    quoted(screen)
    screen.parts.ticket.between._buttons["answer_quote"].click()
    screen.settle()
    assert screen.parts.book.current is screen.parts.book.sheet("answer_quote")


def test_without_quotes_the_acts_say_why(screen: Screen) -> None:
    screen.log(SCHOOL)
    assert screen.asked("quote") is None
    assert "gives no quotes" in screen.note()
    assert not screen.parts.ticket.between.isVisible()
    wanted(screen)
    assert screen.asked("answer_quote") is None
    assert "has not been given" in screen.note()
