"""Random lives of a ticket: everything that moves a clock, at odd seconds and on edges."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tests.oracles.desks import clock, logged, policy
from tests.oracles.minutes import Minutes, World
from tests.oracles.steps import Spec
from tierline.domain import events as ev
from tierline.domain.policy import Policy
from tierline.domain.policy_file import ClockTable

_PAUSES = ((), ("waiting",), ("waiting", "vendor"), ("vendor", "new"))
_STARTS = (*("logged",) * 7, "tier", "message_out", "message_in")


def spec(rng: random.Random, *, days: bool) -> Spec:
    """A random clock."""
    starts = rng.choice(_STARTS)
    stops = {"logged": ("resolved", "responded", "allocated"), "tier": ("consulted",)}
    targets = sorted(rng.choice((0, 1, 15, 60, 90, 240, 360, 480, 600)) for _ in range(4))
    if starts == "tier":
        targets = [targets[3]] * 4
    return Spec(
        starts=starts,
        stops=(rng.choice(stops.get(starts, ("resolved",))),),
        targets=(targets[0], targets[1], targets[2], targets[3]),
        days=rng.choice((0, 1, 2)) if days else 0,
        pauses=rng.choice(_PAUSES),
        restarts=starts == "logged" and rng.random() < 0.15,
        counts_closed=rng.random() < 0.3,
        tier=rng.choice((1, 2)) if starts == "tier" else 0,
        warn=rng.choice((0.8, 0.5, 0.9)),
    )


def as_policy(name: str, specs: Sequence[Spec], world: World) -> Policy:
    """The policy that says so."""
    return policy({f"clock-{n}": _table(each) for n, each in enumerate(specs)}, world, name)


def _table(each: Spec) -> ClockTable:
    texts = [f"{each.days}bd" if each.days else f"{minutes}m" for minutes in each.targets]
    by_priority = {f"P{n}": text for n, text in enumerate(texts, start=1)}
    targets = {"by_tier": {str(each.tier): texts[3]}} if each.tier else {"by_priority": by_priority}
    return clock(
        starts=each.starts,
        stops=each.stops,
        pauses=each.pauses,
        origin="change" if each.restarts else "start",
        counts_closed=each.counts_closed,
        warn=each.warn,
        **targets,
    )


def life(rng: random.Random, minutes: Minutes, names: Sequence[str]) -> list[ev.Event]:
    """What happened to one ticket within the first half of the minutes, in order."""
    at = minutes.start(rng.randrange(60, 1_440)) + timedelta(seconds=rng.choice((0, 0, 7, 59)))
    first = logged(at, policy=names[0], priority=rng.randint(1, 4))
    found: list[ev.Event] = [first]
    state = _State(ended="", status="new", tier=1)
    for _ in range(rng.randint(0, 12)):
        at = _later(rng, minutes, at)
        if minutes.index(at) > len(minutes.open) // 2:
            break
        event = rng.choice(state.ways())(rng, at, names)
        found.append(event)
        state.take(event)
    return found


def _later(rng: random.Random, minutes: Minutes, at: datetime) -> datetime:
    if rng.random() < 0.1:
        return at
    if rng.random() < 0.2:
        ahead = [minutes.start(i) for i in minutes.edges if minutes.start(i) > at]
        return ahead[0] if ahead else at
    return at + timedelta(seconds=int(rng.expovariate(1 / 7_000)))


_Way = Callable[[random.Random, datetime, Sequence[str]], ev.Event]


class _State:
    """What may happen next."""

    def __init__(self, ended: str, status: str, tier: int) -> None:
        self.ended, self.status, self.tier = ended, status, tier

    def take(self, event: ev.Event) -> None:
        match event:
            case ev.Resolved():
                self.ended = "resolved"
            case ev.Closed() | ev.Cancelled():
                self.ended = "closed"
            case ev.Reopened():
                self.ended = ""
            case ev.Escalated():
                self.tier = event.tier

    def ways(self) -> list[_Way]:
        if self.ended == "resolved":
            return [_reopened, _reopened, _closed, _message]
        if self.ended:
            return [_message]
        statuses = [_status] * 5
        return [*statuses, _message, _message, _priority, self._escalated, *_WORK]

    def _escalated(self, rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
        return ev.Escalated(at=at, tier=3 - self.tier, reason="hard", assignee="")


def _status(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    return ev.StatusChanged(at=at, status=rng.choice(("waiting", "vendor", "in-progress", "new")))


def _message(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    direction = rng.choice(("in", "out"))
    return ev.Messaged(at=at, text="Hello", direction=direction)  # type: ignore[arg-type]


def _priority(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    return ev.Prioritised(at=at, priority=rng.randint(1, 4), reason="so")


def _assigned(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    return ev.Assigned(at=at, assignee="tobias")


def _consulted(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    return ev.Consulted(at=at, tier=3, whom="Hana", text="Which?")


def _policy(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    return ev.PolicyChanged(at=at, policy=rng.choice(names))


def _resolved(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    return ev.Resolved(at=at, status="resolved", steps="Restarted")


def _reopened(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    status = rng.choice(("new", "in-progress", "waiting"))
    return ev.Reopened(at=at, status=status, reason="Again")


def _closed(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    return ev.Closed(at=at, status="closed", confirmed_by="Ada")


def _cancelled(rng: random.Random, at: datetime, names: Sequence[str]) -> ev.Event:
    return ev.Cancelled(at=at, status="cancelled", reason="Not ours")


_WORK = (_assigned, _consulted, _policy, _resolved, _resolved, _cancelled)
