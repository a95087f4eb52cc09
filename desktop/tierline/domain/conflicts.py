"""What the acts about conflicts leave on a ticket: open conflicts, assistants, who may read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tierline.domain import events as ev

if TYPE_CHECKING:
    from tierline.domain.ticket import Ticket

Changes = dict[str, Any]


def find(ticket: Ticket, key: str) -> ev.Conflicted | None:
    """The open conflict of that key."""
    return next((each for each in ticket.conflicts if each.key == key), None)


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
