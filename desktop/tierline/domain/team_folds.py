"""What people's acts for each other leave on a ticket: links, and what somebody was told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tierline.domain import events as ev
from tierline.domain.ticket_parts import Tie, Told

if TYPE_CHECKING:
    from tierline.domain.ticket import Ticket

Changes = dict[str, Any]
_EXCERPT = 200  # characters


def told_key(by: str, at: datetime) -> str:
    """What a mention or a hand-over is called on its ticket: whose, and when."""
    return f"{by}@{at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


def noted(ticket: Ticket, event: ev.Noted) -> Changes:
    """A plan is remembered, and who was mentioned."""
    changes: Changes = {"planned_at": event.at} if event.plan else {}
    if event.mentions:
        key, text = told_key(event.by, event.at), event.text[:_EXCERPT]
        fresh = [Told(key, "mention", who, event.by, event.at, text) for who in event.mentions]
        changes["told"] = (*ticket.told, *fresh)
    return changes


def _handed_over(ticket: Ticket, event: ev.HandedOver) -> Changes:
    whom = event.to or event.group
    told = Told(event.key, "hand-over", whom, event.by, event.at, event.note[:_EXCERPT])
    return {"told": (*ticket.told, told)}


def _heard(ticket: Ticket, event: ev.Heard) -> Changes:
    keys, who = event.keys, event.by
    return {"told": tuple(t for t in ticket.told if t.to != who or t.key not in keys)}


def _linked(ticket: Ticket, event: ev.Linked) -> Changes:
    others = (each for each in ticket.links if (each.other, each.how) != (event.other, event.how))
    tie = (Tie(event.other, event.number, event.how),) if event.on else ()
    return {"links": (*others, *tie)}


def _carried(_: Ticket, __: ev.Carried) -> Changes:
    return {"waiting_since": None}


FOLDS: dict[type[ev.Event], Callable[[Ticket, Any], Changes]] = {
    ev.Noted: noted,
    ev.HandedOver: _handed_over,
    ev.Heard: _heard,
    ev.Linked: _linked,
    ev.Carried: _carried,
}
