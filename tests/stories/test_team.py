"""Short stories of a team: the same reported twice, and a shift that ends."""

from __future__ import annotations

import pytest

from tests.stories.office import Office

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_was_reported_twice_becomes_one_ticket_and_the_contact_is_told(
    office: Office,
) -> None:
    office.opens_with_clients()
    first = office.has_a_ticket("Board in room 12 has no sound", held_by="mira")
    second = office.has_a_ticket("No sound from the board, room 12")
    mira = office.sits_down("mira")
    with office.tells(
        "A second mail about the same board: Shift M suggests what it is the same as."
    ):
        mira.opens(second)
        mira.presses("Shift M")
        assert f"Merge {second}" in mira.sheet
        assert "Board in room 12 has no sound" in mira.offered
        assert "This cannot be undone." in mira.words
        assert f"Merge into {first}" in mira.words
    with office.tells("Ctrl Enter: the second ends, and Orla hears which number goes on."):
        mira.presses("Ctrl Return")
        assert mira.sheet == ""
        assert f"merged it into {first}" in mira.told
        assert f"{first} is the number to ask for" in mira.told
    with office.tells("The first has all of it, with the number it was written under."):
        mira.opens(first)
        assert f"merged {second} into it" in mira.told
        assert f"on {second}" in mira.told


def test_B2_a_shift_ends_and_what_is_open_goes_on_with_a_note(office: Office) -> None:
    office.opens_with_clients()
    number = office.has_a_ticket("Board in room 12 has no sound", held_by="mira")
    mira, tobias = office.sits_down("mira"), office.sits_down("tobias")
    with office.tells("Mira goes home. One sheet has everything she still holds."):
        mira.presses("Ctrl Shift H")
        assert mira.sheet == "Hand over what you hold"
        assert any(number in line for line in mira.lines)
    with office.tells("What was done and what comes next, and who goes on with it."):
        mira.writes("Note on", "New cable is ordered, comes at five.")
        mira.goes_to("To")
        mira.presses("4")
        assert "Still needed" not in mira.words
        mira.presses("Ctrl Return")
        mira.presses("Esc")
        assert "New cable is ordered, comes at five." in mira.told
        assert "Tobias" in mira.head
    with office.tells("Tobias has it under Ctrl M, with her note, before he looks for anything."):
        tobias.waits_for(lambda: any("Tobias L." in row for row in tobias.rows))
        tobias.presses("Ctrl M")
        assert any("New cable is ordered" in line for line in tobias.lines), tobias.lines
        tobias.presses("Return")
        assert number in tobias.head
