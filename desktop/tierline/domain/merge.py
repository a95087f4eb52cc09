"""`merge`: how an act is put into the log when others acted meanwhile, unseen by its author.

Pure and total: the same history gives the same events on every console, and none is refused. The
table, by class of event (`merge_case.Kind`):

added      notes, messages, time, tasks, what was done on a visit: always kept, on ended ones too
timer      kept; whoever's timer it ends has their time logged first
value      the log's value stays (its author may have seen more), mine is kept beside it
owner      who is first in the log owns, a lead's assignment beats a take; the other assists
links      added wins over taken away; a ticket that others were merged into stays open
state      same target: one act; both possible: both; else the open side wins, whoever was first

What loses is never dropped: it is in a `Conflicted` event, to be settled by an act. A rule's act
that did not see what it should have gives way without a word: the rule looks again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from tierline.domain import events as ev
from tierline.domain import (
    merge_answers,
    merge_links,
    merge_owner,
    merge_state,
    merge_time,
    merge_values,
)
from tierline.domain.merge_case import Case, Events
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket


class Merged(NamedTuple):
    """The events of an act as the log has them; `void` for a rule's act that did not happen."""

    events: tuple[ev.AnyEvent, ...]
    void: bool = False


def merge(
    before: Ticket | None,
    others: Sequence[ev.Operation],
    mine: ev.Operation,
    policy: Policy,
    *,
    seen: Ticket | None = None,
    leads: Container[str] = frozenset(),
) -> Merged:
    """The events of `mine` as they go behind everything in front of them, in the log's order.

    `before` is the ticket with all that stands in front of this act (None: the act makes it).
    `others` are the operations among that which its author had not seen, in the log's order and
    without those taken back; for an act of undoing, only those behind the act it takes back.
    `seen` is the ticket as its author saw it, their own earlier acts as written; `leads` are the
    ids of the people whose assignment beats a take. `policy` is that of `before`.
    """
    if before is None or not others:
        return Merged(mine.events)
    case = Case.of(before, others, mine, policy, seen or before, leads)
    if not case.others:
        return Merged(mine.events)
    if case.void:
        return Merged((), void=True)
    events = case.events
    for step in _STEPS:
        events = step(case, events)
    return Merged(tuple(events))


_STEPS: tuple[Callable[[Case, Events], Events], ...] = (
    merge_answers.undone,
    merge_answers.settled,
    merge_links.part,
    merge_state.part,
    merge_owner.part,
    merge_values.part,
    merge_time.part,
)
