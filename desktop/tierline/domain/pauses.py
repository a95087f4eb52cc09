"""When a clock of a ticket does not count: statuses its policy names, and time spent resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, zip_longest

from tierline.domain.policy import ClockRule
from tierline.domain.ticket import Step, Ticket


@dataclass(frozen=True, slots=True)
class Pause:
    """A half-open stretch of wall time; `end` is None while it lasts."""

    start: datetime
    end: datetime | None
    why: str
    by: str = ""


def pauses_of(
    ticket: Ticket, rule: ClockRule, started: datetime, stopped: datetime | None
) -> tuple[Pause, ...]:
    """The pauses of a clock from its start to its stop, in order, not overlapping.

    A pause that began before the clock did is kept from the clock's start on.
    """
    held = [p for p in _by_status(ticket, rule) if p.end is None or p.end > started]
    if not rule.table.counts_closed:
        held += [Pause(g.start, g.end, "resolved") for g in ticket.gaps if g.end > started]
    if rule.theirs:
        held += [p for p in _with_them(ticket, rule) if p.end is None or p.end > started]
    if not held:
        return ()
    clipped = [_from(pause, started) for pause in held]
    if stopped is not None:
        clipped = [_until(p, stopped) for p in clipped if p.start < stopped]
    return _apart(sorted(clipped, key=lambda pause: pause.start))


def _by_status(ticket: Ticket, rule: ClockRule) -> list[Pause]:
    names = rule.pauses
    steps = ticket.statuses
    if not names or not any(step.value in names for step in steps):
        return []
    found = [
        Pause(step.at, after.at, step.value, step.by)
        for step, after in pairwise(steps)
        if step.value in names and after.at > step.at
    ]
    last: Step = steps[-1]
    return [*found, Pause(last.at, None, last.value, last.by)] if last.value in names else found


def _with_them(ticket: Ticket, rule: ClockRule) -> list[Pause]:
    """The times a ticket spent on a line of the client's own."""
    steps = ticket.tiers
    ends = [step.at for step in steps[1:]]
    return [
        Pause(step.at, end, "with the client", step.by)
        for step, end in zip_longest(steps, ends)
        if int(step.value) in rule.theirs and (end is None or end > step.at)
    ]


def _from(pause: Pause, started: datetime) -> Pause:
    return pause if pause.start >= started else Pause(started, pause.end, pause.why, pause.by)


def _until(pause: Pause, stopped: datetime) -> Pause:
    if pause.end is not None and pause.end <= stopped:
        return pause
    return Pause(pause.start, stopped, pause.why, pause.by)


def _apart(pauses: list[Pause]) -> tuple[Pause, ...]:
    """The same time without overlaps: what began first keeps it."""
    apart: list[Pause] = []
    for pause in pauses:
        before = apart[-1] if apart else None
        if before is None or (before.end is not None and before.end <= pause.start):
            apart.append(pause)
        elif before.end is not None and (pause.end is None or pause.end > before.end):
            apart.append(Pause(before.end, pause.end, pause.why, pause.by))
    return tuple(apart)
