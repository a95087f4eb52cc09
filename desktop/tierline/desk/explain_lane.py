"""The clock's own timeline: bands of days, the lane of what counted, and the flags on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.explain_sum import first_due, midnight
from tierline.desk.when import status_phrase
from tierline.desk.wording import priority_name
from tierline.domain.clocks import Clock, Span, State
from tierline.domain.holiday_book import holiday_name
from tierline.domain.pauses import pauses_of
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr

_SECOND = timedelta(seconds=1)
_DAYS = 21
_WEEKS = 26
_FAR = timedelta(days=3660)
_SUMS = {"running": "used", "over": "used", "paused": "paused", "ahead": "ahead"}


class Band(NamedTuple):
    """A day (or several closed ones, or a week, a month), local midnight to midnight as UTC.

    `closed` says why nothing counts in it ("" when something can); `opens` are its open hours.
    """

    start: datetime
    end: datetime
    label: str
    closed: str
    today: bool
    opens: tuple[tuple[datetime, datetime], ...]


class Segment(NamedTuple):
    """A stretch of the lane. `kind`: running, over, paused, closed, ahead.

    Running and over make up what was used, ahead what is left; `seconds` is the length.
    """

    start: datetime
    end: datetime
    kind: str
    seconds: int
    why: str = ""
    by: str = ""


class Flag(NamedTuple):
    """What happened to the clock. `kind`: start, priority, paused, on, stop, now, first, due."""

    at: datetime
    kind: str
    title: str
    note: str = ""


def window(clock: Clock, now: datetime) -> tuple[datetime, datetime]:
    """From the local day the clock started to the one it is due, stopped or now (UTC)."""
    zone = clock.rule.calendar.tz
    last = max([at for at in (clock.due, clock.stopped, clock.started) if at])
    if clock.stopped is None:
        last = max(last, now)
    last = min(last, clock.started + _FAR)
    first = clock.started.astimezone(zone).date()
    return midnight(first, zone), midnight(_ending_day(last, zone) + timedelta(days=1), zone)


def segments(clock: Clock, now: datetime) -> tuple[Segment, ...]:
    """What counted, was paused, was closed and is still to come, in order, without gaps inside."""
    if clock.rule.table.measure == "work":
        return tuple(_segment(s.start, s.end, "running", s.why, s.by) for s in clock.spans)
    found = [part for span in clock.spans for part in _split(clock, span)]
    found += _ahead(clock, now)
    return tuple(_whole(_with_closed(clock.started, found)))


def bands(clock: Clock, policy: Policy, now: datetime) -> tuple[Band, ...]:
    """Days when the window is short, weeks or months when it is long; closed days are merged."""
    zone = clock.rule.calendar.tz
    start, end = window(clock, now)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    today = now.astimezone(zone).date()
    if (last - first).days <= _DAYS:
        return tuple(_merged(_day_band(clock, policy, day, today) for day in _days(first, last)))
    step = 7 if (last - first).days <= _WEEKS * 7 else 0
    return tuple(_long_bands(first, last, step, zone, today))


def flags(
    ticket: Ticket, clock: Clock, policy: Policy, now: datetime, name: Callable[[str], str]
) -> tuple[Flag, ...]:
    """Start, priority changes, pauses, now, first due and due, in the order of time."""
    found = [Flag(clock.started, "start", tr("Start"), _start_note(ticket, clock, policy))]
    found += _priority_flags(ticket, clock, name)
    found += _pause_flags(ticket, clock, policy, now, name)
    if clock.stopped is not None:
        found.append(Flag(clock.stopped, "stop", clock.state.capitalize()))
    else:
        found.append(Flag(now, "now", tr("Now")))
    if clock.due is not None:
        if clock.paused and clock.stopped is None:
            found.append(Flag(first_due(clock), "first", tr("First due"), tr("without the pauses")))
        held = clock.state == State.PAUSED and clock.stopped is None
        found.append(Flag(clock.due, "due", tr("Due"), tr("if it goes on now") if held else ""))
    return tuple(sorted(found, key=lambda flag: flag.at))


def _start_note(ticket: Ticket, clock: Clock, policy: Policy) -> str:
    if clock.rule.table.starts == "tier":
        return tr("came to {tier}", tier=policy.tier_word(ticket.tier))
    if clock.rule.table.starts != "logged":
        return ""
    channel = policy.file.channels.get(ticket.channel)
    return tr("logged by {word}", word=channel.word.lower()) if channel else "logged"


def _split(clock: Clock, span: Span) -> Iterator[Segment]:
    """A span of the clock, cut where it went over."""
    if span.paused:
        yield _segment(span.start, span.end, "paused", span.why, span.by)
        return
    due = clock.due
    if due is None or due >= span.end:
        yield _segment(span.start, span.end, "running")
        return
    if due > span.start:
        yield _segment(span.start, due, "running")
    yield _segment(max(due, span.start), span.end, "over")


def _segment(start: datetime, end: datetime, kind: str, why: str = "", by: str = "") -> Segment:
    return Segment(start, end, kind, (end - start) // _SECOND, why, by)


def _ahead(clock: Clock, now: datetime) -> Iterator[Segment]:
    """The open hours from now to the deadline: together they are what is left."""
    if clock.stopped is not None or clock.due is None or clock.due <= now:
        return
    for start, end in clock.rule.calendar.spans(max(now, clock.started), clock.due):
        yield _segment(start, end, "ahead")


def _with_closed(started: datetime, found: list[Segment]) -> Iterator[Segment]:
    """The same, with what lies before and between the stretches filled in as closed."""
    reached = started
    for each in found:
        if each.start > reached:
            yield _segment(reached, each.start, "closed")
        yield each
        reached = each.end


def _whole(found: Iterable[Segment]) -> Iterator[Segment]:
    """Lengths in whole seconds that add up, kind by kind: used time down, time left up."""
    exact = {"used": timedelta(0), "ahead": timedelta(0), "paused": timedelta(0)}
    told = dict.fromkeys(exact, 0)
    for each in found:
        kind = _SUMS.get(each.kind)
        if kind is None:
            yield each
            continue
        exact[kind] += each.end - each.start
        total = -(-exact[kind] // _SECOND) if kind == "ahead" else exact[kind] // _SECOND
        yield each._replace(seconds=total - told[kind])
        told[kind] = total


def _priority_flags(ticket: Ticket, clock: Clock, name: Callable[[str], str]) -> Iterator[Flag]:
    for before, after in pairwise(ticket.priorities):
        if after.at > clock.started and (clock.stopped is None or after.at < clock.stopped):
            who = f"{name(after.by)}, " if after.by else ""
            kept = clock.rule.table.origin == "start"
            note = who + (tr("same start is kept") if kept else tr("counts from here"))
            from_, to = (priority_name(int(step.value)) for step in (before, after))
            yield Flag(
                after.at, "priority", tr("Priority {from_} to {to}", from_=from_, to=to), note
            )


def _pause_flags(
    ticket: Ticket, clock: Clock, policy: Policy, now: datetime, name: Callable[[str], str]
) -> Iterator[Flag]:
    for pause in pauses_of(ticket, clock.rule, clock.started, clock.stopped):
        if pause.start > now:
            continue
        who = f", {name(pause.by)}" if pause.by else ""
        yield Flag(pause.start, "paused", tr("Paused"), status_phrase(policy, pause.why) + who)
        if pause.end is not None and pause.end <= now and pause.end != clock.stopped:
            yield Flag(pause.end, "on", tr("Goes on"))


def _ending_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day an interval ending at `instant` ends in: midnight belongs to the day before."""
    return (instant - timedelta(microseconds=1)).astimezone(zone).date()


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days):
        yield first + timedelta(days=offset)


def _day_band(clock: Clock, policy: Policy, day: date, today: date) -> Band:
    calendar = clock.rule.calendar
    start, end = midnight(day, calendar.tz), midnight(day + timedelta(days=1), calendar.tz)
    opens = tuple(calendar.spans(start, end))
    closed = "" if opens else _why_closed(clock, policy, day)
    label = f"{day:%a} {day.day} {day:%b}" + (", today" if day == today else "")
    return Band(start, end, label, closed, day == today, opens)


def _why_closed(clock: Clock, policy: Policy, day: date) -> str:
    table = policy.file.calendars.get(clock.rule.calendar_name)
    name = holiday_name(table.holidays, table.subdivision, day) if table else ""
    return tr("{name}, closed", name=name) if name else "closed"


def _merged(days: Iterator[Band]) -> Iterator[Band]:
    """Closed days that follow each other as one band, named "Sat, Sun"."""
    held: Band | None = None
    for each in days:
        if held is not None and held.closed == each.closed == "closed":
            label = tr(
                "{split} to {split2}",
                split=held.label.split(" ")[0].rstrip(","),
                split2=each.label.split(" ")[0],
            )
            if held.end - held.start < timedelta(hours=26):
                label = label.replace(" to ", ", ")
            held = held._replace(end=each.end, label=label, today=held.today or each.today)
            continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held


def _long_bands(first: date, last: date, step: int, zone: ZoneInfo, today: date) -> Iterator[Band]:
    """Weeks (`step` 7) or calendar months (0)."""
    day = first
    while day < last:
        after = day + timedelta(days=step) if step else _next_month(day)
        after = min(after, last)
        label = f"{day.day} {day:%b}" if step else f"{day:%b %Y}"
        is_today = day <= today < after
        yield Band(midnight(day, zone), midnight(after, zone), label, "", is_today, ())
        day = after


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
