"""Every clock of a ticket, worked out from its history, its policy and a `now`.

Nothing here counts down: a deadline is an instant computed from history, from creation, each time
anew. So a change of priority, policy or calendar never forgets waiting time, a pause subtracts
working time only, and a breach is decided when it is read. See ARCHITECTURE, *Clock semantics*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import msgspec

from tierline.domain import events as ev
from tierline.domain.alarms import Mark, marks_of
from tierline.domain.clock_runs import Run, Span, runs
from tierline.domain.policy import ClockRule, Policy
from tierline.domain.rules.keys import run_key
from tierline.domain.ticket import Ticket, fold

__all__ = ["Clock", "Deadline", "Span", "State", "clocks", "clocks_of", "deadlines", "next_moment"]

_ZERO = timedelta(0)
_SECOND = timedelta(seconds=1)
_END = datetime.max.replace(tzinfo=UTC)


class State(StrEnum):
    """What a clock is doing."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    NONE = "none"


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
    when stopped. `calendar` is "policy/calendar", resolved by the policy book. `run` names this run
    of the clock ("" where an older program put it down), `marks` are its alarms before the breach.
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
    run: str = ""
    marks: tuple[Mark, ...] = ()


def clocks(ticket: Ticket, policy: Policy, now: datetime) -> tuple[Clock, ...]:
    """All clocks of a ticket as they stand at `now` (aware), with the spans that add up."""
    return tuple(_read(run, now) for run in runs(ticket, policy))


def clocks_of(history: Iterable[ev.Event], policy: Policy, now: datetime) -> tuple[Clock, ...]:
    """The same from a bare history: the events up to and including `now` count."""
    return clocks(fold(event for event in history if event.at <= now), policy, now)


def deadlines(
    ticket: Ticket, policy: Policy, going: Iterable[Run] | None = None
) -> tuple[Deadline, ...]:
    """What the queue shows of the clocks, the next one to act on first.

    `going` are the ticket's runs, where the caller has them already.
    """
    known = runs(ticket, policy) if going is None else going
    found = (_deadline(run, policy, ticket) for run in known)
    return tuple(sorted(found, key=_urgency))


def next_moment(ticket: Ticket, found: tuple[Deadline, ...]) -> datetime | None:
    """When someone must act next: the first due, or the check time of a ticket that waits."""
    if not ticket.open:
        return None
    dues = [d.due for d in found if d.due is not None and not d.stopped]
    if ticket.until is not None:
        dues.append(ticket.until)
    return min(dues, default=None)


def _state(run: Run, end: datetime) -> State:
    if run.late(end):
        return State.BREACHED
    if run.stopped is not None and run.stopped <= end:
        return State.MET
    return State.RUNNING if run.counting else State.PAUSED


def _read(run: Run, now: datetime) -> Clock:
    end = now if run.stopped is None else min(run.stopped, now)
    worked, spans = run.worked(end), run.spans(end)
    return Clock(
        name=run.rule.name,
        rule=run.rule,
        state=_state(run, end),
        required=run.required,
        started=run.started,
        due=run.due_at(end),
        stopped=run.stopped,
        worked=worked,
        paused=sum((span.length for span in spans if span.paused), _ZERO),
        left=run.required - worked,
        warn_at=run.warn_at,
        spans=spans,
    )


def _deadline(run: Run, policy: Policy, ticket: Ticket) -> Deadline:
    rule, stopped = run.rule, run.stopped
    state, due, warn_at, held = State.RUNNING, run.due, run.warn_at, _ZERO
    if stopped is not None:
        state, warn_at, held = _state(run, stopped), None, run.worked(stopped)
    elif not run.counting:
        state, held = _state(run, _END), run.left_when_held()
    if state in (State.MET, State.PAUSED):
        due = None
    return Deadline(
        name=rule.name,
        letter=rule.table.letter,
        word=rule.table.word,
        state=state,
        due=due,
        warn_at=warn_at,
        required=int(run.required.total_seconds()),
        held=_whole(held, up=stopped is None),
        stopped=stopped is not None,
        calendar=_reference(rule, policy),
        day_seconds=rule.day_seconds,
        run=run_key(ticket, rule.table),
        marks=marks_of(run, policy, ticket.priority) if state == State.RUNNING else (),
    )


def _whole(amount: timedelta, *, up: bool) -> int:
    """Whole seconds: time left is rounded up, as every countdown is, and time taken down."""
    return -(-amount // _SECOND) if up else amount // _SECOND


def _urgency(deadline: Deadline) -> tuple[int, float, int]:
    if deadline.stopped:
        return (2, 0.0, 0)
    if deadline.due is not None:
        return (0, deadline.due.timestamp(), 0)
    return (1, 0.0, deadline.held)


def _reference(rule: ClockRule, policy: Policy) -> str:
    wall = rule.always or rule.table.measure == "work"
    return "always" if wall else f"{policy.name}/{rule.calendar_name}"
