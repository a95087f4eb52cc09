"""A desk of a month for the alarms: people with shifts, and what happens to each ticket, minute by
minute. Everything happens on whole minutes, in the hours of the `playbook` policy.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.domain import events as ev

ZONE = ZoneInfo("Australia/Melbourne")
FIRST = datetime(2026, 11, 8, 13, tzinfo=UTC)  # Mon 9 Nov, midnight in Melbourne
MINUTE = timedelta(minutes=1)
OPENS, CLOSES = 8, 17
CLOCKS = ("response", "fix")


class Person(NamedTuple):
    """Somebody with local hours of duty, every day; `tier` is their line."""

    id: str
    tier: int
    lead: bool
    first: int
    last: int

    def on(self, now: datetime) -> bool:
        """Whether they are on duty."""
        return self.first <= now.astimezone(ZONE).hour < self.last


PEOPLE = (
    *(Person(f"first-{n}", 1, lead=False, first=8, last=16) for n in range(3)),
    *(Person(f"late-{n}", 1, lead=False, first=10, last=18) for n in range(2)),
    *(Person(f"second-{n}", 2, lead=False, first=8, last=17) for n in range(3)),
    Person("third", 3, lead=False, first=9, last=17),
    Person("lead", 1, lead=True, first=8, last=17),
)


class Happening(NamedTuple):
    """An event of a ticket; the first one of each is `Logged`."""

    ticket_id: str
    event: ev.Event


def is_open(now: datetime) -> bool:
    """Whether the desk of the policy is open in the minute that begins then: said once more."""
    local = now.astimezone(ZONE)
    return local.weekday() < 5 and OPENS <= local.hour < CLOSES


def month(rng: random.Random, tickets: int, days: int) -> list[Happening]:
    """All that happens, in order of time."""
    found = [each for n in range(tickets) for each in _life(rng, n, days)]
    end = FIRST + timedelta(days=days)
    return sorted((each for each in found if each.event.at < end), key=lambda each: each.event.at)


def _life(rng: random.Random, number: int, days: int) -> Iterator[Happening]:
    priority = rng.choices((1, 2, 3, 4), (4, 16, 60, 20))[0]
    at = _arrival(rng, days, any_time=priority == 1)
    ticket_id = f"t{number}"
    for event in _events(rng, number, priority, at):
        yield Happening(ticket_id, event)


def _arrival(rng: random.Random, days: int, *, any_time: bool) -> datetime:
    while True:
        at = FIRST + rng.randrange(days * 1440) * MINUTE
        # Half the days are calm; in the mornings of the others much comes at once.
        busy = at.date().toordinal() % 2 and at.astimezone(ZONE).hour < 10
        if any_time or (is_open(at) and is_open(at - MINUTE) and (busy or rng.random() < 0.5)):
            return at


def _events(rng: random.Random, number: int, priority: int, at: datetime) -> Iterator[ev.Event]:
    yield ev.Logged(
        at=at,
        number=f"CS{number:07d}",
        subject=f"Trouble {number}",
        policy="playbook",
        channel="portal",
        status="new",
        priority=priority,
        tier=1,
        client="Pellow & Voss Legal",
    )
    pace = {1: 12, 2: 60, 3: 240, 4: 500}[priority]
    tier, steady = 1, is_open(at) and is_open(at - MINUTE)
    for _ in range(rng.randint(1, 9)):
        at += rng.randrange(1, max(2, round(pace * rng.choice((0.2, 0.6, 1.5))))) * MINUTE
        made = _act(rng, at, tier, steady=steady)
        for event in made:
            if isinstance(event, ev.Escalated):
                tier = event.tier
            yield event
    if rng.random() < 0.98:
        at += rng.randrange(1, pace * rng.choice((1, 3, 6))) * MINUTE
        yield ev.Resolved(at=at, status="resolved", steps="x")
        if rng.random() < 0.1:
            at += rng.randrange(30, 600) * MINUTE
            yield ev.Reopened(at=at, status="in-progress", reason="x")
            at += rng.randrange(1, 400) * MINUTE
            yield ev.Resolved(at=at, status="resolved", steps="x")


def _act(rng: random.Random, at: datetime, tier: int, *, steady: bool) -> list[ev.Event]:
    line = [each.id for each in PEOPLE if each.tier == tier and not each.lead]
    who = rng.choice(line)
    kind = rng.choices(
        ("take", "tell", "wait", "go on", "judge", "up", "snooze", "free"),
        (6, 5, 2, 3, 1, 1, 3, 1),
    )[0]
    clock = rng.choice(CLOCKS)
    match kind:
        case "take":
            return [ev.Assigned(at=at, by=who, assignee=who)]
        case "free":
            return [ev.Assigned(at=at, by=who, assignee="")]
        case "tell":
            return [ev.Messaged(at=at, by=who, text="x", channel=rng.choice(("mail", "phone")))]
        case "wait":
            return [ev.StatusChanged(at=at, by=who, status="waiting-client", reason="x")]
        case "go on":
            return [ev.StatusChanged(at=at, by=who, status="in-progress")]
        case "judge" if steady:
            return [ev.Prioritised(at=at, by=who, priority=rng.randint(1, 4), reason="x")]
        case "up" if tier < 3:
            return [ev.Escalated(at=at, by=who, tier=tier + 1, reason="x")]
        case "snooze":
            until = at + rng.choice((5, 15, 30)) * MINUTE
            return [ev.Snoozed(at=at, by=who, clock=clock, run="logged", until=until, reason="x")]
        case _:
            return [ev.Noted(at=at, by=who, text="x")]
