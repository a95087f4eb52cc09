"""From a ticket and its policy to what the replica stores beside the history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from tierline.domain import events as ev
from tierline.domain.clock_runs import runs
from tierline.domain.clocks import Deadline, deadlines, next_moment
from tierline.domain.policy import Policy
from tierline.domain.rules.due import next_at
from tierline.domain.ticket import Ticket
from tierline.storage.records import Projection, Words
from tierline.storage.schema import THEIRS

_TEXTS = ("description", "text", "handover", "steps", "reason", "note")


def project(ticket: Ticket, policy: Policy, words: Words | None = None) -> Projection:
    """The stored form of a ticket: its clocks as instants, and when someone must act next."""
    going = runs(ticket, policy)
    found = deadlines(ticket, policy, going)
    owed = [each for each in found if not each.stopped] if ticket.open else []
    return Projection(
        ticket=ticket,
        deadlines=found,
        phase=_phase(ticket, policy),
        act_at=next_moment(ticket, found),
        due_at=_soonest(each.due for each in owed),
        warn_at=_soonest(each.warn_at for each in owed if each.state == "running"),
        words=words,
        rule_at=next_at(ticket, policy, going),
    )


def _phase(ticket: Ticket, policy: Policy) -> str:
    """The status's, or THEIRS while it is on a line of the client's own: no queue of ours."""
    theirs = ticket.open and ticket.tier in policy.theirs
    return THEIRS if theirs else policy.status(ticket.status).phase


def all_words(ticket: Ticket, events: Iterable[ev.Event]) -> Words:
    """Everything a ticket is found by, from its whole history."""
    return Words(ticket.subject, ticket.client, ticket.contact, _text(events), append=False)


def more_words(ticket: Ticket, events: Iterable[ev.Event]) -> Words | None:
    """What an act adds to search, None when it wrote nothing."""
    happened = tuple(events)
    text = _text(happened)
    if not text and not any(isinstance(event, ev.Detailed) for event in happened):
        return None
    return Words(ticket.subject, ticket.client, ticket.contact, text)


def is_over(deadline: Deadline, now: datetime) -> bool:
    """Whether a clock that is still owed has passed its deadline."""
    return not deadline.stopped and deadline.due is not None and deadline.due < now


def _text(events: Iterable[ev.Event]) -> str:
    every = (each for event in events for each in (event, *_lost(event)))
    said = (getattr(event, name) for event in every for name in _named(type(event)))
    return "\n".join(text for text in said if text)


@cache
def _named(kind: type[ev.Event]) -> tuple[str, ...]:
    """The parts of an event that hold words; a file is found by its name too."""
    words = ("name", *_TEXTS) if issubclass(kind, ev.Attached) else _TEXTS
    return tuple(name for name in words if name in kind.__struct_fields__)


def _lost(event: ev.Event) -> tuple[ev.Event, ...]:
    """What lost in a conflict is found too."""
    return event.events if isinstance(event, ev.Conflicted) else ()


def _soonest(instants: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in instants if at is not None), default=None)
