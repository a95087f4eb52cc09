"""The open intervals of some years in flat sorted lists, so that a question is two bisections."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from tierline.domain.calendar_hours import DAY, END_DAY, FIRST_DAY, Hours, Piece, Zone


class Window:
    """Open time from midnight of day `first` to that of day `last` (days from 1970), immutable.

    `starts[i]`, `ends[i]` are real microseconds; `sums[i]` is the open time before interval `i`.
    Interval 0 is empty and lies at `low`, so that every instant of the window has one before it.
    """

    __slots__ = ("ends", "first", "high", "last", "low", "starts", "sums")

    def __init__(self, first: int, last: int, low: int, high: int, opens: list[Piece]) -> None:
        """Lay out the intervals, which are apart, in order and inside."""
        self.first, self.last, self.low, self.high = first, last, low, high
        self.starts = [low, *(start for start, _ in opens)]
        self.ends = [low, *(end for _, end in opens)]
        self.sums = [0, *accumulate(map(int.__sub__, self.ends, self.starts))]

    def place(self, at: int) -> int:
        """The last interval that starts at or before an instant of the window."""
        return bisect_right(self.starts, at) - 1

    def position(self, at: int) -> int:
        """Open time from the window's begin to an instant in it."""
        place = bisect_right(self.starts, at) - 1
        return self.sums[place] + min(at, self.ends[place]) - self.starts[place]

    def reached(self, position: int) -> int:
        """The first instant at that position (0 < position <= sums[-1]), so a close."""
        place = bisect_left(self.sums, position) - 1
        return self.starts[place] + position - self.sums[place]

    def left(self, position: int) -> int:
        """The last instant at that position (0 <= position < sums[-1]), so an opening."""
        place = bisect_right(self.sums, position) - 1
        return self.starts[place] + position - self.sums[place]

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Open intervals cut to [start, end), both in the window."""
        found = []
        place = bisect_right(self.ends, start)
        while place < len(self.starts) and self.starts[place] < end:
            found.append((max(self.starts[place], start), min(self.ends[place], end)))
            place += 1
        return found


def open_window(hours: Hours, zone: Zone, first: int, last: int) -> Window:
    """The window of those days; clipped to what a `datetime` can say."""
    first, last = max(first, FIRST_DAY), min(last, END_DAY)
    low, high = (_edge(zone, day) for day in (first, last))
    return Window(first, last, low, high, _real(hours, zone, first, last))


def always_window() -> Window:
    """Open from the first instant there is to the last."""
    low, high = (FIRST_DAY - 1) * DAY, (END_DAY + 1) * DAY
    return Window(FIRST_DAY, END_DAY, low, high, [(low, high)])


def wider(window: Window, hours: Hours, zone: Zone, first: int, last: int) -> Window:
    """A window that reaches further, made of this one and what is new."""
    before = open_window(hours, zone, first, window.first) if first < window.first else None
    after = open_window(hours, zone, window.last, last) if last > window.last else None
    opens: list[Piece] = []
    for part in (before, window, after):
        if part is None:
            continue
        fresh = list(zip(part.starts[1:], part.ends[1:], strict=True))
        if opens and fresh and opens[-1][1] == fresh[0][0]:
            fresh[0] = (opens.pop()[0], fresh[0][1])
        opens += fresh
    begin, end = before or window, after or window
    return Window(begin.first, end.last, begin.low, end.high, opens)


def _edge(zone: Zone, day: int) -> int:
    """Midnight of a day; before the first and after the last day nothing follows any more."""
    if day == FIRST_DAY:
        return (day - 1) * DAY
    return (day + 1) * DAY if day == END_DAY else zone.real(day * DAY)


def _real(hours: Hours, zone: Zone, first: int, last: int) -> list[Piece]:
    """Wall pieces as real ones; what lies in a gap has no length and goes."""
    found: list[Piece] = []
    for start, end in hours.wall(first, last):
        begin, until = zone.real(start), zone.real(end)
        if begin >= until:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        else:
            found.append((begin, until))
    return found
