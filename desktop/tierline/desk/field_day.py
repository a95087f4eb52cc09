"""An engineer's visits as the day brings them: where, whom to ask for, by when, how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.desk.desk import Desk
from tierline.desk.queue_rows import countdowns, one_a_word
from tierline.desk.sync_words import away
from tierline.desk.visits import mine
from tierline.domain.countdown import Countdown
from tierline.domain.ticket import Ticket, Visit
from tierline.storage.records import Contact, Stored

_OVER = ("done", "turned back")


class FieldVisit(NamedTuple):
    """One visit and what its engineer needs of the ticket before opening it.

    `unsent` counts acts of the ticket that are only on this machine, `met` conflicts to answer.
    """

    ticket_id: str
    number: str
    subject: str
    priority: int
    client: str
    contact: Contact
    visit: Visit
    place: str
    engineer: str
    ended: str
    clock: Countdown | None
    unsent: int = 0
    met: int = 0

    @property
    def over(self) -> bool:
        """Whether it is done, or was turned back from."""
        return self.visit.state in _OVER


class Day(NamedTuple):
    """The visits of one engineer as of `at` (aware UTC): today's and overdue ones, and later ones.

    `under_way` is where they are, or are going to, right now.
    """

    at: datetime
    today: tuple[FieldVisit, ...]
    later: tuple[FieldVisit, ...]
    under_way: FieldVisit | None

    def find(self, ticket_id: str) -> FieldVisit | None:
        """The visit of a ticket, one that is not over first."""
        found = [each for each in (*self.today, *self.later) if each.ticket_id == ticket_id]
        return min(found, key=lambda each: each.over, default=None)


def read_day(desk: Desk, engineer: str = "") -> Day:
    """The visits of a person of this desk, mine unless named, in the order they come."""
    who, now = engineer or desk.me, desk.clock()
    midnight = now.astimezone(desk.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = [
        each for stored in _stored(desk, midnight) for each in _visits(desk, stored, who, midnight)
    ]
    found.sort(key=lambda each: _order(each, now))
    tomorrow = midnight + timedelta(days=1)
    later = tuple(each for each in found if each.visit.start and each.visit.start >= tomorrow)
    today = tuple(each for each in found if each not in later or each.visit.under_way)
    under_way = next((each for each in found if each.visit.under_way), None)
    return Day(now, today, tuple(each for each in later if each not in today), under_way)


def visit_of(desk: Desk, ticket: Ticket) -> FieldVisit | None:
    """The visit that I have, or may begin, on a ticket; None where there is none yet."""
    visit, stored = mine(ticket, desk.me), desk.replica.tickets.get(ticket.id)
    return _row(desk, stored, visit) if visit is not None and stored is not None else None


def engineers(desk: Desk) -> dict[str, str]:
    """Where our people are right now, by id: "on site" or "travelling"; the others are not told."""
    found: dict[str, str] = {}
    now = desk.clock()
    for stored in _stored(desk, now):
        for visit in stored.ticket.visits:
            if visit.under_way and visit.engineer:
                found.setdefault(visit.engineer, visit.state)
    return found


def last_place(desk: Desk, client: str) -> tuple[str, str]:
    """Site and address of the latest visit planned for a client, blank for none: to be offered."""
    year = desk.clock() - timedelta(days=365)
    found = [
        (visit.start or visit.arrived_at or year, visit)
        for stored in _stored(desk, year)
        if stored.ticket.client == client
        for visit in (*stored.ticket.visits, *stored.ticket.visited)
        if visit.address or visit.site
    ]
    if not found:
        return "", ""
    _, visit = max(found, key=lambda each: each[0])
    return visit.site, visit.address


def _stored(desk: Desk, since: datetime) -> Iterator[Stored]:
    for ticket_id in desk.replica.visits.tickets(since):
        stored = desk.replica.tickets.get(ticket_id)
        if stored is not None:
            yield stored


def _visits(desk: Desk, stored: Stored, who: str, midnight: datetime) -> Iterator[FieldVisit]:
    ticket = stored.ticket
    for visit in ticket.visits:
        # One of a ticket that was merged into another stays: somebody is expected there.
        if (visit.engineer or ticket.assignee) == who:
            yield _row(desk, stored, visit)
    for visit in ticket.visited:
        over = visit.left_at is not None and visit.left_at >= midnight
        if visit.engineer == who and visit.state in _OVER and over:
            yield _row(desk, stored, visit)


def _row(desk: Desk, stored: Stored, visit: Visit) -> FieldVisit:
    ticket = stored.ticket
    client = desk.replica.directory.client(ticket.client)
    known = desk.replica.directory.contact(ticket.client, ticket.contact)
    place = ", ".join(part for part in (visit.site, visit.address) if part)
    owed = countdowns(one_a_word(d for d in stored.deadlines if not d.stopped), desk.book)
    unsent = desk.replica.sync.pending_of([ticket.id]) if away(desk.standing) else {}
    return FieldVisit(
        ticket_id=ticket.id,
        number=ticket.number,
        subject=ticket.subject,
        priority=ticket.priority,
        client=ticket.client,
        contact=known
        or Contact(client=ticket.client, name=ticket.contact, phone=ticket.contact_reach),
        visit=visit,
        place=place or (client.city if client else ""),
        engineer=desk.people.name(visit.engineer) if visit.engineer else "",
        ended=ticket.ended,
        clock=owed[0] if owed and ticket.open else None,
        unsent=unsent.get(ticket.id, 0),
        met=len(ticket.conflicts),
    )


def _order(each: FieldVisit, now: datetime) -> tuple[bool, datetime, str]:
    """By the time planned (or begun), then what has no time by its deadline."""
    visit = each.visit
    at = visit.start or visit.set_out_at or visit.arrived_at
    due = each.clock.due if each.clock else None
    far = now + timedelta(days=3650)
    return (at is None, at or due or far, each.number)
