"""A first-line technician's cases from the call to long after the end, under one contract.

It is `service-definition` (D): what it asks for, what it does by itself, what it promises.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.stories.office import Office
from tests.stories.technician import Technician

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MORNING = datetime(2026, 11, 4, 10, 42, 8, tzinfo=UTC)  # a Wednesday in London


@pytest.fixture
def mira(office: Office) -> Technician:
    """At an empty desk, in the morning."""
    office.clock.now = MORNING
    office.opens_with_clients()
    return office.sits_down("mira")


def test_D2_D5_a_call_is_logged_taken_and_helped_at_once(office: Office, mira: Technician) -> None:
    with office.tells("Nell calls. Ctrl N, a few letters each, and client and contact are there."):
        mira.presses("Ctrl N")
        mira.types("tamsin")
        assert mira.offered == "Tamsin Vale Wines, service-definition v1"
        mira.presses("Tab")
        mira.types("nell")
        assert mira.offered == "Nell Abara, 020 7946 0112"
        mira.presses("Tab")
        assert "Still needed: the subject, the description, computer name" in mira.words
    with office.tells("The contract wants an error message and the computer's name: asked for."):
        mira.writes("Subject", "Cannot log in to the till")
        mira.writes("Description", "Error 0x80070520 since this morning.")
        mira.writes("Computer name", "TILL-03")
        assert "Still needed: impact and urgency" in mira.words
    with office.tells("One user, work has stopped: the table makes it a P2."):
        mira.presses("Tab", "Down", "Left")
        assert mira.here == "One user, Work has stopped: P2"
        mira.presses("Space")
        assert "Still needed" not in mira.words
    with office.tells(
        "Logged and taken in one: the call was the response, eight hours for the fix."
    ):
        mira.presses("Ctrl Shift Return")
        assert mira.head == (
            "P2 High, CS0000001, Cannot log in to the till, In progress, by phone, Mira Okonedo"
        )
        assert "response met" in mira.clocks
        assert "allocate met" in mira.clocks
        assert "fix due in 8 hours" in mira.clocks
        assert mira.timer == "Work timer"
    with office.tells("Before she looks at Nell's screen she asks, in the words of the contract."):
        mira.commands("consent")
        assert mira.sheet == "Nell Abara agrees"
        mira.presses("Return")
        assert "May we see and control your screen for this case?" in mira.told
    with office.tells("The profile was damaged. Resolved while Nell is on the phone."):
        mira.presses("R")
        mira.types("Made the profile anew.")
        mira.goes_to("Resolved on first contact")
        mira.presses("Space", "Ctrl Return")
        assert "fix met" in mira.clocks
        assert "Steps taken: Made the profile anew. Re-open within 5 days." in mira.told


def test_D6_D8_a_case_waits_is_followed_up_and_answered_after_its_end(
    office: Office, mira: Technician
) -> None:
    number = office.has_a_ticket(
        "Mailbox is full",
        held_by="mira",
        client="Tamsin Vale Wines",
        contact="Nell Abara",
        details={"computer": "OFFICE-1"},
        contact_reach="020 7946 0112",
    )
    mira.waits_for(lambda: bool(mira.rows))
    with office.tells("Mira needs an answer of Nell's, and lets the case wait for her."):
        mira.opens(number)
        mira.presses("W")
        assert any("customer, stops response, fix" in line for line in mira.lines), mira.lines
        mira.presses("2", "Tab")
        mira.types("Which folders may go?")
        mira.presses("Ctrl Return")
        assert "fix paused" in mira.clocks
    with office.tells("Two days go by: the desk has reminded Nell by itself, once each day."):
        office.lets_pass(days=1)
        office.lets_pass(days=1)
        reminders = [entry for entry in mira.history if "we need an answer: Which fol" in entry]
        assert len(reminders) == 2, mira.history
    with office.tells("She answers. Shift R takes it down, and the work goes on."):
        mira.presses("Shift R")
        mira.types("All before 2020.")
        mira.presses("Ctrl Return")
        assert "In progress" in mira.head
        assert "fix due" in mira.clocks
    with office.tells("R: what was done goes to Nell, and she is asked how we did."):
        mira.presses("R")
        mira.types("Archived 2019 and before.")
        mira.presses("Ctrl Return")
        assert "Re-open within 5 days." in mira.told
        assert "How did we do?" in mira.told
    with office.tells("Nobody re-opens it for five days: it is closed by itself."):
        office.lets_pass(days=5, minutes=2)
        assert "Closed, Not re-opened within 5 days" in mira.head
    with office.tells("A week later Nell answers the old mail: that logs a new case."):
        office.lets_pass(days=7)
        mira.presses("Shift R")
        mira.types("It is full again.")
        assert "Log a new ticket" in mira.words
        mira.presses("Ctrl Return")
        assert "CS0000002" in mira.head
    with office.tells("The new case names the old one, and Nell was told."):
        assert number in mira.told
        assert "new case" in office.types_a_command("mira", "show", number)
