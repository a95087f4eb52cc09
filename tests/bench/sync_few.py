"""Three whole consoles on one hub: from one's act to another's screen, and thirty days offline."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator, Sequence

from tests.bench.figure import Figure
from tests.bench.sync_screen import screen
from tests.bench.sync_seat import Seat, wall
from tests.sync.hubs.server_place import Server
from tierline.domain import commands as cmd

_ACTS, _PAUSE = 200, 0.03
BACKLOG, _ON, _VISIT = 10_000, 1_000, 5  # acts, tickets they are on, acts on a ticket in a row
_BITE = 500


def few(place: Server, seats: Sequence[Seat]) -> Iterator[Figure]:
    """The first acts; the second listens, a third one's window is watched."""
    actor, told = seats
    acts, heard, painted = [], [], []
    with screen(place, "cem") as shown:
        for turn in range(_ACTS):
            ident, take = shown.ids[turn % len(shown.ids)], turn // len(shown.ids) % 2 == 0
            told.came.pop(ident, None)
            clock = time.perf_counter()
            done = actor.desk.act(ident, cmd.Take() if take else cmd.Release())
            acts.append((time.perf_counter() - clock) * 1e3)
            assert hasattr(done, "op_id"), done
            began = wall()
            actor.engine.poke()
            painted.append((shown.painted(ident, actor.login if take else "") - began) / 1e3)
            told.until(lambda ident=ident: ident in told.came)
            heard.append((told.came[ident] - began) / 1e3)
            time.sleep(_PAUSE)
    yield from _both("act durable in the replica while three consoles sync", acts, (10, 10))
    yield from _both("act on A → B's listener, 3 consoles", heard, (30, 150))
    yield from _both("act on A → painted on B's screen, 3 consoles", painted, (30, 150))


def backlog(place: Server, seats: Sequence[Seat]) -> Iterator[Figure]:
    """The first was offline for long and comes back; then the second catches up with all of it."""
    actor, other = seats
    other.stop()
    actor.stop()
    _work_offline(actor)
    began = time.perf_counter()
    actor.start()
    actor.until(lambda: actor.status.pending > 0)
    actor.until(lambda: not actor.status.pending)
    yield Figure(f"{BACKLOG:,} offline acts pushed", time.perf_counter() - began, 10, "s")
    actor.settled()
    with place.as_keeper() as base:
        row = base.execute("SELECT seq FROM tierline.hub").fetchone()
    assert row
    lines = int(row[0]) - other.replica.sync.state().cursor
    assert lines >= BACKLOG, lines
    began = time.perf_counter()
    other.start()
    other.until(lambda: other.status.caught_up)
    took = time.perf_counter() - began
    assert other.replica.sync.state().cursor == row[0]
    yield Figure(f"{BACKLOG:,} events caught up", took * BACKLOG / lines, 1.5, "s")


def _work_offline(seat: Seat) -> None:
    """Ticket after ticket is taken, written on and put back, each of them twice.

    Many acts share a disk write here: only their way to the hub is measured.
    """
    open_ = seat.replica.tickets.open()
    ids = [each.ticket.id for each in open_ if not each.ticket.assignee]
    some = random.Random(BACKLOG).sample(ids, _ON)
    for start in range(0, BACKLOG, _BITE):
        with seat.replica.writing() as writing:
            for turn in range(start, start + _BITE):
                told = (_offline(turn),), seat.desk.clock(), seat.login
                done = seat.desk.acting.act_within(writing, some[turn // _VISIT % _ON], *told)
                assert hasattr(done, "op_id"), done


def _offline(turn: int) -> cmd.Command:
    match turn % _VISIT:
        case 0:
            return cmd.Take()
        case 4:
            return cmd.Release()
    return cmd.Note(text=f"In the basement, {turn}: the patch panel is labelled anew.")


def _both(name: str, times: list[float], goals: tuple[float, float]) -> Iterator[Figure]:
    yield Figure(f"{name}, p50", statistics.median(times), goals[0], "ms")
    yield Figure(f"{name}, p99", statistics.quantiles(times, n=100)[-1], goals[1], "ms")
