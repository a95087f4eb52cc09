"""A deadline made to tick: what one clock looks like at a given second, as cheaply as can be."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from enum import IntEnum
from typing import NamedTuple

from tierline.domain.calendar import BusinessCalendar
from tierline.domain.clocks import Deadline, State


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
    """A `Deadline` bound to its calendar. `face` is a pure function of the instant it is given."""

    __slots__ = ("_due", "_fixed", "_open_until", "_warn", "always", "calendar", "deadline")

    def __init__(self, deadline: Deadline, calendar: BusinessCalendar) -> None:
        """Prepare what does not change from second to second."""
        self.deadline = deadline
        self.calendar = calendar
        self.always = deadline.calendar == "always"
        self._due = deadline.due.timestamp() if deadline.due else 0.0
        self._warn = deadline.warn_at.timestamp() if deadline.warn_at else math.inf
        self._fixed = None if deadline.state == State.RUNNING else self._frozen()
        self._open_until = math.inf if self.always else 0.0

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
        if now > self._due:
            return self._over(now)
        deadline = self.deadline
        left, opens = self._left(now)
        phase = Phase.SOON if now >= self._warn else Phase.RUNNING
        if opens:
            phase = Phase.CLOSED
        share = left / deadline.required if deadline.required else 0.0
        shown = math.ceil(left - 1e-6)
        return Face(deadline.letter, deadline.word, phase, shown, min(share, 1.0), opens)

    def _left(self, now: float) -> tuple[float, str]:
        if self._due <= self._open_until and now < self._open_until:
            return self._due - now, ""
        instant = datetime.fromtimestamp(now, UTC)
        due = self.deadline.due
        if due is None:
            return 0.0, ""
        if self.calendar.is_open(instant):
            close = self.calendar.next_close(instant).timestamp()
            if self._due <= close:
                self._open_until = close
            return self.calendar.between(instant, due).total_seconds(), ""
        opens = self.calendar.next_open(instant).astimezone(self.calendar.tz)
        return self.calendar.between(instant, due).total_seconds(), f"{opens:%H:%M}"

    def _over(self, now: float) -> Face:
        deadline = self.deadline
        if self._open_until == math.inf or deadline.due is None:
            over = now - self._due
        else:
            instant = datetime.fromtimestamp(now, UTC)
            over = self.calendar.between(deadline.due, instant).total_seconds()
        return Face(deadline.letter, deadline.word, Phase.OVER, -math.floor(over + 1e-6), 0.0)

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
