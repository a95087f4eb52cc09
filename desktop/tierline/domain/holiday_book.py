"""Public holidays by country and subdivision, for the years a desk can meet.

Places that bundled policies name are read from `holiday_days`; for any other the `holidays`
library is asked, which takes a moment to import.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tierline.domain.holiday_days import KEPT

if TYPE_CHECKING:
    from holidays import HolidayBase

FIRST_YEAR, LAST_YEAR = 2010, 2040


def holidays_of(country: str, subdivision: str = "") -> set[date]:
    """Closed days of an ISO 3166 country and subdivision, 2010 to 2040.

    Raises:
        ValueError: the `holidays` library does not know the place.
    """
    return set(_names(country, subdivision))


def holiday_name(country: str, subdivision: str, day: date) -> str:
    """What the day is called there, or "" when it is no holiday."""
    return _names(country, subdivision).get(day, "") if country else ""


def knows(country: str, subdivision: str = "") -> bool:
    """Whether there are holidays for the place."""
    if (country, subdivision) in KEPT:
        return True
    try:
        return bool(_names(country, subdivision))
    except ValueError:
        return False


def from_library(country: str, subdivision: str = "") -> dict[date, str]:
    """Days and names as the `holidays` library has them now, in the place's own English.

    The names never depend on the language of the machine: all consoles must say the same.

    Raises:
        ValueError: the library does not know the place.
    """
    import holidays  # noqa: PLC0415  (slow to import, and the bundled policies never need it)

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    try:
        own = holidays.country_holidays(country, subdiv=subdivision or None)
        book = holidays.country_holidays(
            country, subdiv=subdivision or None, years=years, language=_english(own)
        )
    except NotImplementedError as error:
        message = f"no holidays are known for {country} {subdivision}".strip()
        raise ValueError(message) from error
    return dict(book.items())


def _english(place: HolidayBase) -> str | None:
    """The language to name the days in, None where there is but one."""
    if (place.default_language or "").startswith("en"):
        return place.default_language
    return "en_US" if "en_US" in place.supported_languages else place.default_language


@cache
def _names(country: str, subdivision: str) -> dict[date, str]:
    kept = KEPT.get((country, subdivision))
    return _read(kept) if kept else from_library(country, subdivision)


def _read(kept: str) -> dict[date, str]:
    """Lines of `name: date date …`, folded lines begin with a space."""
    days: dict[date, str] = {}
    for line in kept.strip().replace("\n ", " ").splitlines():
        name, _, dates = line.partition(": ")
        days |= dict.fromkeys(map(date.fromisoformat, dates.split()), name)
    return days
