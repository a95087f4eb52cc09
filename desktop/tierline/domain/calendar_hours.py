"""Opening hours as a person writes them, read strictly and laid out on the line of real time.

Everything is whole microseconds: *wall* ones of the local clock, *real* ones of UTC, both from
1970. What cannot be a calendar is refused here, with what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = 86_400_000_000
FIRST_DAY = date.min.toordinal() - date(1970, 1, 1).toordinal()
END_DAY = date.max.toordinal() - date(1970, 1, 1).toordinal() + 1
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_THURSDAY = 3  # 1 January 1970
_REMEMBERED = 10_000  # days worked out and kept
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall time has no zone until it is given one
_REAL_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_EARLIEST = (datetime.min - _EPOCH) // _MICRO  # noqa: DTZ901 - as above
_LATEST = (datetime.max - _EPOCH) // _MICRO  # noqa: DTZ901 - as above
_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")

Piece = tuple[int, int]
Written = Sequence[tuple[str, str]]


class CalendarError(ValueError):
    """Not a calendar, not an aware instant, or nothing open where it was looked for."""


class Hours:
    """The local opening times of every day, holidays and breaks taken out."""

    def __init__(
        self,
        hours: Mapping[str, Written],
        holidays: Iterable[date],
        overrides: Mapping[date, Written],
        breaks: Mapping[date, Written],
    ) -> None:
        """Read the written hours.

        Raises:
            CalendarError: an unknown day, a bad time, an interval without length, or never open.
        """
        for day in hours:
            if day not in WEEK:
                raise CalendarError(
                    f'"{day}" is no day of the week; write one of {", ".join(WEEK)}'
                )
        self._week = [_read(hours.get(day, ()), day) for day in WEEK]
        self._holidays = frozenset(map(_ordinal, holidays))
        self._overrides = {_ordinal(day): _read(times, day) for day, times in overrides.items()}
        self._breaks = {_ordinal(day): _read(times, day) for day, times in breaks.items()}
        self._days: dict[int, list[Piece]] = {}
        if not any(self._week) and not any(map(self.day, self._overrides)):
            raise CalendarError(
                'the calendar never opens; give it hours, like mon = [("09:00", "17:00")]'
            )

    def opens_outside(self, first: int, last: int) -> tuple[bool, bool]:
        """Whether it may be open on days before `first`, and from `last` on (days from 1970)."""
        if any(self._week):
            return True, True
        return min(self._overrides) < first, max(self._overrides) >= last

    @property
    def never_closes(self) -> bool:
        """Whether it is open at every instant of every week."""
        dated = self._holidays or self._overrides or self._breaks
        first, *others = _joined(self._shifts(0, 9)) or [(0, 0)]
        return not (dated or others) and first[1] - first[0] >= 8 * DAY

    def day(self, ordinal: int) -> list[Piece]:
        """Wall-time pieces of the working day that begins on a date (from its midnight), in order.

        The night after a late shift belongs to it.
        """
        known = self._days.get(ordinal)
        if known is None:
            known = self._days[ordinal] = self._worked_out(ordinal)
            if len(self._days) > _REMEMBERED:
                self._days = {ordinal: known}
        return known

    def _worked_out(self, ordinal: int) -> list[Piece]:
        base = ordinal * DAY
        cuts = [cut for day in (ordinal - 1, ordinal, ordinal + 1) for cut in self._cuts(day)]
        opens = _without(_joined(self._shifts(ordinal, ordinal + 1)), _joined(cuts))
        return [(start - base, end - base) for start, end in opens]

    def wall(self, first: int, last: int) -> list[Piece]:
        """Open wall-time pieces, apart and in order, from midnight of `first` to that of `last`."""
        cuts = [cut for day in range(first - 1, last) for cut in self._cuts(day)]
        opens = _without(_joined(self._shifts(first - 1, last)), _joined(cuts))
        low, high = first * DAY, last * DAY
        return [(max(a, low), min(b, high)) for a, b in opens if b > low and a < high]

    def most(self, days: int) -> int:
        """No so many days in a row have more open time than this, in microseconds."""
        week = sum(end - start for day in self._week for start, end in day)
        dated = sum(end - start for day in self._overrides.values() for start, end in day)
        return (days // 7 + 2) * week + dated

    def usual_day(self) -> int:
        """Length of the commonest working day (the longer of two), in microseconds."""
        days = [day for day in self._week if day] or [
            day for day in self._overrides.values() if day
        ]
        lengths = [sum(end - start for start, end in _joined(day)) for day in days]
        return max(lengths, key=lambda length: (lengths.count(length), length))

    def _shifts(self, first: int, last: int) -> list[Piece]:
        found: list[Piece] = []
        for day in range(first, last):
            if day in self._holidays:
                continue
            times = self._overrides.get(day)
            base = day * DAY
            for start, end in self._week[(day + _THURSDAY) % 7] if times is None else times:
                found.append((base + start, base + end))
        return found

    def _cuts(self, day: int) -> Iterable[Piece]:
        base = day * DAY
        if day in self._holidays:
            yield (base, base + DAY)
        for start, end in self._breaks.get(day, ()):
            yield (base + start, base + end)


class Zone:
    """Wall time of a place made real: in a gap it moves forward, twice there it is the first."""

    def __init__(self, name: str) -> None:
        """Find the zone.

        Raises:
            CalendarError: there is no such IANA zone.
        """
        try:
            self.tz = ZoneInfo(name)
        except (KeyError, ValueError, OSError, TypeError) as error:
            message = f'"{name}" is no IANA time zone; write one like "Europe/London"'
            raise CalendarError(message) from error
        self._even: dict[int, int | None] = {}

    def real(self, wall: int) -> int:
        """The real microsecond at which the local clock first shows `wall` or more."""
        offset = self._all_day(wall // DAY)
        if offset is not None:
            return wall - offset
        first, second = self._offset(wall, 0), self._offset(wall, 1)
        return wall - first if second <= first else self._after_gap(wall - second, wall - first)

    def wall(self, real: int) -> int:
        """What the local clock shows then, as wall microseconds."""
        day = real // DAY
        offset = self._all_day(day)
        if offset is not None and offset == self._all_day(day - 1) == self._all_day(day + 1):
            return real + offset
        there = (_REAL_EPOCH + timedelta(microseconds=real)).astimezone(self.tz)
        local: timedelta = there.replace(tzinfo=None) - _EPOCH
        return local // _MICRO

    def _all_day(self, day: int) -> int | None:
        """The offset from UTC on a day of the wall whose clocks are left alone."""
        try:
            return self._even[day]
        except KeyError:
            offset = self._offset(day * DAY, 0)
            even = offset if self._offset((day + 1) * DAY, 1) == offset else None
            self._even[day] = even
            return even

    def _offset(self, wall: int, fold: int) -> int:
        local = _EPOCH + _MICRO * min(max(wall, _EARLIEST), _LATEST)
        offset = local.replace(tzinfo=self.tz, fold=fold).utcoffset()
        return (offset or timedelta(0)) // _MICRO

    def _after_gap(self, low: int, high: int) -> int:
        """The instant the clocks went forward: between two instants, by halves."""
        before = self.wall(low) - low
        while high - low > 1:
            middle = (low + high) // 2
            if self.wall(middle) - middle == before:
                low = middle
            else:
                high = middle
        return high


def _read(times: Written, day: str | date) -> list[Piece]:
    found = []
    for interval in times:
        if isinstance(interval, str) or len(interval) != len(("from", "to")):
            raise CalendarError(f'{day}: "{interval}" is not a pair like ("09:00", "17:00")')
        start, end = _micros(interval[0], day), _micros(interval[1], day)
        if start in (end, DAY):
            message = f"{day}: {interval[0]} to {interval[1]} has no length"
            raise CalendarError(f'{message}; a whole day is ("00:00", "24:00")')
        found.append((start, end if end > start else end + DAY))
    return sorted(found)


def _micros(text: str, day: str | date) -> int:
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found is not None:
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        micros = (hours * 3_600 + minutes * 60 + seconds) * 1_000_000
        if micros <= DAY:
            return micros
    raise CalendarError(f'{day}: "{text}" is no time of day; write 00:00 to 24:00')


def _ordinal(day: date) -> int:
    """The date's ordinal, days from 1970 as `wall` counts them."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise CalendarError(f"{day!r} is no date; write one like date(2026, 12, 25)")
    return (day - _EPOCH.date()).days


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The same time as pieces that neither overlap nor touch, in order."""
    joined: list[Piece] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(opens: list[Piece], cuts: list[Piece]) -> list[Piece]:
    """The first less the second; both apart and in order."""
    left: list[Piece] = []
    place = 0
    for start, end in opens:
        since = start
        while place < len(cuts) and cuts[place][1] <= since:
            place += 1
        at = place
        while at < len(cuts) and cuts[at][0] < end:
            if cuts[at][0] > since:
                left.append((since, cuts[at][0]))
            since = max(since, cuts[at][1])
            at += 1
        if since < end:
            left.append((since, end))
    return left
