"""A ticking countdown: what it shows at an instant, whichever instants it was asked before."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.oracles.countdowns import deadline, worst_error
from tests.oracles.minutes import Minutes
from tests.oracles.wall import EVERY_HOUR, LONDON, OFFICE, at
from tests.oracles.worlds import instants, moment, world
from tierline.domain.calendar import BusinessCalendar
from tierline.domain.clocks import Deadline, State
from tierline.domain.countdown import Countdown, Face, Phase

DUE = at("2026-11-03 10:00")
DESK = BusinessCalendar(LONDON, OFFICE)


def face(local: str, kept: Deadline | None = None, calendar: BusinessCalendar = DESK) -> Face:
    return Countdown(kept or deadline(DUE), calendar).face(at(local).timestamp())


def held(state: State, seconds: int, *, stopped: bool = False) -> Deadline:
    return replace(deadline(DUE), state=state, due=None, held=seconds, stopped=stopped)


def test_1_000_shown_countdowns_are_never_off_by_more_than_a_second(seed: int) -> None:
    off = worst_error(seed, rows=1_000, looks=4)
    print(f"off by {off} s at most; TIERLINE_SEED={seed}")
    assert 0 < off <= 1


def test_what_it_shows_does_not_depend_on_what_it_was_asked_before(seed: int) -> None:
    """Clocks are set right while a console runs, and a row is looked at as of other instants."""
    rng = random.Random(seed)
    for _ in range(12):
        begin = moment(rng, LONDON)
        made = world(rng, begin, LONDON)
        minutes, calendar = Minutes(made, begin, 2 * 1_440), BusinessCalendar(*made)
        due, *looks = instants(rng, minutes, 30)
        countdown = Countdown(deadline(due), calendar)
        for now in looks:
            fresh = Countdown(deadline(due), calendar).face(now.timestamp())
            assert countdown.face(now.timestamp()) == fresh, (seed, made, due, now)


@pytest.mark.parametrize(
    ("now", "phase", "left", "opens"),
    [
        ("2026-11-02 16:00", Phase.RUNNING, 7_200, ""),
        ("2026-11-02 16:00:00.4", Phase.RUNNING, 7_200, ""),
        ("2026-11-02 17:00", Phase.CLOSED, 3_600, "09:00"),
        ("2026-11-03 08:59:59", Phase.CLOSED, 3_600, "09:00"),
        ("2026-11-03 09:00", Phase.RUNNING, 3_600, ""),
        ("2026-11-03 10:00", Phase.RUNNING, 0, ""),
        ("2026-11-03 10:00:00.5", Phase.OVER, 0, ""),
        ("2026-11-03 10:00:01", Phase.OVER, -1, ""),
        ("2026-11-03 20:00", Phase.OVER, -25_200, ""),
        ("2026-11-04 09:00:01", Phase.OVER, -25_201, ""),
    ],
)
def test_it_counts_working_seconds_left_up_and_over_down(
    now: str, phase: Phase, left: int, opens: str
) -> None:
    found = face(now)
    assert (found.phase, found.left, found.opens) == (phase, left, opens)


def test_soon_begins_on_the_warning_and_waits_for_opening_hours() -> None:
    kept = replace(deadline(DUE), warn_at=at("2026-11-02 16:30"))
    phases = [face(f"2026-11-{now}", kept).phase for now in ("02 16:29:59", "02 16:30", "02 18:00")]
    assert phases == [Phase.RUNNING, Phase.SOON, Phase.CLOSED]


def test_the_share_left_is_of_the_whole_and_never_more_than_all() -> None:
    assert face("2026-11-02 16:00").share == 0.5
    assert face("2026-11-02 09:00").share == 1.0
    assert face("2026-11-03 12:00").share == 0.0
    assert face("2026-11-02 16:00", deadline(DUE, timedelta(0))).share == 0.0


@pytest.mark.parametrize(
    ("kept", "phase", "left", "share"),
    [
        (held(State.PAUSED, 7_200), Phase.PAUSED, 7_200, 0.5),
        (held(State.PAUSED, 0), Phase.PAUSED, 0, 0.0),
        (held(State.BREACHED, -90), Phase.OVER, -90, 0.0),
        (held(State.MET, 300, stopped=True), Phase.MET, 300, 1.0),
        (held(State.BREACHED, 20_000, stopped=True), Phase.MISSED, 20_000, 0.0),
    ],
)
def test_what_does_not_run_does_not_tick(
    kept: Deadline, phase: Phase, left: int, share: float
) -> None:
    for now in ("2026-11-02 16:00", "2027-01-01 00:00"):
        found = face(now, kept)
        assert (found.phase, found.left, found.share) == (phase, left, share)


def test_round_the_clock_it_ticks_at_night() -> None:
    """Also under a calendar of the policy's own that happens never to close."""
    for calendar in (BusinessCalendar.always(LONDON), BusinessCalendar(LONDON, EVERY_HOUR)):
        assert face("2026-11-03 03:00", calendar=calendar)[2:4] == (Phase.RUNNING, 7 * 3_600)
        assert face("2026-11-03 10:00:09", calendar=calendar)[2:4] == (Phase.OVER, -9)


def test_a_calendar_that_has_ended_keeps_what_was_left() -> None:
    once = BusinessCalendar(LONDON, overrides={date(2026, 11, 2): [("09:00", "17:00")]})
    found = face("2027-01-01 00:00", calendar=once)
    assert (found.phase, found.left, found.opens) == (Phase.OVER, 0, "")


def test_round_the_clock_but_for_one_day_in_the_past_ticks_on() -> None:
    calendar = BusinessCalendar(LONDON, EVERY_HOUR, {date(2025, 12, 25)})
    assert face("2026-11-03 03:00", calendar=calendar)[2:4] == (Phase.RUNNING, 7 * 3_600)
