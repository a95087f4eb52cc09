"""First line cannot mend it from its desk: it goes to second line, who takes it on at another."""

from __future__ import annotations

import pytest

from tests.stories.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_C5_C11_first_line_hands_over_and_second_line_takes_it_on(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket("Board in room 12 has no sound", held_by="mira")
    mira, priya = office.sits_down("mira"), office.sits_down("priya")
    with office.tells("Mira notes what she tried."):
        mira.presses("N")
        mira.types("Cable and driver checked with the teacher.")
        mira.presses("Ctrl Return", "Esc")
        assert "Cable and driver checked" in mira.history[-1]
    with office.tells("It needs someone on site: E asks for a reason of the policy and a note."):
        mira.presses("E")
        assert mira.sheet == f"Escalate {number} to 2nd line"
        assert "Still needed: a reason, one sentence." in mira.words
        mira.presses("1", "Tab")
        assert mira.here.startswith("To")
        mira.presses("End")
        mira.writes("Hand-over note", " Silent with two laptops, needs someone on site.")
        assert "Still needed" not in mira.words
    with office.tells("Ctrl Enter hands it over, and Orla has been told."):
        mira.presses("Ctrl Return")
        assert mira.sheet == ""
        assert "Nobody" in mira.head
        assert "to Orla Fennick, e-mail" in mira.told
    with office.tells("At another desk Priya opens it and reads why it came and what was tried."):
        priya.waits_for(lambda: any("2nd line, nobody" in row for row in priya.rows))
        priya.opens(number)
        told = next(entry for entry in priya.history if "escalated it to 2nd line" in entry)
        assert "Cannot be resolved remotely" in told
        assert "Last tried: Cable and driver checked with the teacher. Silent with two" in told
    with office.tells("T makes it hers, and the limit of her line runs."):
        priya.presses("T")
        assert priya.foot == f"Taken {number}."
        ticket = office.ticket(number)
        assert (ticket.tier, ticket.assignee, ticket.timer_by) == (2, "priya", "priya")
        assert "line limit due" in priya.clocks
    with office.tells("Mira sees who has it now."):
        mira.turns_to_the_console()
        mira.waits_for(lambda: "In progress" in mira.head and "Priya" in mira.head)
        assert "2nd line, Priya R." in mira.rows[0]
