"""A whole clinic is down and somebody is on the phone: two fields, one hand, details later."""

from __future__ import annotations

import pytest

from tests.stories.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_A3_a_SEV_1_is_logged_in_two_fields_while_the_caller_speaks(office: Office) -> None:
    office.opens_with_clients()
    office.has_a_ticket("Label printer prints blank", held_by="mira")
    mira = office.sits_down("mira")
    with office.tells("The phone rings while Mira writes a note: F9 opens the quick log at once."):
        mira.presses("N")
        mira.types("Ribbon ordered")
        mira.presses("F9")
        assert mira.sheet == "SEV 1 quick log"
    with office.tells("A few letters find client and caller; what happens at once stands below."):
        before = mira.keys
        mira.types("brack")
        mira.presses("Tab")
        mira.types("jo")
        assert "Jonas Petrie" in mira.offered
        assert "Call and Response met by this call, Fix clock 4h 00m starts" in mira.promises
    with office.tells("Enter logs it: nine keys, it is hers, and four hours run."):
        mira.presses("Return")
        assert mira.sheet == ""
        assert mira.keys - before == 9
        ticket = office.ticket("CS0000002")
        assert (ticket.client, ticket.contact) == ("Brackenfold Dental", "Jonas Petrie")
        assert (ticket.priority, ticket.assignee, ticket.timer_by) == (1, "mira", "mira")
        assert mira.head.startswith("P1 Critical, CS0000002")
        assert "fix due in 4 hours" in mira.clocks
        assert mira.timer == "Work timer"
    with office.tells("The list has it; what is missing stands on the ticket and holds nobody up."):
        mira.presses("Esc", ".")
        (row,) = (row for row in mira.rows if row.startswith("P1, CS0000002"))
        assert "in progress" in row
        assert mira.bands.startswith("Still missing: What is down, since when")
        mira.presses("N")
        mira.types("Switch in the cellar has no power.")
        mira.presses("Ctrl Return", "Esc", "R")
        assert mira.sheet == "Resolve CS0000002"
        mira.presses("Esc")
    with office.tells("And the note she was writing before the call is still there."):
        mira.presses("G", "M", "Home", "N")
        assert mira.written == "Ribbon ordered"
