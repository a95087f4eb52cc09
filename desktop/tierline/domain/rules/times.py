"""When a rule acts: the share of a clock, so long after something, at an opening of the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from msgspec.structs import replace as with_fields

from tierline.domain import durations
from tierline.domain.calendar import CalendarError
from tierline.domain.clock_runs import CalendarRun, Run, WorkRun
from tierline.domain.policy import Policy
from tierline.domain.policy_process import FollowUpTable

_NEVER = (CalendarError, OverflowError)


def reached(run: Run, share: float) -> datetime | None:
    """When that share of a clock is used up (UTC), as things stand; None when nobody can know.

    Work is counted by a running timer; what was logged and is already enough has no instant of
    its own and is taken from when the clock began.
    """
    if run.stopped is not None:
        return None
    if isinstance(run, WorkRun):
        need = run.required * share
        if run.used >= need:
            return run.started
        return None if run.since is None else run.since + (need - run.used)
    return run.due if share >= 1 else _before_due(run, share)


def later(policy: Policy, start: datetime, text: str, part: float = 1.0) -> datetime | None:
    """So much after `start`, or a part of it; None for a blank amount.

    Business days count by the desk's hours, everything else by the wall clock.
    """
    amount = durations.parse(text)
    if amount is None:
        return None
    days = amount.business_days * part
    if not days:
        return start + amount.duration * part
    if days == int(days):
        return policy.hours.add_days(start, int(days))
    return policy.hours.add(start, timedelta(seconds=policy.day_seconds * days))


def opening(policy: Policy, at: datetime) -> datetime:
    """That instant, or the next one at which the desk is open."""
    try:
        return policy.hours.next_open(at)
    except _NEVER:
        return at


def follow_up_at(
    policy: Policy, follow: FollowUpTable, entered: datetime, place: int, before: datetime | None
) -> datetime | None:
    """When the `place`-th follow-up is due, 1 the first; one more than `times` is the end.

    Each comes at an opening of the desk. `before` is when the one before it was really made: a
    console that slept keeps half the time between two, so that nobody is written to in a burst.
    """
    due = later(policy, entered, follow.over, place / follow.times)
    if due is None:
        return None
    due = opening(policy, due)
    if before is None:
        return due
    half = later(policy, before, follow.over, 0.5 / follow.times)
    return due if half is None else max(due, opening(policy, half))


def _before_due(run: CalendarRun, share: float) -> datetime | None:
    """The clock itself knows when its warning share is reached; ask it with our share."""
    rule = run.rule
    if share == rule.table.warn:
        return run.warn_at
    table = with_fields(rule.table, warn=share)
    return replace(run, rule=replace(rule, table=table, rivals=())).warn_at
