"""Every clock of a ticket, worked out from its history, its policy and a `now`.

Nothing here counts down: a deadline is an instant computed from history, from creation, each time
anew. So a change of priority, policy or calendar never forgets waiting time, a pause subtracts
working time only, and a breach is decided when it is read. See ARCHITECTURE, *Clock semantics*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from tierline.domain import events as ev
from tierline.domain.pauses import Pause, pauses_of
from tierline.domain.policy import ClockRule, Policy
from tierline.domain.ticket import Ticket, fold

_ZERO = timedelta(0)
_OBLIGATIONS = frozenset({"tier", "message_out", "message_in"})


class State(StrEnum):
    """What a clock is doing."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    NONE = "none"


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


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock read at an instant. Instants UTC; `worked`, `paused`, `left` are working time.

    `worked` is the sum of the counting spans, `paused` of the paused ones, and
    `left` is `required - worked` (negative when over). While paused, `due` is where the deadline
    would be if the clock went on now.
    """

    name: str
    rule: ClockRule
    state: State
    required: timedelta
    started: datetime
    due: datetime | None
    stopped: datetime | None
    worked: timedelta
    paused: timedelta
    left: timedelta
    warn_at: datetime | None
    spans: tuple[Span, ...]


class Deadline(msgspec.Struct, frozen=True, array_like=True):
    """What a queue row keeps of a clock: all that a countdown needs, and no `now` in it.

    `held` is what is shown of a clock that does not run: seconds left when paused, seconds it took
    when stopped. `calendar` is "policy/calendar", resolved by the policy book.
    """

    name: str
    letter: str
    word: str
    state: str
    due: datetime | None
    warn_at: datetime | None
    required: int
    held: int
    stopped: bool
    calendar: str
    day_seconds: int


@dataclass(frozen=True, slots=True)
class _Run:
    """A clock's course, independent of now: what it used until it last started counting."""

    rule: ClockRule
    started: datetime
    required: timedelta
    used: timedelta
    pauses: tuple[Pause, ...]
    counting_since: datetime | None
    counted_until: datetime | None
    stopped: datetime | None
    due: datetime | None


def clocks(ticket: Ticket, policy: Policy, now: datetime) -> tuple[Clock, ...]:
    """All clocks of a ticket as they stand at `now` (aware), with the spans that add up."""
    return tuple(_read(run, now) for run in _runs(ticket, policy))


def clocks_of(history: Iterable[ev.Event], policy: Policy, now: datetime) -> tuple[Clock, ...]:
    """The same from a bare history: the events up to and including `now` count."""
    return clocks(fold(event for event in history if event.at <= now), policy, now)


def deadlines(ticket: Ticket, policy: Policy) -> tuple[Deadline, ...]:
    """What the queue shows of the clocks, the next one to act on first."""
    found = (_deadline(run, policy) for run in _runs(ticket, policy))
    return tuple(sorted(found, key=_urgency))


def next_moment(ticket: Ticket, found: tuple[Deadline, ...]) -> datetime | None:
    """When someone must act next: the first due, or the check time of a ticket that waits."""
    if not ticket.open:
        return None
    dues = [d.due for d in found if d.due is not None and not d.stopped]
    if ticket.until is not None:
        dues.append(ticket.until)
    return min(dues, default=None)


def _runs(ticket: Ticket, policy: Policy) -> list[_Run]:
    rules = policy.clock_rules(
        priority=ticket.priority,
        channel=ticket.channel,
        tier=ticket.tier,
        type_=ticket.type,
        call_back=ticket.call_back,
    )
    runs = (_run(ticket, rule) for rule in rules)
    return [run for run in runs if run is not None]


def _run(ticket: Ticket, rule: ClockRule) -> _Run | None:
    started = _start(ticket, rule)
    if started is None:
        return None
    stopped = _stop(ticket, rule, started)
    lifted = rule.table.starts in _OBLIGATIONS and ticket.ended
    if stopped is None and (lifted or ticket.ended in ("closed", "cancelled")):
        return None
    if rule.table.measure == "work":
        return _work_run(ticket, rule, started, stopped)
    return _calendar_run(ticket, rule, started, stopped)


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
    moments = [at for at in reached if at is not None]
    return max(min(moments), started) if moments else None


def _calendar_run(
    ticket: Ticket, rule: ClockRule, started: datetime, stopped: datetime | None
) -> _Run:
    calendar = rule.calendar
    required = _required(rule, started)
    pauses = pauses_of(ticket, rule, started, stopped)
    used = _ZERO
    since: datetime | None = started
    until: datetime | None = None
    due: datetime | None = None
    for pause in pauses:
        if since is not None and pause.start > since:
            length = calendar.between(since, pause.start)
            if due is None and used + length >= required:
                due = calendar.add(since, required - used)
            used += length
        until = pause.start
        since = pause.end
    if since is not None:
        until = None
        if due is None:
            due = calendar.add(since, required - used)
    return _Run(rule, started, required, used, pauses, since, until, stopped, due)


def _required(rule: ClockRule, started: datetime) -> timedelta:
    days = rule.amount.business_days
    if not days:
        return rule.amount.duration
    return rule.calendar.between(started, rule.calendar.add_days(started, days))


def _work_run(ticket: Ticket, rule: ClockRule, started: datetime, stopped: datetime | None) -> _Run:
    required = rule.amount.duration
    used = timedelta(seconds=ticket.work.get(ticket.tier, 0))
    since = ticket.timer_since if stopped is None and ticket.open else None
    due = since + (required - used) if since is not None else None
    if since is None and used > required:
        due = started
    until = ticket.changed_at if since is None else None
    return _Run(rule, started, required, used, (), since, until, stopped, due)


def _state(run: _Run, end: datetime, *, late: bool) -> State:
    if run.stopped is not None and run.stopped <= end:
        return State.BREACHED if late else State.MET
    if late:
        return State.BREACHED
    return State.RUNNING if run.counting_since is not None else State.PAUSED


def _counted(run: _Run, end: datetime) -> timedelta:
    """Working time used until `end`: closed stretches plus the one still counting."""
    if run.counting_since is None or end <= run.counting_since:
        return run.used
    if run.rule.table.measure == "work":
        return run.used + (end - run.counting_since)
    return run.used + run.rule.calendar.between(run.counting_since, end)


def _late(run: _Run, end: datetime) -> bool:
    if run.due is None:
        return False
    if run.rule.table.measure == "work" and run.counting_since is None:
        return True
    last = _last_counted(run, end)
    return last is not None and last > run.due


def _last_counted(run: _Run, end: datetime) -> datetime | None:
    """The last instant that counts: nothing breaches while paused."""
    if run.counting_since is None:
        return run.counted_until
    if run.pauses and end <= run.counting_since:
        return run.pauses[-1].start
    return end


def _warn_at(run: _Run) -> datetime | None:
    """When the warning share was reached, walked back from the deadline on the same calendar."""
    if run.due is None or run.counting_since is None:
        return None
    warned = run.required * (1 - run.rule.table.warn)
    if run.required - run.used <= warned:
        return run.counting_since
    if run.rule.table.measure == "work":
        return run.due - warned
    return run.rule.calendar.subtract(run.due, warned)


def _read(run: _Run, now: datetime) -> Clock:
    end = min(run.stopped, now) if run.stopped is not None else now
    state = _state(run, end, late=_late(run, end))
    worked = _counted(run, end)
    due = run.due
    if due is None and run.rule.table.measure == "calendar":
        due = run.rule.calendar.add(max(end, run.started), run.required - worked)
    if run.rule.table.measure == "work" and run.counting_since is None:
        due = None
    spans = _spans(run, end)
    return Clock(
        name=run.rule.name,
        rule=run.rule,
        state=state,
        required=run.required,
        started=run.started,
        due=due,
        stopped=run.stopped,
        worked=worked,
        paused=sum((span.length for span in spans if span.paused), _ZERO),
        left=run.required - worked,
        warn_at=_warn_at(run),
        spans=spans,
    )


def _spans(run: _Run, end: datetime) -> tuple[Span, ...]:
    if run.rule.table.measure == "work":
        return _work_spans(run, end)
    calendar, found, since = run.rule.calendar, [], run.started
    for pause in run.pauses:
        found += [Span(a, b) for a, b in calendar.spans(since, min(pause.start, end))]
        over = min(pause.end or end, end)
        held = calendar.spans(max(pause.start, run.started), over)
        found += [Span(a, b, True, pause.why, pause.by) for a, b in held]
        since = max(since, over)
        if pause.end is None:
            return tuple(found)
    return (*found, *(Span(a, b) for a, b in calendar.spans(since, end)))


def _work_spans(run: _Run, end: datetime) -> tuple[Span, ...]:
    """Logged work is known by its length, not its place; it is laid out from the start."""
    logged = Span(run.started, run.started + run.used, why="work logged")
    if run.counting_since is None or end <= run.counting_since:
        return (logged,) if run.used else ()
    running = Span(run.counting_since, end, why="work timer")
    return (logged, running) if run.used else (running,)


def _deadline(run: _Run, policy: Policy) -> Deadline:
    end = run.stopped or datetime.max.replace(tzinfo=run.started.tzinfo)
    stopped = run.stopped is not None
    counts = run.counting_since is not None and not stopped
    late = _late(run, end) if not counts else False
    state = _state(run, end, late=late) if not counts else State.RUNNING
    held = _counted(run, end) if stopped else run.required - run.used
    rule = run.rule
    return Deadline(
        name=rule.name,
        letter=rule.table.letter,
        word=rule.table.word,
        state=state,
        due=run.due if counts or late else None,
        warn_at=_warn_at(run) if counts else None,
        required=int(run.required.total_seconds()),
        held=0 if counts else int(held.total_seconds()),
        stopped=stopped,
        calendar=_reference(rule, policy),
        day_seconds=rule.day_seconds,
    )


def _urgency(deadline: Deadline) -> tuple[int, float, int]:
    if deadline.stopped:
        return (2, 0.0, 0)
    if deadline.due is not None:
        return (0, deadline.due.timestamp(), 0)
    return (1, 0.0, deadline.held)


def _reference(rule: ClockRule, policy: Policy) -> str:
    wall = rule.always or rule.table.measure == "work"
    return "always" if wall else f"{policy.name}/{rule.calendar_name}"
