"""Light consoles: the real core and a real session each, with a replica that keeps only a cursor.

Many of them share a process and its one thread, so that two hundred fit on one machine. What goes
over the wire is what two hundred whole consoles would send and ask.
"""

from __future__ import annotations

import random
import select
import time
from array import array
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from msgspec.structs import replace

from tests.bench.sync_seat import wall
from tierline.domain.log import Line, Offer
from tierline.storage.chain_points import check_follows
from tierline.storage.sync_records import Applied, SyncCounts, SyncState
from tierline.sync.core import Core
from tierline.sync.hub import Answer, Console
from tierline.sync.hubs.address import Address
from tierline.sync.hubs.postgres import PostgresHub
from tierline.sync.steps import Ask, Came, Keep, Moment, Open, Rest, Woke

_TURN = 0.02  # seconds between two looks at what is due


class Plan(NamedTuple):
    """What one process is told: who sits there, what they know, and what they will do.

    `people` are (console id, login), `acts` (login, offer), `rate` is acts a second of all of them.
    """

    address: Address
    secrets: dict[str, str]
    state: SyncState
    people: Sequence[tuple[str, str]]
    acts: Sequence[tuple[str, Offer]]
    rate: float


class Told(NamedTuple):
    """What came of it: the delays of every line on every console (µs), who knows which chain.

    `queries` is what was asked of the hub beside the pushes.
    """

    delays: array[int]
    acted: int
    chains: frozenset[tuple[int, str]]
    queries: int


class _Replica:
    """What the core needs of a replica, in memory; lines are proven and forgotten."""

    def __init__(self, state: SyncState) -> None:
        self._state = state
        self.waiting: list[Offer] = []
        self.delays = array("q")
        self.since = 1 << 62

    def state(self) -> SyncState:
        return self._state

    def greeted(self, *_: object) -> Applied:
        return Applied()

    def unpark(self) -> Applied:
        return Applied()

    def reoffer(self, last_cseq: int) -> int:
        return 0

    def counts(self) -> SyncCounts:
        return SyncCounts(pending=len(self.waiting))

    def offers(self, limit: int) -> tuple[Offer, ...]:
        return tuple(self.waiting[:limit])

    def answered(self, answers: Sequence[Answer]) -> Applied:
        done = {answer.cseq for answer in answers if answer.outcome == "taken"}
        assert len(done) == len(answers), answers
        self.waiting = [offer for offer in self.waiting if offer.cseq not in done]
        return Applied()

    def apply(self, lines: Sequence[Line], cursor: int, chain: str, safe_seq: int) -> Applied:
        known, now = self._state, wall()
        fresh = [line for line in lines if line.seq > known.cursor]
        check_follows(known.cursor, known.chain, fresh, (cursor, chain))
        theirs = (line for line in fresh if line.console_id != known.console_id)
        self.delays.extend(now - line.at for line in theirs if line.at > self.since)
        self._state = replace(known, cursor=cursor, chain=chain)
        return Applied(tickets=tuple(line.ticket_id for line in fresh))

    def act(self, offer: Offer) -> None:
        self._state = replace(self._state, last_cseq=self._state.last_cseq + 1)
        self.waiting.append(replace(offer, cseq=self._state.last_cseq, at=wall()))


class Light:
    """One console; `fileno` is where its announcements come in."""

    def __init__(self, opening: Callable[[], PostgresHub], state: SyncState) -> None:
        self.replica = _Replica(state)
        self.hub: Any = None
        self.queries = 0
        self._opening = opening
        self._core = Core(Console(console_id="", version="1.0.0", name="light"))
        self._rng = random.Random(state.console_id)
        self._rest = Rest(0, 0.0, settled=False)
        self._go_on(None)

    def fileno(self) -> int:
        return int(self.hub._ear._link.fileno())

    @property
    def due(self) -> float:
        """When (steady seconds) it wants its turn, if nothing comes before."""
        until = self._rest.until or 0.0
        held = self.hub._held_until
        return min(until, held) if held else until

    def turn(self, *, poked: bool = False) -> None:
        """Hear what has come and do what is due."""
        news = self.hub.wait(0)
        if news or poked or time.monotonic() >= (self._rest.until or 0.0):
            self._go_on(Came(self._rest.token, Woke(news, poked=poked)))

    def act(self, offer: Offer) -> None:
        """Do something, and say so to the sync."""
        self.replica.act(offer)
        self.turn(poked=True)

    def _go_on(self, event: Came | None) -> None:
        while True:
            moment = Moment(wall(), time.monotonic())
            action = self._core.step(event, moment, self._rng)[-1]
            if isinstance(action, Rest):
                self._rest = action
                return
            event = Came(action.token, self._done(action))

    def _done(self, action: Any) -> object:
        match action:
            case Open():
                self.hub = self._opening()
                return None
            case Ask():
                self.queries += 1
                return action.do(self.hub)
            case Keep():
                return action.do(self.replica)  # type: ignore[arg-type]
        raise AssertionError(action)


def sit(plan: Plan, pipe: Connection) -> None:
    """The life of a process: "ready" when all are there; then it is told `(start, seconds)`.

    Acts are done from then on; when it is told anything else it answers what came of it, and ends.
    """
    crowd = _Crowd(plan)
    crowd.run(lambda: crowd.settled)
    pipe.send("ready")
    crowd.run(pipe.poll)
    start, seconds = pipe.recv()
    crowd.begin(start, start + seconds)
    crowd.run(pipe.poll)
    pipe.recv()
    pipe.send(crowd.told())
    crowd.close()


class _Crowd:
    """The consoles of one process, and the one that acts next."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rng = random.Random(plan.people[0][0])
        self._poll = select.poll()
        self._by_login: dict[str, list[Light]] = {}
        self._lights: dict[int, Light] = {}
        self._acts = iter(plan.acts)
        self._next = self._end = 0.0
        self._acted = 0
        for console, login in plan.people:
            light = self._seat(console, login)
            self._lights[light.fileno()] = light
            self._by_login.setdefault(login, []).append(light)
            self._poll.register(light, select.POLLIN)

    @property
    def settled(self) -> bool:
        return all(light._core.status.caught_up for light in self._lights.values())

    def begin(self, start: float, end: float) -> None:
        """Act from `start` to `end` (steady seconds)."""
        self._next, self._end = start, end
        for light in self._lights.values():
            light.queries = 0
            light.replica.since = wall() + round((start - time.monotonic()) * 1e6)

    def run(self, over: Callable[[], bool]) -> None:
        """Take turns until it is over."""
        looked = 0.0
        while True:
            now = time.monotonic()
            if now - looked >= _TURN:
                if over():
                    return
                looked = now
                for light in self._lights.values():
                    if light.due <= now:
                        light.turn()
            for fileno, _ in self._poll.poll(1000 * max(0.0, looked + _TURN - now)):
                self._lights[fileno].turn()
            self._act()

    def told(self) -> Told:
        delays = array("q")
        for light in self._lights.values():
            delays.extend(light.replica.delays)
        states = (light.replica.state() for light in self._lights.values())
        chains = frozenset((state.cursor, state.chain) for state in states)
        queries = sum(light.queries for light in self._lights.values()) - self._acted
        return Told(delays, self._acted, chains, queries)

    def close(self) -> None:
        for light in self._lights.values():
            light.hub.close()

    def _act(self) -> None:
        now = time.monotonic()
        if self._next <= now < self._end:
            login, offer = next(self._acts)
            self._rng.choice(self._by_login[login]).act(offer)
            self._acted += 1
            self._next += self._rng.uniform(0.2, 1.8) / self._plan.rate

    def _seat(self, console: str, login: str) -> Light:
        address = replace(self._plan.address, login=login)
        secret = self._plan.secrets[login]
        state = replace(self._plan.state, login=login, console_id=console)
        return Light(lambda: PostgresHub(address, lambda: secret), state)
