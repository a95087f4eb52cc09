"""Two desks and a hub: what is attached on one is seen, fetched and opened on the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.desks import done, log, open_desk
from tests.sync.hubs.places import clock
from tierline.desk.attaching import files_in
from tierline.desk.desk import Desk
from tierline.desk.timeline import Entry
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.storage.blobs import FOLDER
from tierline.sync.hub import Console, Hub
from tierline.sync.hubs.memory import MemoryHub, MemorySession
from tierline.sync.runner import Sync
from tierline.sync.status import SyncStatus

DATA = bytes(range(256)) * 4000


class Joined:
    """A desk that shares a hub."""

    def __init__(self, folder: Path, server: MemoryHub, me: str) -> None:
        self.server, self.me = server, me
        self.folder = folder
        self.desk: Desk = open_desk(folder, me=me)
        self.desk.replica.sync.join("memory:", "hub", me, f"console-{me}")

    def running(self, opening: Callable[[], Hub] | None = None) -> Sync:
        """The sync of this desk."""
        return Sync(
            self.desk.replica.sync,
            opening or (lambda: self.server.session(self.me)),
            Console(console_id="", version="1.0.0", name=self.me),
            ("CS",),
            blobs=self.desk.attachments.blobs,
        )

    def sync(self) -> SyncStatus:
        """Push, pull and move all there is."""
        status = self.running().once()
        assert status.link == "online", status
        return status

    def attach(self, ticket_id: str, name: str, data: bytes) -> None:
        """Put a file on a ticket."""
        command = self.desk.attachments.take_in_bytes(ticket_id, name, data)
        assert isinstance(command, cmd.Attach), command
        done(self.desk.act(ticket_id, command))

    def files(self, ticket_id: str) -> tuple[Entry, ...]:
        """The ticket's files."""
        view = self.desk.open_ticket(ticket_id)
        assert view is not None
        return files_in(view.timeline)


@pytest.fixture
def server() -> MemoryHub:
    return MemoryHub(clock)


@pytest.fixture
def desks(server: MemoryHub, tmp_path: Path) -> Iterator[tuple[Joined, Joined]]:
    two = Joined(tmp_path / "one", server, "mira"), Joined(tmp_path / "two", server, "tobias")
    yield two
    for each in two:
        each.desk.replica.close()


def test_a_file_is_seen_at_once_and_its_bytes_come_when_it_is_opened(
    desks: tuple[Joined, Joined],
) -> None:
    one, two = desks
    ticket_id = log(one.desk)
    one.attach(ticket_id, "photo.jpg", DATA)
    one.sync()
    two.sync()
    (seen,) = two.files(ticket_id)
    assert (seen.verb, seen.away) == ("attached photo.jpg, 1.0 MB", True)
    assert seen.file is not None
    two.sync()
    assert two.files(ticket_id)[0].away, "nobody asked for it"
    two.desk.attachments.fetch(seen.file)
    two.sync()
    assert not two.files(ticket_id)[0].away
    copy = two.desk.attachments.to_look_at(seen.file)
    assert not isinstance(copy, Refusal)
    assert copy.read_bytes() == DATA


def test_what_was_attached_before_joining_goes_out_too(server: MemoryHub, tmp_path: Path) -> None:
    alone = open_desk(tmp_path / "one")
    ticket_id = log(alone)
    command = alone.attachments.take_in_bytes(ticket_id, "old.txt", b"old")
    assert isinstance(command, cmd.Attach)
    done(alone.act(ticket_id, command))
    alone.replica.close()
    one, two = Joined(tmp_path / "one", server, "mira"), Joined(tmp_path / "two", server, "tobias")
    one.sync()
    two.sync()
    (seen,) = two.files(ticket_id)
    assert seen.file is not None
    two.desk.attachments.fetch(seen.file)
    two.sync()
    assert not two.files(ticket_id)[0].away
    for each in (one, two):
        each.desk.replica.close()


def test_files_of_two_who_attached_offline_at_the_same_time_are_both_kept(
    desks: tuple[Joined, Joined],
) -> None:
    one, two = desks
    ticket_id = log(one.desk)
    one.sync()
    two.sync()
    one.attach(ticket_id, "a.txt", b"from one")
    two.attach(ticket_id, "b.txt", b"from two")
    done(one.desk.act(ticket_id, cmd.Resolve(steps="Done")))
    for each in (one, two, one):
        each.sync()
    for each in (one, two):
        assert {f.file.name for f in each.files(ticket_id) if f.file} == {"a.txt", "b.txt"}
        assert each.desk.attachments.blobs.to_send() == ()


def test_a_hub_put_back_to_before_the_file_gets_act_and_bytes_again(
    desks: tuple[Joined, Joined], server: MemoryHub
) -> None:
    one, two = desks
    ticket_id = log(one.desk)
    one.sync()
    backup = server.image()
    one.attach(ticket_id, "photo.jpg", DATA)
    one.sync()
    server.restore(backup)
    one.sync()
    two.sync()
    (seen,) = two.files(ticket_id)
    assert seen.file is not None
    two.desk.attachments.fetch(seen.file)
    two.sync()
    assert not two.files(ticket_id)[0].away


def test_a_desk_that_lost_a_file_gets_it_back(desks: tuple[Joined, Joined]) -> None:
    one, _ = desks
    ticket_id = log(one.desk)
    one.attach(ticket_id, "photo.jpg", DATA)
    one.sync()
    (seen,) = one.files(ticket_id)
    assert seen.file is not None
    (one.folder / FOLDER / seen.file.sha256[:2] / seen.file.sha256).unlink()
    one.desk.attachments.fetch(seen.file)
    one.sync()
    assert one.desk.attachments.blobs.path(seen.file.sha256).read_bytes() == DATA


def test_a_file_whose_bytes_never_came_is_told_and_holds_nothing_up(
    desks: tuple[Joined, Joined], server: MemoryHub
) -> None:
    one, two = desks
    ticket_id = log(one.desk)
    one.attach(ticket_id, "photo.jpg", DATA)
    one.sync()
    server.state.blobs.clear()
    server.state.proven.clear()
    two.sync()
    (seen,) = two.files(ticket_id)
    assert seen.file is not None
    two.desk.attachments.fetch(seen.file)
    done(two.desk.act(ticket_id, cmd.Note(text="Cannot see it")))
    assert two.sync().pending == 0
    assert two.files(ticket_id)[0].away


def test_a_sync_that_runs_sends_what_is_attached_as_soon_as_it_is_poked(
    desks: tuple[Joined, Joined], server: MemoryHub
) -> None:
    one, _ = desks
    ticket_id = log(one.desk)
    whole = threading.Event()

    class Watched(MemorySession):
        def put_blob(self, sha256: str, offset: int, data: bytes, size: int) -> int | None:
            there = super().put_blob(sha256, offset, data, size)
            if there == size:
                whole.set()
            return there

    server.session("mira")
    running = one.running(lambda: Watched(server, "mira"))
    running.start()
    one.attach(ticket_id, "photo.jpg", DATA)
    running.poke()
    assert whole.wait(60)
    assert running.stop(60)
    assert one.desk.attachments.blobs.to_send() == ()
