"""How fast a desk's history is replayed under another policy: 25,000 tickets, six entries each.

As many tickets and entries as the UCI log has, made up so that it needs no file: waits, two lines,
messages, a re-opening now and then.
"""

from __future__ import annotations

import random
import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID

from tests.bench.figure import Figure
from tests.fakes.books import bundled_book
from tierline.desk.desk import Desk
from tierline.desk.simulating import simulate
from tierline.desk.simulation import Simulation
from tierline.domain import events as ev
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import fold_operations
from tierline.storage.projection import all_words, project
from tierline.storage.records import Imported
from tierline.storage.replica import Replica

_TICKETS, _BATCH, _SEED = 25_000, 1_000, 20_261_105
_NOW = datetime(2026, 11, 5, 3, 42, 8, tzinfo=UTC)
_OTHERS = ("three-line", "tiered", "service-definition")


def figures() -> list[Figure]:
    """Seconds for each other policy, and what it needs of memory beside the desk."""
    with tempfile.TemporaryDirectory() as folder:
        book = bundled_book()
        replica = _made(Path(folder), book)
        desk = Desk(replica, book, "mira", lambda: _NOW)
        try:
            found = [_timed(desk, name) for name in _OTHERS]
            tracemalloc.start()
            simulate(desk, book.get("tiered"), "number:7", now=_NOW)
            peak = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
        finally:
            replica.close()
    return [*found, Figure("memory for some 10,000 of them", peak, 60, "MB")]


def _timed(desk: Desk, name: str) -> Figure:
    began = perf_counter()
    found = simulate(desk, desk.policy(name), now=_NOW)
    took = perf_counter() - began
    assert isinstance(found, Simulation)
    assert found.tickets == _TICKETS
    return Figure(f"replay 25,000 tickets under {name}", took, 10, "s")


def _made(folder: Path, book: PolicyBook) -> Replica:
    rng = random.Random(_SEED)
    replica = Replica.open(folder, _NOW)
    for start in range(0, _TICKETS, _BATCH):
        replica.imports.bring([_ticket(rng, book, n) for n in range(start, start + _BATCH)])
    return replica


def _ticket(rng: random.Random, book: PolicyBook, n: int) -> Imported:
    events = list(_course(rng, n))
    ticket_id = str(UUID(int=n + 1, version=4))
    operations = tuple(
        ev.Operation(
            op_id=str(UUID(int=(n + 1) * 100 + place, version=4)),
            ticket_id=ticket_id,
            kind="import",
            at=event.at,
            events=(event,),
        )
        for place, event in enumerate(events)
    )
    ticket = fold_operations(operations)
    done = project(ticket, book.get(ticket.policy), all_words(ticket, events))
    return Imported(operations, done)


def _course(rng: random.Random, n: int) -> Iterator[ev.AnyEvent]:
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(90 * 1440))
    yield ev.Logged(
        at=at, number=f"B{n:06d}", subject="Printer", policy="playbook", channel="portal",
        status="new", priority=rng.choice((1, 2, 3, 3, 3, 4)), source="bench", external_id=str(n),
    )  # fmt: skip
    yield ev.Assigned(at=(at := _later(rng, at)), assignee="mira")
    yield ev.Messaged(at=(at := _later(rng, at)), text="We are at it.")
    if rng.random() < 0.4:
        yield ev.StatusChanged(at=(at := _later(rng, at)), status="waiting-client", reason="asked")
        yield ev.StatusChanged(at=(at := _later(rng, at)), status="in-progress")
    if rng.random() < 0.3:
        yield ev.Escalated(at=(at := _later(rng, at)), tier=2, reason="skill", handover="-")
    yield ev.Resolved(at=(at := _later(rng, at)), status="resolved", steps="Done")
    if rng.random() < 0.1:
        yield ev.Reopened(at=(at := _later(rng, at)), status="in-progress", reason="Again")
        yield ev.Resolved(at=(at := _later(rng, at)), status="resolved", steps="Done now")
    yield ev.Closed(at=_later(rng, at), status="closed")


def _later(rng: random.Random, at: datetime) -> datetime:
    return at + timedelta(minutes=rng.randrange(5, 1_200))
