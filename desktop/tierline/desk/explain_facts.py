"""What a clock counts on: the rule, the policy, the hours, the holidays, who paused it and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from tierline.desk.when import status_phrase
from tierline.desk.wording import priority_name
from tierline.domain.clocks import Clock
from tierline.domain.holiday_book import holiday_name
from tierline.domain.policy import Policy
from tierline.domain.policy_file import CalendarTable
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Fact(NamedTuple):
    """One line of "What it counts on"."""

    label: str
    text: str


def facts(
    ticket: Ticket, clock: Clock, policy: Policy, entries: int, name: Callable[[str], str]
) -> tuple[Fact, ...]:
    """Every premise of the deadline, in words; `entries` counts the history's operations."""
    return tuple(_facts(ticket, clock, policy, entries, name))


def _facts(
    ticket: Ticket, clock: Clock, policy: Policy, entries: int, name: Callable[[str], str]
) -> Iterator[Fact]:
    rule = clock.rule
    word = rule.table.word.lower()
    on_line = rule.source.endswith(" line")
    yield Fact(tr("Rule"), f"{rule.source} {word.removeprefix('line ' * on_line)}, {rule.amount}")
    if rule.amount.business_days:
        yield Fact(tr("Business day"), tr("same time of day, that many working days later"))
    since = policy.file.effective
    yield Fact(
        tr("Policy"),
        tr(
            "{label}, in force since {day} {since:%b %Y}",
            label=policy.label,
            day=since.day,
            since=since,
        ),
    )
    table = policy.file.calendars.get(rule.calendar_name)
    if rule.table.measure == "work":
        yield Fact(tr("Hours"), tr("time worked, by the work timer and as logged"))
    elif table is None or rule.always:
        yield Fact(tr("Hours"), tr("around the clock, every day"))
    else:
        yield Fact(tr("Hours"), hours_text(table, clock))
        if met := _holidays_met(table, clock):
            yield Fact(tr("Holidays"), met)
    yield Fact(tr("Priority"), _priority(ticket, clock, name))
    if ticket.promised:
        kept = tr(
            "a rule raised it; what was promised at P{promised} stays promised",
            promised=ticket.promised,
        )
        yield Fact(tr("Promise"), kept)
    if rule.pauses:
        yield Fact(tr("Pauses by"), _pauses(clock, policy, name))
    if entries:
        plural = "entry" if entries == 1 else "entries"
        yield Fact(
            tr("Worked out"),
            tr(
                "from {entries} history {plural}, same on every console",
                entries=entries,
                plural=plural,
            ),
        )


def hours_text(table: CalendarTable, clock: Clock) -> str:
    """The weekly hours: "Mon to Fri 08:00 to 17:00, Melbourne (UTC+11:00)"."""
    days = [(day, table.hours.get(day, ())) for day in _WEEK]  # type: ignore[call-overload]
    parts = []
    for hours, group in groupby(days, key=lambda entry: entry[1]):
        names = [day.capitalize() for day, _ in group]
        if hours:
            span = (
                names[0]
                if len(names) == 1
                else tr("{names} to {names2}", names=names[0], names2=names[-1])
            )
            parts.append(f"{span} " + " and ".join(tr("{a} to {b}", a=a, b=b) for a, b in hours))
    zone = clock.rule.calendar.tz
    place = zone.key.rpartition("/")[2].replace("_", " ")
    return f"{'; '.join(parts)}, {place} ({_offset(clock.due or clock.started, clock)})"


def _offset(instant: datetime, clock: Clock) -> str:
    offset = instant.astimezone(clock.rule.calendar.tz).utcoffset() or timedelta(0)
    minutes = int(offset.total_seconds()) // 60
    sign, span = ("-" if minutes < 0 else "+"), abs(minutes)
    return f"UTC{sign}{span // 60}" + (f":{span % 60:02d}" if span % 60 else "")


def _holidays_met(table: CalendarTable, clock: Clock) -> str:
    """Weekday closures between start and due: holidays by name, and dated ones of the policy."""
    zone = clock.rule.calendar.tz
    end = clock.stopped or clock.due or clock.started
    day, last = clock.started.astimezone(zone).date(), end.astimezone(zone).date()
    met: list[str] = []
    while day <= last and len(met) < 6:
        name = holiday_name(table.holidays, table.subdivision, day)
        dated = day in table.closed
        if (name or dated) and table.hours.get(_WEEK[day.weekday()]):  # type: ignore[call-overload]
            met.append(_holiday(day, name))
        day += timedelta(days=1)
    return "; ".join(met)


def _holiday(day: date, name: str) -> str:
    return f"{day:%a} {day.day} {day:%b}" + (f", {name}" if name else "")


def _priority(ticket: Ticket, clock: Clock, name: Callable[[str], str]) -> str:
    step = ticket.priorities[-1]
    local = step.at.astimezone(clock.rule.calendar.tz)
    who = f", {name(step.by)}" if step.by else ""
    why = f", “{step.why}”" if step.why else ""
    since = tr("{priority_name} since", priority_name=priority_name(int(step.value)))
    return f"{since} {local:%a} {local.day} {local:%b %H:%M}{who}{why}"


def _pauses(clock: Clock, policy: Policy, name: Callable[[str], str]) -> str:
    made = dict.fromkeys((span.why, span.by) for span in clock.spans if span.paused)
    if not made:
        words = ", ".join(status_phrase(policy, key) for key in clock.rule.pauses)
        return tr("none so far; these would: {words}", words=words)
    parts = []
    for why, by in made:
        word = status_phrase(policy, why)
        parts.append(tr("status {word}", word=word) + (f", {name(by)}" if by else ""))
    return "; ".join(parts)
