"""Who is on shift when, by the policy: alarms stay away from the others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.fakes.books import bundled_book
from tierline.desk.alarms.shifts import on_shift
from tierline.storage.records import Person

DAY = datetime(2026, 11, 5, 1, tzinfo=UTC)  # noon in Sydney
NIGHT = datetime(2026, 11, 5, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("team", "by_day", "by_night"),
    [("Local desk", True, False), ("Global desk", False, True), ("Elsewhere", True, True)],
)
def test_B2_alarms_follow_the_shift(team: str, by_day: bool, by_night: bool) -> None:
    policy, person = bundled_book().get("tiered"), Person(id="a", name="Ada", team=team)
    assert (on_shift(person, policy, DAY), on_shift(person, policy, NIGHT)) == (by_day, by_night)


def test_who_is_not_known_is_on_duty_where_they_sit() -> None:
    assert on_shift(None, bundled_book().get("tiered"), NIGHT)
