"""Short stories of what asks for attention: warnings, snooze, why this deadline, what is typed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.stories.office import DENTAL, Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_warning_is_snoozed_and_comes_back_by_itself(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket("Label printer prints blank", held_by="mira")
    mira = office.sits_down("mira")
    with office.tells("Three hours and a half later the strip warns: the answer is soon due."):
        office.lets_pass(hours=3, minutes=30)
        mira.waits_for(lambda: bool(mira.warnings))
        (card,) = mira.warnings
        assert number in card
        assert "response" in card
    with office.tells("F8 goes to the warning; S asks for how long it may be quiet."):
        mira.presses("F8")
        assert mira.pane == "Warnings"
        mira.presses("S")
        assert mira.sheet == f"Snooze response of {number}"
        assert "It comes back by itself." in mira.words
    with office.tells("Fifteen minutes, and why: her lead sees the reason. The strip is calm."):
        mira.presses("2", "Tab")
        mira.types("On the phone with the supplier")
        mira.presses("Ctrl Return")
        mira.waits_for(lambda: not mira.warnings)
    with office.tells("After that it is back by itself."):
        office.lets_pass(minutes=16)
        mira.waits_for(lambda: bool(mira.warnings))
        assert number in mira.warnings[0]
    with office.tells("Enter on it runs its act: the message that meets the promise."):
        mira.presses("F8", "Return")
        assert mira.here == "Message to the contact"
        mira.types("Hello Orla, a new ribbon is on its way.")
        mira.presses("Ctrl Return")
        mira.waits_for(lambda: not mira.warnings)
        assert "response met" in mira.clocks


def test_Y_explains_a_deadline_to_the_minute_and_copies_the_sum(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket("Label printer prints blank", held_by="mira")
    office.lets_pass(hours=2)
    office.types_a_command("mira", "wait", number, "waiting-client", "--reason", "Which printer?")
    office.lets_pass(hours=1)
    office.types_a_command("mira", "receive", number, "The one at the desk.")
    mira = office.sits_down("mira")
    with office.tells("The ticket waited for an hour; Mira asks Y why it is due when it is due."):
        mira.presses("Y")
        assert mira.sheet.startswith("Why")
    with office.tells("For the fix the sheet has the sum: worked, waited, and what is left."):
        mira.goes_to("Response")
        mira.presses("Right")
        assert "Why is the fix due" in mira.words
        assert any("paused" in line.lower() for line in mira.lines), mira.lines
    with office.tells("Every figure can be copied as text."):
        mira.presses("Ctrl C")
        assert number in QApplication.clipboard().text()


def test_what_was_typed_is_there_after_the_power_failed(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket("Label printer prints blank", held_by="mira")
    mira = office.sits_down("mira")
    with office.tells("Mira is in the middle of a message; the composer says that it is kept."):
        mira.presses("M")
        mira.types("Hello Orla, please switch it off and")
        mira.waits_for(lambda: mira.saved.startswith("Draft saved"))
    with office.tells("The power fails. When it is back, the half sentence is where it was."):
        again = office.loses_power(mira)
        assert number in again.head
        again.presses("M")
        assert again.written == "Hello Orla, please switch it off and"
    with office.tells("She goes on from there, and sends it."):
        again.types(" on again.")
        again.presses("Ctrl Return")
        assert "switch it off and on again." in again.told


def test_the_palette_says_why_something_cannot_be_done_now(office: Office) -> None:
    office.opens_with_clients()
    office.has_a_ticket("Label printer prints blank", client=DENTAL, contact="Joy Maddern")
    mira = office.sits_down("mira")
    with office.tells("Ctrl K finds acts by a few letters, with the key that does them next time."):
        mira.presses("Ctrl K")
        mira.types("esc")
        assert mira.offered.startswith("Escalate to 2nd line")
        assert ", E" in mira.offered
    with office.tells("What cannot be done stands last, and says why."):
        mira.presses("Ctrl A")
        mira.types(">close")
        assert any("Close" in line and "resolved" in line for line in mira.lines)
    with office.tells("A number goes straight to its ticket."):
        mira.presses("Esc")
        mira.opens("CS0000001")
        assert "Label printer" in mira.head
