"""Working minutes added up from midnight to midnight, so that any question is one subtraction.

Written from the hours in PROCESS.md, with nothing of the program's calendars in it. Everything in
the month stands on whole minutes, which are counted from its beginning.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


class Hours:
    """A desk's open minutes over some days; `opens` is None for one that never closes."""

    def __init__(
        self,
        zone: str,
        first: date,
        days: int,
        opens: tuple[time, time] | None,
        closed: Collection[date] = (),
    ) -> None:
        """Look at every minute once."""
        self.zone = ZoneInfo(zone)
        self.first = datetime.combine(first, time(), self.zone).astimezone(UTC)
        self.opens = opens
        self._closed = frozenset(closed)
        looked = [self._is_open(self.first + n * _MINUTE) for n in range(days * 1440)]
        self._before = [0, *accumulate(looked)]

    def minute(self, at: datetime) -> int:
        """The minute an instant begins, which it must."""
        found, rest = divmod(at - self.first, _MINUTE)
        assert not rest, at
        return found

    def at(self, minute: int) -> datetime:
        """When a minute begins."""
        return self.first + minute * _MINUTE

    def open_at(self, minute: int) -> bool:
        """Whether that minute is worked in."""
        return self._before[minute + 1] > self._before[minute]

    def between(self, start: int, end: int) -> int:
        """Open minutes from one to another, none when the second is earlier."""
        return max(0, self._before[max(start, end)] - self._before[start])

    def add(self, start: int, need: int) -> int:
        """When so many open minutes have passed: that moment, be it a closing one."""
        return bisect_left(self._before, self._before[start] + need) if need else start

    def next_open(self, minute: int) -> int:
        """That minute, or the next that is open."""
        return (
            minute
            if self.open_at(minute)
            else bisect_left(self._before, self._before[minute] + 1) - 1
        )

    def _is_open(self, at: datetime) -> bool:
        if self.opens is None:
            return True
        there = at.astimezone(self.zone)
        if there.weekday() >= 5 or there.date() in self._closed:
            return False
        return self.opens[0] <= there.time() < self.opens[1]
