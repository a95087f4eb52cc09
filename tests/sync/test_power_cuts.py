"""A console loses power at every write point of its sync and of its acts, one after the other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sync.simulator.cuts import cut
from tests.sync.simulator.judge import wrong

MOST = 1000


@pytest.mark.parametrize("point", ["fuse", "after"])
def test_I1_no_moment_of_a_power_cut_loses_or_doubles_anything(point: str) -> None:
    number = 0
    for number in range(1, MOST):
        said: dict[str, Any] = {point: number}
        with cut(**said) as told:
            assert not wrong(told), (point, number)
            if told.consoles[1].life == 1:
                break
    assert 10 < number < MOST - 1
