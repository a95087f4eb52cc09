"""A first-line technician's day under the round-the-clock contract (`tiered`, B)."""

from __future__ import annotations

import pytest

from tests.stories.office import FREIGHT, Office
from tests.stories.technician import Technician

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def mira(office: Office) -> Technician:
    """With Wes on the phone and his ticket in work, seconds ago."""
    office.opens_with_clients()
    mira = office.sits_down("mira")
    mira.presses("Ctrl N")
    mira.types("quill")
    mira.presses("Tab")
    mira.types("wes")
    mira.presses("Tab")
    mira.writes("Subject", "Scanner loses the network")
    mira.presses("Tab", "Tab", "Down", "Space", "Ctrl Shift Return")
    assert mira.timer == "Work timer"
    mira.pressed.clear()
    return mira


def test_B4_half_an_hour_of_work_asks_and_a_reason_keeps_the_ticket(
    office: Office, mira: Technician
) -> None:
    with office.tells("First line begins with a plan: the ticket says so until there is one."):
        assert "1st line begins with a written plan" in mira.bands
        mira.presses("N")
        mira.types("Check the access point, then the profile.")
        mira.goes_to("Resolution plan")
        mira.presses("Space", "Ctrl Return", "Esc")
        assert "Mira plan: Check the access point" in mira.told
        assert mira.bands == ""
    with office.tells("After 24 of 30 minutes of work the rule asks whether it stays with her."):
        office.works(mira, minutes=25)
        assert "asks whether it stays: Line limit: 80 %" in mira.history[-1]
        assert "a rule asks" in mira.warnings[0]
    with office.tells("F8, Enter: three answers. She is nearly there, and says so."):
        mira.presses("F8", "Return")
        assert mira.menu == ["Resolve", "Escalate", "Stay…"]
        mira.presses("Down", "Down", "Return")
        assert mira.sheet == "Stay on CS0000001"
        mira.types("Found the access point, it restarts.")
        mira.presses("Ctrl Return")
        assert not any("a rule asks" in card for card in mira.warnings)
    with office.tells("The half hour is over: it is still hers, and her reason is in the history."):
        office.works(mira, minutes=7)
        assert mira.head.endswith("Mira Okonedo")
        assert "Found the access point, it restarts." in mira.told


def test_B4_C11_unanswered_it_goes_to_second_line_by_itself_and_the_contact_is_told(
    office: Office, mira: Technician
) -> None:
    with office.tells("Mira works on, and answers nothing; after 30 minutes it goes on by itself."):
        office.works(mira, minutes=31)
        assert mira.head.endswith("Nobody")
        assert "2nd line, nobody" in mira.row
        assert mira.timer == ""
    with office.tells("The history names the rule and what she worked, and Wes has a message."):
        assert "escalated it to 2nd line: Line limit: 30 minutes of work used" in mira.told
        assert "to Wes Calder, e-mail: Hello Wes, CS0000001 now goes to our 2nd line" in mira.told


def test_B4_the_timer_asks_what_an_absence_was_for(office: Office, mira: Technician) -> None:
    with office.tells("Mira is called away with her timer running. When she is back it asks."):
        office.lets_pass(minutes=20)
        mira.touches()
        mira.waits_for(lambda: mira.sheet.startswith("Were you working on CS0000001 since 10:42"))
    with office.tells("Ten minutes of it she was on the phone for Wes: only they count."):
        mira.presses("3")
        mira.writes("So much of it was work", "10m")
        mira.presses("Ctrl Return")
        assert mira.sheet == ""
        mira.presses("B")
        assert mira.timer == ""
        assert any("Mira worked 10:" in entry for entry in mira.history), mira.history


def test_B11_B12_B13_it_closes_by_the_word_of_the_contact_comes_back_and_ends_badly(
    office: Office, mira: Technician
) -> None:
    with office.tells("The access point has a new power supply: R, and Wes is asked if it works."):
        mira.presses("R")
        mira.types("New power supply for the access point.")
        mira.presses("Ctrl Return")
        assert "Please tell us if it does." in mira.told
    with office.tells("Closing wants to know who said so; nobody's word is filled in for them."):
        mira.commands("close")
        assert "Still needed: who confirmed." in mira.words
        mira.types("Wes Calder")
        mira.presses("Ctrl Return")
        assert ", Closed" in mira.head
    with office.tells("A week later it is back: re-opened, with the clock where it had stood."):
        office.lets_pass(days=7)
        mira.commands("re-open")
        mira.types("It restarts again.")
        mira.presses("Ctrl Return")
        assert "re-opened" in mira.told
        assert "response met" in mira.clocks
    with office.tells(
        "Mended for good and closed; Wes answers the survey: poor. A lead gets a task."
    ):
        mira.presses("R")
        mira.types("New access point.")
        mira.presses("Ctrl Return")
        mira.commands("close")
        mira.types("Wes Calder")
        mira.presses("Ctrl Return", "Shift F", "1")
        assert "Team lead is told and gets a task." in mira.words
        mira.presses("Tab")
        mira.types("Twice in a week.")
        mira.presses("Ctrl Return")
        assert 'Wes answered "Poor"' in mira.told
    with office.tells("Ctrl T is the list of what leads have to see to."):
        mira.presses("Ctrl T")
        assert any("Feedback: Poor" in line and FREIGHT in line for line in mira.lines)
