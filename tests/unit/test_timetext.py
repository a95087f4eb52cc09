"""Time texts are read in a hurry: the exact wording of every length of time."""

from __future__ import annotations

import pytest

from tierline.desk.timetext import left_text, spoken_span, took_text

WORKDAY = 8 * 3600


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00"),
        (59, "00:59"),
        (532, "08:52"),
        (3599, "59:59"),
        (3600, "1h 00m"),
        (3 * 3600 + 9 * 60 + 59, "3h 09m"),
        (WORKDAY - 1, "7h 59m"),
        (WORKDAY, "1bd 0h"),
        (WORKDAY + 2 * 3600, "1bd 2h"),
        (12 * WORKDAY + 3599, "12bd 0h"),
        (-1, "+00:01"),
        (-252, "+04:12"),
        (-3840, "+1h 04m"),
        (-(WORKDAY + 2 * 3600), "+1bd 2h"),
    ],
)
def test_countdown_on_business_hours(seconds: int, text: str) -> None:
    assert left_text(seconds, WORKDAY, always=False) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(86_399, "23h 59m"), (86_400, "1d 0h"), (93_600, "1d 2h"), (-93_600, "+1d 2h")],
)
def test_countdown_around_the_clock_has_days_of_24_hours(seconds: int, text: str) -> None:
    assert left_text(seconds, WORKDAY, always=True) == text


def test_a_calendar_without_a_day_length_counts_real_days() -> None:
    assert left_text(90_000, 0, always=False) == "1d 1h"


@pytest.mark.parametrize(
    ("seconds", "text"), [(48, "0:48"), (480, "8:00"), (3661, "1h 01m"), (-48, "0:48")]
)
def test_time_taken_is_written_without_a_leading_zero(seconds: int, text: str) -> None:
    assert took_text(seconds, WORKDAY, always=False) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "1 second"),
        (532, "8 minutes"),
        (3600, "1 hour"),
        (3660, "1 hour 1 minute"),
        (WORKDAY + 7200, "1 business day 2 hours"),
        (-120, "2 minutes"),
    ],
)
def test_spoken_spans_have_no_abbreviations(seconds: int, text: str) -> None:
    assert spoken_span(seconds, WORKDAY, always=False) == text
