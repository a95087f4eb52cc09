"""A deadline made to tick: what one clock looks like at a given second, as cheaply as can be."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from enum import IntEnum
from typing import NamedTuple

from tierline.domain.calendar import BusinessCalendar, CalendarError
from tierline.domain.clocks import Deadline, State

_FUZZ = 1e-6  # seconds since 1970 as a float are exact to a quarter of this


class Phase(IntEnum):
    """How a clock is shown; plain integers, since painting compares them by the thousand."""

    NONE = 0
    RUNNING = 1
    SOON = 2
    OVER = 3
    PAUSED = 4
    CLOSED = 5
    MET = 6
    MISSED = 7


class Face(NamedTuple):
    """One clock at one instant: whole seconds left (negative: over by), share left 0..1.

    For a met or missed clock `left` is the seconds it took; `opens` is the local time at which a
    clock in closed hours goes on.
    """

    letter: str
    word: str
    phase: int
    left: int
    share: float
    opens: str = ""


class Countdown:
    """A `Deadline` bound to its calendar. `face` is a pure function of the instant it is given.

    Between an opening and a close what is left falls by a second a second, and in closed hours it
    stays; so the calendar is asked only when `now` has left the stretch it was in.
    """

    __slots__ = (
        "_anchor",
        "_due",
        "_fixed",
        "_from",
        "_opens",
        "_still",
        "_until",
        "_warn",
        "always",
        "calendar",
        "deadline",
    )

    def __init__(self, deadline: Deadline, calendar: BusinessCalendar) -> None:
        """Prepare what does not change from second to second."""
        self.deadline = deadline
        self.calendar = calendar
        self.always = deadline.calendar == "always"
        self._due = deadline.due.timestamp() if deadline.due else 0.0
        self._warn = deadline.warn_at.timestamp() if deadline.warn_at else math.inf
        self._fixed = None if deadline.state == State.RUNNING else self._frozen()
        whole = math.inf if self.always or calendar.never_closes else -math.inf
        self._from, self._until = -whole, whole
        self._anchor, self._still, self._opens = self._due, False, ""

    @property
    def day_seconds(self) -> int:
        """Length of a business day of this clock's calendar."""
        return self.deadline.day_seconds

    @property
    def due(self) -> datetime | None:
        """The deadline, aware UTC; None while paused or when there is none."""
        return self.deadline.due

    def face(self, now: float) -> Face:
        """The clock at `now`, seconds since the Unix epoch on the hub's time."""
        if self._fixed is not None:
            return self._fixed
        if not self._from <= now < self._until:
            self._settle(now)
        left = self._anchor if self._still else self._anchor - now
        deadline = self.deadline
        if now > self._due:
            return Face(deadline.letter, deadline.word, Phase.OVER, math.ceil(left - _FUZZ), 0.0)
        phase = Phase.SOON if now >= self._warn else Phase.RUNNING
        if self._still:
            phase = Phase.CLOSED
        share = left / deadline.required if deadline.required else 0.0
        shown = math.ceil(left - _FUZZ)
        return Face(deadline.letter, deadline.word, phase, shown, min(share, 1.0), self._opens)

    def _settle(self, now: float) -> None:
        """Find the stretch of open or closed hours that `now` is in, and what is left in it."""
        instant, calendar = datetime.fromtimestamp(now, UTC), self.calendar
        self._from, self._until, self._opens = now, math.inf, ""
        self._still = not calendar.is_open(instant)
        left = self._signed(instant)
        self._anchor = left if self._still else now + left
        try:
            if self._still:
                opens = calendar.next_open(instant)
                self._until = opens.timestamp()
                self._opens = f"{opens.astimezone(calendar.tz):%H:%M}"
            else:
                self._until = calendar.next_close(instant).timestamp()
        except CalendarError:
            self._until = math.inf  # it stays as it is for good

    def _signed(self, instant: datetime) -> float:
        """Working seconds left, negative when over."""
        due = self.deadline.due or instant
        if instant > due:
            return -self.calendar.between(due, instant).total_seconds()
        return self.calendar.between(instant, due).total_seconds()

    def _frozen(self) -> Face:
        deadline = self.deadline
        if deadline.state == State.MET:
            return Face(deadline.letter, deadline.word, Phase.MET, deadline.held, 1.0)
        if deadline.stopped:
            return Face(deadline.letter, deadline.word, Phase.MISSED, deadline.held, 0.0)
        if deadline.state == State.BREACHED:
            return Face(deadline.letter, deadline.word, Phase.OVER, deadline.held, 0.0)
        share = max(0.0, deadline.held / deadline.required) if deadline.required else 0.0
        return Face(deadline.letter, deadline.word, Phase.PAUSED, deadline.held, min(share, 1.0))
