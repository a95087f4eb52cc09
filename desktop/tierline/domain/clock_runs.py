"""The course of one clock, independent of any now: where it started, what held it, where it ends.

Two measures: working time on a calendar, and work done (the work timer and what was logged).
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.domain.calendar import BusinessCalendar
from tierline.domain.durations import Amount
from tierline.domain.pauses import Pause, pauses_of
from tierline.domain.policy import ClockRule, Policy
from tierline.domain.ticket import Ticket

_ZERO = timedelta(0)
_MICRO = timedelta(microseconds=1)
_OBLIGATIONS = frozenset({"tier", "message_out", "message_in"})


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of open hours in which the clock counted, or was paused (and by what). UTC."""

    start: datetime
    end: datetime
    paused: bool = False
    why: str = ""
    by: str = ""

    @property
    def length(self) -> timedelta:
        """How long it was."""
        return self.end - self.start


@dataclass(slots=True)
class CalendarRun:
    """A clock on working time; `pauses` are apart, in order, and end at the stop at the latest.

    `due` is the deadline: None while a pause holds it. It is worked out once, since whoever reads a
    clock needs it.
    """

    rule: ClockRule
    started: datetime
    stopped: datetime | None
    pauses: tuple[Pause, ...]
    due: datetime | None = field(init=False)
    _target: datetime = field(init=False, repr=False)
    _required: timedelta | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the target without pauses, then with them."""
        self._target, self._required = self.rule.due_from(self.started), None
        self.due = self._held_back(None) if self.pauses else self._target

    @property
    def required(self) -> timedelta:
        """The working time promised: business days as they fall."""
        if self._required is None:
            rule, days = self.rule, self.rule.amount.business_days
            between = rule.calendar.between(self.started, self._target) if days else None
            self._required = rule.amount.duration if between is None else between
        return self._required

    @property
    def counting(self) -> bool:
        """Whether it goes on by itself: no pause holds it."""
        return not self.pauses or self.pauses[-1].end is not None

    def due_at(self, now: datetime) -> datetime | None:
        """The deadline; while paused, where it would be if the clock went on at `now`."""
        return self.due or self._held_back(max(now, self.started))

    def worked(self, end: datetime) -> timedelta:
        """Working time used until `end`."""
        between = self.rule.calendar.between
        held = (between(start, over) for start, over, _ in self._paused(end))
        return between(self.started, end) - sum(held, _ZERO)

    def late(self, end: datetime) -> bool:
        """Whether it went on past its deadline before `end`: nothing breaches while paused."""
        if self.due is None or end <= self.due:
            return False
        due = self.due
        held = (over - max(start, due) for start, over, _ in self._paused(end) if over > due)
        return sum(held, _ZERO) < end - due

    def left_when_held(self) -> timedelta:
        """What is left while a pause holds it (negative when it was over before)."""
        return self.required - self.worked(self.pauses[-1].start)

    @property
    def warn_at(self) -> datetime | None:
        """When the warning share is reached, walked back from the deadline; None while paused."""
        if self.due is None or not self.counting:
            return None
        calendar, reached = self.rule.calendar, self.due
        left = self.required * (1 - self.rule.table.warn)
        for pause in reversed(self.pauses):
            if pause.end is None or pause.start >= self.due:
                continue
            since = calendar.between(pause.end, reached)
            if since >= left:
                break
            left, reached = left - since, pause.start
        return calendar.subtract(reached, left)

    def spans(self, end: datetime) -> tuple[Span, ...]:
        """Open hours until `end`, counted and paused, in order."""
        calendar, found, since = self.rule.calendar, [], self.started
        for start, over, pause in self._paused(end):
            found += [Span(a, b) for a, b in calendar.spans(since, start)]
            held = calendar.spans(start, over)
            found += [Span(a, b, True, pause.why, pause.by) for a, b in held]
            since = over
        return (*found, *(Span(a, b) for a, b in calendar.spans(since, end)))

    def _paused(self, end: datetime) -> Iterator[tuple[datetime, datetime, Pause]]:
        """The pauses that began before `end`, cut to it."""
        for pause in self.pauses:
            if pause.start < end:
                yield pause.start, min(pause.end or end, end), pause

    def _held_back(self, now: datetime | None) -> datetime | None:
        """The target, later by the working time of each pause that begins before it."""
        calendar, due = self.rule.calendar, self._target
        at_opening = bool(self.rule.amount.business_days) and _opens_at(calendar, due)
        unbroken: datetime | None = None  # until when the last hold lasts
        for pause in self.pauses:
            if pause.start >= due and pause.start != unbroken:
                break
            over = unbroken = pause.end or now
            if over is None:
                return None
            held = calendar.between(pause.start, over)
            if held:
                due = calendar.add(due, held)
                due = calendar.next_open(due) if at_opening else due
        return due


@dataclass(frozen=True)
class WorkRun:
    """A clock on work done: it counts while a work timer runs, and what was logged before."""

    rule: ClockRule
    started: datetime
    stopped: datetime | None
    used: timedelta
    since: datetime | None

    @property
    def required(self) -> timedelta:
        """The work allowed."""
        return self.rule.amount.duration

    @property
    def due(self) -> datetime | None:
        """When the running timer uses it up. Over with no timer: due since the start."""
        if self.since is not None:
            return self.since + (self.required - self.used)
        return self.started if self.used > self.required else None

    @property
    def counting(self) -> bool:
        """Whether a timer runs."""
        return self.since is not None

    def due_at(self, _: datetime) -> datetime | None:
        """The deadline; None without a timer, since nobody knows when work will be done."""
        return self.due if self.counting else None

    def worked(self, end: datetime) -> timedelta:
        """Work done until `end`."""
        return self.used + (max(end - self.since, _ZERO) if self.since else _ZERO)

    def late(self, end: datetime) -> bool:
        """Whether more was worked than allowed."""
        return self.worked(end) > self.required

    def left_when_held(self) -> timedelta:
        """What is left while no timer runs (negative when over)."""
        return self.required - self.used

    @property
    def warn_at(self) -> datetime | None:
        """When the warning share is reached by the running timer."""
        if self.due is None or self.since is None:
            return None
        return self.due - self.required * (1 - self.rule.table.warn)

    def spans(self, end: datetime) -> tuple[Span, ...]:
        """Logged work is known by its length, not its place; it is laid out from the start."""
        logged = Span(self.started, self.started + self.used, why="work logged")
        running = self.since is not None and self.since < end
        timed = (Span(self.since, end, why="work timer"),) if self.since and running else ()
        return (logged, *timed) if self.used else timed


Run = CalendarRun | WorkRun


def _opens_at(calendar: BusinessCalendar, at: datetime) -> bool:
    """Whether it opens then: a business day that ends at an opening never ends at a close."""
    return calendar.is_open(at) and not calendar.between(at - _MICRO, at)


class Course(NamedTuple):
    """From when to when a ticket has a clock (`stopped` None: still), before that costs more."""

    rule: ClockRule
    started: datetime
    stopped: datetime | None

    def surely_kept(self, end: datetime) -> bool:
        """Whether not even all the time until `end` would use it up: told without a calendar."""
        if self.rule.table.measure == "work":
            return False
        gone = end - self.started
        return all(gone <= _least(rule.amount) for rule in (self.rule, *self.rule.rivals))

    def run(self, ticket: Ticket) -> Run:
        """The clock with all that held it."""
        rule, started, stopped = self
        if rule.table.measure == "work":
            used = timedelta(seconds=ticket.line_work)
            since = ticket.timer_since if stopped is None and ticket.open else None
            return WorkRun(rule, started, stopped, used, since)
        sooner = rule.at(started)
        return CalendarRun(sooner, started, stopped, pauses_of(ticket, sooner, started, stopped))


def runs(ticket: Ticket, policy: Policy) -> list[Run]:
    """The clocks a ticket has by its policy, in the policy's order."""
    return [course.run(ticket) for course in courses(ticket, policy)]


def courses(ticket: Ticket, policy: Policy, only: Container[str] | None = None) -> Iterator[Course]:
    """The same, still to be worked out; of the clocks named in `only` where that is given.

    None while the client's own people have it.
    """
    if ticket.open and ticket.tier in policy.theirs:
        return
    rules = policy.clock_rules(
        priority=ticket.promised or ticket.priority,
        channel=ticket.channel,
        tier=ticket.tier,
        type_=ticket.type,
        call_back=ticket.call_back,
    )
    for rule in rules:
        if only is not None and rule.name not in only:
            continue
        started = _start(ticket, rule)
        if started is None:
            continue
        stopped = _stop(ticket, rule, started)
        lifted = rule.table.starts in _OBLIGATIONS and ticket.ended
        if stopped is not None or not (lifted or ticket.ended in ("closed", "cancelled")):
            yield Course(rule, started, stopped)


def _least(amount: Amount) -> timedelta:
    """No calendar uses up an amount in less time than this."""
    days = amount.business_days
    return timedelta(days=days - 1, hours=-1) if days else amount.duration


def _start(ticket: Ticket, rule: ClockRule) -> datetime | None:
    if rule.table.origin == "change":
        return ticket.priorities[-1].at
    match rule.table.starts:
        case "logged":
            return ticket.logged_at
        case "tier":
            return ticket.tiers[-1].at
        case "message_out":
            return ticket.last_out_at
        case "message_in":
            return ticket.waiting_since
        case "resolved":
            return ticket.resolved_at


def _stop(ticket: Ticket, rule: ClockRule, started: datetime) -> datetime | None:
    reached = [getattr(ticket, f"{name}_at") for name in rule.table.stops]
    if rule.table.starts == "logged":
        reached.append(ticket.resolved_at)
    if (ticket.promised or ticket.priority) in rule.table.workaround:
        reached.append(ticket.workaround_at)
    moments = [at for at in reached if at is not None]
    return max(min(moments), started) if moments else None
