"""Many consoles in virtual time, 300 seeds in four files: the fourth quarter."""

from __future__ import annotations

import pytest

from tests.sync.simulator.seeds import check, quarter


@pytest.mark.parametrize("seed", quarter(4))
def test_I1_to_I6_hold_whatever_happens(seed: int) -> None:
    check(seed)
