"""A small desk whose policy a test writes in a few words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.oracles.minutes import World
from tests.oracles.wall import LONDON, OFFICE
from tierline.domain import events as ev
from tierline.domain.policy import Policy
from tierline.domain.policy_file import (
    CalendarTable,
    ChannelTable,
    ClassificationTable,
    ClockTable,
    EscalationTable,
    PolicyFile,
    PriorityTable,
    ReasonTable,
    ReopenTable,
    StatusTable,
    TierTable,
    TypeTable,
)
from tierline.domain.ticket import Ticket, fold

OFFICE_WORLD = World(LONDON, OFFICE, set(), {}, {})
STATUSES = {
    "new": StatusTable(word="New", phase="new"),
    "assigned": StatusTable(word="Assigned", phase="active"),
    "in-progress": StatusTable(word="In progress", phase="active"),
    "waiting": StatusTable(word="Waiting for the contact", phase="waiting"),
    "vendor": StatusTable(word="Waiting for a vendor", phase="waiting"),
    "resolved": StatusTable(word="Resolved", phase="resolved"),
    "closed": StatusTable(word="Closed", phase="closed"),
    "cancelled": StatusTable(word="Cancelled", phase="cancelled"),
}


def clock(word: str = "Fix", letter: str = "F", target: str = "4h", **told: Any) -> ClockTable:
    """A clock with the same target for every priority."""
    if not told.keys() & {"by_priority", "by_channel", "by_tier"}:
        told["by_priority"] = {f"P{number}": target for number in (1, 2, 3, 4)}
    return ClockTable(word=word, letter=letter, **told)


def calendar_table(world: World) -> CalendarTable:
    """A random world as a policy would write it."""
    return CalendarTable(
        zone=world.zone,
        hours={day: tuple(times) for day, times in world.hours.items()},  # type: ignore[misc]
        closed=tuple(sorted(world.holidays)),
        open={str(day): tuple(times) for day, times in world.overrides.items()},
        breaks={str(day): tuple(times) for day, times in world.breaks.items()},
    )


def policy(
    clocks: dict[str, ClockTable], world: World = OFFICE_WORLD, name: str = "small", **told: Any
) -> Policy:
    """A policy with these clocks on the calendar "desk"; everything else is plain."""
    facts: dict[str, Any] = {
        "name": name,
        "title": "A small desk",
        "version": 1,
        "effective": date(2020, 1, 1),
        "zone": world.zone,
        "calendars": {"desk": calendar_table(world)},
        "priorities": {f"P{n}": PriorityTable(word=f"P{n}") for n in (1, 2, 3, 4)},
        "classification": ClassificationTable(
            impact=("All", "Some", "One"),
            urgency=("Now", "Soon", "Any"),
            matrix=((1, 2, 3), (2, 3, 4), (3, 4, 4)),
        ),
        "tiers": {
            "1": TierTable(word="1st line"),
            "2": TierTable(word="2nd line"),
            "3": TierTable(word="3rd line", intake=False),
        },
        "channels": {
            "phone": ChannelTable(word="Phone", icon="phone"),
            "mail": ChannelTable(word="Mail", icon="mail", priorities=(3, 4)),
        },
        "statuses": STATUSES,
        "clocks": clocks,
        "types": {"incident": TypeTable(word="Incident")},
        "reopen": ReopenTable(within="5bd", confirm=True),
        "escalations": tuple(
            EscalationTable(
                from_tier=a, to_tier=b, reasons=(ReasonTable(key="hard", text="Too hard"),)
            )
            for a, b in ((1, 2), (2, 3), (2, 1))
        ),
    }
    return Policy(PolicyFile(**{**facts, **told}))


def logged(at: datetime, **told: Any) -> ev.Logged:
    """The first event of a ticket that came by mail."""
    facts: dict[str, Any] = {
        "number": "CS1",
        "subject": "Cannot print",
        "policy": "small",
        "channel": "mail",
        "status": "new",
        "priority": 3,
        "contact": "Ada Prior",
    }
    return ev.Logged(at=at, by="mira", **(facts | told))


def ticket(*events: ev.Event) -> Ticket:
    """Where the events lead."""
    return fold(events, "ticket-1")
