"""How spans of time are written and spoken: one wording for queue, strip, ticket and wallboard."""

from __future__ import annotations

from tierline.domain.tongue import tr

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def left_text(seconds: int, day_seconds: int, always: bool) -> str:
    """A countdown. Seconds of working time; negative is over and is written with a plus.

    `day_seconds` is the length of the client's business day; `always` says the clock runs 24x7,
    where a day has 24 hours.
    """
    sign = "+" if seconds < 0 else ""
    span = abs(seconds)
    if span < HOUR:
        return f"{sign}{span // MINUTE:02d}:{span % MINUTE:02d}"
    day, unit = _day(day_seconds, always)
    if span < day:
        return f"{sign}{span // HOUR}h {span % HOUR // MINUTE:02d}m"
    return f"{sign}{span // day}{unit} {span % day // HOUR}h"


def took_text(seconds: int, day_seconds: int, always: bool) -> str:
    """The time something took, in seconds: as a countdown, but `0:48` under an hour."""
    span = abs(seconds)
    if span < HOUR:
        return f"{span // MINUTE}:{span % MINUTE:02d}"
    return left_text(span, day_seconds, always)


def spoken_span(seconds: int, day_seconds: int, always: bool) -> str:
    """The same span as words for a screen reader, in at most two units."""
    span = abs(seconds)
    if span < MINUTE:
        return _counted(span, "second")
    if span < HOUR:
        return _counted(span // MINUTE, "minute")
    day, unit = _day(day_seconds, always)
    if span < day:
        return _pair(span // HOUR, "hour", span % HOUR // MINUTE, "minute")
    return _pair(
        span // day, "day" if unit == "d" else tr("business day"), span % day // HOUR, "hour"
    )


def _day(day_seconds: int, always: bool) -> tuple[int, str]:
    if always or day_seconds <= 0:
        return DAY, "d"
    return max(day_seconds, HOUR), "bd"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _pair(first: int, one: str, second: int, other: str) -> str:
    text = _counted(first, one)
    return f"{text} {_counted(second, other)}" if second else text
