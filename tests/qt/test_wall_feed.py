"""What feeds the wallboard: every change comes soon, and what is shown is never called fresher."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, log, open_desk
from tests.fakes.engines import HandEngine
from tierline.desk.board import Board
from tierline.present import wall_feed
from tierline.present.wall_feed import WallFeed
from tierline.sync.status import SyncStatus

PATIENCE = 10_000


class Fed:
    """A console with a wallboard's feed beside it."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path, **more: object) -> None:
        self.qtbot, self.clock = qtbot, TurnedClock()
        self.desk = open_desk(folder, clock=self.clock)
        self.desktop = Desktop(qtbot, app, folder, desk=self.desk, **more)
        console = self.desktop.made.console
        self.sync, self.pulse = console.sync, console.pulse
        self.feed = WallFeed(self.desk, console.tasks, console.pulse, console.sync)
        self.boards: list[Board] = []
        self.heard: list[tuple[float, str]] = []
        self.feed.read.connect(self.boards.append)
        self.feed.heard.connect(lambda *told: self.heard.append(told))

    def begin(self) -> None:
        self.feed.start()
        self.came(lambda: bool(self.boards))

    def came(self, over: object) -> None:
        self.qtbot.waitUntil(over, timeout=PATIENCE)  # type: ignore[arg-type]

    def age(self) -> float:
        """How old the figures are called by now, in seconds."""
        self.feed.look()
        return self.clock().timestamp() - self.heard[-1][0]


@pytest.fixture
def fed(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Fed]:
    made = Fed(qtbot, qapp, tmp_path)
    yield made
    made.feed.stop()
    made.desktop.close()


def test_it_reads_when_it_starts_and_not_before(fed: Fed) -> None:
    fed.feed.refresh()
    assert fed.boards == []
    fed.begin()
    assert fed.boards[-1].everything.total == 0


def test_what_another_program_wrote_comes_with_the_next_beat(fed: Fed, tmp_path: Path) -> None:
    fed.begin()
    other = open_desk(tmp_path, "tobias", fed.clock)
    log(other)
    other.replica.close()
    fed.pulse.beat()
    fed.came(lambda: fed.boards[-1].everything.total == 1)


def test_many_changes_at_once_are_read_together_and_the_last_is_not_lost(fed: Fed) -> None:
    fed.begin()
    before = len(fed.boards)
    for _ in range(40):
        log(fed.desk)
        fed.feed.refresh()
    fed.came(lambda: fed.boards[-1].everything.total == 40)
    assert len(fed.boards) - before < 20


def test_a_figure_that_changes_by_time_alone_is_read_at_that_second(fed: Fed) -> None:
    log(fed.desk, impact=1, urgency=1)
    fed.begin()
    due = fed.boards[-1].next_change
    assert due is not None
    read = len(fed.boards)
    fed.clock.now = due
    fed.feed.tick(due.timestamp())
    assert not fed.feed._asked
    fed.clock.turn(seconds=1)
    fed.feed.tick(fed.clock().timestamp())
    fed.came(lambda: len(fed.boards) > read)
    assert fed.boards[-1].everything.soon + fed.boards[-1].everything.over == 1


def test_a_desk_that_is_alone_is_as_fresh_as_the_last_look(fed: Fed) -> None:
    fed.begin()
    assert fed.age() == 0
    assert fed.heard[-1][1] == ""
    fed.clock.turn(seconds=40)
    fed.pulse.beat()
    assert fed.age() == 0


def test_figures_that_cannot_be_read_grow_old_until_they_can(
    fed: Fed, monkeypatch: pytest.MonkeyPatch
) -> None:
    fed.begin()
    monkeypatch.setattr(wall_feed, "read_board", lambda *_, **__: 1 / 0)
    log(fed.desk)
    fed.feed.refresh()
    fed.came(lambda: not fed.desktop.made.tasks.idle or bool(fed.feed._asked))
    fed.desktop.settle()
    fed.clock.turn(seconds=40)
    assert fed.age() == 40
    monkeypatch.undo()
    fed.came(lambda: fed.feed.look() or fed.boards[-1].everything.total == 1)
    assert fed.age() == 0


def test_while_it_is_stopped_it_is_silent_and_the_desk_rests_again(fed: Fed) -> None:
    fed.begin()
    fed.feed.stop()
    read, heard = len(fed.boards), len(fed.heard)
    log(fed.desk)
    fed.feed.refresh()
    fed.pulse.beat()
    fed.desktop.settle()
    assert (len(fed.boards), len(fed.heard)) == (read, heard)


def test_on_a_shared_desk_it_is_as_fresh_as_the_hubs_last_sign_of_life(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    engine = HandEngine()
    fed = Fed(qtbot, qapp, tmp_path, engine=engine)
    fed.begin()
    assert engine.watched
    online = SyncStatus(link="online", caught_up=True, last_sync=fed.clock(), role="wallboard")
    engine.say(online)
    fed.came(lambda: fed.sync.status.link == "online")
    assert fed.age() == 0
    fed.clock.turn(seconds=33)
    assert fed.age() == 33
    what = "The hub cannot be reached."
    engine.say(replace(online, link="offline", since=fed.clock(), what=what))
    fed.came(lambda: fed.sync.status.link == "offline")
    assert fed.age() == 33
    assert fed.heard[-1][1] == what
    engine.say(replace(online, last_sync=fed.clock() - timedelta(seconds=1)))
    fed.came(lambda: fed.sync.status.link == "online")
    assert fed.age() == 1
    fed.feed.stop()
    assert not engine.watched
    fed.desktop.close()


def test_a_hub_that_was_never_reached_gives_no_data(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    fed = Fed(qtbot, qapp, tmp_path, engine=HandEngine())
    fed.desk.standing = SyncStatus(link="offline")
    fed.begin()
    fed.feed.look()
    assert fed.heard[-1][0] == 0
    fed.feed.stop()
    fed.desktop.close()
