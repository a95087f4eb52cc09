"""Short stories of the list: search, filter, views, undo, several at once, the held order."""

from __future__ import annotations

import pytest

from tests.stories.office import DENTAL, Office
from tests.stories.technician import Technician

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def mira(office: Office) -> Technician:
    """At a desk with six tickets that nobody holds."""
    office.opens_with_clients()
    for subject in ("Board has no sound", "Laptop does not charge", "Slow sign-in, front office"):
        office.has_a_ticket(subject)
    told = {"client": DENTAL, "contact": "Joy Maddern"}
    office.has_a_ticket("Label printer prints blank", **told)
    office.has_a_ticket("Scanner cannot reach the folder", urgency=1, **told)
    office.has_a_ticket("Scanner asks for a new lid", urgency=3, **told)
    return office.sits_down("mira")


def test_the_top_of_unassigned_is_taken_and_the_list_does_not_move(
    office: Office, mira: Technician
) -> None:
    with office.tells("Mira goes to Unassigned; the most urgent ticket stands first."):
        mira.presses("G", "U")
        assert mira.view == "Queue, Unassigned, 6"
        assert mira.row == mira.rows[0]
        before = mira.rows
    with office.tells("T takes it; its row stays where it was, and says whose it is."):
        mira.presses("T")
        assert mira.foot.startswith("Taken CS")
        assert "Mira O." in mira.rows[0]
        assert mira.rows[1:] == before[1:]
        assert mira.held == "Order held: 1 gone"
    with office.tells("The full stop lets the list put itself in order."):
        mira.presses(".")
        assert mira.view == "Queue, Unassigned, 5"
        assert mira.held == ""


def test_a_slash_finds_words_in_the_list_and_Esc_brings_the_rest_back(
    office: Office, mira: Technician
) -> None:
    with office.tells("A slash, a word: only the tickets that have it are left."):
        mira.presses("/")
        mira.types("scanner")
        mira.presses("Return")
        assert [row.split(", ")[2] for row in mira.rows] == [
            "Scanner cannot reach the folder",
            "Scanner asks for a new lid",
        ]
        assert mira.pane == "Queue"
    with office.tells("A word that no ticket has: the list says how to see them all again."):
        mira.presses("/", "Ctrl A")
        mira.types("zebra")
        mira.presses("Return")
        assert mira.rows == []
        assert mira.empty_list == "No ticket matches. Clear filter (Esc)."
    with office.tells("Esc, and all six are there."):
        mira.presses("Esc")
        assert len(mira.rows) == 6


def test_a_filter_is_kept_as_a_view_and_found_again(office: Office, mira: Technician) -> None:
    with office.tells("Mira filters what the dentists have open."):
        mira.presses("/")
        mira.types("client:Brackenfold")
        mira.presses("Return")
        assert len(mira.rows) == 3
    with office.tells("She keeps it as a view of its own; it gets a name."):
        mira.commands("save this view")
        assert mira.sheet == "Save this view"
        mira.types("Dentists")
        mira.presses("Ctrl Return")
        assert mira.sheet == ""
        assert mira.view == "Queue, Dentists, 3"
    with office.tells("Later the palette finds it by its name."):
        mira.presses("G", "A")
        assert len(mira.rows) == 6
        mira.presses("Ctrl K")
        mira.types("dent")
        assert any(line.startswith("Dentists") for line in mira.lines)
        while not mira.offered.startswith("Dentists"):
            mira.presses("Down")
        mira.presses("Return")
        assert mira.view == "Queue, Dentists, 3"


def test_what_was_done_by_mistake_is_taken_back(office: Office, mira: Technician) -> None:
    with office.tells("Mira takes a ticket she did not mean: the line below the list offers undo."):
        mira.presses("T")
        assert mira.foot.startswith("Taken CS")
        assert "Mira" in mira.head
    with office.tells("Ctrl Z: it is nobody's again, and the timer that had started is gone."):
        mira.presses("Ctrl Z")
        assert "Nobody" in mira.head
        assert mira.timer == ""
    with office.tells("After ten seconds there is nothing to take back, and that is said."):
        mira.presses("T")
        office.lets_pass(seconds=11)
        assert mira.foot == "keys"
        mira.presses("Ctrl Z")
        assert "nothing to undo" in mira.foot
        assert "Mira" in mira.head


def test_one_key_acts_on_all_that_are_selected(office: Office, mira: Technician) -> None:
    with office.tells("Mira selects three rows with Shift and the arrow."):
        mira.presses("Shift Down", "Shift Down")
    with office.tells("One T takes all three, and one line says so."):
        mira.presses("T")
        assert mira.foot == "Taken 3 tickets."
        assert sum("Mira O." in row for row in mira.rows) == 3
    with office.tells("One Ctrl Z gives all three back."):
        mira.presses("Ctrl Z")
        assert not any("Mira O." in row for row in mira.rows)


def test_a_new_ticket_waits_while_somebody_looks_at_the_list(
    office: Office, mira: Technician
) -> None:
    with office.tells("Mira is on the third row when a new ticket comes in: nothing jumps."):
        mira.presses("Down", "Down")
        before = mira.rows
        office.has_a_ticket("Whole school offline", impact=1, urgency=1, channel="portal")
        mira.waits_for(lambda: bool(mira.held))
        assert mira.rows == before
        assert mira.held == "Order held: 1 new"
    with office.tells("When its answer gets close the strip below has it: it cannot hide."):
        office.lets_pass(minutes=13)
        mira.waits_for(lambda: bool(mira.warnings))
        assert any("response" in card and "Kestrelbrook" in card for card in mira.warnings)
        assert mira.held == "Order held: 1 new"
    with office.tells("The full stop lets it in at the top; the row Mira was on is still hers."):
        mira.presses(".")
        assert "Whole school offline" in mira.rows[0]
        assert "Slow sign-in, front office" in mira.row
        assert "Slow sign-in, front office" in mira.head
