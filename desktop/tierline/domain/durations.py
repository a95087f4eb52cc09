"""Amounts of time as policies write them: "15m", "1h 30m", "2bd"; kept in the policy's own units.

A business day is not a number of hours: it is the same working position that many working days
later, so it stays a count of days until a calendar turns it into an instant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

_PART = re.compile(r"(\d+)\s*(bd|d|h|m|s)(?![a-z])")
_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_WORDS = {"s": "second", "m": "minute", "h": "hour", "d": "day", "bd": "business day"}
NO_TARGET = frozenset({"", "0", "none", "best effort"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A target: whole seconds of working time, or whole business days; never both.

    `in_days` keeps that it was written in days, since 24 hours of a desk are no day.
    """

    seconds: int = 0
    business_days: int = 0
    in_days: bool = False

    @property
    def duration(self) -> timedelta:
        """The seconds part; zero when the amount is in business days."""
        return timedelta(seconds=self.seconds)

    def __str__(self) -> str:
        """As a person would say it: "15 minutes", "3 business days"."""
        if self.business_days:
            return _counted(self.business_days, "bd")
        left, words = self.seconds, []
        for unit in ("d", "h", "m", "s") if self.in_days else ("h", "m", "s"):
            count, left = divmod(left, _SECONDS[unit])
            if count:
                words.append(_counted(count, unit))
        return " ".join(words) or "no time"


def parse(text: str) -> Amount | None:
    """The amount a policy wrote; None for a blank or zero target, which means *no clock*.

    Raises:
        ValueError: not an amount; the message says what would be right.
    """
    wanted = text.strip().lower()
    if wanted in NO_TARGET:
        return None
    parts = _PART.findall(wanted)
    if not parts or _PART.sub("", wanted).strip():
        message = f'"{text}" is not an amount of time; write it like "15m", "1h 30m" or "2bd"'
        raise ValueError(message)
    days = sum(int(count) for count, unit in parts if unit == "bd")
    seconds = sum(int(count) * _SECONDS[unit] for count, unit in parts if unit != "bd")
    if days and seconds:
        message = f'"{text}" mixes business days and hours; use one of them'
        raise ValueError(message)
    in_days = any(unit == "d" for _, unit in parts)
    return Amount(seconds, days, in_days) if days or seconds else None


def _counted(count: int, unit: str) -> str:
    return f"{count} {_WORDS[unit]}" + ("" if count == 1 else "s")
