"""Short stories of the console itself: keys only, how it looks, what comes in, a first start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.office import Office
from tierline.sync.hubs import keeping

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CSV = """number,short_description,company,opened_at,state,priority
INC0000001,Printer on fire,Marrowby Foods,2026-11-02 09:00:00,New,2 - High
INC0000002,Mail is slow,Marrowby Foods,2026-11-02 10:00:00,New,3 - Moderate
"""


def test_F6_goes_round_the_window_and_every_pane_works_by_keys(office: Office) -> None:
    office.opens_with_clients()
    office.has_a_ticket("Board has no sound", held_by="mira")
    office.has_a_ticket("Laptop does not charge")
    mira = office.sits_down("mira")
    with office.tells("Mira has no mouse today. F6 goes from pane to pane, in reading order."):
        seen = [mira.pane]
        while len(seen) < 7:
            mira.presses("F6")
            seen.append(mira.pane)
        assert seen == ["Queue", "Ticket", "Composer", "Warnings", "Status", "Views", "Queue"]
    with office.tells("In the views an arrow and Enter show another list."):
        mira.presses("Shift F6", "Home", "Return")
        assert mira.view.startswith("Queue, My work, 1"), mira.view
    with office.tells("In the ticket the letters act, and Esc leads back to the same row."):
        mira.presses("F6", "Return")
        assert mira.pane == "Ticket"
        mira.presses("B")
        assert mira.timer == "Work timer"
        mira.presses("Esc")
        assert mira.pane == "Queue"
    with office.tells("The question mark lists all keys; there is nothing to learn by heart."):
        mira.presses("?")
        assert mira.sheet == "All keys"
        assert any("Take and start the timer" in line for line in mira.lines), mira.lines
        mira.presses("Esc")


def test_light_dark_and_larger_text_are_chosen_by_keys_and_kept(office: Office) -> None:
    office.opens_with_clients()
    office.has_a_ticket("Board has no sound", held_by="mira")
    mira = office.sits_down("mira")
    with office.tells("Ctrl and comma open the settings; dark is in force at once."):
        mira.presses("Ctrl ,")
        assert mira.sheet == "Settings"
        mira.presses("3")
        assert mira.look == ("dark", 100)
    with office.tells("The text at 150 %: the ticket opens over the list, and nothing is cut."):
        mira.goes_to("Text size")
        mira.presses("Home", "Down", "Down", "Down")
        mira.presses("Esc")
        assert mira.look == ("dark", 150)
        mira.presses("Return")
        assert "Board has no sound" in mira.head
    again = office.sits_down("mira")
    with office.tells("At her next start it looks the same."):
        assert again.look == ("dark", 150)
        again.presses("Ctrl ,")
        again.presses("2")
        again.goes_to("Text size")
        again.presses("Home")
        again.presses("Esc")
        assert again.look == ("light", 100)


def test_tickets_of_another_tool_come_in_after_they_were_looked_at(
    office: Office, tmp_path: Path
) -> None:
    office.opens_with_clients()
    file = tmp_path / "incidents.csv"
    file.write_text(CSV, encoding="utf-8")
    mira = office.sits_down("mira")
    with office.tells("An export of the old tool: a try first, which changes nothing."):
        mira.commands("import")
        assert mira.sheet == "Import tickets"
        mira.presses("Space")
        mira.pastes(str(file))
        mira.presses("Return")
        assert "incidents.csv" in mira.words
        mira.goes_to("Look first")
        mira.presses("Space")
        mira.waits_for(lambda: "2 rows read, 2 tickets: 2 would be made" in mira.words)
        assert mira.rows == []
    with office.tells("Then in earnest: both are in the list, with their own numbers."):
        mira.presses("Ctrl Return")
        mira.waits_for(lambda: len(mira.rows) == 2)
        assert any("INC0000001" in row for row in mira.rows)


def test_a_new_colleague_joins_the_shared_desk_on_the_first_page(
    office: Office, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'hub.sqlite'}"
    keeping.create(url, login="kim")
    kim = office.newcomer()
    with office.tells("Kim has an address from her lead: 3, where it is, and who she is there."):
        kim.presses("3")
        kim.goes_to("Address")
        kim.types(url)
        kim.writes("Login", "kim")
    with office.tells("Enter, and the console is there, on the shared desk, and in sync."):
        kim.presses("Return")
        kim.waits_for(lambda: kim.arrived)
        kim.turns_to_the_console()
        kim.waits_for(lambda: "hub.sqlite as kim" in kim.status)
