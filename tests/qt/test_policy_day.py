"""A policy of the shared desk with a later day counts from that day, in consoles that are open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.books import FOLDER, bundled_book
from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, log, open_desk
from tests.fakes.engines import HandEngine
from tierline.desk.desk import Desk
from tierline.storage.records import PolicyText
from tierline.sync.status import SyncStatus

MIDNIGHT = datetime(2026, 11, 5, 13, 0, tzinfo=UTC)  # of Fri 6 Nov in Melbourne
STRICT = (FOLDER / "playbook.toml").read_text("utf-8").replace('P3 = "3bd"', 'P3 = "2bd"')


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Desk:
    alone = open_desk(tmp_path, clock=clock)
    made = Desk(alone.replica, bundled_book(), "mira", clock)
    made.standing = SyncStatus(link="offline", hub="sqlite:////hub", login="mira")
    entry = PolicyText(name="playbook", text=STRICT, effective="2026-11-06")
    made.replica.directory.put_policies([entry], clock())
    return made


@pytest.fixture
def console(qtbot: QtBot, qapp: QApplication, tmp_path: Path, desk: Desk) -> Iterator[Desktop]:
    made = Desktop(qtbot, qapp, tmp_path, desk=desk, engine=HandEngine())
    yield made
    made.close()


def _fix_days(desk: Desk, ticket_id: str) -> int:
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    (fix,) = [each for each in stored.deadlines if each.name == "fix"]
    return round(fix.required / fix.day_seconds)


def test_it_counts_from_midnight_of_its_day(desk: Desk, clock: TurnedClock) -> None:
    ticket = log(desk)
    assert desk.take_policies() == ()
    clock.now = MIDNIGHT - timedelta(seconds=1)
    assert not desk.policies_due
    clock.now = MIDNIGHT
    assert desk.policies_due
    assert _fix_days(desk, ticket) == 3
    assert desk.take_policies() == ("playbook",)
    assert not desk.policies_due
    assert _fix_days(desk, ticket) == 2
    desk.replica.close()


def test_a_desk_alone_has_none_to_wait_for(desk: Desk, clock: TurnedClock) -> None:
    desk.standing = SyncStatus()
    clock.now = MIDNIGHT
    assert not desk.policies_due
    desk.replica.close()


def test_an_open_console_goes_by_it_within_the_minute(console: Desktop, clock: TurnedClock) -> None:
    ticket = log(console.desk)
    heard: list[object] = []
    console.made.console.sync.arrived.connect(heard.append)
    clock.now = MIDNIGHT - timedelta(minutes=1)
    console.made.console.pulse.beat()
    console.settle()
    assert (_fix_days(console.desk, ticket), heard) == (3, [])
    clock.now = MIDNIGHT
    console.made.console.pulse.beat()
    console.settle()
    assert (_fix_days(console.desk, ticket), heard) == (2, [()])
