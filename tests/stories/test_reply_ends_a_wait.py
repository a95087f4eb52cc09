"""The ticket waits for its contact; they answer, the clock goes on, and the technician replies."""

from __future__ import annotations

import pytest

from tests.stories.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_D6_a_reply_ends_the_wait_and_is_answered(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket("Printer gateway is silent", held_by="mira")
    mira = office.sits_down("mira")
    with office.tells("Mira asks Orla which room it is, and lets the ticket wait for her."):
        mira.presses("M")
        mira.types("Hello Orla, which room is it?")
        mira.presses("Ctrl Return", "Esc", "W", "2", "Tab")
        mira.types("Which room")
        mira.presses("Ctrl Return")
        assert "Waiting" in mira.head
        assert "fix paused" in mira.clocks
    with office.tells("Orla answers after 40 minutes: the row says so and the clock goes on."):
        office.lets_pass(minutes=40)
        office.types_a_command("tobias", "receive", number, "It is room 12, all laptops.")
        mira.waits_for(lambda: "In progress" in mira.head)
        assert any("Orla" in entry and "room 12, all laptops" in entry for entry in mira.history)
        assert "replied" in mira.row
        assert "fix due" in mira.clocks
    with office.tells("Mira replies, and the mark on the row goes."):
        mira.presses("M")
        mira.types("Thank you Orla, we come at noon.")
        mira.presses("Ctrl Return", "Esc")
        assert "we come at noon" in mira.told
        assert "replied" not in mira.row
    with office.tells("Y shows that the deadline left the wait out."):
        mira.presses("Y")
        assert mira.sheet.startswith("Why")
        assert "paused" in office.types_a_command("mira", "why", number, "--clock", "fix").lower()
