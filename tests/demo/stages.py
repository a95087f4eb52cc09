"""Demo desks for tests: made small, in folders of their own, on a clock that tests turn."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock
from tierline.desk.demo.seed import make
from tierline.desk.desk import Desk
from tierline.domain.events import Operation, encode_events
from tierline.domain.policy_book import PolicyBook
from tierline.storage.replica import Replica

NOW = datetime(2026, 11, 4, 23, 42, 8, tzinfo=UTC)  # a Thursday morning in Sydney
SUNDAY_NIGHT = datetime(2026, 11, 7, 16, 5, tzinfo=UTC)  # 03:05 there
LONDON_NOON = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)  # 23:00 in Sydney


def demo_desk(
    folder: Path, now: datetime = NOW, book: PolicyBook | None = None, **wanted: Any
) -> Desk:
    """A demo desk of 120 open tickets unless said, with Mira at it."""
    folder.mkdir(exist_ok=True)
    book = book or bundled_book("tiered")
    replica = Replica.open(folder, now, kind="demo")
    make(replica, book, now, **{"tickets": 120, **wanted})
    return Desk(replica, book, replica.meta("me"), TurnedClock(now))


def history(desk: Desk, ticket_id: str) -> tuple[Operation, ...]:
    """The operations of a ticket."""
    return tuple(each.operation for each in desk.replica.tickets.operations(ticket_id))


def everything(desk: Desk) -> list[str]:
    """Ids of all tickets, open or not, by number."""
    ids = desk.ids("everything", sort="number")
    assert isinstance(ids, list)
    return ids


def told(desk: Desk, *, ids: bool = True) -> list[tuple[object, ...]]:
    """All that ever happened, in the order of numbers, to compare one desk with another."""
    return [
        (op.op_id if ids else "", op.kind, op.at, op.by, encode_events(op.events))
        for each in everything(desk)
        for op in history(desk, each)
    ]
