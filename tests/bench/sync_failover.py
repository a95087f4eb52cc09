"""A primary dies with acknowledged work that its standby never had; four consoles go on."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec.structs import replace

from tests.bench.figure import Figure
from tests.bench.sync_content import fill
from tests.bench.sync_seat import PATIENCE, Seat, disk_folder, entry, server_on_disk
from tests.fakes.servers import Postgres
from tests.sync.hubs.server_place import Server
from tierline.domain import commands as cmd

_TICKETS, _LOGINS = 300, ("ann", "ben", "cem", "dee")
_RATE = 20.0  # acts a second of all
_WARM, _BEHIND, _DOWN, _AFTER = 1.5, 1.5, 3.0, 1.0  # seconds
_OURS = "SELECT op_id FROM journal WHERE mine = 1 AND cseq > 0"
_STATES = "SELECT id, state FROM ticket"
_HUB_STATES = "SELECT id, \"row\"::json ->> 'state' FROM tierline.ticket"


def failover() -> Iterator[Figure]:
    """From the standby's promotion to the first accepted push, and to everybody being whole."""
    with server_on_disk(60) as primary, disk_folder() as folder:
        place = Server(primary)
        fill(place, _TICKETS)
        for login in _LOGINS:
            entry(place, login)
        standby = primary.standby(folder)
        standby.start()
        try:
            with _seats(place, standby) as seats:
                yield from _measured(place, standby, seats)
        finally:
            standby.stop()


def _measured(place: Server, standby: Postgres, seats: Sequence[Seat]) -> Iterator[Figure]:
    with _acting(seats):
        time.sleep(_WARM)
        _cut_off(standby)
        time.sleep(_BEHIND)
        place.server.kill()
        time.sleep(_DOWN)
        standby.promote()
        promoted = time.perf_counter()
        first = _first_push(seats, promoted)
        time.sleep(_AFTER)
    for seat in seats:
        seat.settled()
    whole = time.perf_counter()
    yield Figure("failover: promotion → first accepted push", first - promoted, 5, "s")
    yield Figure("failover: all offered again, after that", whole - first, 20, "s")
    yield Figure("failover: acts lost, twice or different", _wrong(place, standby, seats), 0, "")


@contextmanager
def _seats(place: Server, standby: Postgres) -> Iterator[list[Seat]]:
    hosts = tuple(("127.0.0.1", each.port) for each in (place.server, standby))
    made: list[Seat] = []
    try:
        for login in _LOGINS:
            address, secret = entry(place, login)
            made.append(Seat(replace(address, hosts=hosts), secret))
            made[-1].start()
        for each in made:
            each.settled()
        yield made
    finally:
        for each in made:
            each.close()


@contextmanager
def _acting(seats: Sequence[Seat]) -> Iterator[None]:
    """People go on working, whatever happens to their hub."""
    over = threading.Event()
    worker = threading.Thread(target=_work, args=(seats, over))
    worker.start()
    try:
        yield
    finally:
        over.set()
        worker.join()


def _work(seats: Sequence[Seat], over: threading.Event) -> None:
    rng, turn = random.Random(_TICKETS), 0
    ids = [each.ticket.id for each in seats[0].replica.tickets.open()]
    while not over.wait(rng.uniform(0.2, 1.8) / _RATE):
        seat, turn = rng.choice(seats), turn + 1
        command = rng.choice(
            (cmd.Note(text=f"act {turn}"), cmd.Note(text=f"act {turn}"), cmd.Take())
        )
        seat.desk.act(rng.choice(ids), command)  # a take of what one holds is refused at once
        seat.engine.poke()


def _cut_off(standby: Postgres) -> None:
    """Whatever is acknowledged from now on never reaches the standby."""
    with standby.keeper() as base:
        base.execute("ALTER SYSTEM SET primary_conninfo = ''")
        base.execute("SELECT pg_reload_conf()")
        end = time.monotonic() + PATIENCE
        while base.execute("SELECT 1 FROM pg_stat_wal_receiver").fetchone():
            assert time.monotonic() < end, "the standby goes on following"
            time.sleep(0.02)


def _first_push(seats: Sequence[Seat], promoted: float) -> float:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        times = [each for seat in seats for each in seat.taken if each > promoted]
        if times:
            return min(times)
        time.sleep(0.005)
    raise RuntimeError("nobody's act was accepted after the failover")


def _wrong(place: Server, standby: Postgres, seats: Sequence[Seat]) -> int:
    """Acts that are not in the log, or twice; tickets that are not the hub's on some replica."""
    with standby.keeper(place.database) as base:
        log = base.execute("SELECT op_id, payload FROM tierline.log").fetchall()
        states = dict(base.execute(_HUB_STATES).fetchall())
    ours = [op_id for seat in seats for (op_id,) in _rows(seat, _OURS)]
    assert "had lost work" in " ".join(seat.status.note for seat in seats), "nothing was at stake"
    assert len(states) == _TICKETS
    known = {op_id for op_id, _ in log}
    lost = sum(op_id not in known for op_id in ours)
    said = Counter(payload for _, payload in log if '"act ' in payload)
    twice = len(log) - len(known) + sum(said.values()) - len(said)
    different = sum(set(_rows(seat, _STATES)) != set(states.items()) for seat in seats)
    return lost + twice + different


def _rows(seat: Seat, query: str) -> list[tuple[Any, ...]]:
    with seat.replica._store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]
