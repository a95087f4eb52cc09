"""The figures of the wallboard, read at one moment: nothing but what is so, and nobody's name.

Every figure is counted as the console counts it, so that the list behind a tile has as many rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.desk.board_day import Kept, Trend, kept_today, trend_today
from tierline.desk.desk import Desk
from tierline.desk.field_day import engineers
from tierline.desk.queues import Count, is_soon
from tierline.desk.when import when
from tierline.domain.clocks import State
from tierline.domain.countdown import Countdown
from tierline.domain.policy import ALWAYS, Policy
from tierline.domain.tongue import tr
from tierline.storage.queues import OPEN, Tally, Warm, Where

NEXT, LOOKED_AT, MOST_PEOPLE = 5, 60, 8
PRIORITIES, LINES = (1, 2, 3, 4), (1, 2, 3)
STALE_SECONDS = 5
"""Older figures are told in words, in amber."""
_DESK = "desk"


class Coming(NamedTuple):
    """A clock that runs and is due next: it ticks by `countdown.face(now)`.

    `client` is "" unless a lead wants names on the wall.
    """

    number: str
    priority: int
    letter: str
    word: str
    countdown: Countdown
    client: str = ""


class OnShift(NamedTuple):
    """Someone present, by first name, and how many open tickets they hold.

    `out` says that they are on a visit; without a name it is `more` people that found no place.
    """

    name: str
    open: int
    out: bool = False
    more: int = 0


class Board(NamedTuple):
    """All tiles as of `at` (aware UTC). `cells` counts open tickets by (priority, line).

    `day` is the desk's day that the figures of today are of; `shift` is "" where none is known.
    """

    at: datetime
    place: str
    shift: str
    everything: Count
    nobody: Count
    untouched: Count
    cells: Mapping[tuple[int, int], Count]
    coming: tuple[Coming, ...]
    people: tuple[OnShift, ...]
    kept: Mapping[int, Kept]
    trend: Trend
    next_change: datetime | None = None


def read_board(desk: Desk, *, names: bool = False) -> Board:
    """The board as of the desk's now; a few milliseconds on 50,000 tickets.

    With `names` the clients of the clocks that are due next are told too.
    """
    now = desk.clock()
    open_, policy = _open(desk, now), desk.policy(desk.book.default)
    midnight = now.astimezone(desk.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    end = now + timedelta(microseconds=1)
    return Board(
        at=now,
        place=desk.zone.key.rpartition("/")[2].replace("_", " "),
        shift=_shift(policy, desk, now),
        everything=Count(*(sum(part) for part in zip(*open_.cells.values(), strict=True))),
        nobody=Count(*open_.nobody),
        untouched=Count(*desk.replica.today.untouched(now)),
        cells={key: Count(*sums) for key, sums in open_.cells.items()},
        coming=_coming(desk, now, names=names),
        people=_on_shift(desk),
        kept=kept_today(desk.replica.today.ended(midnight, end), policy, PRIORITIES),
        trend=trend_today(desk.replica.today, midnight, now),
        next_change=_next_change(desk, midnight),
    )


def _next_change(desk: Desk, midnight: datetime) -> datetime:
    """When a figure changes by itself: a clock warns or runs out, or the desk's day ends."""
    tomorrow = (midnight + timedelta(days=1)).astimezone(midnight.tzinfo)
    found = desk.next_change()
    return tomorrow if found is None else min(found, tomorrow)


def _shift(policy: Policy, desk: Desk, now: datetime) -> str:
    """Which shift it is; a desk that has none says until when it is open."""
    for shift in policy.file.shifts.values():
        if shift.calendar == ALWAYS or policy.calendar(shift.calendar).is_open(now):
            return shift.word.partition(",")[0]
    calendar = policy.calendar(_DESK if _DESK in policy.file.calendars else ALWAYS)
    if calendar.never_closes:
        return ""
    if calendar.is_open(now):
        return tr("Open until {when}", when=when(calendar.next_close(now), now, desk.zone))
    return tr("Closed until {when}", when=when(calendar.next_open(now), now, desk.zone))


class _Open(NamedTuple):
    """Open tickets by (priority, line), and those that nobody holds: total, over, soon."""

    cells: dict[tuple[int, int], list[int]]
    nobody: list[int]


def _open(desk: Desk, now: datetime) -> _Open:
    """Counted as `Queues.counts` does, each ticket looked at once."""
    queues = desk.replica.queues
    found = _Open({(p, line): [0, 0, 0] for p in PRIORITIES for line in LINES}, [0, 0, 0])
    for tally in queues.tallies(desk.me, now):
        for sums in _places(found, tally):
            sums[0] += tally.total
            sums[1] += tally.over
    for warm in queues.warm(desk.me, now):
        if any(is_soon(each, now, desk.book) for each in warm.deadlines):
            for sums in _places(found, warm):
                sums[2] += 1
    return found


def _places(found: _Open, each: Tally | Warm) -> list[list[int]]:
    cell = found.cells.setdefault((each.priority, each.tier), [0, 0, 0])
    return [cell, found.nobody] if each.free else [cell]


def _coming(desk: Desk, now: datetime, *, names: bool) -> tuple[Coming, ...]:
    """The clocks due next, one of a ticket; those that are over are counted, not listed."""
    after = Where("due_at", "after", (now + timedelta(microseconds=1),))
    ids = desk.replica.queues.ids([OPEN, after], sort="next", limit=LOOKED_AT)
    found = []
    for each in desk.replica.tickets.listed(ids):
        running = [d for d in each.deadlines if d.state == State.RUNNING and d.due and d.due > now]
        first = min(running, key=lambda d: d.due or now, default=None)
        if first is not None:
            countdown = Countdown(first, desk.book.calendar(first.calendar))
            client = each.client if names else ""
            about = (each.number, each.priority, first.letter, first.word)
            found.append(Coming(*about, countdown, client))
    return tuple(sorted(found, key=lambda c: c.countdown.due or now)[:NEXT])


def _on_shift(desk: Desk) -> tuple[OnShift, ...]:
    """Those with the most first; who finds no place is counted in the last one."""
    load, people = desk.people.load(), desk.people
    out = {*desk.replica.today.out(_visit_statuses(desk)), *engineers(desk)}
    there = [person for person in people.assignable() if person.present]
    found = [OnShift(people.first(p.id), load.get(p.id, 0), p.id in out) for p in there]
    found.sort(key=lambda p: (-p.open, p.name))
    shown, rest = found[:MOST_PEOPLE], found[MOST_PEOPLE:]
    if rest:
        rest = [*shown[-1:], *rest]
        shown[-1:] = [OnShift("", sum(p.open for p in rest), any(p.out for p in rest), len(rest))]
    return tuple(shown)


def _visit_statuses(desk: Desk) -> set[str]:
    """The statuses that mean somebody is on the way to a client or there, of every policy used."""
    used = {desk.book.default, *(client.policy for client in desk.replica.directory.clients())}
    visits = (desk.book.get(name).file.visits for name in used if desk.book.knows(name))
    return {status for each in visits if each for status in (each.travel, each.on_site)}
