"""An engineer's day: a visit to a basement, hours without a network, a conflict on the return."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.shared_desks import SharedDesks
from tests.stories.office import Office
from tests.stories.shared_office import SharedOffice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SCANNERS = "Warehouse scanners cannot reach dispatch"


@pytest.fixture
def shared(office: Office, tmp_path: Path) -> SharedOffice:
    """A shared desk."""
    return SharedOffice(office, SharedDesks(tmp_path))


def test_B8_a_visit_is_worked_without_a_network_and_all_of_it_arrives(
    office: Office, shared: SharedOffice
) -> None:
    shared.prepares("ravi")
    number = shared.has_a_ticket("ravi", SCANNERS, held_by="ravi", tier=2)
    ravi = shared.joins("ravi")
    mira = shared.joins("mira")
    with office.tells("Ravi plans his visit to the freight company: Shift V, at eleven."):
        ravi.opens(number)
        ravi.presses("Shift V")
        ravi.writes("Arrives", "11:00")
        ravi.writes("Place", "Warehouse, aisle 4")
        ravi.presses("Ctrl Return")
        assert ravi.sheet == ""
        assert "Warehouse, aisle 4" in ravi.told
    with office.tells("V: he travels; the desk sees it at once."):
        ravi.presses("V", "Ctrl Return")
        assert "Travelling" in ravi.head
        mira.opens(number)
        mira.waits_for(lambda: "Travelling" in mira.head)
    with office.tells("In the basement there is no network. V: on site, and his time counts."):
        shared.loses_the_network(ravi)
        office.lets_pass(minutes=40)
        ravi.presses("V", "Ctrl Return")
        assert "On site" in ravi.head
        assert ravi.link.startswith("Offline since")
    with office.tells("Two hours of work: a note, and the part that stays there with its serial."):
        office.works(ravi, hours=2)
        ravi.presses("N")
        ravi.types("Switch in aisle 4 had no power; moved it to the spare feed.")
        ravi.presses("Ctrl Return", "Esc")
        ravi.commands("part")
        ravi.types("Power supply 48 V")
        ravi.writes("Serial", "PS-0417")
        ravi.presses("Ctrl Return")
        assert "PS-0417" in ravi.told
    with office.tells("Wes confirms on the spot that it works, and Ravi leaves."):
        ravi.commands("sign-off")
        ravi.presses("Ctrl Return")
        ravi.presses("V", "Ctrl Return")
        assert ravi.sheet == "", ravi.words
        assert "In progress" in ravi.head
    with office.tells("Back in the van there is a network: everything goes out, in its order."):
        shared.has_the_network_again(ravi)
        ravi.waits_for(lambda: "unsent" not in ravi.row)
    with office.tells("Mira reads what happened, hour by hour, and Wes's word for it."):
        mira.waits_for(lambda: "PS-0417" in mira.told)
        assert "moved it to the spare feed" in mira.told
        assert "Wes Calder" in mira.told
        assert "In progress" in mira.head


def test_two_who_changed_the_same_unseen_are_asked_and_nothing_is_lost(
    office: Office, shared: SharedOffice
) -> None:
    shared.prepares("ravi")
    number = shared.has_a_ticket("ravi", SCANNERS, held_by="ravi", tier=2)
    ravi = shared.joins("ravi")
    mira = shared.joins("mira")
    with office.tells("Without a network Ravi makes it a P2: one shift cannot scan."):
        ravi.opens(number)
        shared.loses_the_network(ravi)
        ravi.presses("P", "Up", "Space")
        ravi.writes("Reason", "One shift cannot scan.")
        ravi.presses("Ctrl Return")
        assert ravi.head.startswith("P2"), ravi.head
    with office.tells("At the desk Mira makes it a P1: dispatch has stopped altogether."):
        mira.opens(number)
        mira.presses("P", "Up", "Up", "Left", "Space")
        mira.writes("Reason", "Dispatch stopped, whole site.")
        mira.presses("Ctrl Return")
        assert mira.head.startswith("P1"), mira.head
    with office.tells("Ravi's network is back. One value stands meanwhile, and a card asks."):
        shared.has_the_network_again(ravi)
        ravi.waits_for(lambda: bool(ravi.conflict))
        assert ravi.head.startswith("P1")
        assert "Two people changed the priority" in ravi.conflict
        assert "One shift cannot scan." in ravi.conflict
        assert "Dispatch stopped, whole site." in ravi.conflict
    with office.tells(
        "1: Mira was right. The card goes on both screens; both stay in the history."
    ):
        ravi.presses("1")
        ravi.waits_for(lambda: not ravi.conflict)
        mira.waits_for(lambda: not mira.conflict)
        assert mira.head.startswith("P1")
        assert "One shift cannot scan." in mira.told
        assert "Dispatch stopped, whole site." in mira.told
