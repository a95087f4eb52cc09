"""What the alarms come to in a month of 5,000 tickets, and how fast they are looked through.

The month is judged each minute by stopwatches that know nothing of the engine: what it leaves out
is missed, what it says besides is a phantom. A mean or a maximum is of one person's pop-ups.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from tests.bench.figure import Figure
from tests.bench.reference import NOW, build
from tests.fakes.books import bundled_book
from tests.oracles.alarm_month import Month
from tierline.desk.desk import Desk
from tierline.storage.replica import Replica

SEED, TICKETS, DAYS = 7, 5_000, 30
_OPEN = 10_000


def figures() -> list[Figure]:
    """Every figure of the alarms."""
    return [*_month(), *_many()]


def _month() -> Iterator[Figure]:
    verdict = Month(SEED, TICKETS, DAYS).play()
    for fault in verdict.faults:
        print(f"seed {verdict.seed}: {fault}", file=sys.stderr)
    about = f"alarms, {DAYS} days of {TICKETS:,} tickets"
    yield Figure(f"{about}, told", verdict.told, 1_000, "alarms", at_least=True)
    yield Figure(f"{about}, missed", verdict.missed, 0, "alarms")
    yield Figure(f"{about}, phantom", verdict.phantom, 0, "alarms")
    yield Figure(f"{about}, pop-ups in 10 min, mean", verdict.mean_in_ten, 1, "")
    yield Figure(f"{about}, pop-ups in 10 min, most", verdict.most_in_ten, 2, "")


def _many() -> Iterator[Figure]:
    """A desk on which ten thousand tickets are over time at once."""
    with tempfile.TemporaryDirectory() as folder:
        book = bundled_book("three-line")
        build(Path(folder), book, _OPEN, _OPEN, _OPEN)
        replica = Replica.open(Path(folder), NOW)
        later = NOW + timedelta(days=60)
        desk = Desk(replica, book, "lead", lambda: later)
        try:
            found = desk.strip(everyone=True)
            yield Figure("alarms, at once", len(found.over), _OPEN, "alarms", at_least=True)
            took = _seconds(lambda: desk.strip(everyone=True), 5)
            yield Figure("alarms, strip of 10,000 at once", took, 2, "s")
            took = _seconds(lambda: desk.alarms.look(desk.me, later), 5)
            yield Figure("alarms, look of the engine at those of one line", took, 2, "s")
        finally:
            replica.close()


def _seconds(work: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        began = perf_counter()
        work()
        found.append(perf_counter() - began)
    return statistics.median(found)
