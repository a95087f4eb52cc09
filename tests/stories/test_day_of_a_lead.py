"""A lead's day: who does what, what is disputed, who is unhappy, what became urgent by itself."""

from __future__ import annotations

import pytest

from tests.stories.office import FREIGHT, WINES, Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_D4_a_lead_allocates_what_came_in(office: Office) -> None:
    office.opens_with_clients()
    told = {"client": WINES, "contact": "Nell Abara", "contact_reach": "020 7946 0112"}
    number = office.has_a_ticket("Till is slow", details={"computer": "TILL-1"}, **told)
    mira = office.sits_down("mira")
    with office.tells(
        "A case came by mail: it is new, and has half an hour to be given to somebody."
    ):
        assert "new" in mira.row
        assert "allocate" in mira.clocks
    with office.tells("The lead gives it to whoever is there and has room."):
        mira.commands("assign")
        assert mira.sheet == f"Assign {number}"
        assert any(
            line.startswith("Tobias Lund, on shift until 17:00, 0 open") for line in mira.lines
        ), mira.lines
        mira.types("tob")
        assert "Assign to Tobias" in mira.words
        mira.presses("Ctrl Return")
    with office.tells("It is Tobias's, and the clock of the allocation is met."):
        assert "Tobias L." in mira.row
        assert "allocate met" in mira.clocks
    tobias = office.sits_down("tobias")
    with office.tells("Tobias finds it under My work."):
        tobias.presses("G", "M")
        assert tobias.view == "Queue, My work, 1"
        assert "Till is slow" in tobias.row


def test_B3_the_caller_disputes_the_priority_and_it_is_judged_again(office: Office) -> None:
    office.opens_with_clients()
    told = {"client": FREIGHT, "contact": "Wes Calder", "channel": "phone"}
    office.has_a_ticket("Label printer prints blank", held_by="mira", **told)
    mira = office.sits_down("mira")
    with office.tells("Wes was told P3, and says that a whole shift cannot send parcels."):
        assert "P3" in mira.row
        mira.commands("disputes the priority")
        assert mira.sheet == "P3 of CS0000001 is disputed"
        mira.types("Nobody in the night shift can send a parcel.")
        mira.presses("Ctrl Return")
        assert "Nobody in the night shift" in mira.told
    with office.tells("P judges it again, by impact and urgency, with a reason."):
        mira.presses("P")
        mira.presses("Up")
        assert mira.here.startswith("Several users, Work is hindered: P2"), mira.here
        mira.presses("Space")
        mira.writes("Reason", "A team is hindered.")
        mira.presses("Ctrl Return")
    with office.tells("It is a P2 now; both values and both reasons stay in the history."):
        assert mira.row.startswith("P2")
        assert "P3" in mira.told
        assert "A team is hindered." in mira.told


def test_D11_a_client_escalates_and_the_lead_sees_to_it(office: Office) -> None:
    office.opens_with_clients()
    told = {"client": WINES, "contact": "Nell Abara", "contact_reach": "020 7946 0112"}
    number = office.has_a_ticket(
        "Till is slow", held_by="tobias", details={"computer": "TILL-1"}, **told
    )
    tobias = office.sits_down("tobias")
    with office.tells("Nell is unhappy. Shift P takes her own escalation down, with a reference."):
        tobias.presses("Shift P")
        assert tobias.sheet == f"Nell Abara escalates {number}"
        assert "Service manager is told and gets a task." in tobias.words
        tobias.presses("3", "Tab")
        tobias.types("Third time this month.")
        tobias.presses("Ctrl Return")
        assert f"{number}-E1" in tobias.told
    mira = office.sits_down("mira")
    with office.tells("The lead's list has it; Enter opens the ticket, which is still Tobias's."):
        mira.presses("Ctrl T")
        assert any("Unhappy" in line and WINES in line for line in mira.lines), mira.lines
        mira.presses("Return")
        assert mira.sheet == ""
        assert number in mira.head
        assert "Tobias" in mira.head
    with office.tells("She calls Nell, and the task is done, with what came of it."):
        mira.commands("task done")
        mira.writes("What came of it", "Called her, a new till comes on Monday.")
        mira.presses("Ctrl Return")
        assert "Called her, a new till comes on Monday." in mira.told
        mira.presses("Ctrl T")
        assert "Nothing is left to see to." in mira.words


def test_B6_near_its_promise_a_ticket_is_raised_by_itself(office: Office) -> None:
    office.opens_with_clients()
    told = {"client": FREIGHT, "contact": "Wes Calder"}
    number = office.has_a_ticket("Label printer prints blank", **told)
    mira = office.sits_down("mira")
    with office.tells(
        "Nobody has answered Wes for three hours and a quarter of the four promised."
    ):
        office.lets_pass(hours=3, minutes=15)
        mira.waits_for(lambda: any("P2" in row for row in mira.rows))
        assert "now has priority P2, so that we keep our promise" in mira.told
    with office.tells("The history names the rule, and the strip has the ticket."):
        assert any("Response: 80 %" in entry for entry in mira.history), mira.history
        assert any(number in card for card in mira.warnings)
