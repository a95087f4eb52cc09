"""Short histories of one ticket and what its clocks say, in local time of the small desk."""

from __future__ import annotations

from tests.oracles.desks import clock, policy, ticket
from tests.oracles.wall import at, local
from tierline.domain import events as ev
from tierline.domain.clocks import Clock, clocks
from tierline.domain.policy import Policy

MON_9 = at("2026-11-02 09:00")
PAUSING = clock(pauses=("waiting", "vendor"))


def status(local_time: str, name: str, by: str = "mira") -> ev.StatusChanged:
    return ev.StatusChanged(at=at(local_time), by=by, status=name, reason="parts")


def message(local_time: str, direction: str = "out", channel: str = "mail") -> ev.Messaged:
    return ev.Messaged(at=at(local_time), text="Hello", direction=direction, channel=channel)  # type: ignore[arg-type]


def resolved(local_time: str) -> ev.Resolved:
    return ev.Resolved(at=at(local_time), status="resolved", steps="Restarted")


def reopened(local_time: str) -> ev.Reopened:
    return ev.Reopened(at=at(local_time), status="new", reason="Again")


def read(rules: Policy, now: str, *events: ev.Event) -> dict[str, Clock]:
    found = clocks(ticket(*events), rules, at(now))
    return {each.name: each for each in found}


def fix(now: str, *events: ev.Event, rules: Policy | None = None) -> Clock:
    return read(rules or policy({"fix": PAUSING}), now, *events)["fix"]


def due(found: Clock) -> str:
    assert found.due is not None
    return local(found.due)


def raised(local_time: str, priority: int) -> ev.Prioritised:
    return ev.Prioritised(at=at(local_time), priority=priority, reason="worse")
