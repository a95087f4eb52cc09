"""What conflicts are about, and what the acts about them leave on a ticket."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tierline.domain import events as ev
from tierline.domain import visit_folds

if TYPE_CHECKING:
    from tierline.domain.ticket import Ticket
    from tierline.domain.ticket_parts import Visit

Changes = dict[str, Any]
DETAIL = "detail:"  # before the name of a field of the policy's own
VISIT = "visit:"  # before the key of a visit
SEPARATOR = "\n"  # between start, engineer, site and address in a visit's value
_SET_BY: dict[str, tuple[type[ev.Event], ...]] = {
    "priority": (ev.Prioritised,),
    "policy": (ev.PolicyChanged,),
    "restricted": (ev.Restricted,),
    "quote": (ev.QuoteAnswered, ev.Quoted),
}


def find(ticket: Ticket, key: str) -> ev.Conflicted | None:
    """The open conflict of that key."""
    return next((each for each in ticket.conflicts if each.key == key), None)


def sets(event: ev.Event, what: str) -> bool:
    """Whether an event gives a value to what a conflict is about."""
    if what.startswith(VISIT):
        return _of_visit(event) == what.removeprefix(VISIT)
    if not isinstance(event, _SET_BY.get(what, ev.Detailed)):
        return False
    if not isinstance(event, ev.Detailed):
        return True
    if what.startswith(DETAIL):
        return what.removeprefix(DETAIL) in event.details
    return getattr(event, what, None) is not None


def value_of(ticket: Ticket, what: str) -> str:
    """A value of the ticket as a conflict keeps it."""
    if what.startswith(DETAIL):
        return ticket.details.get(what.removeprefix(DETAIL), "")
    if what.startswith(VISIT):
        return visit_value(visit_folds.find(ticket, what.removeprefix(VISIT)))
    if what == "owner":
        return ticket.assignee
    if what == "until":
        return ticket.until.isoformat() if ticket.until else ""
    if what == "quote":
        return (ticket.quote.state or "open") if ticket.quote else ""
    value = getattr(ticket, what)
    return ("yes" if value else "") if isinstance(value, bool) else str(value)


def visit_value(visit: Visit | None) -> str:
    """A visit as a conflict keeps it: what became of it, or when who goes where."""
    if visit is None or visit.state != "planned":
        return visit.state if visit else ""
    start = visit.start.isoformat() if visit.start else ""
    return SEPARATOR.join((start, visit.engineer, visit.site, visit.address))


def _of_visit(event: ev.Event) -> str:
    """The key of the visit that an event plans, cancels or begins, "" for other events."""
    if isinstance(event, ev.VisitPlanned | ev.VisitCancelled):
        return event.key
    return event.visit if isinstance(event, ev.SetOut | ev.Arrived) else ""


def _conflicted(ticket: Ticket, event: ev.Conflicted) -> Changes:
    others = (each for each in ticket.conflicts if each.key not in (event.key, event.instead))
    return {"conflicts": (*others, event)}


def _settled(ticket: Ticket, event: ev.Settled) -> Changes:
    return {"conflicts": tuple(each for each in ticket.conflicts if each.key != event.key)}


def _assisted(ticket: Ticket, event: ev.Assisted) -> Changes:
    others = tuple(each for each in ticket.assists if each != event.person)
    joins = event.on and event.person not in ("", ticket.assignee)
    return {"assists": (*others, event.person) if joins else others}


FOLDS: dict[type[ev.Event], Callable[[Ticket, Any], Changes]] = {
    ev.Assisted: _assisted,
    ev.Conflicted: _conflicted,
    ev.Settled: _settled,
    ev.Restricted: lambda _, event: {"restricted": event.on},
}
