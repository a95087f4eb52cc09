"""Short stories of what a team makes its own: a macro under a key, a view that is shared."""

from __future__ import annotations

import pytest

from tests.stories.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_was_done_once_is_a_macro_and_one_key_does_it_again(office: Office) -> None:
    office.opens_with_clients()
    first = office.has_a_ticket("Label printer prints blank")
    second = office.has_a_ticket("Label printer prints nothing")
    mira = office.sits_down("mira")
    with office.tells("Mira takes a ticket and tells the contact, as she does ten times a day."):
        mira.opens(first)
        mira.presses("Esc", "T", "M")
        mira.types(f"Hello Orla, {first} is with me now.")
        mira.presses("Ctrl Return", "Esc")
        assert f"Hello Orla, {first} is with me now." in mira.told
    with office.tells("What she did last becomes a macro: a name, and a key that is free."):
        mira.commands("make a macro of what I did last")
        mira.types("With me")
        mira.goes_to("Key")
        mira.presses("Alt 2")
        mira.presses("Ctrl Return")
        mira.waits_for(lambda: mira.sheet == "")
    with office.tells("On the next ticket the key shows every step before anything is done."):
        mira.opens(second)
        mira.presses("Esc", "Alt 2")
        assert mira.sheet == f"With me, on {second}"
        assert any(f"Hello Orla, {second} is with me now." in line for line in mira.lines)
        assert office.ticket(second).assignee == ""
    with office.tells("Ctrl Enter does them all, and one Ctrl Z takes all of them back."):
        mira.presses("Ctrl Return")
        mira.waits_for(lambda: office.ticket(second).assignee == "mira")
        assert f"2 steps on {second}" in mira.foot
        mira.presses("Ctrl Z")
        mira.waits_for(lambda: office.ticket(second).assignee == "")


def test_A3_a_P1_can_be_acknowledged_and_not_put_off(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket(
        "Whole school offline", held_by="mira", impact=1, urgency=1, channel="phone"
    )
    mira = office.sits_down("mira")
    with office.tells("The P1 nears its promise: the strip says so, and offers no snooze."):
        office.lets_pass(minutes=50)
        mira.waits_for(lambda: any(number in card for card in mira.warnings))
        mira.presses("F8")
    with office.tells("S on it acknowledges: no sheet asks for how long it may be quiet."):
        mira.presses("S")
        assert mira.sheet == ""
        mira.waits_for(lambda: "acknowledged" in mira.told.casefold())
    with office.tells("It stays in the strip until somebody has done what it asks."):
        office.lets_pass(minutes=1)
        assert any(number in card for card in mira.warnings)


def test_a_view_that_a_lead_shares_is_found_by_a_colleague(office: Office) -> None:
    office.opens_with_clients()
    office.has_a_ticket("Label printer prints blank")
    office.has_a_ticket("Door stays locked")
    priya = office.sits_down("priya")
    with office.tells("Priya filters for printers and keeps that as a view."):
        priya.presses("/")
        priya.types("printer")
        priya.presses("Return")
        priya.commands("save this view")
        priya.types("Printers")
        priya.presses("Ctrl Return")
        priya.waits_for(lambda: priya.sheet == "")
        assert priya.view == "Queue, Printers, 1"
    with office.tells("Among the saved views she shares it with everybody."):
        priya.commands("saved views")
        priya.goes_to("Everybody at the desk")
        priya.presses("Space", "Ctrl Return", "Esc")
    with office.tells("Tobias finds it by its name, and sees the same tickets."):
        tobias = office.sits_down("tobias")
        tobias.presses("Ctrl K")
        tobias.types("Printers")
        tobias.presses("Return")
        tobias.waits_for(lambda: tobias.view == "Queue, Printers, 1")
        assert "Label printer prints blank" in tobias.rows[0]
