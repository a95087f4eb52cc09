"""Random calendars, most of them where clocks are changed, and instants that sit on edges."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tests.oracles.minutes import DAYS, MINUTE, Minutes, Times, World

ZONES = (
    "Europe/London America/New_York Australia/Melbourne Australia/Lord_Howe America/Havana "
    "America/Sao_Paulo Africa/Casablanca Pacific/Apia America/St_Johns Asia/Kathmandu Asia/Beirut "
    "America/Santiago Pacific/Chatham Antarctica/Troll Africa/Cairo Asia/Tehran Asia/Gaza UTC"
).split()
_OFFICE: Times = [("09:00", "17:00")]
_STYLES: tuple[Times, ...] = (
    _OFFICE,
    [("09:00", "12:30"), ("13:30", "17:30")],
    [("22:00", "06:00")],
    [("00:00", "24:00")],
    [("00:00", "00:30"), ("01:30", "02:30"), ("23:00", "24:00")],
    [("01:15", "01:45"), ("02:10", "02:50")],
    [("18:00", "02:30")],
    [("06:00", "14:00"), ("13:00", "22:00")],
    [("02:30", "08:00"), ("20:00", "00:00")],
)
_ENDING_BY_MIDNIGHT = _STYLES[:2] + _STYLES[3:6]


def world(rng: random.Random, around: datetime, zone: str, *, nights: bool = True) -> World:
    """A random calendar with its exceptions in the weeks around an instant."""
    styles = _STYLES if nights else _ENDING_BY_MIDNIGHT
    days = rng.sample(DAYS, rng.randint(2, 7)) if rng.random() < 0.5 else DAYS[:5]
    usual = rng.choice(styles)
    hours = {day: _times(rng, styles) if rng.random() < 0.3 else usual for day in days}
    near = [around.date() + timedelta(days=number) for number in range(-3, 14)]
    return World(
        zone,
        hours,
        holidays=set(rng.sample(near, rng.choice((0, 0, 1, 1, 3)))),
        overrides={
            day: _times(rng, styles) if rng.random() < 0.8 else []
            for day in rng.sample(near, rng.choice((0, 0, 1, 2)))
        },
        breaks={day: _break(rng) for day in rng.sample(near, rng.choice((0, 0, 1, 2)))},
    )


def moment(rng: random.Random, zone: str) -> datetime:
    """A whole minute; three in four a day or two before the clocks change."""
    changes = _changes(zone)
    if changes and rng.random() < 0.75:
        return rng.choice(changes) - timedelta(minutes=rng.randint(0, 3 * 24 * 60))
    return datetime(2005, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randint(0, 33 * 525_600))


def instants(rng: random.Random, minutes: Minutes, count: int) -> list[datetime]:
    """Instants of the stretch: on openings and closes, beside them, and anywhere."""
    edges, last = minutes.edges, len(minutes.open) - 1
    found = []
    for _ in range(count):
        at = rng.choice(edges) if edges and rng.random() < 0.5 else rng.randrange(1, last)
        beside = rng.choice((0, 0, -1, 1, rng.randint(-59_999_999, 59_999_999)))
        found.append(minutes.start(at) + timedelta(microseconds=beside))
    return found


@cache
def _changes(zone: str) -> list[datetime]:
    """When the clocks of a zone change, 2005 to 2037, to the minute."""
    tz, found = ZoneInfo(zone), []
    at, end = datetime(2005, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
    while at < end:
        after = at + timedelta(days=7)
        if _offset(tz, at) != _offset(tz, after):
            found.append(_to_the_minute(tz, at))
        at = after
    return found


def _to_the_minute(tz: ZoneInfo, at: datetime) -> datetime:
    before = _offset(tz, at)
    for step in (timedelta(hours=12), timedelta(hours=1), MINUTE):
        while _offset(tz, at + step) == before:
            at += step
    return at + MINUTE


def _offset(tz: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(tz).utcoffset()


def _times(rng: random.Random, styles: tuple[Times, ...]) -> Times:
    if rng.random() < 0.6:
        return rng.choice(styles)
    first, second = sorted(rng.sample(range(1_440), 2))
    return [(_text(first), _text(second))]


def _break(rng: random.Random) -> Times:
    start = rng.randrange(1_440)
    length = rng.choice((15, 30, 60, 180, 600))
    return [(_text(start), _text((start + length) % 1_440))]


def _text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
