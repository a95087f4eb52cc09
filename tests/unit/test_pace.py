"""Work that nobody waits for rests three times as long as it took."""

from __future__ import annotations

import pytest

from tierline.present import pace
from tierline.present.pace import LONGEST, REST, Pace


class Hours:
    """A clock that only waiting and working turn; `waits` are how long was waited."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.waits = 100.0, list[float]()
        monkeypatch.setattr(pace.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(pace.threading, "Event", lambda: self)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def work(self, seconds: float) -> float:
        self.now += seconds
        return seconds


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    return Hours(monkeypatch)


def test_the_first_begins_at_once_and_the_next_after_a_rest(hours: Hours) -> None:
    resting = Pace()
    assert resting.after_rest(lambda: hours.work(0.2)) == 0.2
    resting.after_rest(lambda: hours.work(0.1))
    resting.after_rest(lambda: hours.work(0.1))
    assert hours.waits == [0, pytest.approx(0.2 * REST), pytest.approx(0.1 * REST)]


def test_no_rest_is_longer_than_somebody_would_wait_for_news(hours: Hours) -> None:
    resting = Pace()
    resting.after_rest(lambda: hours.work(60))
    resting.after_rest(lambda: hours.work(0))
    assert hours.waits[1] == pytest.approx(LONGEST)


def test_time_that_passed_unused_was_rest(hours: Hours) -> None:
    resting = Pace()
    resting.after_rest(lambda: hours.work(0.2))
    hours.now += 0.5
    resting.after_rest(lambda: hours.work(0.2))
    hours.now += 60
    resting.after_rest(lambda: hours.work(0.2))
    assert hours.waits == [0, pytest.approx(0.2 * REST - 0.5), 0]


def test_work_that_fails_is_followed_by_rest_too(hours: Hours) -> None:
    resting = Pace()

    def fails() -> None:
        hours.work(0.2)
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        resting.after_rest(fails)
    resting.after_rest(lambda: hours.work(0))
    assert hours.waits[1] == pytest.approx(0.2 * REST)
