"""What a ticket has of visits, in words: who goes when and where, parts that stayed, who signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from tierline.desk.visit_sayings import WAYS, part_word
from tierline.desk.visits import visit_note
from tierline.desk.when import when
from tierline.domain.ticket import Ticket, Visit
from tierline.domain.tongue import tr


def site_facts(
    ticket: Ticket, now: datetime, zone: ZoneInfo, name: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """(word, text) of each fact; `name` turns an id into a name. Nothing for most tickets."""
    return tuple(_facts(ticket, now, zone, name))


def _facts(
    ticket: Ticket, now: datetime, zone: ZoneInfo, name: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    for visit in ticket.visits:
        yield tr("Visit"), _visit(visit, now, zone, name)
    for visit in ticket.visited[-1:]:
        if not ticket.visits:
            yield tr("Visit"), _visit(visit, now, zone, name)
    if ticket.parts:
        yield tr("Parts"), "; ".join(part_word(each) for each in ticket.parts)
    if ticket.signed is not None:
        signed = ticket.signed
        at = when(signed.at, now, zone)
        yield tr("Signed off"), f"{signed.name}, {WAYS[signed.way]}, {at}"


def _visit(visit: Visit, now: datetime, zone: ZoneInfo, name: Callable[[str], str]) -> str:
    who = name(visit.engineer) if visit.engineer else tr("nobody named")
    parts = (who, visit_note(visit, now, zone), visit.site, visit.address)
    return ", ".join(part for part in parts if part)
