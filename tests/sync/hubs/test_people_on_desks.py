"""People on whole desks: what one says of themselves the others see, under the hub's role."""

from __future__ import annotations

from pathlib import Path

import pytest
import uuid_utils
from msgspec.structs import replace

from tests.fakes.desks import PEOPLE, START, TurnedClock, open_desk
from tests.sync.hubs.server_place import Server, password
from tierline.app.hubs import Door, whole
from tierline.app.joining import join
from tierline.app.standing import take_place
from tierline.app.syncing import HubEngine
from tierline.desk.desk import Desk
from tierline.desk.first_run import Start, begin
from tierline.desk.restricting import may_restrict
from tierline.storage.predicting import Leads
from tierline.storage.records import Person
from tierline.storage.replica import Replica
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs import keeping
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.opening import open_hub
from tierline.sync.hubs.persons import Notice, Told
from tierline.sync.hubs.rights import Role
from tierline.sync.status import SyncStatus


class Desks:
    """A hub, and desks that join it."""

    def __init__(self, folder: Path, url: str, server: Server | None) -> None:
        self.folder, self.url, self.server = folder, url, server
        self.secrets: dict[str, str] = {}

    def grant(self, login: str, role: Role = "technician", **told: object) -> None:
        """As `tierline hub grant`."""
        console = Console(console_id=str(uuid_utils.uuid7()), version="1.0.0")
        notice = Notice(console, "root", Told(**told))  # type: ignore[arg-type]
        keeper = password if self.server else None
        secret = keeping.grant(self.url, self.login(login), role, keeper, notice)
        self.secrets[login] = secret or self.secrets.get(login, "")

    def revoke(self, login: str) -> None:
        """As `tierline hub revoke`."""
        console = Console(console_id=str(uuid_utils.uuid7()), version="1.0.0")
        keeper = password if self.server else None
        keeping.revoke(self.url, self.login(login), keeper, Notice(console, "root"))

    def login(self, name: str) -> str:
        """Logins are a server's, and outlive the database of a test."""
        return f"{name}-{self.server.database}" if self.server else name

    def joined(self, name: str, *people: Person) -> Desk:
        """A desk with these people in its own directory, joined as that login."""
        login = self.login(name)
        folder = self.folder / name
        replica = Replica.open(folder, START)
        replica.directory.put_people([replace(each, id=self.login(each.id)) for each in people])
        if not people:
            replica.directory.put_people([Person(id="somebody", name="Somebody")])
        replica.close()
        desk = open_desk(folder, login, TurnedClock())
        join(desk.replica, self._address(name), self._door(name), START)
        return take_place(desk)

    def sync(self, name: str, desk: Desk) -> SyncStatus:
        """Send and fetch all there is."""
        told = HubEngine(desk, self._door(name)).once()
        desk.people.refresh()
        assert told.link == "online", told
        return told

    def person(self, desk: Desk, name: str) -> Person:
        """Who that is on a desk, but for the id."""
        found = desk.people.get(self.login(name))
        assert found is not None
        return replace(found, id=name)

    def _address(self, name: str) -> Address:
        login = self.login(name)
        if self.server:
            return self.server.server.address(login, self.server.database)
        return whole(self.url, login)

    def _door(self, name: str) -> Door:
        def opening(url: str, _: object, *, login: str = "") -> Hub:
            return open_hub(url, lambda: self.secrets[name], login=login)

        return Door(self._address(name), opening=opening)


@pytest.fixture(params=["file", "postgres"])
def desks(request: pytest.FixtureRequest, tmp_path: Path) -> Desks:
    if request.param == "postgres":
        place: Server = request.getfixturevalue("hub_place")
        return Desks(tmp_path, place.keeper.text, place)
    url = f"sqlite:///{tmp_path / 'hub.sqlite'}"
    keeping.create(url, login="root")
    return Desks(tmp_path, url, None)


def test_who_is_let_in_is_seen_by_name_line_and_role(desks: Desks) -> None:
    desks.grant("mira", name="Mira Okonedo", tier=2, skills=("vpn",))
    desks.grant("kim", "lead", name="Kim Lee")
    mira, kim = desks.joined("mira"), desks.joined("kim")
    for name, desk in (("mira", mira), ("kim", kim)):
        assert desks.sync(name, desk).aside == 0
        assert desks.person(desk, "mira") == Person(
            id="mira", name="Mira Okonedo", tier=2, skills=("vpn",)
        )
        assert desks.person(desk, "kim") == Person(id="kim", name="Kim Lee", role="lead")
    assert may_restrict(kim.people, kim.me) is None
    assert may_restrict(mira.people, mira.me) is not None


def test_what_a_technician_says_of_themselves_travels(desks: Desks) -> None:
    for login in ("mira", "ravi"):
        desks.grant(login)
    mira, ravi = desks.joined("mira"), desks.joined("ravi")
    for name, desk in (("mira", mira), ("ravi", ravi)):
        desks.sync(name, desk)
    begun = begin(mira, Start("Mira Okonedo", 2, ""))
    told = desks.sync("mira", begun)
    assert (told.pending, told.aside) == (0, 0)
    desks.sync("ravi", ravi)
    assert desks.person(ravi, "mira") == Person(id="mira", name="Mira Okonedo", tier=2)
    phoned = replace(begun.people.get(begun.me) or PEOPLE[0], phone="+44 1", present=False)
    begun.replica.directory.put_people([phoned], begun.clock())
    assert desks.sync("mira", begun).aside == 0
    desks.sync("ravi", ravi)
    assert desks.person(ravi, "mira").phone == "+44 1"
    assert not desks.person(ravi, "mira").present


def test_who_begins_before_the_first_copy_keeps_the_role_of_the_hub(desks: Desks) -> None:
    desks.grant("kim", "lead")
    kim = begin(desks.joined("kim"), Start("Kim Lee", 3, ""))
    assert desks.sync("kim", kim).aside == 0
    assert desks.person(kim, "kim") == Person(id="kim", name="Kim Lee", tier=3, role="lead")


def test_a_desk_of_one_brings_what_its_person_said_there(desks: Desks) -> None:
    desks.grant("mira", tier=3)
    desks.grant("ravi")
    alone = Person(id="mira", name="Mira Okonedo", tier=2, phone="+44 1", role="lead")
    mira, ravi = desks.joined("mira", alone, PEOPLE[3]), desks.joined("ravi")
    assert desks.person(mira, "mira").role == "technician"  # at once, without a network
    assert desks.sync("mira", mira).aside == 0
    desks.sync("ravi", ravi)
    for desk in (mira, ravi):
        assert desks.person(desk, "mira") == replace(alone, tier=3, role="technician")


def test_whoever_founds_the_desk_names_those_who_were_only_let_in(desks: Desks) -> None:
    desks.grant("kim", "admin")
    desks.grant("mira", "lead")
    desks.grant("ravi", name="Ravi S.")
    kim = desks.joined("kim", Person(id="kim", name="Kim Lee"), *PEOPLE)
    assert desks.sync("kim", kim).aside == 0
    mira = desks.joined("mira")
    desks.sync("mira", mira)
    assert desks.person(mira, "kim") == Person(id="kim", name="Kim Lee", role="admin")
    assert desks.person(mira, "mira") == replace(PEOPLE[0], role="lead")
    assert desks.person(mira, "ravi") == replace(PEOPLE[3], name="Ravi S.")
    assert desks.person(mira, "hana") == PEOPLE[5]


def test_a_role_that_a_console_wrote_is_not_trusted(desks: Desks) -> None:
    desks.grant("mira")
    desks.grant("ravi")
    mira, ravi = desks.joined("mira"), desks.joined("ravi")
    desks.sync("mira", mira)
    desks.sync("ravi", ravi)
    me = mira.people.get(mira.me)
    assert me is not None
    mira.replica.directory.put_people([replace(me, role="lead")], mira.clock())
    assert desks.sync("mira", mira).aside == 1
    (aside,) = mira.replica.sync.aside()
    assert "is technician on this hub, not lead" in aside.why
    desks.sync("ravi", ravi)
    for desk in (mira, ravi):
        assert desks.person(desk, "mira").role == "technician"
        with desk.replica._store.reading() as connection:
            assert mira.me not in Leads(connection)


def test_a_new_role_is_the_person_s_everywhere(desks: Desks) -> None:
    desks.grant("mira", name="Mira Okonedo")
    desks.grant("ravi")
    mira, ravi = desks.joined("mira"), desks.joined("ravi")
    for role in ("lead", "technician"):
        desks.grant("mira", role)
        for name, desk in (("mira", mira), ("ravi", ravi)):
            desks.sync(name, desk)
            assert desks.person(desk, "mira") == Person(id="mira", name="Mira Okonedo", role=role)


def test_who_was_let_out_gets_no_tickets_and_keeps_their_name(desks: Desks) -> None:
    desks.grant("mira", name="Mira Okonedo")
    desks.grant("ravi")
    ravi = desks.joined("ravi")
    desks.sync("ravi", ravi)
    assert "Mira Okonedo" in [each.name for each in ravi.people.assignable()]
    desks.revoke("mira")
    desks.sync("ravi", ravi)
    assert "Mira Okonedo" not in [each.name for each in ravi.people.assignable()]
    assert ravi.people.name(desks.login("mira")) == "Mira Okonedo"
