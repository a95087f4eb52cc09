"""Working time: which instants a desk is open, and how far a deadline is along those instants.

Exact to the microsecond and to the rules of *Clock semantics* in ARCHITECTURE: aware datetimes
in, UTC out, whatever zone this machine is in. A question costs two bisections over the open
intervals of some years, however long the span; years are worked out when first met.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tierline.domain.calendar_hours import (
    DAY,
    END_DAY,
    FIRST_DAY,
    WEEK,
    CalendarError,
    Hours,
    Written,
    Zone,
)
from tierline.domain.calendar_window import Window, always_window, open_window, wider

__all__ = ["BusinessCalendar", "CalendarError"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_ZERO = timedelta(0)
_YEAR = 366
_FAR = 60 * _YEAR
_WIDEST = 800 * _YEAR


class BusinessCalendar:
    """Opening hours in one zone. Immutable to its users; safe to share between threads."""

    def __init__(
        self,
        zone: str = "UTC",
        hours: Mapping[str, Written] | None = None,
        holidays: Iterable[date] = (),
        overrides: Mapping[date, Written] | None = None,
        breaks: Mapping[date, Written] | None = None,
    ) -> None:
        """Take local opening hours by day ("mon" .. "sun"), closed days, dated hours, dated breaks.

        Raises:
            CalendarError: no such zone or day, a bad time, an interval without length, never open.
        """
        self._zone = Zone(zone)
        self._hours = Hours(hours or {}, holidays, overrides or {}, breaks or {})
        self._always = self._hours.never_closes
        self._window = always_window() if self._always else None

    @classmethod
    def always(cls, zone: str = "UTC") -> BusinessCalendar:
        """Open around the clock; the zone says only where its days begin."""
        return cls(zone, dict.fromkeys(WEEK, (("00:00", "24:00"),)))

    def __repr__(self) -> str:
        """The zone, and whether it ever closes."""
        return f"<BusinessCalendar {self.tz.key}{', always open' if self._always else ''}>"

    @property
    def tz(self) -> ZoneInfo:
        """The zone whose clock the hours are read on."""
        return self._zone.tz

    @property
    def never_closes(self) -> bool:
        """Whether working time is all time."""
        return self._always

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The first instant with that much working time since `start`; no time gives `start`.

        Raises:
            CalendarError: naive, or the calendar does not open for so long.
        """
        at, need = _micros(start), duration // _MICRO
        if need <= 0:
            return self.subtract(start, -duration) if need else _datetime(at)
        window = self._at(at)
        position = window.position(at) + need
        while position > window.sums[-1]:
            window = self._later(window, position - window.sums[-1])
            position = window.position(at) + need
        return _datetime(window.reached(position))

    def subtract(self, end: datetime, duration: timedelta) -> datetime:
        """The last instant with that much working time until `end`; no time gives `end`.

        Raises:
            CalendarError: naive, or the calendar was not open for so long.
        """
        at, need = _micros(end), duration // _MICRO
        if need <= 0:
            return self.add(end, -duration) if need else _datetime(at)
        window = self._at(at)
        position = window.position(at) - need
        while position < 0:
            window = self._earlier(window, -position)
            position = window.position(at) - need
        return _datetime(window.left(position))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`, nothing when it ends before it begins.

        Raises:
            CalendarError: an instant is naive.
        """
        # Asked by the thousand: what is written out here costs less than calls would.
        try:
            a, b = (start - _EPOCH) // _MICRO, (end - _EPOCH) // _MICRO
        except TypeError:
            a, b = _micros(start), _micros(end)
        if b <= a:
            return _ZERO
        window = self._window
        if window is None or a < window.low or b >= window.high:
            if b - a > _WIDEST * DAY and not self._always:
                middle = _datetime((a + b) // 2)
                return self.between(start, middle) + self.between(middle, end)
            window = self._covering(a, b)
        starts, ends, sums = window.starts, window.ends, window.sums
        i, j = bisect_right(starts, a) - 1, bisect_right(starts, b) - 1
        close, last = ends[i], ends[j]
        before = sums[i] - starts[i] + (a if a < close else close)  # noqa: FURB136 - as above
        until = sums[j] - starts[j] + (b if b < last else last)  # noqa: FURB136 - as above
        return _MICRO * (until - before)

    def spans(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """Open intervals between two instants, cut to them, in order; UTC.

        Raises:
            CalendarError: an instant is naive.
        """
        a, b = _micros(start), _micros(end)
        if b <= a:
            return []
        pieces = self._covering(a, b).pieces(a, b)
        return [(_datetime(begin), _datetime(until)) for begin, until in pieces]

    def is_open(self, t: datetime) -> bool:
        """Whether the instant is working time.

        Raises:
            CalendarError: naive.
        """
        at = _micros(t)
        window = self._at(at)
        return at < window.ends[window.place(at)]

    def next_open(self, t: datetime) -> datetime:
        """The first open instant from `t` on; `t` itself when open.

        Raises:
            CalendarError: naive, or it does not open any more.
        """
        at = _micros(t)
        window = self._at(at)
        place = window.place(at)
        if at < window.ends[place]:
            return _datetime(at)
        while place + 1 == len(window.starts):
            window = self._later(window, 1)
            place = window.place(at)
        return _datetime(window.starts[place + 1])

    def next_close(self, t: datetime) -> datetime:
        """The end of the interval `t` is in, or of the next one.

        Raises:
            CalendarError: naive, or it does not close any more.
        """
        at = _micros(self.next_open(t))
        window = self._at(at)
        while (close := window.ends[window.place(at)]) >= window.high:
            if window.last - window.first > _FAR or window.last == END_DAY:
                raise CalendarError(f"{self!r} does not close again after {t:%Y-%m-%d}")
            window = self._later(window, 1)
        return _datetime(close)

    def previous_close(self, t: datetime) -> datetime:
        """The last instant of working time up to `t`: `t` itself inside or on a close.

        Raises:
            CalendarError: naive, or it had not opened yet.
        """
        at = _micros(t)
        window = self._at(at)
        while not (place := window.place(at)):
            window = self._earlier(window, 1)
        return _datetime(min(at, window.ends[place]))

    def add_days(self, start: datetime, days: int) -> datetime:
        """The same time of day so many working days later; closed hours count from the opening.

        Where that day is shorter or opens later, the nearest instant that is open on it; its close
        when it is already over by then.

        Raises:
            CalendarError: naive, fewer than no days, or it does not open any more.
        """
        if days < 0:
            raise CalendarError(f"{days} business days: count forward only")
        begin = self.next_open(start)
        wall = self._zone.wall(_micros(begin))
        day = self._day_of(wall)
        later = day
        for _ in range(days):
            later = self._day_after(later)
        return begin if later == day else self._on_day(later, wall - day * DAY)

    def day_length(self) -> timedelta:
        """Working time of a usual day: the commonest one of the week."""
        return timedelta(microseconds=self._hours.usual_day())

    def _on_day(self, day: int, wanted: int) -> datetime:
        pieces = self._hours.day(day)
        inside = next((max(wanted, a) for a, b in pieces if wanted < b), pieces[-1][1])
        return _datetime(self._zone.real(day * DAY + inside))

    def _day_of(self, wall: int) -> int:
        """The working day an open wall time belongs to: the one before while its night lasts."""
        day = wall // DAY
        night = wall - (day - 1) * DAY
        return day - 1 if any(a <= night < b for a, b in self._hours.day(day - 1)) else day

    def _day_after(self, day: int) -> int:
        later = day + 1
        while not self._hours.day(later):
            later += 1
            if later - day > _FAR or later >= END_DAY:
                raise CalendarError(
                    f"{self!r} has no working day in the {_FAR // _YEAR} years after"
                )
        return later

    def _at(self, at: int) -> Window:
        """A window around an instant."""
        window = self._window
        if window is not None and window.low <= at < window.high:
            return window
        return self._covering(at, at)

    def _covering(self, a: int, b: int) -> Window:
        """A window with both instants in it; one that is far away is forgotten."""
        window = self._window
        if window is not None and window.low <= a and b < window.high:
            return window
        first, last = a // DAY - _YEAR, b // DAY + _YEAR
        if window is None or first > window.last + _FAR or last < window.first - _FAR:
            window = open_window(self._hours, self._zone, first, last)
        else:
            reach = min(first, window.first), max(last, window.last)
            window = wider(window, self._hours, self._zone, *reach)
        self._window = window
        return window

    def _later(self, window: Window, missing: int) -> Window:
        """More of the future, at least twice as much, for so much open time that is missing."""
        _, more = self._hours.opens_outside(window.first, window.last - 1)
        if window.last == END_DAY or not more:
            raise CalendarError(f"{self!r} does not open for so long")
        last = window.last + max(2 * _YEAR, window.last - window.first)
        self._refuse_too_wide(last - window.first, missing)
        self._window = wider(window, self._hours, self._zone, window.first, last)
        return self._window

    def _earlier(self, window: Window, missing: int) -> Window:
        """More of the past, at least twice as much, for so much open time that is missing."""
        more, _ = self._hours.opens_outside(window.first, window.last)
        if window.first == FIRST_DAY or not more:
            raise CalendarError(f"{self!r} was not open for so long")
        first = window.first - max(2 * _YEAR, window.last - window.first)
        self._refuse_too_wide(window.last - first, missing)
        self._window = wider(window, self._hours, self._zone, first, window.last)
        return self._window

    def _refuse_too_wide(self, days: int, missing: int) -> None:
        """Keep a target that nobody meant from filling the memory."""
        if days > 2 * _WIDEST or missing > self._hours.most(_WIDEST):
            raise CalendarError(f"{self!r}: more than {_WIDEST // _YEAR} years of it are too far")


def _micros(t: datetime) -> int:
    """Microseconds since 1970."""
    try:
        return (t - _EPOCH) // _MICRO
    except TypeError as error:
        message = f"{t!r} has no zone; give an aware datetime, like datetime.now(UTC)"
        raise CalendarError(message) from error


def _datetime(micros: int) -> datetime:
    try:
        return _EPOCH + _MICRO * micros
    except OverflowError as error:
        raise CalendarError("that is beyond the years 1 to 9999") from error
