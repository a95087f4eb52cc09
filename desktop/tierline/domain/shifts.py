"""Who is on shift, until when, and who comes next: asked of the policy's shifts, purely.

A shift on a calendar is on while that is open; one that is "always" on has the rest of the time.
A policy without shifts has one team, which is in while the desk is open. Instants are aware UTC.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tierline.domain.policy import ALWAYS, Policy
from tierline.domain.policy_process import ShiftTable


class Duty(NamedTuple):
    """A team on shift; `until` is when the next one comes, None when nobody does.

    `hands_over`: what its people hold then is handed over, with a note.
    """

    word: str
    group: str
    until: datetime | None
    hands_over: bool = False


def on_duty(policy: Policy, now: datetime) -> Duty | None:
    """Who answers at `now`; None while nobody does, or where the policy knows no shifts."""
    timed = [each for each in policy.file.shifts.values() if each.calendar != ALWAYS]
    for shift in timed:
        calendar = policy.calendar(shift.calendar)
        if calendar.is_open(now):
            until = None if calendar.never_closes else calendar.next_close(now)
            return _duty(shift, until)
    rest = next((s for s in policy.file.shifts.values() if s.calendar == ALWAYS), None)
    if rest is None:
        return None
    coming = [policy.calendar(shift.calendar).next_open(now) for shift in timed]
    return _duty(rest, min(coming, default=None))


def coming(policy: Policy, now: datetime) -> Duty | None:
    """Who answers after the shift that is on at `now`; None when nobody comes."""
    duty = on_duty(policy, now)
    if duty is None or duty.until is None:
        return None
    after = on_duty(policy, duty.until)
    return after if after is not None and after.group != duty.group else None


def on_until(policy: Policy, team: str, now: datetime) -> tuple[bool, datetime | None]:
    """Whether a team is on shift at `now`, and until when (None: for all that is known).

    A team that no shift names keeps the hours of the desk.
    """
    groups = {shift.group.casefold() for shift in policy.file.shifts.values()}
    if team.casefold() in groups:
        duty = on_duty(policy, now)
        on = duty is not None and duty.group.casefold() == team.casefold()
        return on, duty.until if on and duty else None
    hours = policy.hours
    if hours.never_closes:
        return True, None
    return (True, hours.next_close(now)) if hours.is_open(now) else (False, None)


def _duty(shift: ShiftTable, until: datetime | None) -> Duty:
    return Duty(shift.word, shift.group, until, shift.handover)
