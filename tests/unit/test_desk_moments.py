"""What people type for a time is understood, or refused; never guessed into the past."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.fakes.books import bundled_book
from tierline.desk.moments import quick_choices, understand

ZONE = ZoneInfo("Australia/Melbourne")
# Thu 5 Nov 2026 10:42:08 in Melbourne.
NOW = datetime(2026, 11, 4, 23, 42, 8, tzinfo=UTC)
DESK = bundled_book().get("playbook").calendar("desk")


def local(typed: str) -> str:
    found = understand(typed, NOW, ZONE, DESK)
    assert found is not None, typed
    assert found.tzinfo is UTC
    return f"{found.astimezone(ZONE):%a %d %b %Y %H:%M:%S}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:00", "Thu 05 Nov 2026 14:00:00"),
        ("at 2pm", "Thu 05 Nov 2026 14:00:00"),
        ("9:00", "Fri 06 Nov 2026 09:00:00"),
        ("tomorrow 9:00", "Fri 06 Nov 2026 09:00:00"),
        ("Tomorrow", "Fri 06 Nov 2026 08:00:00"),
        ("fri", "Fri 06 Nov 2026 08:00:00"),
        ("friday 16.30", "Fri 06 Nov 2026 16:30:00"),
        ("thu", "Thu 12 Nov 2026 08:00:00"),
        ("sat", "Sat 07 Nov 2026 09:00:00"),
        ("2h", "Thu 05 Nov 2026 12:42:00"),
        ("in 1h 30m", "Thu 05 Nov 2026 12:12:00"),
        ("2 days", "Sat 07 Nov 2026 10:42:00"),
        ("12 nov 11:30", "Thu 12 Nov 2026 11:30:00"),
        ("Thu 12 Nov 11:30", "Thu 12 Nov 2026 11:30:00"),
        ("1 feb", "Mon 01 Feb 2027 08:00:00"),
        ("2026-11-09 15:00", "Mon 09 Nov 2026 15:00:00"),
        ("12am", "Fri 06 Nov 2026 00:00:00"),
        ("12pm", "Thu 05 Nov 2026 12:00:00"),
    ],
)
def test_a_moment_is_understood(typed: str, meant: str) -> None:
    assert local(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "  ", "soon", "25:00", "9:75", "31 feb", "14:00 mars", "2030-01-01", "9" * 400]
)
def test_what_is_no_moment_is_none(typed: str) -> None:
    assert understand(typed, NOW, ZONE, DESK) is None


def test_a_day_gone_by_is_told_as_it_is_so_that_it_can_be_refused() -> None:
    found = understand("2026-11-04 9:00", NOW, ZONE, DESK)
    assert found is not None
    assert found < NOW


def test_a_time_in_the_hour_that_does_not_exist_is_still_an_instant() -> None:
    before = datetime(2026, 10, 2, 23, 0, tzinfo=UTC)  # clocks jump in the night of 4 October
    found = understand("4 oct 2:30", before, ZONE, DESK)
    assert found == datetime(2026, 10, 3, 16, 30, tzinfo=UTC)


def test_quick_choices_come_in_order_and_open_with_the_desk() -> None:
    offered = quick_choices(NOW, ZONE, DESK)
    words = [choice.word for choice in offered]
    assert words == ["In 2 hours", "Today 16:00", "Tomorrow 08:00", "Thu 12 Nov 08:00"]
    assert all(choice.at > NOW for choice in offered)


def test_before_a_weekend_the_next_choice_is_the_next_day_the_desk_works() -> None:
    friday = datetime(2026, 11, 6, 5, 0, tzinfo=UTC)
    words = [choice.word for choice in quick_choices(friday, ZONE, DESK)]
    assert words == ["In 2 hours", "Mon 9 Nov 08:00", "Fri 13 Nov 08:00"]
