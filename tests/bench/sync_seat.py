"""A real server on this machine's disk, and consoles as people have them: replica, sync, desk."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes.books import bundled_book
from tests.fakes.servers import Postgres
from tests.sync.hubs.server_place import Server
from tierline.app.hubs import Door
from tierline.app.joining import join
from tierline.app.standing import take_place
from tierline.app.syncing import HubEngine
from tierline.desk.desk import Desk
from tierline.storage.replica import Replica
from tierline.storage.sync_records import Applied
from tierline.sync.hub import Hub
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.opening import open_hub
from tierline.sync.status import SyncStatus
from tierline.system.secrets import Secret

PATIENCE = 120.0  # seconds for anything that has to come
_GLANCE = 0.05
_AS_SHIPPED = "shared_buffers = 128MB\nautovacuum_naptime = 10min\n"


@contextmanager
def server_on_disk(connections: int) -> Iterator[Postgres]:
    """A server whose commits reach the disk, with the memory that PostgreSQL ships with."""
    with disk_folder() as folder:
        server = Postgres(folder, connections)
        server.init()
        with (server.data / "postgresql.conf").open("a") as file:
            file.write(_AS_SHIPPED)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def disk_folder() -> Iterator[Path]:
    """A folder on the disk, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tierline-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wall() -> int:
    """This machine's time, microseconds UTC: server and consoles share it."""
    return time.time_ns() // 1000


class Seat:
    """A person's console without its window; `came` is when each ticket was last told as changed.

    `queries` counts what it asked the server, `taken` when a push of it was accepted (steady
    seconds).
    """

    def __init__(
        self, address: Address, secret: str, clock: Callable[[], datetime] | None = None
    ) -> None:
        """A desk joined to the hub, not yet syncing; nothing of the hub is here.

        `clock` gives the desk's time (aware UTC), this machine's when it is left out.
        """
        clock = clock or _now
        self.login = address.login
        self.queries = 0
        self.taken: list[float] = []
        self.folder = Path(tempfile.mkdtemp(prefix="tierline-seat-"))
        self._door = Door(address, opening=self._opened)
        self._door.give(Secret(secret), keep=False)
        self.replica = Replica.open(self.folder, clock())
        self.replica.book = bundled_book()
        self.began = time.perf_counter()
        join(self.replica, address, self._door, clock())
        self.desk = take_place(Desk(self.replica, bundled_book(), self.login, clock))
        self.changed = threading.Condition()
        self.status = SyncStatus()
        self.came: dict[str, int] = {}
        self.engine = HubEngine(self.desk, self._door)

    def start(self) -> None:
        """Sync from now on, in a thread of its own."""
        self.status = SyncStatus()
        self.engine.start(self.hear)

    def stop(self) -> None:
        """Sync no more; `start` begins anew."""
        self.engine.stop()
        self.engine = HubEngine(self.desk, self._door)

    def hear(self, status: SyncStatus, applied: Applied) -> None:
        """What a window's listener is told, and when."""
        at = wall()
        with self.changed:
            self.status = self.desk.standing = status
            self.came.update(dict.fromkeys(applied.tickets, at))
            self.changed.notify_all()

    def until(self, so: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait until something is so, looking whenever the sync tells something."""
        end = time.monotonic() + patience
        with self.changed:
            while not so():
                self.changed.wait(_GLANCE)  # not everything that is waited for is told
                if time.monotonic() > end:
                    raise RuntimeError(f"{self.login} waits for ever: {self.status}")

    def settled(self) -> None:
        """Wait until all is in and out."""
        self.until(lambda: self.whole)

    @property
    def whole(self) -> bool:
        """Whether all is in and out, as far as was told."""
        status = self.status
        return status.caught_up and not status.pending

    def close(self) -> None:
        """Take the console away."""
        self.engine.stop()
        self.replica.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _opened(self, url: str, password: Any = None, *, login: str = "") -> Hub:
        hub: Any = open_hub(url, password, login=login)
        ask, push = hub._link.execute, hub.push

        def asked(*values: Any, **more: Any) -> Any:
            self.queries += 1
            return ask(*values, **more)

        def pushed(*values: Any) -> Any:
            done = push(*values)
            if any(answer.outcome == "taken" for answer in done.answers):
                self.taken.append(time.perf_counter())
            return done

        hub._link.execute, hub.push = asked, pushed
        return hub  # type: ignore[no-any-return]


def entry(place: Server, login: str) -> tuple[Address, str]:
    """Let a technician in: the address and the password with which a `Seat` is made."""
    return place.let_in(login, "technician"), place.secret(login)


@contextmanager
def seated(place: Server, *logins: str) -> Iterator[list[Seat]]:
    """Consoles of these people, each with all of the hub; closed afterwards."""
    made: list[Seat] = []
    try:
        for login in logins:
            made.append(Seat(*entry(place, login)))
            made[-1].start()
        for each in made:
            each.until(lambda each=each: copied(each))
        yield made
    finally:
        for each in made:
            each.close()


def copied(seat: Seat) -> bool:
    """Whether the first copy is whole."""
    return seat.status.caught_up and seat.replica.sync.state().boot == "done"


def _now() -> datetime:
    return datetime.now(UTC)
