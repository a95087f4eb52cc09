"""The world around a workplace, in a process of its own: server, network, colleagues, weather."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from msgspec.structs import replace

from tests.bench.sync_content import fill
from tests.bench.sync_crowd import standing_of, worked_out
from tests.bench.sync_light import Plan, sit
from tests.bench.sync_seat import Seat, copied, entry, server_on_disk, wall
from tests.fakes.servers import Postgres
from tests.sync.hubs.server_place import Server
from tests.sync.slow_proxy import SlowProxy
from tierline.domain import commands as cmd
from tierline.storage.identifiers import new_id
from tierline.sync.hubs.address import Address

TICKETS, AGE, RATE = 20_000, 10.0, 200.0  # minutes on the mean; acts a second of the crowd
_CONNECTIONS, _LOGINS, _LONGEST = 60, 10, 60.0
_PATIENCE = 180.0
_COLLEAGUE_RATE = 4.0  # acts a second while the weather is bad


class Door(NamedTuple):
    """Where the workplace finds the hub: through the network that the weather is of."""

    address: Address
    secret: str


class World:
    """What the workplace's process says to the world."""

    def __init__(self, pipe: Connection, door: Door) -> None:
        self._pipe, self.door = pipe, door

    def ask(self, *words: Any) -> Any:
        """What came of it, once it is done."""
        self.tell(*words)
        return self.answer()

    def tell(self, *words: Any) -> None:
        """Say it and go on; `answer` is to be read later."""
        self._pipe.send(words)

    def answered(self) -> bool:
        """Whether an answer is there."""
        return self._pipe.poll()

    def answer(self) -> Any:
        """What came of what was told."""
        if not self._pipe.poll(_PATIENCE):
            raise RuntimeError("the world is silent")
        return self._pipe.recv()


@contextmanager
def world() -> Iterator[World]:
    """A hub of 20,000 open tickets with somebody to work there; gone afterwards."""
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=_turn, args=(far,))
    process.start()
    far.close()
    try:
        if not near.poll(_PATIENCE):
            raise RuntimeError("the world did not begin")
        yield World(near, near.recv())
        near.send(("end",))
        process.join(_PATIENCE)
    finally:
        process.kill()
        process.join()


def _turn(pipe: Connection) -> None:
    with server_on_disk(_CONNECTIONS) as server:
        place = Server(server)
        fill(place, TICKETS, AGE)
        line = SlowProxy(("127.0.0.1", server.port), 0.0)
        address, secret = entry(place, "ann")
        pipe.send(Door(replace(address, hosts=(("127.0.0.1", line.port),)), secret))
        around = _Around(place, line)
        try:
            while (words := pipe.recv())[0] != "end":
                pipe.send(getattr(around, words[0])(*words[1:]))
        finally:
            around.close()
            line.close()


class _Around:
    """Who and what is there; each public method is a word that the workplace may say."""

    def __init__(self, place: Server, line: SlowProxy) -> None:
        self._place, self._line = place, line
        self._seat: Seat | None = None
        self._crowd: tuple[multiprocessing.process.BaseProcess, Connection] | None = None
        self._dice = random.Random(20_261_126)

    def colleague(self) -> int:
        """Somebody with a console, who has all of the hub; how many tickets nobody has."""
        self._seat = seat = Seat(*entry(self._place, "cem"))
        seat.start()
        seat.until(lambda: copied(seat))
        open_ = seat.replica.tickets.open()
        self._free = [each.ticket.id for each in open_ if not each.ticket.assignee]
        self._dice.shuffle(self._free)
        return len(self._free)

    def take(self) -> int:
        """The colleague takes a ticket; when (µs UTC) it was on the colleague's disk."""
        assert self._seat is not None
        time.sleep(self._dice.uniform(0.05, 1.2))
        done = self._seat.desk.act(self._free.pop(), cmd.Take())
        assert hasattr(done, "op_id"), done
        at = wall()
        self._seat.engine.poke()
        return at

    def crowd(self) -> str:
        """Ten people act 200 times a second from now on, a minute at most."""
        standing = standing_of(self._place)
        logins = [f"crowd{n}" for n in range(_LOGINS)]
        addresses = [self._place.let_in(login, "technician") for login in logins]
        secrets = {login: self._place.secret(login) for login in logins}
        assert self._seat is not None
        seat = self._seat
        seat.settled()
        acts = list(worked_out(standing, logins, round(RATE * _LONGEST), seat.desk.clock()))
        people = [(new_id(), login) for login in logins]
        state = replace(seat.replica.sync.state(), last_cseq=0)  # others, who did nothing yet
        context = multiprocessing.get_context("spawn")
        near, far = context.Pipe()
        plan = Plan(addresses[0], secrets, state, people, acts, RATE)
        process = context.Process(target=sit, args=(plan, far), daemon=True)
        process.start()
        far.close()
        self._crowd = (process, near)
        assert near.recv() == "ready"
        near.send((time.monotonic(), _LONGEST))
        return "ready"

    def hush(self) -> int:
        """The crowd goes; how many acts it did."""
        assert self._crowd is not None
        process, pipe = self._crowd
        pipe.send("stop")
        acted = int(pipe.recv().acted)
        process.join(10)
        self._crowd = None
        return acted

    def storm(self, seconds: float) -> dict[str, int]:
        """So long the server dies, freezes and the network lags and flaps; how often each."""
        over = threading.Event()
        colleague = threading.Thread(target=self._act, args=(over,))
        colleague.start()
        end, counts = (
            time.monotonic() + seconds,
            dict.fromkeys(("kill", "lag", "flap", "freeze"), 0),
        )
        while time.monotonic() < end:
            for name in self._dice.sample(list(counts), len(counts)):
                if time.monotonic() < end:
                    getattr(self, f"_{name}")()
                    counts[name] += 1
                    time.sleep(self._dice.uniform(2, 6))
        over.set()
        colleague.join()
        return counts

    def close(self) -> None:
        """Everybody goes."""
        if self._crowd is not None:
            self._crowd[0].kill()
        if self._seat is not None:
            self._seat.close()

    def _kill(self) -> None:
        self._server.kill()
        time.sleep(self._dice.uniform(1, 6))
        self._server.start()

    def _lag(self) -> None:
        self._line.delay = 30.0
        time.sleep(35.0)
        self._line.delay = 0.0

    def _flap(self) -> None:
        for _ in range(10):
            self._line.go()
            time.sleep(self._dice.uniform(0.1, 1.0))
            self._line.come_back()
            time.sleep(self._dice.uniform(0.1, 1.5))

    def _freeze(self) -> None:
        self._server.freeze()
        time.sleep(self._dice.uniform(3, 12))
        self._server.thaw()

    @property
    def _server(self) -> Postgres:
        return self._place.server

    def _act(self, over: threading.Event) -> None:
        assert self._seat is not None
        seat = self._seat
        while not over.wait(1 / _COLLEAGUE_RATE):
            ident = self._dice.choice(self._free)
            seat.desk.act(ident, cmd.Note(text="Heard of it at the counter, again."))
            seat.engine.poke()
