"""A minute of everything at once against a real server: I1, I2, I3 and I6 hold."""

from __future__ import annotations

from tests.sync.torture.ordeal import torture

SECONDS = 60


def test_I1_I2_I3_hold_on_a_real_server_that_is_killed_cut_and_replaced(seed: int) -> None:
    report = torture(SECONDS, seed)
    print(report)
    assert not report.wrong, report
    assert report.figures["acts confirmed"] > 100
    assert report.figures["fail_over"] > 0
    assert report.figures["crash_server"] > 0
