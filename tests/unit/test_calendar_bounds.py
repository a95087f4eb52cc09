"""Lines 9, 10, 13 and 14 of *Clock semantics*: what is refused, business days, exactness."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tests.oracles.wall import LONDON, OFFICE, at, local, week
from tierline.domain.calendar import BusinessCalendar, CalendarError

HOUR, MICRO = timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture
def office() -> BusinessCalendar:
    return BusinessCalendar(LONDON, OFFICE)


# 9 · what is refused -----------------------------------------------------------------------------


def test_line_09_a_calendar_that_never_opens_is_refused() -> None:
    for hours in ({}, {"mon": []}):
        with pytest.raises(CalendarError, match="never opens; give it hours"):
            BusinessCalendar(LONDON, hours)
    day = date(2026, 12, 25)
    with pytest.raises(CalendarError, match="never opens"):
        BusinessCalendar(LONDON, {}, {day}, {day: [("10:00", "12:00")]})


@pytest.mark.parametrize("times", [("09:00", "09:00"), ("00:00", "00:00"), ("24:00", "06:00")])
def test_line_09_an_interval_without_length_is_refused(times: tuple[str, str]) -> None:
    with pytest.raises(CalendarError, match="no length"):
        BusinessCalendar(LONDON, {"mon": [times]})
    with pytest.raises(CalendarError, match="2026-11-04"):
        BusinessCalendar(LONDON, OFFICE, breaks={date(2026, 11, 4): [times]})


@pytest.mark.parametrize("text", ["9", "25:00", "24:01", "09:60", "9 am", "", "-1:00", "09:00Z", 9])
def test_line_09_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match=r"mon: .* is no time of day; write 00:00 to 24:00"):
        BusinessCalendar(LONDON, {"mon": [(text, "17:00")]})


def test_line_09_what_is_no_zone_day_pair_or_date_is_refused() -> None:
    for zone in ("Mars/Base", "", "Europe", "../etc/passwd", "/etc/passwd"):
        with pytest.raises(CalendarError, match="no IANA time zone"):
            BusinessCalendar(zone, OFFICE)
    with pytest.raises(CalendarError, match='"monday" is no day of the week'):
        BusinessCalendar(LONDON, {"monday": [("09:00", "17:00")]})
    with pytest.raises(CalendarError, match="not a pair"):
        BusinessCalendar(LONDON, {"mon": ["09:00-17:00"]})  # type: ignore[list-item]
    with pytest.raises(CalendarError, match="no date"):
        BusinessCalendar(LONDON, OFFICE, {"2026-12-25"})  # type: ignore[arg-type]


def test_line_09_dated_hours_end_and_say_so() -> None:
    calendar = BusinessCalendar(LONDON, overrides={date(2026, 11, 4): [("10:00", "14:00")]})
    assert calendar.add(at("2026-11-01 00:00"), 4 * HOUR) == at("2026-11-04 14:00")
    for question in (
        lambda: calendar.add(at("2026-11-01 00:00"), 4 * HOUR + MICRO),
        lambda: calendar.next_open(at("2026-11-04 14:00")),
        lambda: calendar.next_close(at("2026-11-04 14:00")),
        lambda: calendar.previous_close(at("2026-11-04 09:00")),
        lambda: calendar.add_days(at("2026-11-04 11:00"), 1),
    ):
        began = time.perf_counter()
        with pytest.raises(CalendarError):
            question()
        assert time.perf_counter() - began < 10
    assert calendar.between(at("2027-01-01 00:00"), at("2030-01-01 00:00")) == timedelta(0)


def test_line_09_eleven_closed_years_are_stepped_over() -> None:
    first = date(2027, 1, 1)
    closed = {first + timedelta(days=n) for n in range(11 * 365 + 3)}
    calendar = BusinessCalendar(LONDON, OFFICE, closed)
    assert local(calendar.add(at("2026-12-31 16:00"), 2 * HOUR)) == "2038-01-01 10:00"
    assert local(calendar.add_days(at("2026-12-31 16:00"), 1)) == "2038-01-01 16:00"


def test_line_09_a_target_nobody_meant_is_refused_without_a_long_wait() -> None:
    calendar = BusinessCalendar(LONDON, OFFICE)
    for duration in (timedelta.max, timedelta(days=400_000)):
        with pytest.raises(CalendarError):
            calendar.add(at("2026-11-02 09:00"), duration)
        with pytest.raises(CalendarError):
            calendar.subtract(at("2026-11-02 09:00"), duration)
    always = BusinessCalendar.always()
    with pytest.raises(CalendarError, match="so long"):
        always.add(at("2026-11-02 09:00"), timedelta.max)


def test_line_09_the_first_and_the_last_year_are_like_any() -> None:
    calendar = BusinessCalendar("Asia/Kathmandu", OFFICE)
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    assert calendar.between(first, first + timedelta(days=7)) > 30 * HOUR
    assert calendar.between(last - timedelta(days=7), last) == 40 * HOUR
    assert calendar.next_open(first) >= first
    with pytest.raises(CalendarError):
        calendar.add(last, HOUR)
    with pytest.raises(CalendarError):
        calendar.subtract(first, HOUR)
    assert calendar.add(at("2026-11-02 09:00"), HOUR)


def test_line_09_working_time_of_a_thousand_years_adds_up() -> None:
    calendar = BusinessCalendar("UTC", {"mon": [("09:00", "10:00")]})
    begin = datetime(1000, 1, 1, tzinfo=UTC)
    end = begin + timedelta(weeks=50_000)
    assert calendar.between(begin, end) == 50_000 * HOUR


# 10 · business days ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-02 10:20", 1, "2026-11-03 10:20"),
        ("2026-11-06 16:59", 1, "2026-11-09 16:59"),
        ("2026-11-07 03:00", 1, "2026-11-10 09:00"),
        ("2026-11-06 17:00", 2, "2026-11-11 09:00"),
        ("2026-11-02 09:00", 1, "2026-11-03 09:00"),
        ("2026-11-02 07:00", 0, "2026-11-02 09:00"),
        ("2026-12-24 11:00", 3, "2026-12-31 11:00"),
    ],
)
def test_line_10_the_same_time_of_day_that_many_working_days_later(
    start: str, days: int, due: str
) -> None:
    closed = {date(2026, 12, 25), date(2026, 12, 28)}
    calendar = BusinessCalendar(LONDON, OFFICE, closed)
    assert local(calendar.add_days(at(start), days)) == due


def test_line_10_a_shorter_day_ends_with_its_close_and_a_later_one_begins_with_its_opening() -> (
    None
):
    calendar = BusinessCalendar(
        LONDON,
        OFFICE,
        overrides={date(2026, 11, 3): [("11:00", "13:00")]},
        breaks={date(2026, 11, 4): [("12:00", "13:00")]},
    )
    assert local(calendar.add_days(at("2026-11-02 15:00"), 1)) == "2026-11-03 13:00"
    assert local(calendar.add_days(at("2026-11-02 09:30"), 1)) == "2026-11-03 11:00"
    assert local(calendar.add_days(at("2026-11-02 12:30"), 2)) == "2026-11-04 13:00"


def test_line_10_the_time_of_day_is_kept_over_a_change_of_clocks() -> None:
    """24 hours are not a day: noon to noon over the last Sunday of March has 23."""
    calendar = BusinessCalendar(LONDON, week("sat sun", ("00:00", "24:00")))
    assert local(calendar.add_days(at("2026-03-28 12:00"), 1)) == "2026-03-29 12:00"


def test_line_10_a_night_belongs_to_the_day_it_began_on() -> None:
    nights = BusinessCalendar(LONDON, week("mon tue", ("22:00", "06:00")))
    assert local(nights.add_days(at("2026-11-02 23:00"), 1)) == "2026-11-03 23:00"
    assert local(nights.add_days(at("2026-11-03 02:00"), 1)) == "2026-11-04 02:00"
    assert local(nights.add_days(at("2026-11-04 02:00"), 1)) == "2026-11-10 02:00"


def test_line_10_days_are_counted_forward_only(office: BusinessCalendar) -> None:
    with pytest.raises(CalendarError, match="forward only"):
        office.add_days(at("2026-11-02 10:00"), -1)


def test_line_10_a_usual_day_is_the_commonest_of_the_week() -> None:
    hours = {**OFFICE, "fri": [("09:00", "13:00")], "sat": [("10:00", "12:00")]}
    assert BusinessCalendar(LONDON, hours).day_length() == 8 * HOUR
    assert BusinessCalendar.always(LONDON).day_length() == 24 * HOUR


# 13 · backwards ----------------------------------------------------------------------------------


def test_line_13_backwards_is_the_same_calendar(office: BusinessCalendar) -> None:
    assert office.subtract(at("2026-11-09 10:00"), 2 * HOUR) == at("2026-11-06 16:00")
    assert office.subtract(at("2026-11-09 09:00"), HOUR) == at("2026-11-06 16:00")
    assert office.subtract(at("2026-11-08 12:00"), HOUR) == at("2026-11-06 16:00")


def test_line_13_a_warning_that_falls_between_two_days_is_given_at_the_opening(
    office: BusinessCalendar,
) -> None:
    """Nobody is there at the close of the day before to see it."""
    assert office.subtract(at("2026-11-09 10:00"), HOUR) == at("2026-11-09 09:00")


# 14 · exact, aware, and the same everywhere ------------------------------------------------------


def test_line_14_seconds_are_kept(office: BusinessCalendar) -> None:
    start = at("2026-11-06 16:59:59.999999")
    assert office.add(start, timedelta(seconds=1)) == at("2026-11-09 09:00:00.999999")
    assert office.between(start, at("2026-11-09 09:00:07")) == timedelta(seconds=7, microseconds=1)


def test_line_14_a_naive_datetime_is_refused(office: BusinessCalendar) -> None:
    naive = datetime(2026, 11, 2, 10)  # noqa: DTZ001 - the point
    aware = at("2026-11-02 12:00")
    for question in (
        lambda: office.add(naive, HOUR),
        lambda: office.subtract(naive, HOUR),
        lambda: office.between(naive, aware),
        lambda: office.between(aware, naive),
        lambda: office.spans(naive, aware),
        lambda: office.is_open(naive),
        lambda: office.next_open(naive),
        lambda: office.next_close(naive),
        lambda: office.previous_close(naive),
        lambda: office.add_days(naive, 1),
        lambda: office.is_open(date(2026, 11, 2)),  # type: ignore[arg-type]
    ):
        with pytest.raises(CalendarError, match="aware datetime"):
            question()


def test_line_14_any_zone_in_and_utc_out(office: BusinessCalendar) -> None:
    start = at("2026-11-02 10:00")
    ways = [start, start.astimezone(ZoneInfo("Asia/Tokyo")), start.astimezone(timezone(-3 * HOUR))]
    for way in ways:
        assert office.add(way, HOUR) == at("2026-11-02 11:00")
        assert office.next_open(way) == start
        for answer in (office.add(way, HOUR), office.next_open(way), office.next_close(way)):
            assert answer.tzinfo is UTC
    assert all(instant.tzinfo is UTC for instant in office.spans(start, start + HOUR)[0])


@pytest.mark.skipif(sys.platform == "win32", reason="TZ is POSIX")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Adak", "UTC"])
def test_line_14_this_machines_zone_does_not_matter(zone: str) -> None:
    program = (
        "from datetime import *; from tierline.domain.calendar import BusinessCalendar as B;"
        "c = B('Europe/London', {'sun': [('01:30', '05:00')], 'fri': [('09:00', '17:00')]});"
        "t = datetime(2026, 10, 23, 15, 30, tzinfo=UTC);"
        "print(c.add(t, timedelta(hours=2)), c.next_close(t), c.add_days(t, 1))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert answer.split() == (
        "2026-10-25 02:00:00+00:00 2026-10-23 16:00:00+00:00 2026-10-25 05:00:00+00:00".split()
    )


def test_line_14_threads_that_share_a_calendar_get_the_same_answers() -> None:
    """The window widens under them; whoever comes second may not read half of it."""
    starts = [at("2026-11-02 10:00") + timedelta(days=37 * n) for n in range(-60, 60)]
    right = [BusinessCalendar(LONDON, OFFICE).add(start, 100 * HOUR) for start in starts]
    shared, wrong = BusinessCalendar(LONDON, OFFICE), []

    def ask(turn: int) -> None:
        for place in range(len(starts)):
            number = (place * 7 + turn * 13) % len(starts)
            if shared.add(starts[number], 100 * HOUR) != right[number]:
                wrong.append(starts[number])

    threads = [threading.Thread(target=ask, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
