"""A new console on a hub with 100,000 open tickets: its first screen, and the whole copy."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from tests.bench.figure import Figure
from tests.bench.sync_content import NOTES, fill
from tests.bench.sync_seat import Seat, copied, entry
from tests.sync.hubs.server_place import Server
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal

TICKETS, _SCREEN = 100_000, 44
_EVERY = 0.1  # seconds between two acts of the person meanwhile


def copy(place: Server) -> Iterator[Figure]:
    """From joining to a screenful of rows, then to all of it with search; somebody works on."""
    content = fill(place, TICKETS)
    seat = Seat(*entry(place, "nova"))
    try:
        seat.start()
        seat.until(lambda: _on_screen(seat))
        first = time.perf_counter() - seat.began
        acts = _acts_until_copied(seat)
        whole = time.perf_counter() - seat.began
        _check(seat, content.tickets[-1].ticket.number)
    finally:
        seat.close()
    name = f"first copy of {TICKETS:,} open tickets, {TICKETS * NOTES:,} notes"
    yield Figure(f"{name}: joined → rows on screen", first, 1, "s")
    yield Figure(f"{name}: complete with search", whole, 25, "s")
    p99 = statistics.quantiles(acts, n=100)[-1]
    yield Figure(
        "act durable in the replica during that copy, p50", statistics.median(acts), 10, "ms"
    )
    yield Figure("act durable in the replica during that copy, p99", p99, 10, "ms")


def _on_screen(seat: Seat) -> bool:
    """Whether there is a screenful, and its rows are read."""
    ids = seat.desk.ids("all") if seat.came else []
    assert not isinstance(ids, Refusal)
    return len(ids) >= _SCREEN and len(seat.desk.rows(ids[:_SCREEN])) == _SCREEN


def _acts_until_copied(seat: Seat) -> list[float]:
    ids = seat.desk.ids("all")
    assert not isinstance(ids, Refusal)
    times, turn = [], 0
    while not copied(seat):
        ident, turn = ids[turn % _SCREEN], turn + 1
        began = time.perf_counter()
        done = seat.desk.act(ident, cmd.Note(text=f"Called them, {turn}."))
        times.append((time.perf_counter() - began) * 1e3)
        assert hasattr(done, "op_id"), done
        time.sleep(_EVERY)
    return times


def _check(seat: Seat, number: str) -> None:
    """All are here, the last one is found by its number, and notes by their words."""
    ids = seat.desk.ids("all")
    assert not isinstance(ids, Refusal)
    assert len(ids) == TICKETS
    assert len(seat.desk.search(number)) == 1
    assert seat.desk.search("cellar spooler") or seat.desk.search("printer queue")
