"""What a reviewer found: nothing unexpected ends the sync, and a slow line only makes it slower."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.fakes.desks import START, log, open_desk
from tests.sync.scripted import STATE, Script, hello, page, pushed
from tests.sync.test_runner import Console2, server
from tierline.app.hubs import Door, whole
from tierline.app.syncing import HubEngine
from tierline.desk.desk import Desk
from tierline.domain.errors import WorldError
from tierline.domain.policy import Policy
from tierline.storage.records import Client
from tierline.storage.sync_records import Applied, SyncCounts
from tierline.sync.errors import HubDownError
from tierline.sync.hub import Answer, News, Snapshot
from tierline.sync.hubs.memory import MemoryHub
from tierline.sync.hubs.rights import Role
from tierline.sync.status import SyncStatus

__all__ = ["server"]


@pytest.mark.expects_logs
def test_an_answer_that_makes_no_sense_is_told_and_the_hub_tried_again() -> None:
    script = Script(numbers_left=0, lease=[None, (1, 50)])
    script.core._run.prefixes = ("CS",)
    rest = script.run()
    assert script.status.link == "offline"
    assert "unexpected" in script.status.what
    assert rest.until is not None
    script.sleep()
    assert script.status.link == "online"
    assert script.status.what == ""


class Watched(Script):
    """Notes how much is offered, pulled or copied at a time."""

    def answer(self) -> None:
        """As ever, after a look at what is asked."""
        place = {"offers": 0, "pull": 2, "snapshot": 1}.get(getattr(self.action, "name", ""))
        if place is not None:
            self.action.do(self)
        super().answer()

    def __getattr__(self, name: str) -> Any:
        """Stand in for the hub and the replica."""
        if name == "most":
            self.most: dict[str, list[int]] = {"offers": [], "pull": [], "snapshot": []}
            return self.most
        place = {"offers": 0, "pull": 2, "snapshot": 1}[name]
        return lambda *told, **_: self.most[name].append(told[place])


def test_what_does_not_get_through_a_slow_line_is_tried_in_smaller_parts() -> None:
    down = HubDownError("It broke off.", safe="", todo="")
    offers = [(object(),) * 100] * 4 + [()]
    script = Watched(
        offers=offers, counts=SyncCounts(pending=500), push=[down, down, pushed(seq=8)], pull=page()
    )
    script.run()
    for _ in range(4):
        script.sleep()
    assert script.most["offers"][:4] == [100, 25, 6, 12]
    assert script.status.link == "online"


def test_a_first_copy_over_a_slow_line_takes_smaller_chunks() -> None:
    down = HubDownError("It broke off.", safe="", todo="")
    whole = Snapshot(rows=(), lines=(), after="t9")
    states = replace(STATE, boot="open", boot_total=9)
    script = Watched(state=states, snapshot=[down, down, whole], absorb=Applied())
    script.run()
    for _ in range(3):
        script.sleep()
    assert script.most["snapshot"][:4] == [2000, 500, 125, 250]


def test_acts_that_come_back_again_and_again_do_not_keep_a_command_waiting() -> None:
    stale = Answer(cseq=4, outcome="stale")
    script = Script(offers=(object(),), counts=SyncCounts(pending=1), push=pushed(stale))
    rest = script.run()
    while not rest.settled:
        rest = script.sleep()
        assert script.steady < 110
    assert script.status.pending == 1


@pytest.mark.expects_logs
def test_a_listener_that_fails_does_not_end_the_sync(
    tmp_path: Path, server: MemoryHub, caplog: pytest.LogCaptureFixture
) -> None:
    console = Console2(tmp_path / "mira", server, "mira")
    heard = console.sync._listener
    assert heard is not None
    failures: list[Any] = [WorldError("The disk is full.", safe="", todo=""), RuntimeError("gone")]

    def failing(status: SyncStatus, applied: Applied) -> None:
        heard(status, applied)
        if failures:
            raise failures.pop()

    console.sync._listener = failing
    console.sync.start()
    console.settled()
    log(console.desk)
    console.sync.poke()
    console.until(lambda: len(server.state.lines) == 1)
    console.close()
    assert not failures
    assert "was not heard" in caplog.text


def test_a_disk_that_keeps_no_time_hides_no_status(
    tmp_path: Path, server: MemoryHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(key: str, value: str) -> None:
        raise WorldError(f"{key} = {value} was not kept.", safe="", todo="")

    desk = open_desk(tmp_path / "mira", "mira")
    desk.replica.sync.join("sqlite:////h.sqlite", "hub", "mira", "console-mira")
    door = Door(
        whole("sqlite:////h.sqlite", "mira"), opening=lambda *_, **__: server.session("mira")
    )
    monkeypatch.setattr(desk.replica, "set_meta", full)
    told: list[SyncStatus] = []
    assert HubEngine(desk, door).once(lambda status, _: told.append(status)).link == "online"
    assert told[-1].caught_up
    desk.replica.close()


def test_a_client_with_other_numbers_has_a_block_at_once(tmp_path: Path, server: MemoryHub) -> None:
    def engine(desk: Desk, role: Role) -> HubEngine:
        door = Door(
            whole("sqlite:////h.sqlite", desk.me),
            opening=lambda *_, **__: server.session(desk.me, role),
        )
        return HubEngine(desk, door)

    mira, lead = (open_desk(tmp_path / name, name) for name in ("mira", "priya"))
    for desk in (mira, lead):
        file = replace(desk.policy("tiered").file, name="odd", number_prefix="ODD")
        desk.book.put(Policy(file))
        desk.replica.sync.join("sqlite:////h.sqlite", "hub", desk.me, f"console-{desk.me}")
    lead.replica.directory.put_clients([Client(name="Odd Ones", policy="odd")], START)
    assert engine(lead, "lead").once().link == "online"
    assert engine(mira, "technician").once().link == "online"
    assert mira.replica.sync.numbers_left("ODD") == 50
    for desk in (mira, lead):
        desk.replica.close()


def test_I6_who_only_reads_reads_on_though_acts_wait() -> None:
    why = pushed(trouble="revoked")
    script = Script(
        hello=hello(role="wallboard"),
        numbers_left=0,
        offers=(object(),),
        counts=SyncCounts(pending=1),
        push=replace(why, why="The login wall (wallboard) only reads."),
    )
    script.core.number(("CS",))
    script.run()
    assert script.status.link == "online"
    assert "only reads" in script.status.what
    assert "lease" not in script.calls
    script.said["pull"] = page()
    script.wake(news=(News(before=7, seq=8),))
    assert "pull" in script.calls
