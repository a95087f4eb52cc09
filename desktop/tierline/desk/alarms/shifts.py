"""Whether a person is on shift, by the desk's policy."""

from __future__ import annotations

from datetime import datetime

from tierline.domain.policy import Policy
from tierline.domain.shifts import on_until
from tierline.storage.records import Person


def on_shift(person: Person | None, policy: Policy, now: datetime) -> bool:
    """Whether the shift of a person's team is on duty at `now` (aware).

    Whose team has no shift in the policy is on duty whenever they sit at a console.
    """
    team = person.team if person else ""
    groups = {shift.group.casefold() for shift in policy.file.shifts.values()}
    return team.casefold() not in groups or on_until(policy, team, now)[0]
