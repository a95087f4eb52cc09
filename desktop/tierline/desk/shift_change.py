"""The change of shift: what I hold then, what to tell about it, and whose it becomes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.desk.desk import Desk
from tierline.desk.timeline import timeline
from tierline.domain.shifts import Duty, coming, on_duty
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.queues import OPEN, Where
from tierline.storage.records import Person

ASKED_BEFORE = timedelta(minutes=15)
_LONGEST = 160


class Handed(NamedTuple):
    """A ticket I hold at the change, with a note that says what was done last and what is next."""

    ticket_id: str
    number: str
    priority: int
    subject: str
    client: str
    status: str
    note: str


class Change(NamedTuple):
    """The change that comes next: when (UTC), who is then on, and which of them are of my line."""

    at: datetime
    duty: Duty
    people: tuple[Person, ...]


def next_change(desk: Desk) -> Change | None:
    """The change at which my shift ends; None when I am not on, or nothing is handed over."""
    policy, now = desk.policy(desk.book.default), desk.clock()
    duty, then = on_duty(policy, now), coming(policy, now)
    me = desk.people.get(desk.me)
    if duty is None or then is None or duty.until is None or not duty.hands_over:
        return None
    if me is not None and me.team and me.team.casefold() != duty.group.casefold():
        return None
    line = me.tier if me else None
    there = [p for p in desk.people.assignable() if p.team.casefold() == then.group.casefold()]
    there.sort(key=lambda p: (p.tier != line, p.tier, p.name))
    return Change(duty.until, then, tuple(there))


def is_due(change: Change, now: datetime) -> bool:
    """Whether it is time to ask."""
    return change.at - ASKED_BEFORE <= now < change.at


def held(desk: Desk) -> tuple[Handed, ...]:
    """The open tickets I hold, the next one to act on first, each with a note to go on from."""
    ids = desk.replica.queues.ids([OPEN, Where("assignee", "is", (desk.me,))])
    stored = (desk.replica.tickets.get(each) for each in ids)
    return tuple(_handed(desk, each.ticket) for each in stored if each is not None)


def _handed(desk: Desk, ticket: Ticket) -> Handed:
    status = desk.policy(ticket.policy).status(ticket.status).word
    return Handed(
        ticket.id,
        ticket.number,
        ticket.priority,
        ticket.subject,
        ticket.client,
        status,
        prefilled(desk, ticket),
    )


def prefilled(desk: Desk, ticket: Ticket) -> str:
    """One line from what is known: the last note or message, what it waits for, what is owed."""
    policy = desk.policy(ticket.policy)
    history = desk.replica.tickets.operations(ticket.id)
    told = timeline(history, (), policy, desk.people.name, desk.people.first)
    written = [each for each in told if each.kind in ("note", "out") and not each.undone]
    done = written[-1].text.strip().splitlines()[0][:_LONGEST] if written else ""
    waits = policy.status(ticket.status)
    parts = [tr("Last: {done}", done=done) if done else tr("Not begun yet")]
    if waits.phase == "waiting":
        parts.append(f"{waits.word.lower()}: {ticket.status_why}".rstrip(": "))
    if ticket.replied:
        parts.append(tr("the contact waits for an answer"))
    return ". ".join(f"{part[:1].upper()}{part[1:]}".rstrip(".") for part in parts) + "."
