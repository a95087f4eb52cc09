"""The sync at work in its thread: real replicas, a hub in memory, real time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.desks import done, log, open_desk
from tierline.domain import commands as cmd
from tierline.storage.sync_records import Applied
from tierline.sync.errors import HubDownError, NoEntryError
from tierline.sync.hub import Console, Presence, Snapshot
from tierline.sync.hubs.memory import MemoryHub, MemorySession
from tierline.sync.runner import Sync
from tierline.sync.status import SyncStatus

DOWN = HubDownError("No answer.", safe="All is kept.", todo="Wait.")
SECONDS = 60.0


class Console2:
    """A desk on a hub, with what its sync has told."""

    def __init__(self, folder: Path, server: MemoryHub, me: str, opening: Any = None) -> None:
        self.desk = open_desk(folder, me)
        self.desk.replica.sync.join("memory:", "hub", me, f"console-{me}")
        self.told = [SyncStatus()]
        self.came: set[str] = set()
        self.changed = threading.Condition()
        console = Console(console_id="", version="1.0", name=me)
        opening = opening or (lambda: server.session(me))
        self.sync = Sync(self.desk.replica.sync, opening, console, ("CS",), self._listen)

    def _listen(self, status: SyncStatus, applied: Applied) -> None:
        with self.changed:
            self.told.append(status)
            self.came |= set(applied.tickets)
            self.changed.notify_all()

    def until(self, so: Callable[[], bool]) -> None:
        """Wait until something is so, looking whenever the sync tells something."""
        with self.changed:
            assert self.changed.wait_for(so, SECONDS), self.told[-1:]

    def settled(self) -> None:
        """Wait until all is in and out."""
        self.until(lambda: self.told[-1].caught_up and not self.told[-1].pending)

    def close(self) -> None:
        """Stop."""
        assert self.sync.stop()
        self.desk.replica.close()


@pytest.fixture
def server() -> MemoryHub:
    return MemoryHub(lambda: time.time_ns() // 1000)


@contextmanager
def consoles(folder: Path, server: MemoryHub, *names: str) -> Iterator[list[Console2]]:
    made = [Console2(folder / name, server, name) for name in names]
    try:
        yield made
    finally:
        for each in made:
            each.close()


@pytest.fixture
def two(tmp_path: Path, server: MemoryHub) -> Iterator[list[Console2]]:
    for name in ("mira", "tobias"):
        (tmp_path / name).mkdir()
    with consoles(tmp_path, server, "mira", "tobias") as made:
        yield made


@pytest.fixture
def mira(tmp_path: Path, server: MemoryHub) -> Iterator[Console2]:
    (tmp_path / "mira").mkdir()
    with consoles(tmp_path, server, "mira") as made:
        yield made[0]


def holder(console: Console2, ticket_id: str) -> str:
    stored = console.desk.replica.tickets.get(ticket_id)
    return stored.ticket.assignee if stored else ""


def test_what_one_does_the_other_sees_at_once(two: list[Console2]) -> None:
    mira, tobias = two
    for each in two:
        each.sync.start()
        each.settled()
    ticket_id = log(mira.desk)
    mira.sync.poke()
    tobias.until(lambda: ticket_id in tobias.came)
    done(tobias.desk.act(ticket_id, cmd.Take()))
    tobias.sync.poke()
    mira.until(lambda: holder(mira, ticket_id) == "tobias")


def test_an_old_ticket_that_is_looked_for_comes_while_the_first_copy_still_runs(
    two: list[Console2], server: MemoryHub
) -> None:
    mira, tobias = two
    ticket_id = log(mira.desk)
    done(mira.desk.act(ticket_id, cmd.Cancel(reason="duplicate")))
    assert mira.sync.once().caught_up
    stored = mira.desk.replica.tickets.get(ticket_id)
    assert stored

    class Endless(MemorySession):
        def snapshot(self, after: str = "", limit: int = 2000, *, ended: bool = False) -> Snapshot:
            if not ended:
                return super().snapshot(after, limit)
            return Snapshot(rows=(), lines=(), after="0")

    server.session("tobias")
    tobias.sync._opening = lambda: Endless(server, "tobias")
    tobias.sync.start()
    tobias.until(lambda: tobias.desk.replica.sync.state().boot == "ended")
    assert not tobias.desk.find(stored.ticket.number)
    tobias.until(lambda: tobias.told[-1].total == 1)
    tobias.sync.seek(stored.ticket.number)
    tobias.until(lambda: ticket_id in tobias.came)
    assert tobias.desk.find(stored.ticket.number)


def test_once_pushes_and_pulls_all_there_is(two: list[Console2]) -> None:
    mira, tobias = two
    ids = {log(mira.desk, f"ticket {number}") for number in range(60)}
    status = mira.sync.once()
    assert (status.link, status.pending, status.caught_up) == ("online", 0, True)
    assert tobias.sync.once().link == "online"
    assert {each.ticket.id for each in tobias.desk.replica.tickets.open()} == ids


def test_once_comes_back_when_it_cannot(mira: Console2) -> None:
    def opening() -> MemorySession:
        raise DOWN

    mira.sync._opening = opening
    log(mira.desk)
    status = mira.sync.once()
    assert (status.link, status.pending) == ("offline", 1)
    assert status.what == "No answer."


def test_it_stops_at_once_while_it_waits_for_the_next_try(mira: Console2) -> None:
    def opening() -> MemorySession:
        raise NoEntryError("Wrong.", safe="Kept.", todo="Type it.")

    mira.sync._opening = opening
    mira.sync.start()
    mira.until(lambda: mira.told[-1].link == "stopped")
    assert mira.sync.stop(SECONDS)


def test_it_stops_at_once_while_it_waits_for_news(mira: Console2) -> None:
    mira.sync.start()
    mira.settled()
    assert mira.sync.stop(SECONDS)


def test_a_hub_that_never_answers_holds_nobody_up(mira: Console2, server: MemoryHub) -> None:
    silent, asked = threading.Event(), threading.Event()

    class Silent(MemorySession):
        def push(self, *_: Any) -> Any:
            asked.set()
            silent.wait()
            raise DOWN

    server.session("mira")
    mira.sync._opening = lambda: Silent(server, "mira")
    mira.sync.start()
    mira.settled()
    log(mira.desk)
    mira.sync.poke()
    assert asked.wait(SECONDS)
    ticket_id = log(mira.desk)
    assert mira.desk.replica.tickets.get(ticket_id)
    assert not mira.sync.stop(0.2)
    silent.set()


def test_f5_tries_at_once(mira: Console2, server: MemoryHub) -> None:
    reachable = False

    def opening() -> MemorySession:
        if not reachable:
            raise NoEntryError("Wrong.", safe="Kept.", todo="Type it.")
        return server.session("mira")

    mira.sync._opening = opening
    mira.sync.start()
    mira.until(lambda: mira.told[-1].link == "stopped")
    reachable = True
    mira.sync.now()
    mira.settled()


def test_a_server_that_goes_away_is_told_and_found_again(mira: Console2, server: MemoryHub) -> None:
    mira.sync.start()
    mira.settled()
    server.restore(server.image())
    mira.until(lambda: mira.told[-1].link == "offline")
    mira.settled()


def test_who_has_the_ticket_open_is_seen_by_the_other(two: list[Console2]) -> None:
    mira, tobias = two
    ticket_id = log(mira.desk)
    assert mira.sync.once().link == "online"
    for each in two:
        each.sync.start()
        each.settled()
    mira.sync.view((Presence(ticket_id=ticket_id, login="mira", mode="writing"),))
    mira.until(lambda: any(p.ticket_id == ticket_id for p in mira.sync._core._run.viewing))
    mira.sync.now()
    tobias.sync.view((Presence(ticket_id=ticket_id, login="tobias", mode="reading"),))

    def seen() -> bool:
        tobias.sync.now()
        return [p.mode for p in tobias.told[-1].present] == ["writing"]

    tobias.until(seen)


@pytest.mark.expects_logs
def test_an_error_nobody_thought_of_is_logged_and_the_sync_goes_on(
    mira: Console2, server: MemoryHub, caplog: pytest.LogCaptureFixture
) -> None:
    failing = [True]

    class Odd(MemorySession):
        def hello(self, *args: Any) -> Any:
            if failing.pop() if failing else False:
                raise ZeroDivisionError
            return super().hello(*args)

    server.session("mira")
    mira.sync._opening = lambda: Odd(server, "mira")
    mira.sync.start()
    mira.settled()
    assert "unexpected" in caplog.text
