"""A calendar by brute force: real minutes one by one, each looked up on the clock on the wall.

Written from the words of ARCHITECTURE, *Clock semantics*, and from nothing in `tierline.domain`.
The clock on the wall that is turned back is not believed until it has caught up: a desk that has
closed does not open again, one that is open stays so.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

Times = list[tuple[str, str]]
Stretch = tuple[datetime, datetime]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)
MICRO = timedelta(microseconds=1)
_MINUTE = 60_000_000
_LEAD = 25 * 60 + 1  # a whole day was skipped once, in Apia


class World(NamedTuple):
    """What a calendar is made of."""

    zone: str
    hours: dict[str, Times]
    holidays: set[date]
    overrides: dict[date, Times]
    breaks: dict[date, Times]


class Minutes:
    """Every minute of a stretch of real time, open or closed. `None` means: not in the stretch."""

    def __init__(self, world: World, first: datetime, count: int) -> None:
        """Look at each of `count` minutes from `first` (a whole UTC minute) on."""
        self.world = world
        self.first = first
        self.open: list[bool] = []
        self._days: dict[date, tuple[list[Stretch], list[Stretch]]] = {}
        zone, shown = ZoneInfo(world.zone), None
        at = first - _LEAD * MINUTE
        for number in range(-_LEAD, count):
            wall = at.astimezone(zone).replace(tzinfo=None)
            shown = wall if shown is None or wall > shown else shown
            if number >= 0:
                self.open.append(self._is_open(shown))
            at += MINUTE
        self.end = at
        self.edges = [i for i in range(1, count) if self.open[i] != self.open[i - 1]]

    def _is_open(self, wall: datetime) -> bool:
        today = wall.date()
        if today not in self._days:
            self._days[today] = self._looked_up(today)
        opens, cuts = self._days[today]
        for since, until in cuts:
            if since <= wall < until:
                return False
        for since, until in opens:  # noqa: SIM110 - asked for each of millions of minutes
            if since <= wall < until:
                return True
        return False

    def _looked_up(self, today: date) -> tuple[list[Stretch], list[Stretch]]:
        """What is open, and what is closed all the same, on a date and from the night before."""
        if today in self.world.holidays:
            return [], []
        before = today - timedelta(days=1)
        both = (before, today)
        opens = [each for day in both for each in _stretches(day, self._shifts(day))]
        cuts = [each for day in both for each in _stretches(day, self.world.breaks.get(day, []))]
        return opens, cuts

    def _shifts(self, day: date) -> Times:
        if day in self.world.holidays:
            return []
        if day in self.world.overrides:
            return self.world.overrides[day]
        return self.world.hours.get(DAYS[day.weekday()], [])

    def index(self, at: datetime) -> int:
        """Which minute an instant is in."""
        return (at - self.first) // MINUTE

    def start(self, index: int) -> datetime:
        """When a minute begins."""
        return self.first + index * MINUTE

    def is_open(self, at: datetime) -> bool:
        return self.open[self.index(at)]

    def between(self, start: datetime, end: datetime) -> timedelta:
        since, until, total = self._micros(start), self._micros(end), 0
        for index in range(since // _MINUTE, -(-until // _MINUTE)):
            if self.open[index] and since < until:
                total += min(until, (index + 1) * _MINUTE) - max(since, index * _MINUTE)
        return total * MICRO

    def add(self, start: datetime, need: timedelta) -> datetime | None:
        """Step forward until the need is met: that instant, be it a closing one."""
        at, left = self._micros(start), need // MICRO
        index = at // _MINUTE
        while left:
            if index >= len(self.open):
                return None
            until = (index + 1) * _MINUTE
            if self.open[index]:
                if until - at >= left:
                    return self.first + (at + left) * MICRO
                left -= until - at
            at, index = until, index + 1
        return self.first + at * MICRO

    def subtract(self, end: datetime, need: timedelta) -> datetime | None:
        """Step backward until the need is met."""
        at, left = self._micros(end), need // MICRO
        index = (at - 1) // _MINUTE
        while left:
            if index < 0:
                return None
            since = index * _MINUTE
            if self.open[index]:
                if at - since >= left:
                    return self.first + (at - left) * MICRO
                left -= at - since
            at, index = since, index - 1
        return self.first + at * MICRO

    def _micros(self, at: datetime) -> int:
        return (at - self.first) // MICRO

    def next_open(self, at: datetime) -> datetime | None:
        index = self.index(at)
        if self.open[index]:
            return at
        while index < len(self.open) and not self.open[index]:
            index += 1
        return self.start(index) if index < len(self.open) else None

    def next_close(self, at: datetime) -> datetime | None:
        opened = self.next_open(at)
        if opened is None:
            return None
        index = self.index(opened)
        while index < len(self.open) and self.open[index]:
            index += 1
        return self.start(index) if index < len(self.open) else None

    def previous_close(self, at: datetime) -> datetime | None:
        index = self.index(at)
        if self.open[index]:
            return at
        while index >= 0 and not self.open[index]:
            index -= 1
        return self.start(index + 1) if index >= 0 else None

    def spans(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        found: list[tuple[datetime, datetime]] = []
        at = start
        while at < end:
            index = self.index(at)
            until = min(self.start(index + 1), end)
            if self.open[index]:
                since = found.pop()[0] if found and found[-1][1] == at else at
                found.append((since, until))
            at = until
        return found

    def add_days(self, start: datetime, days: int) -> datetime | None:
        """The same time of day on the `days`-th later date that has an open minute.

        For hours that end by midnight, so that a date is a working day.
        """
        begin = self.next_open(start)
        if begin is None:
            return None
        zone = ZoneInfo(self.world.zone)
        local = begin.astimezone(zone)
        wanted, today, last = local.time(), local.date(), None
        for index in range(self.index(begin), len(self.open)):
            if not self.open[index]:
                continue
            wall = self.start(index).astimezone(zone)
            if last is not None and wall.date() != today and not days:
                return last
            if wall.date() != today:
                today, days, last = wall.date(), days - 1, None
            if days == 0:
                last = self.start(index + 1)
                showing = wall.time().replace(second=0, microsecond=0)
                if today == local.date():
                    return begin
                if showing == wanted.replace(second=0, microsecond=0):
                    seconds = timedelta(seconds=wanted.second, microseconds=wanted.microsecond)
                    return self.start(index) + seconds
                if showing > wanted:
                    return self.start(index)
        return None


def _stretches(day: date, times: Times) -> list[Stretch]:
    """The intervals of a day on the wall, [from, to), the night after it with them."""
    midnight = datetime.combine(day, time())
    found = []
    for begin, end in times:
        night = timedelta(days=_clock(end) < _clock(begin))
        found.append((midnight + _clock(begin), midnight + _clock(end) + night))
    return found


def _clock(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def utc(text: str) -> datetime:
    """An instant written as "2026-11-05 10:42:08", UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
