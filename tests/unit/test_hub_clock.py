"""The desk's time is the hub's, whatever this machine says, and it does not tremble."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.desks import START, TurnedClock
from tierline.desk.hub_clock import HubClock


def test_the_offset_is_added_to_this_machines_time() -> None:
    local = TurnedClock()
    clock = HubClock(local, offset=-840.0)
    assert clock() == START - timedelta(minutes=14)
    local.turn(seconds=5)
    assert clock() == START - timedelta(minutes=13, seconds=55)


def test_small_errors_of_the_measure_do_not_move_it() -> None:
    clock = HubClock(TurnedClock(), offset=2.0)
    assert not clock.set_right(2.2)
    assert not clock.set_right(1.8)
    assert clock() == START + timedelta(seconds=2)
    assert clock.set_right(2.25)
    assert clock.offset == 2.25
