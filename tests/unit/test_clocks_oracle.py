"""Whole clocks against their histories walked minute by minute: random lives and policies."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.oracles.lives import as_policy, life, spec
from tests.oracles.minutes import Minutes
from tests.oracles.steps import Reading, Spec, read
from tests.oracles.worlds import ZONES, moment, world
from tierline.domain import events as ev
from tierline.domain.clocks import Clock, Deadline, State, clocks_of, deadlines
from tierline.domain.policy import Policy
from tierline.domain.ticket import fold

WORLDS, LIVES, LOOKS = 50, 20, 2
SECOND = timedelta(seconds=1)


def test_6_000_random_clocks_are_read_as_their_minutes_counted_one_by_one(seed: int) -> None:
    rng, count, beyond = random.Random(seed), 0, 0
    states = dict.fromkeys(State, 0)
    for number in range(WORLDS):
        minutes, policies, specs = _desk(rng, days=number % 2 == 0)
        for _ in range(LIVES):
            events = life(rng, minutes, tuple(policies))
            for now in _looks(rng, minutes, events):
                known = [event for event in events if event.at <= now]
                ticket = fold(known)
                rules = policies[ticket.policy]
                found = {clock.name: clock for clock in clocks_of(events, rules, now)}
                kept = {each.name: each for each in deadlines(ticket, rules)}
                assert found.keys() == kept.keys()
                for place, each in enumerate(specs[ticket.policy]):
                    name, told = f"clock-{place}", (seed, count, each, minutes.world, known, now)
                    right = read(each, known, minutes, now)
                    count += 1
                    if right is None:
                        assert name not in found, told
                        continue
                    assert name in found, told
                    _same(found[name], right, told)
                    _kept(kept[name], right, told)
                    states[found[name].state] += 1
                    beyond += right.due is None
    print(f"{count} clocks {states}, {beyond} due after the stretch; TIERLINE_SEED={seed}")
    assert count >= 6_000
    assert beyond < count / 4
    assert all(states[each] > 100 for each in State if each != State.NONE)


def _same(found: Clock, right: Reading, told: object) -> None:
    assert (found.started, found.stopped) == (right.started, right.stopped), told
    assert (found.worked, found.paused) == (right.worked, right.paused), told
    assert sum((s.length for s in found.spans if not s.paused), timedelta(0)) == found.worked, told
    if right.due is None:
        return
    assert found.left == right.left, told
    assert found.due == right.due, told
    assert found.state == right.state, told
    if found.state != State.PAUSED and found.warn_at is not None:
        assert found.warn_at == right.warn_at, told


def _kept(found: Deadline, right: Reading, told: object) -> None:
    """What a row keeps has no now in it: a running clock is stored as running, late or not."""
    if right.due is None:
        return
    if found.stopped:
        assert found.state == right.state, told
        assert found.held == right.worked // SECOND, told
    elif found.state == State.RUNNING:
        assert found.due == right.due, told
        assert right.state in (State.RUNNING, State.BREACHED), told
    else:
        assert found.state == right.state, told
        assert found.held == -(-right.left // SECOND), told


def _desk(
    rng: random.Random, *, days: bool
) -> tuple[Minutes, dict[str, Policy], dict[str, list[Spec]]]:
    """A calendar and two policies on it; with business days only where clocks are left alone."""
    zone = rng.choice(("Europe/London", "Australia/Melbourne") if days else ZONES)
    summer = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=rng.randint(0, 80_000))
    begin = summer if days else moment(rng, zone)
    made = world(rng, begin, zone, nights=not days)
    specs = {name: [spec(rng, days=days) for _ in range(3)] for name in ("one", "two")}
    policies = {name: as_policy(name, each, made) for name, each in specs.items()}
    return Minutes(made, begin, (7 if days else 4) * 1_440), policies, specs


def _looks(rng: random.Random, minutes: Minutes, events: Sequence[ev.Event]) -> list[datetime]:
    """Instants to read the clocks at: on events, on edges, and anywhere after the first event."""
    found, first = [], events[0].at
    for _ in range(LOOKS):
        way = rng.random()
        edges = [minutes.start(i) for i in minutes.edges if minutes.start(i) >= first]
        if way < 0.3:
            found.append(rng.choice(events).at)
        elif way < 0.5 and edges:
            found.append(rng.choice(edges))
        else:
            found.append(first + rng.random() * (minutes.end - first) * 0.7)
    return found
