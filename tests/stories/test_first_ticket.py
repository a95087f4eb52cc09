"""A new technician starts the program for the first time and closes a ticket, with keys only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_first_ticket_is_resolved_within_five_minutes_by_keys(office: Office) -> None:
    kim = office.newcomer()
    with office.tells("Kim starts with an empty desk, and it says how to begin."):
        kim.presses("4", "Return")
        kim.turns_to_the_console()
        assert kim.rows == []
        assert kim.empty_list.startswith("No tickets. Ctrl N logs one")
    with office.tells(
        "A call: Ctrl N, who it is, what is wrong; the sheet says what it still needs."
    ):
        kim.presses("Ctrl N")
        assert kim.sheet == "New ticket"
        assert kim.here == "Client"
        kim.types("Marrowby Foods")
        kim.presses("Tab")
        kim.types("Asa Lind")
        assert "Still needed: the subject, impact and urgency." in kim.words
        kim.presses("Tab", "Tab", "Tab", "Tab")
        assert kim.here == "Subject, one line"
        kim.types("Label printer prints blank")
        kim.presses("Tab", "Tab", "Down")
        assert kim.here == "One user, Work is hindered: P3"
    with office.tells("Ctrl Enter logs it, and the call itself has met the response."):
        kim.presses("Space", "Ctrl Return")
        assert kim.sheet == ""
        (row,) = kim.rows
        assert row.startswith("P3, CS0000001, Label printer prints blank, Marrowby Foods, new")
        assert kim.here == "Queue, All open, 1"
        assert "response met" in kim.clocks
    with office.tells("T takes it and starts the work timer."):
        kim.presses("T")
        assert kim.foot == "Taken CS0000001."
        assert kim.head.endswith("In progress, by phone, kim")
        assert kim.timer == "Work timer"
    with office.tells("N notes what was tried."):
        kim.presses("N")
        kim.types("Cleaned the head, a test label is blank too.")
        kim.presses("Ctrl Return")
        assert "kim note: Cleaned the head" in kim.told
    with office.tells("M tells the contact."):
        kim.presses("Esc", "M")
        assert kim.here == "Message to the contact"
        kim.types("Hello Asa, we bring a new ribbon after lunch.")
        kim.presses("Ctrl Return")
        assert "to Asa Lind, e-mail: Hello Asa" in kim.told
    with office.tells("W lets it wait, and the fix clock stands still."):
        kim.presses("Esc", "W")
        assert kim.sheet == "Let CS0000001 wait"
        kim.presses("2", "Tab")
        assert kim.here == "Reason"
        kim.types("Ribbon after lunch")
        kim.presses("Ctrl Return")
        assert "Waiting, client, Ribbon after lunch" in kim.head
        assert "fix paused" in kim.clocks
    with office.tells("R resolves it, within five minutes of the first start."):
        kim.presses("R")
        assert kim.sheet == "Resolve CS0000001"
        kim.types("New ribbon, cleaned the head.")
        assert "Still needed" not in kim.words
        kim.presses("Ctrl Return")
        assert kim.foot == "Resolved CS0000001."
        assert "Resolved" in kim.head
        assert "fix met" in kim.clocks
        assert "resolved it: New ribbon" in kim.told
        assert office.passed < timedelta(minutes=5)


def test_the_shortest_way_to_a_resolved_ticket_is_four_screens_and_a_hundred_keys(
    office: Office,
) -> None:
    kim = office.newcomer()
    with office.tells("Kim does only what the screen asks for: 4 and Enter, then Ctrl N."):
        kim.presses("4", "Return")
        kim.turns_to_the_console()
        kim.presses("Ctrl N")
    with office.tells(
        "Client, contact, subject, and Enter each time: it goes to what still lacks."
    ):
        kim.types("Marrowby Foods")
        kim.presses("Return")
        kim.types("Asa Lind")
        kim.presses("Return", "Return")
        assert kim.here == "Subject, one line"
        kim.types("Label printer prints blank")
        kim.presses("Return")
        assert kim.here.startswith("Department or critical user, Work is hindered"), kim.here
    with office.tells("An arrow and Enter judge it; logged and taken with the next keys."):
        kim.presses("Down", "Return", "Ctrl Shift Return")
        assert "In progress" in kim.head
    with office.tells(
        "R, what was done, Ctrl Enter: the first ticket is resolved, and nobody was asked."
    ):
        kim.presses("R")
        kim.types("New ribbon")
        kim.presses("Ctrl Return")
        assert "Resolved" in kim.head
        console, sheets = "Console", ("Welcome", "New ticket", "Resolve CS0000001")
        assert kim.screens == [sheets[0], console, sheets[1], console, sheets[2], console]
        assert kim.keys <= 100
        assert office.passed < timedelta(minutes=1)
