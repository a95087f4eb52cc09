"""Desks that share a tiny log, closed when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.desks import TurnedClock, open_desk
from tests.fakes.tiny_log import TinyLog, join
from tierline.desk.desk import Desk

Desks = Callable[..., Desk]


@pytest.fixture
def hub() -> TinyLog:
    """A log with nothing in it."""
    return TinyLog()


@pytest.fixture
def desks(tmp_path: Path, hub: TinyLog) -> Iterator[Desks]:
    """Make a desk for a login; joined to the log unless told otherwise."""
    made: list[Desk] = []
    clock = TurnedClock()

    def make(login: str, *, joined: bool = True) -> Desk:
        desk = open_desk(tmp_path / f"{login}{len(made)}", login, clock)
        made.append(desk)
        if joined:
            join(desk.replica, hub, login, len(made))
        return desk

    yield make
    for desk in made:
        desk.replica.close()


def notes(desk: Desk, ticket_id: str) -> list[str]:
    """What was written on a ticket, in the order in which the desk tells it."""
    events = [e for r in desk.replica.tickets.operations(ticket_id) for e in r.operation.events]
    return [event.text for event in events if hasattr(event, "text")]
