"""Instants by the clock on a wall, and weeks of hours, for tests of the calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.oracles.minutes import DAYS, Times

LONDON = "Europe/London"


def at(local: str, zone: str = LONDON, fold: int = 0) -> datetime:
    """The instant at which the wall shows "2026-11-02 09:00"."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def local(instant: datetime, zone: str = LONDON) -> str:
    """What the wall shows."""
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def week(days: str, *times: tuple[str, str]) -> dict[str, Times]:
    """The same hours on some days: "mon fri", or "every"."""
    return {day: list(times) for day in (DAYS if days == "every" else days.split())}


OFFICE = week("mon tue wed thu fri", ("09:00", "17:00"))
EVERY_HOUR = week("every", ("00:00", "24:00"))
