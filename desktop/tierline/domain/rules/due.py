"""The door of the rules: what is due on a ticket at an instant, and when to look again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tierline.domain import events as ev
from tierline.domain.clock_runs import Run
from tierline.domain.policy import Policy
from tierline.domain.rules.candidates import candidates
from tierline.domain.rules.deeds import Deed
from tierline.domain.rules.keys import operation_id
from tierline.domain.ticket import Ticket, evolve

_MOST = 25  # acts on one ticket at one instant; more would be a circle


class RuleAct(NamedTuple):
    """One act of one rule: `at` is when it was due, the events are dated when it is made.

    `op_id` is the same on every console, so that any number of them make one act. `does` is as in
    the policy; "loop" when the rule has gone round in circles and someone is told instead.
    """

    rule: str
    label: str
    key: str
    at: datetime
    does: str
    op_id: str
    events: tuple[ev.AnyEvent, ...]


def due_acts(ticket: Ticket, policy: Policy, now: datetime) -> tuple[RuleAct, ...]:
    """What the rules do by `now` (aware UTC), in order, each on the ticket the last one left.

    Nothing while `now` lies before the ticket's last change: then a clock was set back.
    """
    found: list[RuleAct] = []
    made: set[str] = set()
    while len(found) < _MOST and now >= ticket.changed_at:
        ready = (c for c in candidates(ticket, policy) if c.at <= now and c.occasion not in made)
        todo = next(ready, None)
        if todo is None:
            break
        made.add(todo.occasion)
        deed = Deed(ticket, policy, now, todo)
        events = deed.events()
        if not events:
            continue
        does = "loop" if todo.loop else str(todo.table.does)
        op_id = operation_id(ticket.id, todo.occasion)
        found.append(RuleAct(todo.name, deed.label, todo.key, todo.at, does, op_id, events))
        for event in events:
            ticket = evolve(ticket, event)
    return tuple(found)


def next_at(ticket: Ticket, policy: Policy, going: Iterable[Run] | None = None) -> datetime | None:
    """The next instant (UTC) at which some rule acts if nothing happens before; None for never.

    It lies in the past when an act is overdue. `going` are the ticket's runs, where the caller has
    them already.
    """
    return next((each.at for each in candidates(ticket, policy, going)), None)
