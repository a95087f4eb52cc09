"""What a desk is made of at one moment: how many tickets of each look, heat, priority and line."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

from tierline.desk.demo.present_day import Heat, Look, Wish
from tierline.desk.demo.stage import Stage, Trouble

_T = TypeVar("_T")
_LINES = {1: 0.55, 2: 0.33, 3: 0.12}
_PRIORITIES = {2: 0.15, 3: 0.60, 4: 0.25}
_LOOKS: dict[Look, float] = {
    "new": 0.12,
    "assigned": 0.05,
    "working": 0.49,
    "replied": 0.07,
    "waiting": 0.27,
}
_HEATS: dict[Heat, float] = {"over": 0.043, "soon": 0.09, "calm": 0.867}
_LARGE = 100
# Two tickets that everybody gets to know: the ones to begin with.
_PINNED = (
    ("Remote desktop locks partners out after password change", "Elspeth Marlow", 2, "timer"),
    ("Board in room 12 has no sound", "Orla Fennick", 3, "working"),
)


def wishes(stage: Stage, rng: random.Random, tickets: int, timers: Sequence[str]) -> list[Wish]:
    """One wish for each open ticket; `timers` are the people whose work timer runs."""
    found = [*_pinned(stage, timers), *_critical(tickets), *_leavers(stage, rng, tickets)]
    found += [Wish("timer", "calm", 3, _tier(stage, who), who) for who in timers[1:]]
    found = found[:tickets]
    rest = tickets - len(found)
    columns = zip(
        _spread(rng, _LOOKS, rest),
        _spread(rng, _HEATS, rest),
        _spread(rng, _PRIORITIES, rest),
        _spread(rng, _LINES, rest),
        strict=True,
    )
    for look, heat, priority, tier in columns:
        found.append(Wish(look, "calm" if look == "waiting" else heat, priority, tier))
    return found


def _spread(rng: random.Random, shares: dict[_T, float], total: int) -> list[_T]:
    """Each value as often as its share says, in no order."""
    exact = [(value, share * total) for value, share in shares.items()]
    spread = [value for value, amount in exact for _ in range(int(amount))]
    by_rest = sorted(exact, key=lambda each: -(each[1] % 1))
    spread += [value for value, _ in by_rest[: total - len(spread)]]
    spread += [exact[0][0]] * (total - len(spread))
    rng.shuffle(spread)
    return spread


def _pinned(stage: Stage, timers: Sequence[str]) -> Iterator[Wish]:
    for subject, contact, priority, look in _PINNED:
        for customer in stage.cast.clients:
            story = stage.cast.story(subject)
            if story is None or contact not in [name for name, _, _ in customer.contacts]:
                continue
            policy = stage.policy_of(customer)
            trouble = Trouble(customer, policy, story, story.impact, story.urgency)
            shown: Look = "timer" if look == "timer" and timers else "working"
            yield Wish(shown, "calm", priority, 1, stage.cast.me, trouble, contact)


def _critical(tickets: int) -> Iterator[Wish]:
    yield Wish("working", "soon", 1, 2)
    if tickets >= _LARGE:
        yield Wish("working", "calm", 1, 3)


def _leavers(stage: Stage, rng: random.Random, tickets: int) -> Iterator[Wish]:
    """A few whose access must be off within the hour, where a policy has such a clock."""
    troubles = [
        Trouble(customer, policy, story, story.impact, story.urgency)
        for story in stage.cast.stories
        for customer in stage.cast.clients
        if story.kind == "leaver"
        and "exit" in (policy := stage.policy_of(customer)).file.types
        and any("exit" in clock.types for clock in policy.file.clocks.values())
    ]
    for trouble in rng.sample(troubles, min(len(troubles), 1 + tickets // 300)):
        priority = trouble.policy.priority_of(trouble.impact, trouble.urgency)
        yield Wish("working", "calm", priority, 1, trouble=trouble)


def _tier(stage: Stage, person: str) -> int:
    found = stage.cast.colleague(person)
    return found.tier if found else 1
