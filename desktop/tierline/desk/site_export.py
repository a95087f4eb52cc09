"""Visits and parts as tables, for whoever bills them or keeps the stock. Instants are ISO, UTC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tierline.desk.desk import Desk
from tierline.domain.ticket import Ticket, Visit
from tierline.domain.visiting import counted
from tierline.transfer.writing import Cell

VISIT_COLUMNS = (
    "number client contact engineer state start minutes site address set_out_at arrived_at left_at "
    "counted_minutes signed_by visit"
).split()
PART_COLUMNS = "number client contact part quantity serial part_number by at key".split()


def visit_rows(desk: Desk, ids: Sequence[str]) -> Iterator[Sequence[Cell]]:
    """A row for each visit of these tickets, over or to come."""
    for ticket in _tickets(desk, ids):
        for visit in (*ticket.visited, *ticket.visits):
            yield _visit(desk, ticket, visit)


def part_rows(desk: Desk, ids: Sequence[str]) -> Iterator[Sequence[Cell]]:
    """A row for each part that stayed with a client."""
    for ticket in _tickets(desk, ids):
        for part in ticket.parts:
            told = (part.part, part.quantity, part.serial, part.number)
            by, at = desk.people.name(part.by), part.at.isoformat()
            yield [ticket.number, ticket.client, ticket.contact, *told, by, at, part.key]


def _tickets(desk: Desk, ids: Sequence[str]) -> Iterator[Ticket]:
    for ticket_id in ids:
        stored = desk.replica.tickets.get(ticket_id)
        if stored is not None:
            yield stored.ticket


def _visit(desk: Desk, ticket: Ticket, visit: Visit) -> Sequence[Cell]:
    policy = desk.policy(ticket.policy)
    seconds = counted(visit, policy, visit.left_at) if visit.left_at else 0
    return [
        ticket.number,
        ticket.client,
        ticket.contact,
        desk.people.name(visit.engineer) if visit.engineer else "",
        visit.state,
        _when(visit.start),
        visit.minutes,
        visit.site,
        visit.address,
        _when(visit.set_out_at),
        _when(visit.arrived_at),
        _when(visit.left_at),
        round(seconds / 60),
        ticket.signed.name if ticket.signed else "",
        visit.key,
    ]


def _when(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""
