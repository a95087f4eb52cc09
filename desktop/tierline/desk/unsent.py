"""What was done here and has not gone out, ticket by ticket, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tierline.desk.people import People
from tierline.desk.timeline import timeline
from tierline.domain.policy_book import PolicyBook
from tierline.storage.records import Recorded, Stored
from tierline.storage.replica import Replica

MOST = 500


class UnsentAct(NamedTuple):
    """One act: what was done and what was written. `at` is aware UTC; `icon` that of its entry."""

    op_id: str
    at: datetime
    icon: str
    said: str
    text: str


class UnsentTicket(NamedTuple):
    """A ticket with acts that wait, in their order; `number` is "" for an entry of the lists."""

    ticket_id: str
    number: str
    priority: int
    subject: str
    acts: tuple[UnsentAct, ...]


def unsent(
    replica: Replica, book: PolicyBook, people: People, most: int = MOST
) -> tuple[UnsentTicket, ...]:
    """At most so many acts, by ticket; the ticket whose act goes out first comes first."""
    by_ticket: dict[str, list[Recorded]] = {}
    for each in replica.unsent.acts(most):
        by_ticket.setdefault(each.operation.ticket_id, []).append(each)
    found = ((replica.tickets.get(key), key, acts) for key, acts in by_ticket.items())
    return tuple(_told(stored, key, acts, book, people) for stored, key, acts in found)


def _told(
    stored: Stored | None, key: str, acts: list[Recorded], book: PolicyBook, people: People
) -> UnsentTicket:
    if stored is None:
        entries = tuple(
            UnsentAct(each.operation.op_id, each.operation.at, "contact", "entered", "")
            for each in acts
        )
        return UnsentTicket("", "", 0, key.replace("/", ", "), entries)
    ticket = stored.ticket
    policy = book.get(ticket.policy)
    said = timeline(acts, (), policy, people.name, people.first)
    told = tuple(UnsentAct(e.op_id, e.at, e.icon, e.verb, e.text) for e in said)
    return UnsentTicket(ticket.id, ticket.number, ticket.priority, ticket.subject, told)


def count(tickets: Iterable[UnsentTicket]) -> int:
    """How many acts these are."""
    return len({act.op_id for each in tickets for act in each.acts})
