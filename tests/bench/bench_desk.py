"""How fast the desk answers on the reference desk: acts, counts, queues, the pane, recompute."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from tests.bench.figure import Figure
from tests.bench.reference import NOW, PEOPLE, reference_desk
from tests.fakes.books import bundled_book
from tierline.desk.desk import Desk
from tierline.desk.recompute import changed_projections
from tierline.domain import commands as cmd
from tierline.storage.projection import project
from tierline.storage.replica import Replica

_VIEWS = ("all", "my", "unassigned", "due", "tier:2", "priority:2", "waiting", "resolved")
_FILTERS = ("client:pellow", "tier:1 priority:2,3", "assignee:nobody", "printer", "is:over vpn")
_SORTS = ("next", "number", "client", "assignee", "changed", "priority")


def figures() -> list[Figure]:
    """Every figure of the desk, on a copy of the reference desk (50,000 tickets, 5,000 open)."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _desk(Path(folder))
        try:
            return [*_reads(desk), *_acts(desk), *_recompute(desk)]
        finally:
            desk.replica.close()


def _desk(folder: Path) -> Desk:
    book = bundled_book()
    shutil.copy(reference_desk(book) / "desk.sqlite", folder)
    return Desk(Replica.open(folder, NOW), book, PEOPLE[0], lambda: NOW)


def _reads(desk: Desk) -> Iterator[Figure]:
    ids = desk.ids("all")
    assert isinstance(ids, list)
    some = iter(ids[:400])
    yield _p95("counts of every view", [desk.counts] * 40, 10)
    yield _p95("ids of a view", [lambda v=v: desk.ids(v) for v in _VIEWS] * 5, 50)
    yield _p95("ids by a filter", [lambda f=f: desk.ids("all", f) for f in _FILTERS] * 8, 50)
    yield _p95("ids by a column", [lambda s=s: desk.ids("all", sort=s) for s in _SORTS] * 8, 50)
    yield _p95("rows of a screen (44)", [lambda: desk.rows(ids[:44])] * 40, 10)
    yield _p95("open a ticket", [lambda: desk.open_ticket(next(some))] * 200, 10)
    yield _p95("warnings, everyone's", [lambda: desk.strip(everyone=True)] * 20, 50)


def _acts(desk: Desk) -> Iterator[Figure]:
    ids = iter(desk.ids("unassigned"))
    yield _p95("take, on the disk", [lambda: desk.act(next(ids), cmd.Take())] * 100, 10)
    note = cmd.Note(text="Cleared the queue and printed a test page, all good so far.")
    yield _p95("note, on the disk", [lambda: desk.act(next(ids), note)] * 100, 10)
    yield _p95("draft, on the disk", [lambda: desk.save_draft("t", "note", "Hi")] * 100, 10)


def _recompute(desk: Desk) -> Iterator[Figure]:
    times = []
    for _ in range(3):
        began = perf_counter()
        changed_projections(desk.replica, desk.book)
        times.append(perf_counter() - began)
    yield Figure("recompute clocks of 5,000 open", statistics.median(times), 0.5, "s")
    found = desk.replica.tickets.open()
    all_open = [(s.seq, project(s.ticket, desk.policy(s.ticket.policy))) for s in found]
    began = perf_counter()
    with desk.replica.writing() as writing:
        writing.project(all_open)
    took = statistics.median(times) + perf_counter() - began
    yield Figure("the same, if all 5,000 change and are stored", took, 1.0, "s")


def _p95(name: str, calls: list[Callable[[], object]], goal: float) -> Figure:
    """The 95th percentile of the calls, in milliseconds, after one to warm up."""
    calls[0]()
    times = []
    for call in calls[1:]:
        began = perf_counter()
        call()
        times.append((perf_counter() - began) * 1_000)
    return Figure(f"{name}, p95", statistics.quantiles(times, n=20)[-1], goal, "ms")
