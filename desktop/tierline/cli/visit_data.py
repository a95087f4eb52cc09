"""Visits and what was done on site, for `--json`. Instants are ISO 8601 in UTC."""

from __future__ import annotations

from typing import Any

from tierline.cli.moments import iso
from tierline.desk.field_day import FieldVisit
from tierline.domain.ticket import Ticket, UsedPart, Visit


def row_data(each: FieldVisit) -> dict[str, Any]:
    """A visit of somebody's day, with what they need of its ticket."""
    return {
        "ticket": each.number,
        "subject": each.subject,
        "client": each.client,
        "contact": each.contact.name,
        "phone": each.contact.phone,
        "unsent": each.unsent,
        **_visit(each.visit),
    }


def site_data(ticket: Ticket) -> dict[str, Any]:
    """Everything a ticket has of visits."""
    signed = ticket.signed
    return {
        "visits": [_visit(each) for each in (*ticket.visits, *ticket.visited)],
        "parts": [_part(each) for each in ticket.parts],
        "checks": list(ticket.checks),
        "signed": {"name": signed.name, "way": signed.way, "at": iso(signed.at)}
        if signed
        else None,
    }


def _visit(visit: Visit) -> dict[str, Any]:
    names = "state engineer minutes site address text".split()
    moments = "start set_out_at arrived_at left_at".split()
    told = {name: getattr(visit, name) for name in names}
    return {"visit": visit.key, **told, **{name: iso(getattr(visit, name)) for name in moments}}


def _part(part: UsedPart) -> dict[str, Any]:
    names = "key part quantity serial number by".split()
    return {**{name: getattr(part, name) for name in names}, "at": iso(part.at)}
