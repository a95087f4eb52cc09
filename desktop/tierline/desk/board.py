"""The figures of the wallboard, read at one moment: no names of clients, nothing but what is so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.desk.desk import Desk, FirstContact
from tierline.desk.queues import Count, is_soon
from tierline.domain.clocks import State
from tierline.domain.countdown import Countdown
from tierline.storage.queues import OPEN, Where

NEXT, LOOKED_AT, MOST_PEOPLE = 5, 60, 8
PRIORITIES, LINES = (1, 2, 3, 4), (1, 2, 3)


class Coming(NamedTuple):
    """A clock that runs and is due next: it ticks by `countdown.face(now)`."""

    number: str
    priority: int
    word: str
    countdown: Countdown


class OnShift(NamedTuple):
    """Someone present, by first name, and how many open tickets they hold."""

    name: str
    open: int


class Board(NamedTuple):
    """All tiles as of `at` (aware UTC). `cells` counts open tickets by (priority, line)."""

    at: datetime
    place: str
    everything: Count
    nobody: Count
    cells: Mapping[tuple[int, int], Count]
    coming: tuple[Coming, ...]
    people: tuple[OnShift, ...]
    first_contact: FirstContact
    arrived: int
    resolved: int


def read_board(desk: Desk) -> Board:
    """The board as of the desk's now; a few milliseconds on 50,000 tickets."""
    now = desk.clock()
    counts = desk.counts()
    midnight = now.astimezone(desk.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    queues = desk.replica.queues
    first = desk.first_contact()
    arrived = queues.count([Where("logged_at", "after", (midnight,))], words="", now=now)[0]
    return Board(
        at=now,
        place=desk.zone.key.rpartition("/")[2].replace("_", " "),
        everything=counts["all"],
        nobody=counts["unassigned"],
        cells=_cells(desk, now),
        coming=_coming(desk, now),
        people=_on_shift(desk),
        first_contact=first,
        arrived=arrived,
        resolved=first.resolved,
    )


def _cells(desk: Desk, now: datetime) -> dict[tuple[int, int], Count]:
    queues = desk.replica.queues
    found = {(p, line): [0, 0, 0] for p in PRIORITIES for line in LINES}
    for tally in queues.tallies(desk.me, now):
        cell = found.setdefault((tally.priority, tally.tier), [0, 0, 0])
        cell[0] += tally.total
        cell[1] += tally.over
    for warm in queues.warm(desk.me, now):
        if any(is_soon(each, now, desk.book) for each in warm.deadlines):
            found.setdefault((warm.priority, warm.tier), [0, 0, 0])[2] += 1
    return {key: Count(*cell) for key, cell in found.items()}


def _coming(desk: Desk, now: datetime) -> tuple[Coming, ...]:
    """The clocks due next, one of a ticket; those that are over are counted, not listed."""
    after = Where("due_at", "after", (now + timedelta(microseconds=1),))
    ids = desk.replica.queues.ids([OPEN, after], sort="next", limit=LOOKED_AT)
    found = []
    for each in desk.replica.tickets.listed(ids):
        running = [d for d in each.deadlines if d.state == State.RUNNING and d.due and d.due > now]
        first = min(running, key=lambda d: d.due or now, default=None)
        if first is not None:
            countdown = Countdown(first, desk.book.calendar(first.calendar))
            found.append(Coming(each.number, each.priority, first.word, countdown))
    return tuple(sorted(found, key=lambda c: c.countdown.due or now)[:NEXT])


def _on_shift(desk: Desk) -> tuple[OnShift, ...]:
    load = desk.people.load()
    there = [person for person in desk.people.assignable() if person.present]
    found = [OnShift(desk.people.first(p.id), load.get(p.id, 0)) for p in there]
    return tuple(sorted(found, key=lambda p: (-p.open, p.name))[:MOST_PEOPLE])
