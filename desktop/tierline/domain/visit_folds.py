"""What visits leave on a ticket: which are to come or under way, which are over, parts, checks.

Total: whatever order a merge gives the events, what an engineer did on site is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tierline.domain import events as ev
from tierline.domain.ticket_parts import Signed, UsedPart, Visit, VisitState

if TYPE_CHECKING:
    from tierline.domain.ticket import Ticket

Changes = dict[str, Any]
_OVER = ("done", "turned back", "cancelled")


def find(ticket: Ticket, key: str) -> Visit | None:
    """The visit of that key, over or not."""
    return next((each for each in (*ticket.visits, *ticket.visited) if each.key == key), None)


def _put(ticket: Ticket, visit: Visit) -> Changes:
    """The visit in its place: earlier ones of the same key give way to it."""
    live = tuple(each for each in ticket.visits if each.key != visit.key)
    over = tuple(each for each in ticket.visited if each.key != visit.key)
    if visit.state in _OVER:
        return {"visits": live, "visited": (*over, visit)}
    at = next((n for n, each in enumerate(ticket.visits) if each.key == visit.key), len(live))
    return {"visits": (*live[:at], visit, *live[at:]), "visited": over}


def _planned(ticket: Ticket, event: ev.VisitPlanned) -> Changes:
    """Planned anew it is to come again, unless somebody is there, or was."""
    known = find(ticket, event.key) or Visit(event.key)
    state: VisitState = known.state
    if state in ("cancelled", "turned back"):
        known, state = Visit(event.key), "planned"
    told = {name: getattr(event, name) for name in _PLAN}
    if known.under_way or state == "done":
        told["engineer"] = known.engineer
    return _put(ticket, replace(known, state=state, **told))


def _cancelled(ticket: Ticket, event: ev.VisitCancelled) -> Changes:
    known = find(ticket, event.key)
    if known is None or known.state != "planned":
        return {}
    return _put(ticket, replace(known, state="cancelled"))


def _set_out(ticket: Ticket, event: ev.SetOut) -> Changes:
    known = find(ticket, event.visit) or Visit(event.visit)
    if known.state in ("on site", "done"):
        return {}
    told = {"engineer": event.by, "set_out_at": event.at, "left_at": None}
    return _put(ticket, replace(known, state="travelling", **told))


def _arrived(ticket: Ticket, event: ev.Arrived) -> Changes:
    known = find(ticket, event.visit) or Visit(event.visit)
    if known.state in ("on site", "done"):
        return {}
    told = {"engineer": event.by, "arrived_at": event.at, "left_at": None}
    return _put(ticket, replace(known, state="on site", **told))


def _left(ticket: Ticket, event: ev.LeftSite) -> Changes:
    known = find(ticket, event.visit) or Visit(event.visit, event.by)
    if known.state == "done":
        return {}
    state: VisitState = "turned back" if known.arrived_at is None else "done"
    return _put(ticket, replace(known, state=state, left_at=_not_before(event.left_at, known)))


def _not_before(left_at: datetime, visit: Visit) -> datetime:
    return max(left_at, visit.arrived_at or left_at)


def _part(ticket: Ticket, event: ev.PartUsed) -> Changes:
    told = (event.key, event.part, event.quantity, event.serial, event.number)
    return {"parts": (*ticket.parts, UsedPart(*told, event.at, event.by))}


def _returned(ticket: Ticket, event: ev.PartReturned) -> Changes:
    return {"parts": tuple(each for each in ticket.parts if each.key != event.key)}


def _checked(ticket: Ticket, event: ev.Checked) -> Changes:
    others = tuple(each for each in ticket.checks if each != event.item)
    return {"checks": (*others, event.item) if event.done else others}


def _signed(_: Ticket, event: ev.SignedOff) -> Changes:
    return {"signed": Signed(event.name, event.way, event.at, event.sha256)}


_PLAN = ("start", "minutes", "engineer", "site", "address", "text")
FOLDS: dict[type[ev.Event], Callable[[Ticket, Any], Changes]] = {
    ev.VisitPlanned: _planned,
    ev.VisitCancelled: _cancelled,
    ev.SetOut: _set_out,
    ev.Arrived: _arrived,
    ev.LeftSite: _left,
    ev.PartUsed: _part,
    ev.PartReturned: _returned,
    ev.Checked: _checked,
    ev.SignedOff: _signed,
}
