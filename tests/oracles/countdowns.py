"""How far a shown countdown is from minutes counted one by one."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tests.oracles.minutes import Minutes
from tests.oracles.worlds import ZONES, instants, moment, world
from tierline.domain.calendar import BusinessCalendar
from tierline.domain.clocks import Deadline, State
from tierline.domain.countdown import Countdown

_WORLDS = 20


def deadline(due: datetime, required: timedelta = timedelta(hours=4)) -> Deadline:
    """A running clock due then."""
    return Deadline(
        name="fix",
        letter="F",
        word="Fix",
        state=State.RUNNING,
        due=due,
        warn_at=None,
        required=int(required.total_seconds()),
        held=0,
        stopped=False,
        calendar="random/desk",
        day_seconds=28_800,
    )


def worst_error(seed: int, rows: int, looks: int) -> float:
    """The most seconds that any of `rows` countdowns is off in `looks` at random instants each."""
    rng, worst = random.Random(seed), 0.0
    for _ in range(_WORLDS):
        zone = rng.choice(ZONES)
        begin = moment(rng, zone)
        made = world(rng, begin, zone)
        minutes = Minutes(made, begin, 4 * 1_440)
        calendar = BusinessCalendar(*made)
        for due in instants(rng, minutes, rows // _WORLDS):
            countdown = Countdown(deadline(due), calendar)
            for now in instants(rng, minutes, looks):
                shown = countdown.face(now.timestamp()).left
                exact = minutes.between(now, due) - minutes.between(due, now)
                worst = max(worst, abs(shown - exact.total_seconds()))
    return worst
