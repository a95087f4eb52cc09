"""Ready-made operations and projections for tests that care about storing, not about deciding."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from tierline.domain import events as ev
from tierline.domain.ticket import Ticket, fold_operations
from tierline.storage.records import Imported, Projection, Words

NOW = datetime(2026, 11, 5, 10, 42, 8, tzinfo=UTC)


def op_id(*parts: object) -> str:
    """An id that is the same in every run."""
    return str(uuid5(NAMESPACE_OID, "/".join(str(part) for part in parts)))


def logged(number: int = 1, **told: Any) -> ev.Operation:
    """The operation that logs ticket CS<number>; `told` overrides the event's fields."""
    at = told.pop("at", NOW)
    facts: dict[str, Any] = {
        "number": f"CS{number:07d}",
        "subject": "Label printer prints blank pages",
        "policy": "playbook",
        "channel": "mail",
        "status": "new",
        "priority": 3,
        "client": "Marrowby Foods",
        "contact": "Ada Prior",
    }
    event = ev.Logged(at=at, by="mira", **(facts | told))
    made = op_id("ticket", number)
    return ev.Operation(op_id=made, ticket_id=made, kind="log", at=at, events=(event,), by="mira")


def noted(ticket_id: str, text: str, at: datetime = NOW, key: object = 0) -> ev.Operation:
    """The operation that writes a note on a ticket."""
    events = (ev.Noted(at=at, by="mira", text=text),)
    made = op_id(ticket_id, text, key)
    return ev.Operation(
        op_id=made, ticket_id=ticket_id, kind="note", at=at, events=events, by="mira"
    )


def projected(
    *operations: ev.Operation, words: str = "", minutes: int | None = None, append: bool = True
) -> Projection:
    """Where operations lead, due `minutes` after NOW, found by `words`."""
    ticket: Ticket = fold_operations(operations)
    due = None if minutes is None else NOW + timedelta(minutes=minutes)
    found = Words(ticket.subject, ticket.client, ticket.contact, words, append=append)
    phases = {"new": "new", "waiting": "waiting", "resolved": "resolved"}
    phase = phases.get(ticket.status, "active")
    return Projection(ticket, (), phase, act_at=due, due_at=due, warn_at=due, words=found)


def imported(number: int, notes: int = 0, **told: Any) -> Imported:
    """A ticket of an import with some notes, external id = number."""
    first = logged(number, source="test", external_id=str(number), **told)
    more = [noted(first.ticket_id, f"note {i} of {number}", key=i) for i in range(notes)]
    return Imported((first, *more), projected(first, *more, words="imported"), mark=str(notes))
