"""Lines 6 to 8 of *Clock semantics*: intervals, what hours can be, and clocks that are changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.oracles.wall import EVERY_HOUR, LONDON, OFFICE, at, local, week
from tierline.domain.calendar import BusinessCalendar, CalendarError

HOUR, MICRO = timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture
def office() -> BusinessCalendar:
    return BusinessCalendar(LONDON, OFFICE)


# 6 · half-open intervals -------------------------------------------------------------------------


def test_line_06_a_target_on_a_closing_instant_is_due_then(office: BusinessCalendar) -> None:
    """Published bug: exactly a day's hours from the opening were due the next morning."""
    assert office.add(at("2026-11-02 09:00"), 8 * HOUR) == at("2026-11-02 17:00")
    assert office.add(at("2026-11-02 16:00"), HOUR) == at("2026-11-02 17:00")
    assert office.add(at("2026-11-06 16:00"), HOUR + MICRO) == at("2026-11-09 09:00") + MICRO


def test_line_06_a_start_on_a_close_counts_from_the_next_opening(office: BusinessCalendar) -> None:
    assert office.add(at("2026-11-06 17:00"), HOUR) == at("2026-11-09 10:00")
    assert not office.is_open(at("2026-11-06 17:00"))
    assert office.next_open(at("2026-11-06 17:00")) == at("2026-11-09 09:00")


def test_line_06_an_opening_is_open_and_a_close_is_not(office: BusinessCalendar) -> None:
    assert office.is_open(at("2026-11-02 09:00"))
    assert not office.is_open(at("2026-11-02 09:00") - MICRO)
    assert office.is_open(at("2026-11-02 17:00") - MICRO)
    assert office.next_close(at("2026-11-02 17:00")) == at("2026-11-03 17:00")
    assert office.previous_close(at("2026-11-02 17:00")) == at("2026-11-02 17:00")
    assert office.previous_close(at("2026-11-02 20:00")) == at("2026-11-02 17:00")
    assert office.previous_close(at("2026-11-02 09:00")) == at("2026-11-02 09:00")


def test_line_06_intervals_that_touch_are_one(office: BusinessCalendar) -> None:
    touching = {"mon": [("09:00", "12:00"), ("12:00", "17:00")]}
    calendar = BusinessCalendar(LONDON, touching)
    assert calendar.next_close(at("2026-11-02 10:00")) == at("2026-11-02 17:00")
    assert calendar.spans(at("2026-11-02 00:00"), at("2026-11-03 00:00")) == [
        (at("2026-11-02 09:00"), at("2026-11-02 17:00"))
    ]


def test_line_06_intervals_that_overlap_count_once() -> None:
    doubled = {"mon": [("09:00", "13:00"), ("12:00", "17:00")]}
    calendar = BusinessCalendar(LONDON, doubled)
    assert calendar.between(at("2026-11-02 00:00"), at("2026-11-03 00:00")) == 8 * HOUR


def test_line_06_nothing_is_between_a_later_and_an_earlier_instant(
    office: BusinessCalendar,
) -> None:
    assert office.between(at("2026-11-02 12:00"), at("2026-11-02 10:00")) == timedelta(0)
    assert office.between(at("2026-11-02 12:00"), at("2026-11-02 12:00")) == timedelta(0)


def test_line_06_no_time_leads_nowhere(office: BusinessCalendar) -> None:
    for instant in (at("2026-11-01 12:00"), at("2026-11-02 17:00"), at("2026-11-02 10:00")):
        assert office.add(instant, timedelta(0)) == instant
        assert office.subtract(instant, timedelta(0)) == instant
    assert office.add(at("2026-11-02 17:00"), -HOUR) == at("2026-11-02 16:00")
    assert office.subtract(at("2026-11-02 16:00"), -HOUR) == at("2026-11-02 17:00")


# 7 · what hours can be ---------------------------------------------------------------------------


def test_line_07_24_00_is_a_legal_close() -> None:
    late = BusinessCalendar(LONDON, {"mon": [("18:00", "24:00")]})
    assert late.next_close(at("2026-11-02 20:00")) == at("2026-11-03 00:00")
    assert late.day_length() == 6 * HOUR
    midnight = BusinessCalendar(LONDON, {"mon": [("18:00", "00:00")]})
    assert midnight.next_close(at("2026-11-02 20:00")) == at("2026-11-03 00:00")


def test_line_07_an_overnight_shift_crosses_midnight() -> None:
    night = BusinessCalendar(LONDON, {"fri": [("22:00", "06:00")]})
    assert night.is_open(at("2026-11-07 05:59"))
    assert not night.is_open(at("2026-11-06 05:00"))
    assert night.add(at("2026-11-06 12:00"), 8 * HOUR) == at("2026-11-07 06:00")
    assert night.add(at("2026-11-07 02:00"), 5 * HOUR) == at("2026-11-13 23:00")


def test_line_07_sunday_night_reaches_into_monday() -> None:
    night = BusinessCalendar(LONDON, {"sun": [("20:00", "04:00")], "mon": [("02:00", "08:00")]})
    assert night.between(at("2026-11-01 00:00"), at("2026-11-03 00:00")) == 12 * HOUR
    assert night.next_close(at("2026-11-01 21:00")) == at("2026-11-02 08:00")


def test_line_07_several_intervals_a_day() -> None:
    split = BusinessCalendar(LONDON, {"mon": [("13:30", "17:30"), ("09:00", "12:30")]})
    assert split.add(at("2026-11-02 12:00"), HOUR) == at("2026-11-02 14:00")
    assert split.day_length() == 7.5 * HOUR


def test_line_07_a_dated_override_replaces_the_day() -> None:
    eve = date(2026, 12, 24)
    calendar = BusinessCalendar(
        LONDON, OFFICE, overrides={eve: [("10:00", "13:00")], date(2026, 12, 28): []}
    )
    assert calendar.between(at("2026-12-24 00:00"), at("2026-12-25 00:00")) == 3 * HOUR
    assert calendar.between(at("2026-12-28 00:00"), at("2026-12-29 00:00")) == timedelta(0)


def test_line_07_an_override_opens_a_closed_day() -> None:
    calendar = BusinessCalendar(LONDON, OFFICE, overrides={date(2026, 11, 7): [("10:00", "12:00")]})
    assert calendar.next_open(at("2026-11-06 18:00")) == at("2026-11-07 10:00")


def test_line_07_a_holiday_beats_a_dated_shift() -> None:
    day = date(2026, 12, 25)
    calendar = BusinessCalendar(LONDON, OFFICE, {day}, {day: [("10:00", "12:00")]})
    assert calendar.add(at("2026-12-24 16:00"), 2 * HOUR) == at("2026-12-28 10:00")


def test_line_07_a_break_beats_a_dated_shift() -> None:
    day = date(2026, 11, 4)
    calendar = BusinessCalendar(
        LONDON,
        OFFICE,
        overrides={day: [("10:00", "14:00")]},
        breaks={day: [("12:00", "13:00")]},
    )
    assert calendar.spans(at("2026-11-04 00:00"), at("2026-11-05 00:00")) == [
        (at("2026-11-04 10:00"), at("2026-11-04 12:00")),
        (at("2026-11-04 13:00"), at("2026-11-04 14:00")),
    ]


def test_line_07_a_holiday_is_closed_all_day_even_to_the_night_before() -> None:
    """Published bug: the night shift went on into Christmas morning."""
    nights = week("wed thu fri", ("22:00", "06:00"))
    calendar = BusinessCalendar(LONDON, nights, {date(2026, 12, 25)})
    assert calendar.spans(at("2026-12-24 12:00"), at("2026-12-27 00:00")) == [
        (at("2026-12-24 22:00"), at("2026-12-25 00:00"))
    ]


def test_line_07_a_break_at_night_crosses_midnight() -> None:
    calendar = BusinessCalendar(
        LONDON,
        {"mon": [("20:00", "04:00")]},
        breaks={date(2026, 11, 2): [("23:30", "00:30")]},
    )
    assert calendar.between(at("2026-11-02 00:00"), at("2026-11-04 00:00")) == 7 * HOUR


# 8 · when clocks are changed ---------------------------------------------------------------------


def test_line_08_minutes_are_real_minutes_when_clocks_go_forward() -> None:
    """Saturday 22:00 to Sunday 06:00 has seven hours in the spring."""
    night = BusinessCalendar(LONDON, {"sat": [("22:00", "06:00")]})
    spring = (at("2026-03-28 12:00"), at("2026-03-29 12:00"))
    autumn = (at("2026-10-24 12:00"), at("2026-10-25 12:00"))
    assert (night.between(*spring), night.between(*autumn)) == (7 * HOUR, 9 * HOUR)
    assert night.add(at("2026-03-28 22:00"), 4 * HOUR) == at("2026-03-29 03:00")
    assert night.add(at("2026-10-24 22:00"), 4 * HOUR) == at("2026-10-25 01:00", fold=1)


def test_line_08_an_opening_in_a_gap_moves_forward() -> None:
    """01:30 does not exist on 29 March 2026 in London; 02:00 is the first time that does."""
    early = BusinessCalendar(LONDON, {"sun": [("01:30", "05:00")]})
    assert early.next_open(at("2026-03-29 00:00")) == at("2026-03-29 02:00")
    assert early.between(at("2026-03-29 00:00"), at("2026-03-30 00:00")) == 3 * HOUR


def test_line_08_hours_inside_a_gap_do_not_happen() -> None:
    gone = BusinessCalendar(LONDON, {"sun": [("01:15", "01:45")]})
    assert gone.next_open(at("2026-03-28 12:00")) == at("2026-04-05 01:15")


def test_line_08_an_ambiguous_opening_is_the_first() -> None:
    early = BusinessCalendar(LONDON, {"sun": [("01:30", "05:00")]})
    assert early.next_open(at("2026-10-25 00:00")) == at("2026-10-25 01:30", fold=0)
    assert early.between(at("2026-10-25 00:00"), at("2026-10-26 00:00")) == 4.5 * HOUR


def test_line_08_a_desk_that_has_closed_does_not_open_again_when_clocks_go_back() -> None:
    calendar = BusinessCalendar(LONDON, {"sun": [("00:00", "01:30")]})
    assert calendar.between(at("2026-10-25 00:00"), at("2026-10-26 00:00")) == 1.5 * HOUR
    assert not calendar.is_open(at("2026-10-25 01:15", fold=1))


def test_line_08_half_an_hour_of_change_on_lord_howe() -> None:
    zone = "Australia/Lord_Howe"
    calendar = BusinessCalendar(zone, {"sun": [("00:00", "24:00")]})
    assert (
        calendar.between(at("2026-10-03 12:00", zone), at("2026-10-05 12:00", zone)) == 23.5 * HOUR
    )
    assert (
        calendar.between(at("2026-04-04 12:00", zone), at("2026-04-06 12:00", zone)) == 24.5 * HOUR
    )


def test_line_08_a_midnight_that_does_not_exist() -> None:
    """São Paulo, 4 November 2018: Sunday began at 01:00."""
    zone = "America/Sao_Paulo"
    calendar = BusinessCalendar(zone, {"sun": [("00:00", "24:00")]}, {date(2018, 11, 11)})
    assert calendar.next_open(at("2018-11-03 12:00", zone)) == at("2018-11-04 01:00", zone)
    assert calendar.between(at("2018-11-03 12:00", zone), at("2018-11-12 12:00", zone)) == 23 * HOUR


def test_line_08_a_day_that_does_not_exist() -> None:
    """Apia went from Thursday 29 to Saturday 31 December 2011."""
    zone = "Pacific/Apia"
    calendar = BusinessCalendar(zone, OFFICE)
    assert local(calendar.add(at("2011-12-29 16:00", zone), 2 * HOUR), zone) == "2012-01-02 10:00"


# Round the clock ---------------------------------------------------------------------------------


def test_always_is_all_the_time() -> None:
    always = BusinessCalendar.always("Australia/Melbourne")
    start = at("2026-04-04 12:00:07", "Australia/Melbourne")
    assert always.add(start, 48 * HOUR) == start + 48 * HOUR
    assert always.subtract(start, 48 * HOUR) == start - 48 * HOUR
    assert always.between(start, start + timedelta(days=9_000)) == timedelta(days=9_000)
    assert always.spans(start, start + 5 * HOUR) == [(start, start + 5 * HOUR)]
    assert always.next_open(start) == always.previous_close(start) == start
    assert always.never_closes
    with pytest.raises(CalendarError, match="does not close"):
        always.next_close(start)


@pytest.mark.parametrize(
    ("hours", "never"),
    [
        (EVERY_HOUR, True),
        (week("every", ("06:00", "18:00"), ("18:00", "06:00")), True),
        (week("mon tue wed thu fri sat", ("00:00", "24:00")), False),
        ({"wed": [("09:00", "17:00")]}, False),
        ({"wed": [("00:00", "24:00")], "thu": [("00:00", "24:00")]}, False),
    ],
)
def test_only_a_week_without_a_gap_never_closes(
    hours: dict[str, list[tuple[str, str]]], never: bool
) -> None:
    assert BusinessCalendar(LONDON, hours).never_closes is never


def test_round_the_clock_but_for_one_day_closes_then() -> None:
    calendar = BusinessCalendar(LONDON, EVERY_HOUR, {date(2029, 12, 25)})
    assert local(calendar.next_close(at("2026-11-02 10:00"))) == "2029-12-25 00:00"
    assert local(calendar.next_open(at("2029-12-25 10:00"))) == "2029-12-26 00:00"
    with pytest.raises(CalendarError, match="does not close again after 2030-01-01"):
        calendar.next_close(at("2030-01-01 00:00"))
