"""The calendar against minutes counted one by one: random hours, zones, exceptions and instants."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.oracles.minutes import Minutes
from tests.oracles.worlds import ZONES, instants, moment, world
from tierline.domain.calendar import BusinessCalendar, CalendarError

WORLDS, QUESTIONS, DAYS = 500, 40, 4
CASES = WORLDS * QUESTIONS
Ask = Callable[[random.Random, BusinessCalendar, Minutes, list[datetime]], tuple[object, object]]


def _add(rng: random.Random, calendar: BusinessCalendar, minutes: Minutes, at: list[datetime]):
    need = _duration(rng, minutes, at)
    return _asked(lambda: calendar.add(at[0], need)), minutes.add(at[0], need)


def _subtract(rng: random.Random, calendar: BusinessCalendar, minutes: Minutes, at: list[datetime]):
    need = _duration(rng, minutes, at)
    return _asked(lambda: calendar.subtract(at[0], need)), minutes.subtract(at[0], need)


def _between(rng: random.Random, calendar: BusinessCalendar, minutes: Minutes, at: list[datetime]):
    return calendar.between(at[0], at[1]), minutes.between(at[0], at[1])


def _spans(rng: random.Random, calendar: BusinessCalendar, minutes: Minutes, at: list[datetime]):
    return list(calendar.spans(at[0], at[1])), minutes.spans(at[0], at[1])


def _is_open(rng: random.Random, calendar: BusinessCalendar, minutes: Minutes, at: list[datetime]):
    return calendar.is_open(at[0]), minutes.is_open(at[0])


def _next_open(
    rng: random.Random, calendar: BusinessCalendar, minutes: Minutes, at: list[datetime]
):
    return _asked(lambda: calendar.next_open(at[0])), minutes.next_open(at[0])


def _next_close(
    rng: random.Random, calendar: BusinessCalendar, minutes: Minutes, at: list[datetime]
):
    return _asked(lambda: calendar.next_close(at[0])), minutes.next_close(at[0])


def _previous_close(
    rng: random.Random, calendar: BusinessCalendar, minutes: Minutes, at: list[datetime]
):
    return _asked(lambda: calendar.previous_close(at[0])), minutes.previous_close(at[0])


ASKED: tuple[Ask, ...] = (
    *(_add, _add, _add, _subtract, _subtract, _between, _between),
    *(_spans, _is_open, _next_open, _next_close, _previous_close),
)


def test_20_000_random_questions_are_answered_as_minutes_counted_one_by_one(seed: int) -> None:
    rng, asked, beyond = random.Random(seed), 0, 0
    for _ in range(WORLDS):
        zone = rng.choice(ZONES)
        begin = moment(rng, zone)
        made = world(rng, begin, zone)
        minutes = Minutes(made, begin, DAYS * 1_440)
        calendar = BusinessCalendar(*made)
        for _ in range(QUESTIONS):
            ask = rng.choice(ASKED)
            at = instants(rng, minutes, 2)
            answer, right = ask(rng, calendar, minutes, at)
            asked += 1
            if right is not None:
                told = f"TIERLINE_SEED={seed} case {asked} {ask.__name__} {made} at {at}"
                assert answer == right, told
            else:
                beyond += 1
                assert _is_beyond(answer, minutes), (seed, asked, made, at)
    print(f"{asked} cases, {beyond} of them led out of the stretch; TIERLINE_SEED={seed}")
    assert asked == CASES >= 20_000
    assert beyond < asked / 5


def test_business_days_fall_as_dates_counted_one_by_one(seed: int) -> None:
    """Hours that end by midnight, away from the nights in which clocks are changed."""
    rng, asked = random.Random(seed), 0
    for _ in range(30):
        begin = datetime.fromisoformat("2026-06-01T00:00+00:00") + timedelta(
            days=rng.randint(0, 60), minutes=rng.randint(0, 1_439)
        )
        made = world(rng, begin, rng.choice(("Europe/London", "Australia/Melbourne")), nights=False)
        minutes = Minutes(made, begin, 20 * 1_440)
        calendar = BusinessCalendar(*made)
        for at in instants(rng, minutes, 12):
            days = rng.randint(0, 4)
            right = minutes.add_days(at, days)
            if right is not None:
                asked += 1
                assert calendar.add_days(at, days) == right, (seed, made, at, days)
    assert asked > 150


def test_a_calendar_does_not_depend_on_the_order_it_is_asked_in(seed: int) -> None:
    """Years are worked out when first met; whichever come first, the answers are the same."""
    rng = random.Random(seed)
    for _ in range(6):
        zone = rng.choice(ZONES)
        made = world(rng, moment(rng, zone), zone)
        asked = [(moment(rng, zone), timedelta(hours=rng.randint(1, 3_000))) for _ in range(12)]
        one = BusinessCalendar(*made)
        first = {at: (one.add(at, need), one.next_open(at)) for at, need in asked}
        other = BusinessCalendar(*made)
        rng.shuffle(asked)
        for at, need in asked:
            assert (other.add(at, need), other.next_open(at)) == first[at], (seed, made, at, need)
            assert one.between(at, first[at][0]) == need


def _duration(rng: random.Random, minutes: Minutes, at: list[datetime]) -> timedelta:
    """Any length, and often one that ends exactly on an edge."""
    if rng.random() < 0.5:
        return minutes.between(min(at), max(at))
    return timedelta(
        microseconds=rng.choice((0, 1, 60_000_000, rng.randint(1, 60 * 3_600_000_000)))
    )


def _asked(question: Callable[[], datetime]) -> datetime | None:
    try:
        return question()
    except CalendarError:
        return None


def _is_beyond(answer: object, minutes: Minutes) -> bool:
    if answer is None:
        return True
    assert isinstance(answer, datetime)
    return answer >= minutes.end or answer <= minutes.first
