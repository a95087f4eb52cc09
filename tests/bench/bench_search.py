"""Search as you type on the reference desk: every prefix of what people look for."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from time import perf_counter

from tests.bench.figure import Figure
from tests.bench.reference import CLIENTS, NOW, PEOPLE, reference_desk
from tests.fakes.books import bundled_book
from tierline.desk.desk import Desk
from tierline.desk.duplicates import duplicates
from tierline.storage.replica import Replica
from tierline.widgets.sheets.palette_entries import Offers

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
    "esclate to 2nd",
    "elspteh mralow",
    '"blank pages"',
)


def figures() -> list[Figure]:
    """p95 over every keystroke, rows of what was found included."""
    book = bundled_book()
    replica = Replica.open(reference_desk(book), NOW)
    desk = Desk(replica, book, PEOPLE[0], lambda: NOW)
    found = _p95(lambda typed: desk.rows(desk.search(typed, limit=50)))
    offers = Offers(desk, desk.open_ticket(desk.search("a", 1)[0]), desk.counts())
    offered = _p95(offers.rows)
    client = max(CLIENTS, key=lambda each: len(desk.search(each, limit=1_000)))
    alike = _p95(lambda typed: duplicates(desk, client, "Ann Lee", typed))
    replica.close()
    size = "50,000 tickets / 500,000 notes"
    return [
        Figure(f"search as you type, {size}, p95", found, 100, "ms"),
        Figure(f"tickets alike while one is logged, {size}, p95", alike, 50, "ms"),
        Figure(f"all that the palette offers for a key, {size}, p95", offered, 50, "ms"),
    ]


def _p95(find: Callable[[str], object]) -> float:
    """Milliseconds a keystroke."""
    times = []
    for typed in _keystrokes():
        began = perf_counter()
        find(typed)
        times.append((perf_counter() - began) * 1_000)
    return statistics.quantiles(times, n=20)[-1]


def _keystrokes() -> Iterator[str]:
    for typed in _TYPED:
        for end in range(1, len(typed) + 1):
            yield typed[:end]
