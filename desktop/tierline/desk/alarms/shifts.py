"""Whether a person is on shift, by the desk's policy."""

from __future__ import annotations

from datetime import datetime

from tierline.domain.policy import ALWAYS, Policy
from tierline.storage.records import Person


def on_shift(person: Person | None, policy: Policy, now: datetime) -> bool:
    """Whether the shift of a person's team is on duty at `now` (aware).

    Whose team has no shift in the policy is on duty whenever they sit at a console. A shift that is
    "always" has the rest of the time: it rests while another one is on.
    """
    shifts = policy.file.shifts.values()
    team = person.team if person else ""
    mine = [shift for shift in shifts if shift.group == team]
    if not team or not mine:
        return True
    timed = [shift for shift in shifts if shift.calendar != ALWAYS]
    on = {shift.group for shift in timed if policy.calendar(shift.calendar).is_open(now)}
    return team in on or (not on and any(shift.calendar == ALWAYS for shift in mine))
