"""Two consoles on one shared desk: on a hub in a file, and on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.server_desks import ServerDesks
from tests.fakes.servers import Postgres, running
from tests.fakes.shared_desks import SharedDesks
from tests.stories.office import Office
from tests.stories.shared_office import SharedOffice
from tests.sync.hubs.server_place import Server

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SCANNERS = "Warehouse scanners cannot reach dispatch"


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """One for all stories of this page."""
    with running() as started:
        yield started


@pytest.fixture(params=["a hub in a file", "a PostgreSQL server"])
def shared(request: pytest.FixtureRequest, office: Office, tmp_path: Path) -> SharedOffice:
    """A shared desk where that is."""
    if request.param == "a hub in a file":
        return SharedOffice(office, SharedDesks(tmp_path))
    place = Server(request.getfixturevalue("server"))
    return SharedOffice(office, ServerDesks(tmp_path, place))


def test_what_one_does_the_other_sees(office: Office, shared: SharedOffice) -> None:
    shared.prepares("mira")
    number = shared.has_a_ticket("mira", SCANNERS)
    mira = shared.joins("mira")
    ravi = shared.joins("ravi")
    with office.tells("Ravi joins the desk, and has what is on it."):
        ravi.waits_for(lambda: bool(ravi.rows))
        assert SCANNERS in ravi.row
        assert "nobody" in ravi.row
    with office.tells("Mira takes the ticket; on Ravi's screen the row says so, where it stands."):
        mira.presses("T")
        ravi.waits_for(lambda: "Mira O." in ravi.row)
    with office.tells("She writes a note and tells Wes; Ravi reads both."):
        mira.presses("N")
        mira.types("Switch in aisle 4 has no power.")
        mira.presses("Ctrl Return", "Esc", "M")
        mira.types("Hello Wes, we are on it.")
        mira.presses("Ctrl Return", "Esc")
        ravi.opens(number)
        ravi.waits_for(lambda: "to Wes Calder, e-mail: Hello Wes, we are on it." in ravi.told)
        assert "Mira note: Switch in aisle 4 has no power." in ravi.told


def test_without_a_network_the_work_goes_on_and_goes_out_later(
    office: Office, shared: SharedOffice
) -> None:
    shared.prepares("ravi")
    number = shared.has_a_ticket("ravi", SCANNERS, held_by="ravi")
    ravi = shared.joins("ravi")
    mira = shared.joins("mira")
    with office.tells("The network is gone: a band says since when, and that the work goes on."):
        ravi.opens(number)
        shared.loses_the_network(ravi)
        office.lets_pass(minutes=1)
        ravi.waits_for(lambda: bool(ravi.link))
        assert ravi.link.startswith("Offline since 10:42. Keep working.")
    with office.tells("Ravi writes a note. It is kept here, and the row says that it waits."):
        ravi.presses("N")
        ravi.types("Moved to the spare feed, aisles 1 to 3 scan again.")
        ravi.presses("Ctrl Return", "Esc")
        ravi.waits_for(lambda: "1 unsent" in ravi.row)
        assert "1 change is saved on this laptop" in ravi.link, ravi.link
    with office.tells("What waits can be looked at, act by act."):
        ravi.commands("changes to send")
        assert any(number in line for line in ravi.lines), ravi.lines
        ravi.presses("Esc")
    with office.tells("The network is back, and all of it goes out by itself."):
        shared.has_the_network_again(ravi)
        ravi.waits_for(lambda: ravi.link == "" and "unsent" not in ravi.row)
    with office.tells("Mira has it."):
        mira.opens(number)
        mira.waits_for(lambda: "Ravi note: Moved to the spare feed" in mira.told)


def test_A3_D3_a_SEV_1_without_a_network_has_a_number_that_stays(
    office: Office, shared: SharedOffice
) -> None:
    shared.prepares("ravi")
    shared.has_a_ticket("ravi", SCANNERS)
    ravi = shared.joins("ravi")
    mira = shared.joins("mira")
    with office.tells("In a basement without a network the phone rings: F9, client, caller."):
        shared.loses_the_network(ravi)
        office.lets_pass(minutes=1)
        ravi.waits_for(lambda: bool(ravi.link))
        ravi.presses("F9")
        ravi.types("brack")
        ravi.presses("Tab")
        ravi.types("jo")
        ravi.presses("Return")
        ravi.waits_for(lambda: ravi.sheet == "")
    with office.tells("It has its number at once, from those that were reserved for him."):
        number = ravi.head.partition(", ")[2].partition(",")[0]
        assert number.startswith("CS")
        assert ravi.head.startswith("P1 Critical")
    with office.tells("The network is back: Mira has the ticket under that very number."):
        shared.has_the_network_again(ravi)
        ravi.waits_for(lambda: ravi.link == "")
        mira.waits_for(lambda: shared.knows("mira", number))
        mira.opens(number)
        assert mira.head.startswith(f"P1 Critical, {number}")


def test_what_a_lead_restricts_does_not_reach_a_colleague_any_more(
    office: Office, shared: SharedOffice
) -> None:
    shared.prepares("hana", "lead")
    number = shared.has_a_ticket("hana", SCANNERS)
    other = shared.has_a_ticket("hana", "Door stays locked")
    hana = shared.joins("hana", "lead")
    with office.tells("Hana lets only a few read it; the sheet says what holds from then on."):
        hana.opens(number)
        hana.commands("who may read it")
        assert "What a console has already stays there." in hana.words
        hana.types("About a dismissal")
        hana.presses("Ctrl Return")
        hana.waits_for(lambda: hana.sheet == "")
        hana.waits_for(lambda: "Hana let few read it: About a dismissal" in hana.told)
        hana.waits_for(lambda: shared.has_sent("hana"))
    with office.tells("Ravi joins: the other ticket is there, and no search finds this one."):
        ravi = shared.joins("ravi")
        ravi.waits_for(lambda: any(other in row for row in ravi.rows))
        assert not any(number in row for row in ravi.rows)
        ravi.presses("Ctrl K")
        ravi.types("scanners")
        assert not any(number in line for line in ravi.lines), ravi.lines
        ravi.presses("Esc")
    with office.tells("She still has it."):
        assert any(number in row for row in hana.rows)
