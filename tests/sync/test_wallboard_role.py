"""A wallboard on a shared desk only reads, and so does a technician who was made one meanwhile."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes.desks import TurnedClock, log, open_desk
from tests.sync.scripted import OFFER, Script, hello, pushed
from tierline.app.hubs import Door, whole
from tierline.app.joining import join
from tierline.app.standing import standing, take_place
from tierline.app.syncing import HubEngine
from tierline.desk.board import read_board
from tierline.desk.desk import Desk
from tierline.desk.sync_words import may_rule, only_reads
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.storage.sync_records import SyncCounts
from tierline.sync.hubs import keeping
from tierline.sync.hubs.rights import Role
from tierline.sync.status import SyncStatus

PRINTER = cmd.Log(number="", subject="Printer", channel="mail", client="Pellow", contact="Ann")


class Hub:
    """A hub in a file, and desks on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, TurnedClock()
        self.url = f"sqlite:///{folder / 'hub.sqlite'}"
        keeping.create(self.url, login=getpass.getuser())

    def grant(self, login: str, role: Role) -> None:
        keeping.grant(self.url, login, role)

    def desk(self, login: str, role: Role) -> Desk:
        self.grant(login, role)
        alone = open_desk(self.folder / login, login, self.clock)
        join(alone.replica, whole(self.url, login), self.door(login), self.clock())
        return take_place(alone)

    def door(self, login: str) -> Door:
        return Door(whole(self.url, login))

    def once(self, desk: Desk) -> SyncStatus:
        desk.standing = HubEngine(desk, self.door(desk.me)).once()
        return desk.standing


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path)


def test_a_wallboard_has_the_figures_of_the_desk_and_writes_nothing(hub: Hub) -> None:
    dana, wall = hub.desk("dana", "technician"), hub.desk("wall", "wallboard")
    for _ in range(3):
        log(dana)
    hub.once(dana)
    told = hub.once(wall)
    assert (told.link, told.role, told.pending) == ("online", "wallboard", 0)
    assert read_board(wall).everything == read_board(dana).everything
    assert wall.replica.sync.counts().pending == 0
    for each in (dana, wall):
        each.replica.close()


def test_an_act_on_a_wallboard_is_refused_before_anything_is_written(hub: Hub) -> None:
    wall = hub.desk("wall", "wallboard")
    hub.once(wall)
    refused = wall.log(PRINTER)
    assert isinstance(refused, Refusal)
    assert "The login wall (wallboard) only reads" in refused.what
    assert wall.replica.tickets.count() == 0
    again = take_place(open_desk(hub.folder / "wall", "wall", hub.clock))
    assert again.standing.role == "wallboard"  # known without a network too
    assert isinstance(again.log(PRINTER), Refusal)
    assert standing(again.replica).pending == 0
    for each in (wall, again):
        each.replica.close()


def test_a_technician_who_is_made_a_wallboard_reads_on_and_keeps_what_waited(hub: Hub) -> None:
    dana, kim = hub.desk("dana", "technician"), hub.desk("kim", "technician")
    log(dana)
    assert hub.once(dana).role == "technician"
    log(dana)  # not sent yet when the role changes
    hub.grant("dana", "wallboard")
    told = hub.once(dana)
    assert (told.link, told.role, told.pending) == ("online", "wallboard", 1)
    assert "only reads" in told.what
    assert isinstance(dana.log(PRINTER), Refusal)
    log(kim)
    hub.once(kim)
    hub.once(dana)
    assert read_board(dana).everything.total == 3
    hub.grant("dana", "technician")
    told = hub.once(dana)
    assert (told.role, told.pending) == ("technician", 0)
    for each in (dana, kim):
        each.replica.close()


def test_a_session_that_loses_its_right_to_write_greets_again_and_reads_on() -> None:
    script = Script()
    script.run()
    script.said |= {
        "offers": (OFFER,),
        "counts": SyncCounts(pending=1),
        "push": replace(pushed(trouble="revoked"), why="It only reads."),
        "hello": hello(role="wallboard"),
    }
    script.wake(poked=True)
    assert script.status.link == "online"
    assert script.status.role == "wallboard"
    assert script.status.what == "It only reads."
    assert script.shut == 0
    script.said |= {"hello": hello(), "push": pushed(), "offers": ()}
    script.wake(hurried=True)
    assert script.status.role == "technician"


def test_a_wallboard_hears_from_the_hub_every_two_seconds() -> None:
    script = Script()
    script.run()
    script.core.watch(True)
    rest = script.wake(poked=True)
    assert rest.until - script.steady == pytest.approx(2)
    script.core.watch(False)
    assert script.wake(poked=True).until - script.steady == pytest.approx(30)


@pytest.mark.parametrize("role", ["wallboard", "bi"])
def test_who_only_reads_lets_no_rule_act(role: str) -> None:
    online = SyncStatus(link="online", caught_up=True, role="technician")
    assert may_rule(online)
    assert not may_rule(replace(online, role=role))
    assert only_reads(replace(online, role=role))
    assert not only_reads(replace(online, role=""))  # not known yet
