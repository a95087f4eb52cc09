"""Instants as the file keeps them: whole microseconds since the Unix epoch, exact both ways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def to_us(instant: datetime) -> int:
    """Microseconds since the epoch of an aware datetime.

    Raises:
        TypeError: the datetime is naive.
    """
    return (instant - _EPOCH) // _TICK


def from_us(ticks: int) -> datetime:
    """The aware UTC datetime."""
    return _EPOCH + ticks * _TICK


def maybe_us(instant: datetime | None) -> int | None:
    """The same for an instant that may be missing."""
    return None if instant is None else to_us(instant)


def maybe_instant(ticks: int | None) -> datetime | None:
    """The same for a column that may be empty."""
    return None if ticks is None else from_us(ticks)
