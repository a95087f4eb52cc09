"""Dates as tools write them. Day or month first is told by the whole column, never by one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_TIME = r"(?:[T,\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?)?"
_TAIL = r"\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME + _TAIL)
_FIGURES = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})" + _TIME + _TAIL)
_WEEKDAY = r"(?:[A-Za-z]{3,9},?\s+)?"
_WORDED = re.compile(
    _WEEKDAY + r"(\d{1,2})[-/.\s]+([A-Za-z]{3,9})\.?[-/,\s]+(\d{4}|\d{2})" + _TIME + _TAIL
)
_MONTH_FIRST = re.compile(_WEEKDAY + r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})" + _TIME + _TAIL)
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?$")
ORDERS = ("dmy", "mdy", "ymd")


class OrderFinder:
    """Watches a column of dates and tells whether the day or the month stands first."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._seen: set[str] = set()
        self.day_first = self.month_first = self.either = 0

    def see(self, text: str) -> None:
        """Look at one more cell."""
        if text in self._seen:
            return
        if len(self._seen) < 200_000:
            self._seen.add(text)
        found = _FIGURES.match(text)
        if found is None:
            return
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            self.day_first += 1
        elif second > 12 >= first:
            self.month_first += 1
        else:
            self.either += 1

    @property
    def order(self) -> str:
        """What more cells can only be, "dmy" or "mdy"; "" when none tells."""
        if self.day_first == self.month_first:
            return ""
        return "dmy" if self.day_first > self.month_first else "mdy"


class Dates:
    """Reads the dates of one file: their order, and the zone of those that carry none."""

    def __init__(self, order: str, zone: ZoneInfo) -> None:
        """`order` is one of `ORDERS`; dates with the year first or a month's name need none."""
        self.order, self.zone = order or "dmy", zone
        self._known: dict[str, datetime | None] = {}

    def read(self, text: str) -> datetime | None:
        """The instant as told: aware when the text names an offset, else naive; None if no date."""
        try:
            return self._known[text]
        except KeyError:
            if len(self._known) > 500_000:
                self._known.clear()
            found = self._known[text] = parse(text, self.order)
            return found

    def instant(self, told: datetime) -> datetime:
        """The aware UTC instant of a date as read; of an hour that occurs twice, the first."""
        aware = told if told.tzinfo else told.replace(tzinfo=self.zone)
        return aware.astimezone(UTC)


def find_orders(columns: Iterable[OrderFinder]) -> str:
    """The order that the columns of a file agree on, "" when none tells."""
    orders = {column.order for column in columns} - {""}
    return orders.pop() if len(orders) == 1 else ""


def parse(text: str, order: str) -> datetime | None:
    """A date as tools write it; None when it is none that exists."""
    text = text.strip()
    try:
        return _parse(text, order)
    except (ValueError, OverflowError):
        return None


def _parse(text: str, order: str) -> datetime | None:
    if found := _YEAR_FIRST.match(text):
        return _made(int(found[1]), int(found[2]), int(found[3]), found.groups()[3:])
    if found := _FIGURES.match(text):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if order == "mdy" else (first, second)
        return _made(_year(found[3]), month, day, found.groups()[3:])
    if found := _WORDED.match(text):
        return _made(_year(found[3]), _month(found[2]), int(found[1]), found.groups()[3:])
    if found := _MONTH_FIRST.match(text):
        return _made(int(found[3]), _month(found[1]), int(found[2]), found.groups()[3:])
    if found := _EPOCH.match(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    return None


def _made(year: int, month: int, day: int, rest: tuple[str | None, ...]) -> datetime:
    hour, minute, second, fraction, half, offset = rest
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half in "pP" else 0)
    micro = int((fraction or "").ljust(6, "0")[:6] or 0)
    zone = _zone(offset) if offset else None
    return datetime(year, month, day, hours, int(minute or 0), int(second or 0), micro, zone)


def _zone(offset: str) -> timezone:
    if offset in ("Z", "UTC", "GMT"):
        return UTC
    sign = -1 if offset[0] == "-" else 1
    figures = offset[1:].replace(":", "").ljust(4, "0")
    return timezone(sign * timedelta(hours=int(figures[:2]), minutes=int(figures[2:])))


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else 2000 + year if year < 70 else 1900 + year


def _month(word: str) -> int:
    number = _MONTHS.get(word[:3].lower())
    if number is None:
        message = f"no such month: {word}"
        raise ValueError(message)
    return number
