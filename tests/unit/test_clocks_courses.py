"""What is told of a clock before it is worked out holds once it is."""

from __future__ import annotations

import random
from collections import Counter

from tests.oracles.lives import life
from tests.unit.test_clocks_oracle import _desk, _looks
from tierline.domain.clock_runs import courses, runs
from tierline.domain.ticket import fold

WORLDS, LIVES = 40, 20


def test_what_is_surely_kept_is_never_late(seed: int) -> None:
    rng, seen = random.Random(seed), Counter[str]()
    for number in range(WORLDS):
        minutes, policies, _ = _desk(rng, days=number % 2 == 0)
        for _ in range(LIVES):
            events = life(rng, minutes, tuple(policies))
            ticket = fold(events)
            for now in _looks(rng, minutes, events):
                for course in courses(ticket, policies[ticket.policy]):
                    end = now if course.stopped is None else min(course.stopped, now)
                    late, kept = course.run(ticket).late(end), course.surely_kept(end)
                    assert not (late and kept), (seed, number, course, end)
                    seen["late" if late else "kept" if kept else "looked up"] += 1
    print(f"{dict(seen)}; TIERLINE_SEED={seed}")
    assert all(seen[each] > 100 for each in ("late", "kept", "looked up"))


def test_the_courses_are_those_of_the_clocks_and_can_be_had_by_name(seed: int) -> None:
    rng = random.Random(seed)
    minutes, policies, _ = _desk(rng, days=True)
    for _ in range(50):
        ticket = fold(life(rng, minutes, tuple(policies)))
        rules = policies[ticket.policy]
        every = list(courses(ticket, rules))
        going = runs(ticket, rules)
        assert [(c.rule.name, c.started, c.stopped) for c in every] == [
            (run.rule.name, run.started, run.stopped) for run in going
        ]
        assert list(courses(ticket, rules, ("clock-1",))) == [
            course for course in every if course.rule.name == "clock-1"
        ]
