"""When the alarms of a clock are reached, and that one which went comes back after a while only."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import msgspec

from tierline.domain import durations
from tierline.domain.clock_runs import CalendarRun, Run
from tierline.domain.policy import Policy
from tierline.domain.rules.times import reached

RESTS = 0.1  # of the target: so long an alarm that went stays away (EEMUA 191: hysteresis)


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """The alarm of this name of the policy stands from then on (UTC), if nothing happens before."""

    alarm: str
    at: datetime


class Marked(Protocol):
    """The part of a stored clock that says when its alarms stand."""

    @property
    def name(self) -> str:
        """The clock."""

    @property
    def run(self) -> str:
        """Which run of the clock it is."""

    @property
    def due(self) -> datetime | None:
        """When it is over."""

    @property
    def warn_at(self) -> datetime | None:
        """When it is due soon."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The alarms that come before the breach."""


def marks_of(run: Run, policy: Policy, priority: int) -> tuple[Mark, ...]:
    """The alarms of a running clock that come before its breach, the least urgent first.

    One that had been up when the clock was paused comes back when a tenth of the target has passed
    since it goes on, and not with the first second.
    """
    due, first = run.due, run.warn_at
    if due is None or first is None:
        return ()
    found: list[tuple[datetime, Mark]] = []
    for name, table in policy.alarms.items():
        if table.breach or not table.covers(run.rule.name, priority):
            continue
        at = _reached(run, table.used, table.left)
        if at is not None and first <= at < due:
            found.append((at, Mark(name, _rested(run, at))))
    # By what is used, not by the rest: one that comes back later is no more urgent for that.
    ranked = sorted(found, key=lambda each: each[0])
    return tuple(mark for _, mark in ranked if mark.at < due)


def standing(
    clock: Marked, policy: Policy, priority: int, names: frozenset[str], now: datetime
) -> Mark | None:
    """The last alarm among `names` that a running clock has reached; None for none yet."""
    due, warn_at = clock.due, clock.warn_at
    if due is None:
        return None
    over = [
        name
        for name, table in policy.alarms.items()
        if table.breach and name in names and table.covers(clock.name, priority)
    ]
    if now > due and over:
        return Mark(over[0], due)
    reached_ = [mark for mark in clock.marks if mark.at <= now and mark.alarm in names]
    if reached_:
        return reached_[-1]
    if clock.run or warn_at is None or not warn_at <= now <= due:
        return None
    # An older program has put the ticket down: go by its warning alone.
    return next((Mark(each, warn_at) for each in policy.early_alarms if each in names), None)


def _reached(run: Run, used: float, left: str) -> datetime | None:
    """When that share of the target is used, or only so much of it left."""
    share = used or run.rule.table.warn
    if left:
        amount, needed = durations.parse(left), run.required.total_seconds()
        if amount is None or not needed:
            return None
        share = 1 - amount.seconds / needed
        if share <= run.rule.table.warn:
            return None
    return reached(run, share)


def _rested(run: Run, at: datetime) -> datetime:
    """Later by a tenth of the target, when it was up before the last pause."""
    if not isinstance(run, CalendarRun) or not run.pauses:
        return at
    resumed = run.pauses[-1].end
    if resumed is None or at >= resumed:
        return at
    return run.rule.calendar.add(resumed, run.required * RESTS)
