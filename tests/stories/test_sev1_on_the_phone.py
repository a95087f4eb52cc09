"""A whole clinic is down and somebody is on the phone: two fields, one hand, details later."""

from __future__ import annotations

import pytest

from tests.stories.office import Office
from tests.stories.technician import Technician

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_A3_a_sev_1_is_logged_in_two_fields_while_the_caller_speaks(office: Office) -> None:
    office.opens_with_two_clients()
    office.has_a_ticket("Label printer prints blank", held_by="mira")
    mira = office.sits_down("mira")
    the_call_comes_while_a_note_is_written(mira)
    two_fields_log_it(mira)
    it_is_hers_and_its_clock_runs(mira, office)
    what_is_missing_stands_on_it_and_holds_nobody_up(mira)
    the_note_of_before_is_still_there(mira)


def the_call_comes_while_a_note_is_written(mira: Technician) -> None:
    mira.presses("N")
    mira.types("Ribbon ordered")
    mira.presses("F9")
    assert mira.sheet == "SEV 1 quick log"


def two_fields_log_it(mira: Technician) -> None:
    before = mira.keys
    mira.types("brack")
    mira.presses("Tab")
    mira.types("jo")
    assert "Jonas Petrie" in mira.offered
    assert "Call and Response met by this call, Fix clock 4h 00m starts" in mira.promises
    mira.presses("Return")
    assert mira.sheet == ""
    assert mira.keys - before == 9


def it_is_hers_and_its_clock_runs(mira: Technician, office: Office) -> None:
    ticket = office.ticket("CS0000002")
    assert (ticket.client, ticket.contact) == ("Brackenfold Dental", "Jonas Petrie")
    assert (ticket.priority, ticket.assignee, ticket.timer_by) == (1, "mira", "mira")
    assert mira.head.startswith("P1 Critical, CS0000002")
    assert "fix due in 4 hours" in mira.clocks
    assert mira.timer == "Work timer"
    mira.presses("Esc", ".")
    (row,) = (row for row in mira.rows if row.startswith("P1, CS0000002"))
    assert "in progress" in row


def what_is_missing_stands_on_it_and_holds_nobody_up(mira: Technician) -> None:
    assert mira.bands.startswith("Still missing: What is down, since when")
    mira.presses("N")
    mira.types("Switch in the cellar has no power.")
    mira.presses("Ctrl Return", "Esc", "R")
    assert mira.sheet == "Resolve CS0000002"
    mira.presses("Esc")


def the_note_of_before_is_still_there(mira: Technician) -> None:
    mira.presses("G", "M", "Home", "N")
    assert mira.written == "Ribbon ordered"
