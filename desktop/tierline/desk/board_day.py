"""The wallboard's figures of today: how many promises were kept, what came and what was resolved.

Today is the desk's day, from midnight in its zone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from tierline.domain.clocks import State
from tierline.domain.policy import Policy
from tierline.domain.policy_process import GoalTable
from tierline.storage.today import Ended, Today

STEP = timedelta(minutes=30)
PROMISED = frozenset({"response", "fix"})
"""The clocks that are the contract's (UI.md 1); the others are the desk's own."""
_KEPT = "promises met"


class Kept(NamedTuple):
    """Of so many tickets that were resolved `met` had every promise kept.

    `goal` is the share 0..1 that the desk's policy wants, 0 when it names none.
    """

    met: int = 0
    resolved: int = 0
    goal: float = 0.0

    @property
    def share(self) -> float:
        """Share 0..1; 0 when nothing was resolved yet."""
        return self.met / self.resolved if self.resolved else 0.0

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down: 100 is said of all and of nothing less."""
        return self.met * 100 // self.resolved if self.resolved else 0

    @property
    def below(self) -> bool:
        """Whether the goal is missed so far."""
        return bool(self.resolved and self.share < self.goal)


class Trend(NamedTuple):
    """What came and was resolved since `start` (aware UTC), added up at the end of each `STEP`.

    The last figures are those of now. Nothing at all makes two empty sums.
    """

    start: datetime
    arrived: tuple[int, ...]
    resolved: tuple[int, ...]


def kept_today(
    ended: Iterable[Ended], policy: Policy, priorities: Iterable[int]
) -> dict[int, Kept]:
    """By priority: of the tickets resolved today, those whose response and fix were in time."""
    goals = policy.file.goals.values()
    met, resolved = Counter[int](), Counter[int](dict.fromkeys(priorities, 0))
    for each in ended:
        promised = [d for d in each.deadlines if d.name in PROMISED]
        met[each.priority] += all(d.state != State.BREACHED for d in promised)
        resolved[each.priority] += 1
    return {p: Kept(met[p], resolved[p], _goal(goals, p)) for p in resolved}


def _goal(goals: Iterable[GoalTable], priority: int) -> float:
    fitting = [g for g in goals if g.measure == _KEPT and priority in (g.priorities or (priority,))]
    named = [g.share for g in fitting if g.priorities] or [g.share for g in fitting]
    return named[0] if named else 0.0


def trend_today(today: Today, midnight: datetime, now: datetime) -> Trend:
    """From the hour in which the first ticket came or was resolved, so that no hour is bare."""
    start, end = midnight.astimezone(UTC), now + timedelta(microseconds=1)
    came, went = today.came(start, end, STEP), today.went(start, end, STEP)
    last = int((now - start) / STEP)
    first = min((*came, *went), default=max(last - 1, 0)) // 2 * 2
    return Trend(start + first * STEP, _sums(came, first, last), _sums(went, first, last))


def _sums(counts: Mapping[int, int], first: int, last: int) -> tuple[int, ...]:
    steps: Sequence[int] = range(first, last + 1)
    return tuple(accumulate(counts.get(step, 0) for step in steps))
