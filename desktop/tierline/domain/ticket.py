"""A ticket as its history leaves it: `evolve` folds one event, `fold` a whole history.

The ticket keeps what the screen shows and what the clocks count on (when it entered which status,
priority and line), so that neither needs the history again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from tierline.domain import events as ev
from tierline.domain.folds import FOLDS
from tierline.domain.ticket_parts import (
    Acted,
    AlarmAnswer,
    Feedback,
    Gap,
    GateAsk,
    Letter,
    Overruled,
    Prompt,
    Quote,
    Signed,
    Step,
    Task,
    Tie,
    Told,
    UsedPart,
    Visit,
)

__all__ = [
    "Acted",
    "AlarmAnswer",
    "Ended",
    "Feedback",
    "Gap",
    "GateAsk",
    "Letter",
    "Overruled",
    "Prompt",
    "Quote",
    "Signed",
    "Step",
    "Task",
    "Ticket",
    "Tie",
    "Told",
    "UsedPart",
    "Visit",
    "begun",
    "evolve",
    "fold",
    "fold_operations",
    "grown",
    "undone_operations",
]
Ended = Literal["", "resolved", "closed", "cancelled"]


class Ticket(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The present state of a ticket. Instants are aware UTC; work is whole seconds by line.

    `line_work` is the work since the ticket came to its line. `sent` counts our messages, `waits`
    the times the contact began to wait for one. `acted` is what rules have done by themselves.
    `alarm_answers` are what people said to the alarms of its clocks.
    `promised` is the priority whose targets still hold when a rule has raised the ticket since: it
    moves up the queue, and what was promised stays promised. `assists` work beside the assignee;
    `conflicts` are those that nobody has answered yet. `visits` are planned or under way, `visited`
    those that are over; `checks` the points of the check-list that are done. `told` are
    mentions and hand-overs that nobody has said to have read.
    """

    id: str
    number: str
    subject: str
    policy: str
    channel: str
    status: str
    priority: int
    tier: int
    logged_at: datetime
    changed_at: datetime
    logged_by: str = ""
    description: str = ""
    type: str = "incident"
    client: str = ""
    contact: str = ""
    contact_reach: str = ""
    impact: int = 0
    urgency: int = 0
    category: str = ""
    group: str = ""
    assignee: str = ""
    status_why: str = ""
    until: datetime | None = None
    details: dict[str, str] = {}
    missing: tuple[str, ...] = ()
    call_back: bool = False
    source: str = ""
    external_id: str = ""
    facts: dict[str, str] = {}
    ended: Ended = ""
    statuses: tuple[Step, ...] = ()
    priorities: tuple[Step, ...] = ()
    tiers: tuple[Step, ...] = ()
    gaps: tuple[Gap, ...] = ()
    responded_at: datetime | None = None
    called_at: datetime | None = None
    allocated_at: datetime | None = None
    consulted_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    last_out_at: datetime | None = None
    waiting_since: datetime | None = None
    work: dict[int, int] = {}
    timer_since: datetime | None = None
    timer_by: str = ""
    verified: str = ""
    steps: str = ""
    first_contact: bool = False
    reopens: int = 0
    line_work: int = 0
    promised: int = 0
    sent: int = 0
    waits: int = 0
    last_in_at: datetime | None = None
    workaround_at: datetime | None = None
    planned_at: datetime | None = None
    disputed_at: datetime | None = None
    proven: bool = False
    pin_tries: int = 0
    complaints: int = 0
    disputes: int = 0
    consents: tuple[str, ...] = ()
    outbox: tuple[Letter, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    stays: tuple[Overruled, ...] = ()
    tasks: tuple[Task, ...] = ()
    gates: tuple[GateAsk, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    quotes: int = 0
    quote: Quote | None = None
    acted: tuple[Acted, ...] = ()
    assists: tuple[str, ...] = ()
    conflicts: tuple[ev.Conflicted, ...] = ()
    restricted: bool = False
    alarm_answers: tuple[AlarmAnswer, ...] = ()
    visits: tuple[Visit, ...] = ()
    visited: tuple[Visit, ...] = ()
    parts: tuple[UsedPart, ...] = ()
    checks: tuple[str, ...] = ()
    signed: Signed | None = None
    links: tuple[Tie, ...] = ()
    told: tuple[Told, ...] = ()

    @property
    def open(self) -> bool:
        """Whether someone still has to act on it."""
        return not self.ended

    @property
    def replied(self) -> bool:
        """Whether the contact wrote and nobody of us has answered."""
        return self.waiting_since is not None


def evolve(ticket: Ticket | None, event: ev.Event, ticket_id: str = "") -> Ticket:
    """The ticket after one more event. Pure; `ticket_id` is needed for the first event only.

    Raises:
        ValueError: the history does not begin with `Logged`, or has it twice.
    """
    if isinstance(event, ev.Logged):
        if ticket is not None:
            message = f"{ticket.number} was logged twice"
            raise ValueError(message)
        return _logged(event, ticket_id)
    if ticket is None:
        message = f"a history begins with Logged, not {type(event).__name__}"
        raise ValueError(message)
    changes = _FOLDS[type(event)](ticket, event)
    if event.facts:
        changes["facts"] = {**ticket.facts, **event.facts}
    if event.occasion:
        changes["acted"] = (*ticket.acted, Acted(event.occasion, event.at))
    return replace(ticket, changed_at=max(ticket.changed_at, event.at), **changes)


def fold(events: Iterable[ev.Event], ticket_id: str = "") -> Ticket:
    """The ticket a history leads to.

    Raises:
        ValueError: the history is empty or does not begin with `Logged`.
    """
    ticket: Ticket | None = None
    for event in events:
        ticket = evolve(ticket, event, ticket_id)
    if ticket is None:
        message = "an empty history has no ticket"
        raise ValueError(message)
    return ticket


def begun(operations: Iterable[ev.Operation]) -> bool:
    """Whether one of them logs the ticket: a hub that lost its end has to be told that anew."""
    return any(isinstance(event, ev.Logged) for op in operations for event in op.events)


def fold_operations(operations: Sequence[ev.Operation]) -> Ticket:
    """The ticket of a journal; an operation that a later one took back does not count.

    A failover may have brought the one that logs it behind others: it comes first all the same.

    Raises:
        ValueError: none of them logs the ticket.
    """
    undone = undone_operations(operations)
    kept = [op for op in operations if op.op_id not in undone]
    kept.sort(key=lambda op: not any(isinstance(event, ev.Logged) for event in op.events))
    ticket: Ticket | None = None
    for op in kept:
        ticket = grown(ticket, op.events, op.ticket_id)
    if ticket is None:
        message = "no operation logs the ticket"
        raise ValueError(message)
    return ticket


def grown(ticket: Ticket | None, events: Iterable[ev.Event], ticket_id: str) -> Ticket | None:
    """The ticket after one more act; as it was when the act can do nothing to it."""
    after = ticket
    try:
        for event in events:
            after = evolve(after, event, ticket_id)
    except (ValueError, KeyError, TypeError):
        return ticket
    return after


def undone_operations(operations: Iterable[ev.Operation]) -> set[str]:
    """Ids of the operations that were taken back."""
    return {e.op_id for op in operations for e in op.events if isinstance(e, ev.Undone)}


def _logged(event: ev.Logged, ticket_id: str) -> Ticket:
    first = event.at
    return Ticket(
        id=ticket_id,
        logged_at=first,
        changed_at=first,
        logged_by=event.by,
        statuses=(Step(first, event.status, event.by),),
        priorities=(Step(first, str(event.priority), event.by),),
        tiers=(Step(first, str(event.tier), event.by),),
        **{name: getattr(event, name) for name in _COPIED},
    )


def _assigned(ticket: Ticket, event: ev.Assigned) -> dict[str, Any]:
    assists = tuple(each for each in ticket.assists if each != event.assignee)
    changes: dict[str, Any] = {"assignee": event.assignee, "assists": assists}
    if event.group is not None:
        changes["group"] = event.group
    if ticket.allocated_at is None and (event.assignee or event.group):
        changes["allocated_at"] = event.at
    return changes


def _prioritised(ticket: Ticket, event: ev.Prioritised) -> dict[str, Any]:
    changes: dict[str, Any] = {"impact": event.impact, "urgency": event.urgency}
    changes["disputed_at"] = None
    if event.priority != ticket.priority:
        step = Step(event.at, str(event.priority), event.by, event.reason)
        changes |= {"priority": event.priority, "priorities": (*ticket.priorities, step)}
        changes["promised"] = (ticket.promised or ticket.priority) if event.rule else 0
    return changes


def _status(ticket: Ticket, event: ev.StatusChanged) -> dict[str, Any]:
    return _to_status(ticket, event, event.status, event.reason) | {"until": event.until}


def _to_status(ticket: Ticket, event: ev.Event, status: str, why: str) -> dict[str, Any]:
    step = Step(event.at, status, event.by, why)
    steps = (*ticket.statuses, step) if status != ticket.status else ticket.statuses
    return {"status": status, "status_why": why, "until": None, "statuses": steps}


def _timer(_: Ticket, event: ev.TimerStarted) -> dict[str, Any]:
    return {"timer_since": event.at, "timer_by": event.by}


def _escalated(ticket: Ticket, event: ev.Escalated) -> dict[str, Any]:
    step = Step(event.at, str(event.tier), event.by, event.reason)
    changes: dict[str, Any] = {"assignee": event.assignee, "consulted_at": None, "prompts": ()}
    if event.tier != ticket.tier:
        changes |= {"tier": event.tier, "tiers": (*ticket.tiers, step), "line_work": 0}
    if event.group is not None:
        changes["group"] = event.group
    return changes


def _resolved(ticket: Ticket, event: ev.Resolved) -> dict[str, Any]:
    changes = _to_status(ticket, event, event.status, event.steps)
    return changes | {
        "ended": "resolved",
        "prompts": (),
        "alarm_answers": (),
        "resolved_at": event.at,
        "steps": event.steps,
        "first_contact": event.first_contact,
    }


def _reopened(ticket: Ticket, event: ev.Reopened) -> dict[str, Any]:
    changes = _to_status(ticket, event, event.status, event.reason)
    began = ticket.resolved_at or ticket.closed_at
    if began is not None and began < event.at:
        changes["gaps"] = (*ticket.gaps, Gap(began, event.at))
    return changes | {
        "ended": "",
        "workaround_at": None,
        "resolved_at": None,
        "closed_at": None,
        "signed": None,
        "reopens": ticket.reopens + 1,
        "links": _not_merged(ticket),
    }


def _not_merged(ticket: Ticket) -> tuple[Tie, ...]:
    return tuple(tie for tie in ticket.links if tie.how != "into")


def _closed(ticket: Ticket, event: ev.Closed) -> dict[str, Any]:
    changes = _to_status(ticket, event, event.status, event.reason)
    resolved = ticket.resolved_at or event.at
    return changes | {"ended": "closed", "closed_at": event.at, "resolved_at": resolved}


def _cancelled(ticket: Ticket, event: ev.Cancelled) -> dict[str, Any]:
    changes = _to_status(ticket, event, event.status, event.reason)
    if event.into:
        changes["links"] = (*_not_merged(ticket), Tie(event.into, event.merged_into, "into"))
    return changes | {"ended": "cancelled", "closed_at": event.at, "prompts": ()}


def _detailed(ticket: Ticket, event: ev.Detailed) -> dict[str, Any]:
    told = {name: getattr(event, name) for name in _DETAILS if getattr(event, name) is not None}
    filled = {*told, *(key for key, value in event.details.items() if value)}
    missing = tuple(name for name in ticket.missing if name not in filled)
    changes = told | {"details": {**ticket.details, **event.details}, "missing": missing}
    # Whoever it is about now has not proven anything.
    others = ((ticket.contact, event.contact), (ticket.client, event.client))
    if any(was and now is not None and now != was for was, now in others):
        changes |= {"verified": "", "proven": False}
    return changes


def _nothing(_: Ticket, __: ev.Event) -> dict[str, Any]:
    return {}


_COPIED = (
    "number subject policy channel status priority tier description type client contact "
    "contact_reach impact urgency category group details missing call_back source external_id facts"
).split()
_DETAILS = ("subject", "description", "client", "contact", "contact_reach", "category", "type")
_FOLDS: dict[type[ev.Event], Callable[[Ticket, Any], dict[str, Any]]] = {
    **FOLDS,
    ev.Assigned: _assigned,
    ev.Prioritised: _prioritised,
    ev.StatusChanged: _status,
    ev.TimerStarted: _timer,
    ev.Escalated: _escalated,
    ev.Consulted: lambda _, event: {"consulted_at": event.at},
    ev.Resolved: _resolved,
    ev.Reopened: _reopened,
    ev.Closed: _closed,
    ev.Cancelled: _cancelled,
    ev.Detailed: _detailed,
    ev.PolicyChanged: lambda _, event: {"policy": event.policy},
    ev.Attached: _nothing,
    ev.Undone: _nothing,
}
