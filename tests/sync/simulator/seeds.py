"""Which seeds are played, and how one that fails is told."""

from __future__ import annotations

import os
import random

from tests.sync.simulator.judge import wrong
from tests.sync.simulator.story import tell

SEEDS = 300
_SHOWN = 80


def quarter(number: int) -> list[int]:
    """A quarter of the run's seeds: half of them are always the same, half are fresh ones."""
    base = random.Random(os.environ.get("TIERLINE_SEED"))
    fresh = [base.randrange(10_000, 10_000_000) for _ in range(SEEDS // 2)]
    return [*range(SEEDS // 2), *fresh][number - 1 :: 4]


def check(seed: int) -> None:
    """Play a story and judge it.

    Raises:
        AssertionError: an invariant does not hold; with the end of the story.
    """
    with tell(seed) as told:
        found = wrong(told)
        shown = [*told.world.trace[-_SHOWN:], f"seed {seed}:", *found]
        assert not found, "\n".join(shown)
