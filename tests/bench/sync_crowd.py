"""Two hundred consoles at forty acts a second: how late news is, what the server works, who asks.

Most of them are light (see `sync_light`); a few are whole ones.
"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import psutil

from tests.bench.figure import Figure
from tests.bench.sync_light import Plan, Told, sit
from tests.bench.sync_seat import Seat, wall
from tests.fakes.books import bundled_book
from tests.sync.hubs.server_place import Server
from tierline.domain import commands as cmd
from tierline.domain.decide import decide
from tierline.domain.events import AnyEvent, encode_events
from tierline.domain.log import Offer
from tierline.domain.ticket import Ticket, grown
from tierline.storage.identifiers import new_id
from tierline.storage.projection import project
from tierline.storage.rows import projection_of, wire_row

_CONSOLES, _RATE, _REAL_RATE = 200, 40.0, 2.0  # acts a second of all, of the whole ones together
_PROCESSES, _LOGINS = 2, 10
_WARM, _SECONDS, _PATIENCE = 2.0, 30.0, 120.0  # a heartbeat of each falls within
_STATES = 'SELECT id, last_seq, "row" FROM tierline.ticket ORDER BY id'
_DONE = "SELECT ticket_id, at, console_id FROM tierline.log WHERE seq > %s"
_BOOK = bundled_book()


class Standing(NamedTuple):
    """A ticket as the hub has it."""

    seq: int
    ticket: Ticket


class Crowd:
    """The light ones beside `seats`; `lost` counts acts that are not in the log, or twice.

    The first of the seats only watches, the others act too.
    """

    def __init__(self, place: Server, seats: Sequence[Seat]) -> None:
        self._place, self._seats = place, seats
        self._standing = standing_of(place)
        self.lost = 0
        self._family: list[tuple[multiprocessing.process.BaseProcess, Connection]] = []

    def figures(self) -> Iterator[Figure]:
        """Let them come, act and go."""
        try:
            self._come()
            yield from self._measured()
        finally:
            for process, _ in self._family:
                process.kill()
                process.join()

    def _measured(self) -> Iterator[Figure]:
        start, before = time.monotonic() + 0.5, self._place_seq()
        for _, pipe in self._family:
            pipe.send((start, _WARM + _SECONDS))
        acts = self._act(start)
        time.sleep(1.0)
        told = [self._ask(pipe) for _, pipe in self._family]
        heard = sorted(delay for each in told for delay in each.delays)
        real = sorted(self._real_delays(before))
        self._prove(before, acts, told)
        light = _CONSOLES - len(self._seats)
        name = f"act → every console, {light} light + {len(self._seats)} real, {_RATE:.0f} acts/s"
        yield Figure(f"{name}, p50", heard[len(heard) // 2] / 1e3, 400, "ms")
        yield Figure(f"{name}, p99", _p99(heard) / 1e3, 400, "ms")
        yield Figure(
            f"the same on the {len(self._seats)} real ones, p99", _p99(real) / 1e3, 400, "ms"
        )
        yield Figure("the server's CPU meanwhile, of a core", self._cpu, 50, "%")
        asked = sum(each.queries for each in told) / light / (_WARM + _SECONDS)
        yield Figure("queries of a light console beside its own acts", asked, 0.2, "/s")
        yield Figure("queries of a real console that only watches", self._asked, 0.2, "/s")
        yield Figure("act durable in a real replica meanwhile, p99", _p99(sorted(acts)), 10, "ms")

    def _act(self, start: float) -> list[float]:
        """Act on the whole consoles until it is over; how many milliseconds each took."""
        rng, times = random.Random(_CONSOLES), []
        watcher, actors = self._seats[0], self._seats[1:]
        due, cpu, asked, began = start, 0.0, 0, 0.0
        while due < start + _WARM + _SECONDS:
            time.sleep(max(0.0, due - time.monotonic()))
            if not began and due >= start + _WARM:
                began, cpu, asked = time.monotonic(), self._used(), watcher.queries
            seat, ident = rng.choice(actors), self._standing.pop(0)[0]
            clock = time.perf_counter()
            seat.desk.act(ident, cmd.Note(text=f"Seen at the counter, {due:.3f}."))
            times.append((time.perf_counter() - clock) * 1e3)
            seat.engine.poke()
            due += rng.uniform(0.2, 1.8) / _REAL_RATE
        took = time.monotonic() - began
        self._cpu = 100 * (self._used() - cpu) / took
        self._asked = (watcher.queries - asked) / took
        return times

    def _come(self) -> None:
        light = _CONSOLES - len(self._seats)
        logins = [f"crowd{n}" for n in range(_LOGINS)]
        addresses = [self._place.let_in(login, "technician") for login in logins]
        secrets = {login: self._place.secret(login) for login in logins}
        state = self._seats[0].replica.sync.state()
        rate = (_RATE - _REAL_RATE) / _PROCESSES
        for n in range(_PROCESSES):
            people = [(new_id(), logins[k % _LOGINS]) for k in range(n, light, _PROCESSES)]
            mine = sorted({login for _, login in people})
            many = round(rate * (_WARM + _SECONDS) * 1.2)
            acts = list(worked_out(self._standing, mine, many, self._seats[0].desk.clock()))
            self._begin(Plan(addresses[0], secrets, state, people, acts, rate))
        for _, pipe in self._family:
            self._answer(pipe)

    def _begin(self, plan: Plan) -> None:
        context = multiprocessing.get_context("spawn")
        near, far = context.Pipe()
        process = context.Process(target=sit, args=(plan, far), daemon=True)
        process.start()
        far.close()
        self._family.append((process, near))

    def _prove(self, before: int, acts: Sequence[float], told: Sequence[Told]) -> None:
        """Every act is a line, once; everybody knows the hub's chain."""
        lines = self._lines(before)
        done = len(acts) + sum(each.acted for each in told)
        with self._place.as_keeper() as base:
            hub = base.execute("SELECT seq, chain FROM tierline.hub").fetchone()
        other = set().union(*(each.chains for each in told)) - {hub}
        self.lost = abs(done - len(lines)) + len(lines) - len({each[0] for each in lines})
        self.lost += len(other)

    def _real_delays(self, before: int) -> Iterator[int]:
        ids = {seat.replica.sync.state().console_id: seat for seat in self._seats}
        for ticket, at, console in self._lines(before):
            for ident, seat in ids.items():
                if ident != console:
                    yield seat.came[ticket] - at

    def _lines(self, before: int) -> list[tuple[Any, ...]]:
        with self._place.as_keeper() as base:
            return base.execute(_DONE, (before,)).fetchall()

    def _place_seq(self) -> int:
        with self._place.as_keeper() as base:
            row = base.execute("SELECT seq FROM tierline.hub").fetchone()
        return int(row[0]) if row else 0

    def _used(self) -> float:
        """Seconds of processor time of the server and all its sessions."""
        assert self._place.server._process is not None
        parent = psutil.Process(self._place.server._process.pid)
        times = [each.cpu_times() for each in (parent, *parent.children())]
        return sum(each.user + each.system for each in times)

    def _ask(self, pipe: Connection) -> Told:
        pipe.send("stop")
        told = self._answer(pipe)
        assert isinstance(told, Told)
        return told

    def _answer(self, pipe: Connection) -> object:
        if not pipe.poll(_PATIENCE):
            raise RuntimeError("the light consoles do not answer")
        return pipe.recv()


def standing_of(place: Server) -> list[tuple[str, Standing]]:
    """Every ticket of the hub by its id, as it stands there."""
    with place.as_keeper() as base:
        rows = base.execute(_STATES).fetchall()
    return [(ident, Standing(seq, projection_of(row).ticket)) for ident, seq, row in rows]


def worked_out(
    standing: list[tuple[str, Standing]], logins: Sequence[str], many: int, now: datetime
) -> Iterator[tuple[str, Offer]]:
    """So many acts as consoles do them, each on a ticket of its own that leaves the list."""
    for n in range(many):
        login = logins[n % len(logins)]
        ident, (seq, ticket) = standing.pop()
        policy = _BOOK.get(ticket.policy)
        command: cmd.Command = cmd.Note(text=f"Test page {n} is good, the queue is empty.")
        if n % 3 == 0 and not ticket.assignee:
            command = cmd.Take()
        events: Any = decide(ticket, command, policy, now, login)
        yield login, _offer(ident, Standing(seq, ticket), command.kind, events)


def _offer(ident: str, standing: Standing, kind: str, events: Sequence[AnyEvent]) -> Offer:
    ticket = grown(standing.ticket, tuple(events), ident)
    assert ticket is not None
    return Offer(
        op_id=new_id(),
        cseq=0,
        ticket_id=ident,
        kind=kind,
        at=wall(),
        payload=encode_events(tuple(events)).decode(),
        base_seq=standing.seq,
        seen_seq=standing.seq,
        row=wire_row(project(ticket, _BOOK.get(ticket.policy))),
        number=ticket.number,
    )


def _p99(ordered: Sequence[float]) -> float:
    return statistics.quantiles(ordered, n=100)[-1]
