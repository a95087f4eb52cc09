"""The sum behind a deadline, one row per day (or week, month) that counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.domain.clocks import Clock, Span
from tierline.domain.tongue import tr

MOST_ROWS = 10
_ZERO = timedelta(0)


class SumRow(NamedTuple):
    """One row. `kind`: target, used, left, paused, due; `seconds` is its figure (0 for due).

    The target less all used rows is what the left row says, to the second.
    """

    kind: str
    label: str
    note: str
    value: str
    seconds: int


def hms(seconds: int) -> str:
    """A length as "h:mm", with seconds where there are any; negative with a minus."""
    sign, span = ("-" if seconds < 0 else ""), abs(seconds)
    hours, minutes, rest = span // 3600, span // 60 % 60, span % 60
    return f"{sign}{hours}:{minutes:02d}" + (f":{rest:02d}" if rest else "")


def sum_rows(clock: Clock, zone: ZoneInfo) -> tuple[SumRow, ...]:
    """Target, used by day, left, paused, due. Whole seconds; fractions are carried, not lost."""
    used = _used_rows(clock, zone)
    rows = [_target(clock), *used, _left(clock)]
    if clock.paused:
        rows.append(_paused(clock))
    if clock.due is not None:
        rows.append(_due(clock, zone))
    return tuple(rows)


def _target(clock: Clock) -> SumRow:
    rule, seconds = clock.rule, int(clock.required.total_seconds())
    days = rule.amount.business_days
    plural = "day" if days == 1 else "days"
    note = (
        tr("{days} {plural} of {hms}", days=days, plural=plural, hms=hms(rule.day_seconds))
        if days
        else tr("by the policy")
    )
    if days and days * rule.day_seconds != seconds:
        note = tr("the hours those days really have")
    return SumRow("target", tr("Target, {amount}", amount=rule.amount), note, hms(seconds), seconds)


def _used_rows(clock: Clock, zone: ZoneInfo) -> list[SumRow]:
    counted = [span for span in clock.spans if not span.paused and span.length > _ZERO]
    if clock.rule.table.measure == "work":
        return _carried([(_work_label(span), "", [span]) for span in counted])
    for unit, label in _UNITS:
        pieces = list(_by_day(counted, zone))
        groups = [
            (key, [span for _, span in group])
            for key, group in groupby(pieces, key=lambda piece: unit(piece[0]))
        ]
        if len(groups) <= MOST_ROWS or unit is _year:
            return _carried([(*label(key, spans, zone), spans) for key, spans in groups])
    return []


def _carried(groups: Iterable[tuple[str, str, list[Span]]]) -> list[SumRow]:
    """Rows whose whole seconds add up to the whole of what was used."""
    rows, total, told = [], _ZERO, 0
    for label, note, spans in groups:
        total += sum((span.length for span in spans), _ZERO)
        seconds = _whole(total) - told
        told += seconds
        rows.append(SumRow("used", label, note, hms(seconds), seconds))
    return rows


def _left(clock: Clock) -> SumRow:
    required, worked = int(clock.required.total_seconds()), _whole(clock.worked)
    left = required - worked
    label = "Left" if left >= 0 else tr("Over")
    return SumRow(
        "left", label, tr("{hms} less {hms2}", hms=hms(required), hms2=hms(worked)), hms(left), left
    )


def _paused(clock: Clock) -> SumRow:
    held = [span for span in clock.spans if span.paused and span.length > _ZERO]
    note = " and ".join(hms(_whole(span.length)) for span in held) if len(held) < 4 else ""
    note = note or tr("{count} stretches", count=len(held))
    seconds = _whole(clock.paused)
    return SumRow("paused", tr("Paused in business hours"), note, hms(seconds), seconds)


def _due(clock: Clock, zone: ZoneInfo) -> SumRow:
    assert clock.due is not None
    due = clock.due.astimezone(zone)
    note = tr("around the clock") if clock.rule.always else tr("in business hours")
    value = f"{due:%a} {due.day} {due:%b %H:%M}" + (f":{due:%S}" if due.second else "")
    label = tr("Due")
    if clock.paused and clock.stopped is None:
        first = first_due(clock).astimezone(zone)
        label = tr(
            "Due, {first:%a} {day} {first:%b %H:%M} and {hms} more",
            first=first,
            day=first.day,
            hms=hms(_whole(clock.paused)),
        )
    return SumRow("due", label, note, value, 0)


def first_due(clock: Clock) -> datetime:
    """Where the deadline would have been without any pause."""
    due: datetime = clock.rule.calendar.add(clock.started, clock.required)
    return due


def _by_day(spans: Iterable[Span], zone: ZoneInfo) -> Iterable[tuple[date, Span]]:
    """Spans cut at local midnights, each with its local day."""
    for span in spans:
        start = span.start
        while start < span.end:
            day = start.astimezone(zone).date()
            end = min(span.end, midnight(day + timedelta(days=1), zone))
            yield day, Span(start, end)
            start = end


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) a local day begins."""
    utc = ZoneInfo("UTC")
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(utc)


def _whole(length: timedelta) -> int:
    return length // timedelta(seconds=1)


def _work_label(span: Span) -> str:
    return span.why.capitalize() or tr("Work")


def _day_label(key: date, spans: list[Span], zone: ZoneInfo) -> tuple[str, str]:
    start, end = spans[0].start.astimezone(zone), spans[-1].end.astimezone(zone)
    until = "24:00" if end.date() > key else f"{end:%H:%M}"
    pieces = tr(", in {count} pieces", count=len(spans)) if len(spans) > 1 else ""
    return tr(
        "Used {start:%a} {start:%H:%M} to {until}{pieces}", start=start, until=until, pieces=pieces
    ), f"{key.day} {key:%b}"


def _week_label(key: date, spans: list[Span], zone: ZoneInfo) -> tuple[str, str]:
    first, last = spans[0].start.astimezone(zone), spans[-1].start.astimezone(zone)
    return tr("Used in the week of {day} {key:%b}", day=key.day, key=key), tr(
        "{first:%a} to {last:%a}", first=first, last=last
    )


def _month_label(key: date, _: list[Span], __: ZoneInfo) -> tuple[str, str]:
    return tr("Used in {key:%B}", key=key), f"{key.year}"


def _year_label(key: date, _: list[Span], __: ZoneInfo) -> tuple[str, str]:
    return tr("Used in {year}", year=key.year), ""


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def _year(day: date) -> date:
    return day.replace(month=1, day=1)


def _day(day: date) -> date:
    return day


_Label = Callable[[date, list[Span], ZoneInfo], tuple[str, str]]
_UNITS: tuple[tuple[Callable[[date], date], _Label], ...] = (
    (_day, _day_label),
    (_week, _week_label),
    (_month, _month_label),
    (_year, _year_label),
)
