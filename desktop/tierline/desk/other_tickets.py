"""Tickets to link to or to merge into: found by number or words, or likely to be the same."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.desk import Desk
from tierline.desk.duplicates import duplicates
from tierline.domain.ticket import Ticket


class Other(NamedTuple):
    """A ticket to link to or merge into, as a list of such shows it."""

    id: str
    number: str
    subject: str
    about: str
    priority: int
    why: str = ""


def others(desk: Desk, typed: str, this: str, limit: int = 8) -> tuple[Other, ...]:
    """The tickets meant by a number or by words, without this one; open ones first."""
    ids = [each for each in desk.search(typed, limit * 3) if each != this]
    rows = [desk.replica.tickets.get(each) for each in ids]
    found = [stored.ticket for stored in rows if stored is not None]
    found.sort(key=lambda ticket: bool(ticket.ended))
    return tuple(other(desk, ticket) for ticket in found[:limit])


def likely(desk: Desk, ticket: Ticket) -> tuple[Other, ...]:
    """The tickets that this one most likely repeats."""
    found = duplicates(desk, ticket.client, ticket.contact, ticket.subject)
    stored = ((desk.replica.tickets.get(d.ticket_id), d) for d in found if d.ticket_id != ticket.id)
    return tuple(other(desk, s.ticket)._replace(why=f"{d.score} %") for s, d in stored if s)


def other(desk: Desk, ticket: Ticket) -> Other:
    """A ticket as such a list shows it."""
    status = desk.policy(ticket.policy).status(ticket.status).word.lower()
    about = ", ".join(part for part in (ticket.client, ticket.contact, status) if part)
    return Other(ticket.id, ticket.number, ticket.subject, about, ticket.priority)
