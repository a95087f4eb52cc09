"""Search as you type on the reference desk: every prefix of what people look for."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from time import perf_counter

from tests.bench.figure import Figure
from tests.bench.reference import NOW, PEOPLE, reference_desk
from tests.fakes.books import bundled_book
from tierline.desk.desk import Desk
from tierline.storage.replica import Replica

_TYPED = (
    "printer queue stuck",
    "mailbox rule",
    "remote desktop gateway session",
    "CS0012376",
    "#12376",
    "pellow legal",
    "elspeth marlow",
    "a",
    "nothing like this",
    '"blank pages"',
)


def figures() -> list[Figure]:
    """p95 over every keystroke, rows of what was found included."""
    book = bundled_book()
    replica = Replica.open(reference_desk(book), NOW)
    desk = Desk(replica, book, PEOPLE[0], lambda: NOW)
    times = []
    for typed in _keystrokes():
        began = perf_counter()
        desk.rows(desk.search(typed, limit=50))
        times.append((perf_counter() - began) * 1_000)
    replica.close()
    p95 = statistics.quantiles(times, n=20)[-1]
    return [Figure("search as you type, 50,000 tickets / 500,000 notes, p95", p95, 100, "ms")]


def _keystrokes() -> Iterator[str]:
    for typed in _TYPED:
        for end in range(1, len(typed) + 1):
            yield typed[:end]
