"""The ticket waits for its contact; they answer, the clock goes on, and the technician replies."""

from __future__ import annotations

import pytest

from tests.stories.office import Office
from tests.stories.technician import Technician

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_D6_a_reply_ends_the_wait_and_is_answered(office: Office) -> None:
    office.opens_with_two_clients()
    number = office.has_a_ticket("Printer gateway is silent", held_by="mira")
    mira = office.sits_down("mira")
    mira_asks_and_waits(mira)
    the_contact_answers(office, number)
    mira_sees_that_they_did(mira)
    mira_replies(mira)
    the_fix_clock_left_out_the_wait(mira, office, number)


def mira_asks_and_waits(mira: Technician) -> None:
    mira.presses("M")
    mira.types("Hello Orla, which room is it?")
    mira.presses("Ctrl Return", "Esc", "W", "2", "Tab")
    mira.types("Which room")
    mira.presses("Ctrl Return")
    assert "Waiting" in mira.head
    assert "fix paused" in mira.clocks


def the_contact_answers(office: Office, number: str) -> None:
    office.clock.turn(minutes=40)
    said = office.types_a_command("tobias", "receive", number, "It is room 12, all laptops.")
    assert number in said


def mira_sees_that_they_did(mira: Technician) -> None:
    mira.waits_for(lambda: "In progress" in mira.head)
    assert any("Orla" in entry and "room 12, all laptops" in entry for entry in mira.history)
    assert "replied" in mira.rows[0]
    assert "fix due" in mira.clocks


def mira_replies(mira: Technician) -> None:
    mira.presses("M")
    mira.types("Thank you Orla, we come at noon.")
    mira.presses("Ctrl Return", "Esc")
    assert any("we come at noon" in entry for entry in mira.history)
    assert "replied" not in mira.rows[0]


def the_fix_clock_left_out_the_wait(mira: Technician, office: Office, number: str) -> None:
    why = office.types_a_command("mira", "why", number, "--clock", "fix")
    assert "paused" in why.lower()
    mira.presses("Y")
    assert mira.sheet.startswith("Why")
