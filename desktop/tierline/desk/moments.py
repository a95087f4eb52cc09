"""What people mean by "14:00", "tomorrow 9:00", "fri" or "2h": an instant still to come.

Everything is read in one zone; a day without a time is its opening. Answers are aware UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.domain.calendar import BusinessCalendar
from tierline.domain.tongue import tr

_SPAN = re.compile(r"(?:in )?\+?((?:\d+ ?(?:d|days?|h|hours?|m|min|minutes?)\b ?)+)$")
_PIECE = re.compile(r"(\d+) ?(d|h|m)")
_TIME = re.compile(r"(?:^|[ ,t])(?:at )?(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_DAYMONTH = re.compile(r"(?:[a-z]{2,9},? )?(\d{1,2})\.? ([a-z]{3,9})(?: (\d{4}))?$")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}
_FURTHEST = timedelta(days=731)
_MORNING = time(9)


class Quick(NamedTuple):
    """A moment offered for one key: what the button says, and when it is."""

    word: str
    at: datetime


def understand(
    typed: str, now: datetime, zone: ZoneInfo, calendar: BusinessCalendar | None = None
) -> datetime | None:
    """The instant meant by what was typed, None when it cannot be told or is over two years off.

    A bare time is the next one of it; a day without a time opens with `calendar`, else at 9:00.
    """
    text = " ".join(typed.strip().casefold().split())
    if not text:
        return None
    try:
        found = _span(text, now) or _dated(text, now.astimezone(zone), zone, calendar)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and found - now <= _FURTHEST else None


def quick_choices(now: datetime, zone: ZoneInfo, calendar: BusinessCalendar) -> tuple[Quick, ...]:
    """A few moments people wait for: in two hours, later today, the next opening, a week on."""
    local = now.astimezone(zone)
    found = [Quick(tr("In 2 hours"), _minute(now + timedelta(hours=2)))]
    if local.hour < 15:
        found.append(Quick(tr("Today 16:00"), _at(local.date(), time(16), zone)))
    for day in _working_days(local.date(), zone, calendar):
        opens = _opening(day, zone, calendar)
        near = day == local.date() + timedelta(days=1)
        at = opens.astimezone(zone)
        word = tr("Tomorrow {at:%H:%M}", at=at) if near else f"{at:%a} {at.day} {at:%b %H:%M}"
        found.append(Quick(word, opens))
        if len(found) >= 4:
            break
    return tuple(found)


def _working_days(today: date, zone: ZoneInfo, calendar: BusinessCalendar) -> Iterator[date]:
    """The next day the desk works, and one a week from today."""
    for first in (1, 7):
        for offset in range(first, first + 14):
            day = today + timedelta(days=offset)
            start = _at(day, time(), zone)
            if calendar.next_open(start) < start + timedelta(days=1):
                yield day
                break


def _span(text: str, now: datetime) -> datetime | None:
    found = _SPAN.match(text)
    if found is None:
        return None
    amount: dict[str, float] = {}
    for count, unit in _PIECE.findall(found[1]):
        amount[_UNITS[unit]] = amount.get(_UNITS[unit], 0) + int(count)
    return _minute(now + timedelta(**amount))


def _dated(
    text: str, local: datetime, zone: ZoneInfo, calendar: BusinessCalendar | None
) -> datetime | None:
    day, rest = _day(text, local.date()), ""
    hour = None
    if day is None and (found := _TIME.search(text)):
        hour, rest = _clock(found), text[: found.start()].strip(" ,")
        if hour is None:
            return None
        day = _day(rest, local.date()) if rest else local.date()
    if day is None:
        return None
    if hour is None:
        return _opening(day, zone, calendar)
    made = _at(day, hour, zone)
    past = made <= local
    if past and not rest:
        return _at(day + timedelta(days=1), hour, zone)
    return _at(day + timedelta(days=7), hour, zone) if past and rest[:3] in _SHORT else made


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(text: str, today: date) -> date | None:
    if text in ("today", "tomorrow"):
        return today + timedelta(days=text == "tomorrow")
    bare = text.removeprefix("on ").removeprefix("next ")
    if len(bare) >= 3 and (named := [d for d in _DAYS if d.startswith(bare)]):
        ahead = (_DAYS.index(named[0]) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7 * (bare != "today"))
    if found := _ISO.match(bare):
        return date(int(found[1]), int(found[2]), int(found[3]))
    found = _DAYMONTH.match(bare)
    if found is None or found[2][:3] not in _MONTHS:
        return None
    month = _MONTHS.index(found[2][:3]) + 1
    day = date(int(found[3] or today.year), month, int(found[1]))
    return day if found[3] or day >= today else day.replace(year=day.year + 1)


def _opening(day: date, zone: ZoneInfo, calendar: BusinessCalendar | None) -> datetime:
    """When the desk opens on that day; 9:00 when it does not."""
    start = _at(day, time(), zone)
    if calendar is not None:
        opens = calendar.next_open(start)
        if start < opens < start + timedelta(days=1):
            return opens
    return _at(day, _MORNING, zone)


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _minute(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


_SHORT = tuple(name[:3] for name in _DAYS)
