"""Instants and lengths of time as people type them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from tierline.desk.moments import understand
from tierline.domain import durations
from tierline.domain.calendar import BusinessCalendar

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_YEARS = range(1970, 2101)
FORM = 'Write it like "2026-11-05 10:42", "10:42" or "2026-11-04T23:42Z".'


def instant(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The aware UTC instant of "2026-11-05 10:42" (in `zone`), "10:42" (today) or ISO 8601.

    Raises:
        ValueError: it is none of these; the message says what would be right.
    """
    typed = text.strip()
    if clock := _CLOCK.fullmatch(typed):
        today = now.astimezone(zone).date()
        found = datetime.combine(today, time(int(clock[1]), int(clock[2])), zone)
    else:
        found = _iso(typed, zone)
    if found.year not in _YEARS:
        message = f'"{text}" is not between {_YEARS[0]} and {_YEARS[-1]}. {FORM}'
        raise ValueError(message)
    return found.astimezone(UTC)


def upcoming(text: str, zone: ZoneInfo, now: datetime, desk: BusinessCalendar) -> datetime:
    """A time still to come, as the forms take it ("16:00", "2h", "fri"), or a full one.

    Raises:
        ValueError: it is none of these.
    """
    found = understand(text.strip(), now, zone, desk)
    return found if found is not None else instant(text, zone, now)


def seconds(text: str) -> int:
    """Whole seconds of "15m", "1h 30m" or "1:30".

    Raises:
        ValueError: it is none of these.
    """
    typed = text.strip()
    if clock := re.fullmatch(r"(\d{1,3}):([0-5]\d)", typed):
        return int(clock[1]) * 3600 + int(clock[2]) * 60
    amount = durations.parse(typed)
    if amount is not None and amount.business_days:
        message = f'"{text}" counts days of a desk; work is logged like "15m" or "1h 30m"'
        raise ValueError(message)
    return amount.seconds if amount else 0


def iso(at: datetime | None) -> str | None:
    """An instant for JSON: ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat() if at else None


def _iso(typed: str, zone: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        message = f'"{typed}" is not a time. {FORM}'
        raise ValueError(message) from None
    if found.tzinfo is not None:
        return found
    whole_day = re.fullmatch(r"\d{4}-?\d\d-?\d\d", typed)
    day: date = found.date()
    return datetime.combine(day, time(), zone) if whole_day else found.replace(tzinfo=zone)
