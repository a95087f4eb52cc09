"""How fast the rules are: 50,000 tickets with 5,000 open, nothing due, then a thousand acts due."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from tests.bench.figure import Figure
from tests.bench.reference import NOW, OPEN, TICKETS, build
from tests.fakes.books import bundled_book
from tierline.desk.timed_rules import run
from tierline.domain.policy_book import PolicyBook
from tierline.storage.replica import Replica

_DUE = 1_000
_DAYS = 60  # until so many acts have come due


def figures() -> list[Figure]:
    """Every figure of the rules, under the policy that has most of them (lines with limits)."""
    with tempfile.TemporaryDirectory() as folder:
        book = bundled_book("three-line")
        build(Path(folder), book, TICKETS, OPEN, TICKETS)
        replica = Replica.open(Path(folder), NOW)
        try:
            return list(_runs(replica, book))
        finally:
            replica.close()


def _runs(replica: Replica, book: PolicyBook) -> Iterator[Figure]:
    began = perf_counter()
    made = len(run(replica, book, NOW).made)
    took = perf_counter() - began
    times = []
    for _ in range(40):
        began = perf_counter()
        run(replica, book, NOW)
        times.append((perf_counter() - began) * 1_000)
    yield Figure("rules, nothing due, p95", statistics.quantiles(times, n=20)[-1], 10, "ms")
    for days in range(1, _DAYS):
        if made >= _DUE:
            break
        began = perf_counter()
        made += len(run(replica, book, NOW + timedelta(days=days)).made)
        took += perf_counter() - began
    yield Figure("rules, 1,000 acts made and stored", took * _DUE / max(made, 1), 5, "s")
