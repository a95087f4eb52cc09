"""How fast working time is counted, beside `businesstimedelta`, and how exact a countdown is.

A day is 8 hours of the desk, 90 days have 64 of them. Bests are compared for flatness, since on a
busy machine medians tell who else was there; the rates are medians.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import businesstimedelta
import pytz

from tests.bench.figure import Figure
from tests.oracles.countdowns import worst_error
from tierline.domain.calendar import BusinessCalendar

_ZONE = "Australia/Melbourne"
_HOURS = [("08:00", "12:00"), ("13:00", "17:00")]
_SPANS = {"4 h": timedelta(hours=4), "3 days": timedelta(hours=24), "90 days": timedelta(hours=512)}
_STARTS, _ROUNDS = 400, 25
_SEED = 20_261_105
_Call = Callable[[], object]


def figures() -> list[Figure]:
    """Calls a second over starts at random seconds of a year that has both changes of clocks."""
    starts = _starts()
    ours = BusinessCalendar(_ZONE, dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _HOURS))
    theirs = _theirs()
    for start in starts[:20]:
        _same(ours, theirs, start)
    found = list(_first(starts[0]))
    best: dict[str, list[float]] = {"add": [], "between": []}
    for name, need in _SPANS.items():
        ends = [(start, ours.add(start, need)) for start in starts]
        mine = {
            "add": [lambda s=s, n=need: ours.add(s, n) for s in starts],
            "between": [lambda a=a, b=b: ours.between(a, b) for a, b in ends],
        }
        slow = {
            "add": [lambda s=s, n=need: _their_add(theirs, s, n) for s in starts[:8]],
            "between": [lambda a=a, b=b: theirs.difference(a, b) for a, b in ends[:8]],
        }
        for what, calls in mine.items():
            times = _times(calls, _ROUNDS)
            best[what].append(min(times))
            rate = 1 / statistics.median(times)
            found.append(Figure(f"{what}, {name}", rate, 100_000, "/s", at_least=True))
            beside = rate * statistics.median(_times(slow[what], 3))
            label = f"{what}, {name}, beside businesstimedelta"
            found.append(Figure(label, beside, 20, "x", at_least=True))
    for what, each in best.items():
        found.append(Figure(f"{what}, dearest span to cheapest", max(each) / min(each), 2.0, "x"))
    off = worst_error(_SEED, rows=1_000, looks=4)
    found.append(Figure("shown countdown off at most, 1,000 rows", off, 1.0, "s"))
    return found


def _first(start: datetime) -> Iterator[Figure]:
    """What a calendar costs that is new: its first question works out the years around it."""
    times = []
    for _ in range(7):
        began = perf_counter()
        made = BusinessCalendar(_ZONE, dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _HOURS))
        made.add(start, timedelta(hours=4))
        times.append((perf_counter() - began) * 1_000)
    yield Figure("new calendar and its first deadline", statistics.median(times), 50, "ms")


def _starts() -> list[datetime]:
    rng = random.Random(_SEED)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return [begin + timedelta(seconds=rng.randrange(365 * 86_400)) for _ in range(_STARTS)]


def _times(calls: Sequence[_Call], rounds: int) -> list[float]:
    """Seconds a call, round by round, the call of the closure itself counted in."""
    times = []
    for _ in range(rounds):
        began = perf_counter()
        for call in calls:
            call()
        times.append((perf_counter() - began) / len(calls))
    return times


def _theirs() -> businesstimedelta.Rules:
    zone = pytz.timezone(_ZONE)
    day = businesstimedelta.WorkDayRule(
        start_time=time(8), end_time=time(17), working_days=[0, 1, 2, 3, 4], tz=zone
    )
    lunch = businesstimedelta.LunchTimeRule(
        start_time=time(12), end_time=time(13), working_days=[0, 1, 2, 3, 4], tz=zone
    )
    return businesstimedelta.Rules([day, lunch])


def _their_add(rules: businesstimedelta.Rules, start: datetime, need: timedelta) -> datetime:
    end: datetime = start + businesstimedelta.BusinessTimeDelta(rules, timedelta=need)
    return end


def _same(ours: BusinessCalendar, theirs: businesstimedelta.Rules, start: datetime) -> None:
    """Both count the same, or the comparison would mean nothing."""
    end = start + timedelta(days=10)
    need = ours.between(start, end)
    assert theirs.difference(start, end).timedelta == need
    if need:
        local = ours.add(start, need).astimezone(ZoneInfo(_ZONE))
        assert _their_add(theirs, start, need) == local
