"""Many consoles in virtual time, 300 seeds in four files: the first quarter."""

from __future__ import annotations

import pytest

from tests.sync.simulator.seeds import check, quarter


@pytest.mark.parametrize("seed", quarter(1))
def test_I1_to_I6_hold_whatever_happens(seed: int) -> None:
    check(seed)
