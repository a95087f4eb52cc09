"""What the policy does the moment a person acts: confirm, tell the priority, answer the late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tierline.domain import events as ev
from tierline.domain.policy import Policy
from tierline.domain.policy_process import RuleTable
from tierline.domain.rules.candidates import Candidate
from tierline.domain.rules.deeds import Deed
from tierline.domain.rules.keys import resolution_key
from tierline.domain.ticket import Ticket, evolve

_TOLD_BY_HAND = ("escalated", "resolved", "closed")
_WRITES = ("message", "remind")


def consequences(
    before: Ticket | None, events: Sequence[ev.AnyEvent], policy: Policy, now: datetime
) -> tuple[ev.AnyEvent, ...]:
    """The events that follow at once from what a person did; part of the same act."""
    rules = policy.occasion_acts
    if not rules:
        return ()
    ticket = before
    for event in events:
        ticket = evolve(ticket, event)
    if ticket is None:
        return ()
    added: list[ev.AnyEvent] = []
    for on, key in _occasions(before, ticket, events):
        for name, table in rules:
            if table.on != on or not _wanted(ticket, policy, table, events):
                continue
            todo = Candidate(name, table, key, now)
            if any(each.occasion == todo.occasion for each in ticket.acted):
                continue
            made = Deed(ticket, policy, now, todo).events()
            for event in made:
                ticket = evolve(ticket, event)
            added += made
    return tuple(added)


def _occasions(
    before: Ticket | None, ticket: Ticket, events: Sequence[ev.AnyEvent]
) -> Iterator[tuple[str, str]]:
    was = before.priority if before else 0
    disputed = before is not None and before.disputed_at is not None
    for event in events:
        match event:
            case ev.Logged():
                yield "logged", "logged"
                yield "prioritised", "priority-1"
            case ev.Prioritised() if ticket.priority != was:
                yield "prioritised", f"priority-{len(ticket.priorities)}"
            case ev.Prioritised() if disputed:
                yield "prioritised", f"judged-{ticket.disputes}"
            case ev.Escalated():
                yield "escalated", f"line-{len(ticket.tiers)}"
            case ev.Resolved():
                yield "resolved", resolution_key(ticket)
            case ev.Closed():
                yield "closed", f"closed-{ticket.reopens + 1}"
            case ev.Messaged(direction="in") if ticket.ended == "closed":
                yield "replied after close", f"in-{ticket.waits}"
            case _:
                pass


def _wanted(
    ticket: Ticket, policy: Policy, table: RuleTable, events: Sequence[ev.AnyEvent]
) -> bool:
    """Whether there is someone to tell, who has not just been told by hand."""
    if table.tiers and ticket.tier not in table.tiers:
        return False
    if table.does == "ask":
        return bool(ticket.contact)
    if table.does not in _WRITES:
        return True
    if table.on == "logged":
        channel = policy.file.channels.get(ticket.channel)
        return bool(ticket.contact) and channel is not None and channel.confirm
    if table.on in _TOLD_BY_HAND:
        return not any(isinstance(e, ev.Messaged) and e.direction == "out" for e in events)
    return bool(ticket.contact)
