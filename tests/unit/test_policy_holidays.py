"""The holidays kept in the package are the library's; other places are asked of the library."""

from __future__ import annotations

from datetime import date

import pytest

from tierline.domain import holiday_book
from tierline.domain.holiday_days import KEPT


@pytest.mark.parametrize("place", list(KEPT), ids=" ".join)
def test_kept_days_are_the_librarys_to_the_day_and_name(place: tuple[str, str]) -> None:
    asked = holiday_book.from_library(*place)
    kept = {day: holiday_book.holiday_name(*place, day) for day in holiday_book.holidays_of(*place)}
    assert kept == asked


def test_a_place_that_is_not_kept_is_asked_of_the_library() -> None:
    assert ("NO", "") not in KEPT
    assert date(2026, 5, 17) in holiday_book.holidays_of("NO")
    assert holiday_book.knows("NO")


def test_an_unknown_place_is_refused() -> None:
    assert not holiday_book.knows("Narnia")
    with pytest.raises(ValueError, match="Narnia"):
        holiday_book.holidays_of("Narnia")


def test_a_holiday_has_its_name() -> None:
    assert holiday_book.holiday_name("AU", "VIC", date(2026, 11, 3)) == "Melbourne Cup Day"
    assert holiday_book.holiday_name("AU", "NSW", date(2026, 11, 3)) == ""
    assert holiday_book.holiday_name("", "", date(2026, 11, 3)) == ""
