"""What the window hears of the sync: words when they change, tickets when they came, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.desks import START, open_desk
from tests.fakes.engines import HandEngine, HandSync
from tierline.present.sync_state import SyncState
from tierline.storage.sync_records import Applied
from tierline.sync.status import SyncStatus

ONLINE = SyncStatus(link="online", hub="db/desk", login="mira", last_sync=START)
OFFLINE = msgspec.structs.replace(ONLINE, link="offline", since=START - timedelta(minutes=10))
PATIENCE = 30_000


class AtOnce:
    """Stands for the tasks: work is done when it is asked for."""

    def run(self, _: str, work: Callable[[], Any], done: Callable[[Any], None], **__: Any) -> None:
        done(work())


class Scene:
    """A joined desk, an engine worked by hand, and all that the window heard."""

    def __init__(self, folder: Path) -> None:
        self.desk = open_desk(folder)
        self.desk.replica.sync = HandSync()  # type: ignore[attr-defined]
        self.counted = self.desk.replica.sync.counted  # type: ignore[attr-defined]
        self.engine = HandEngine()
        self.state = SyncState(self.desk, AtOnce())  # type: ignore[arg-type]
        self.heard: list[tuple[str, object]] = []
        for name in ("changed", "arrived", "band_changed", "age_changed", "noted"):
            signal = getattr(self.state, name)
            signal.connect(lambda value, name=name: self.heard.append((name, value)))

    def join(self) -> None:
        self.state.attach(self.engine, OFFLINE)
        self.state.start()

    def close(self) -> None:
        self.state.stop()
        self.desk.replica.close()

    def of(self, name: str) -> list[object]:
        return [value for each, value in self.heard if each == name]


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.close()


def test_a_desk_without_a_hub_is_alone_and_silent(scene: Scene) -> None:
    scene.state.start()
    scene.state.poke()
    scene.state.tick(START.timestamp())
    assert not scene.state.joined
    assert scene.heard == []
    assert scene.state.words is None


def test_a_joined_desk_says_at_once_how_it_stands(scene: Scene) -> None:
    scene.join()
    assert scene.engine.started
    assert scene.state.joined
    assert scene.state.words is not None
    assert scene.state.words.link == "Offline"
    assert scene.state.band is not None
    assert scene.of("age_changed") == ["as of 10:42"]


def test_what_the_engine_says_reaches_the_window(scene: Scene, qtbot: QtBot) -> None:
    scene.join()
    scene.engine.say(ONLINE)
    qtbot.waitUntil(lambda: scene.state.status.link == "online", timeout=PATIENCE)
    assert scene.desk.standing == ONLINE
    assert scene.of("band_changed")[-1] is None
    assert scene.of("age_changed")[-1] == ""
    assert scene.state.words is not None
    assert scene.state.words.link == "Online"


def test_many_words_are_heard_as_the_last_one(scene: Scene, qtbot: QtBot) -> None:
    scene.join()
    before = len(scene.of("changed"))
    scene.engine.say(*(msgspec.structs.replace(ONLINE, done=at) for at in range(50)))
    qtbot.waitUntil(lambda: scene.state.status.done == 49, timeout=PATIENCE)
    assert len(scene.of("changed")) == before + 1


def test_tickets_that_came_are_told_once_and_a_changed_list_is_anything(
    scene: Scene, qtbot: QtBot
) -> None:
    scene.join()
    scene.engine.say(ONLINE)
    scene.engine.bring(Applied(tickets=("a",)), Applied(tickets=("b", "a")))
    qtbot.waitUntil(lambda: bool(scene.of("arrived")), timeout=PATIENCE)
    assert [set(each) for each in scene.of("arrived")] == [{"a", "b"}]  # type: ignore[call-overload]
    scene.engine.bring(Applied(tickets=("a",)), Applied(directory=True))
    qtbot.waitUntil(lambda: len(scene.of("arrived")) == 2, timeout=PATIENCE)
    assert scene.of("arrived")[1] == ()


def test_what_comes_right_after_news_is_read_together(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("CALM_MS", "BUSY_MS"):
        monkeypatch.setattr(f"tierline.present.sync_state.{name}", 3_000)
    scene = Scene(tmp_path)
    scene.join()
    scene.engine.bring(Applied(tickets=("first",)))
    qtbot.waitUntil(lambda: bool(scene.of("arrived")), timeout=PATIENCE)
    for number in range(50):
        scene.engine.bring(Applied(tickets=(str(number),)))
        QApplication.processEvents()
    qtbot.waitUntil(lambda: len(scene.of("arrived")) > 1, timeout=PATIENCE)
    told = [set(each) for each in scene.of("arrived")]  # type: ignore[call-overload]
    assert told == [{"first"}, {str(number) for number in range(50)}]
    scene.close()


def test_what_the_replica_counts_holds_over_what_the_engine_last_knew(
    scene: Scene, qtbot: QtBot
) -> None:
    scene.join()
    scene.counted.pending = 3
    scene.state.poke()
    assert scene.engine.pokes == 1
    assert scene.state.status.pending == 3
    assert scene.state.band is not None
    assert scene.state.band.show == "Show 3"
    scene.counted.pending = 1
    scene.engine.say(msgspec.structs.replace(OFFLINE, pending=7))
    qtbot.waitUntil(lambda: scene.state.status.pending == 1, timeout=PATIENCE)


def test_seconds_bring_the_band_once_the_break_is_no_blip(scene: Scene, qtbot: QtBot) -> None:
    scene.join()
    scene.engine.say(msgspec.structs.replace(ONLINE, link="offline", since=START))
    qtbot.waitUntil(lambda: scene.state.status.since == START, timeout=PATIENCE)
    assert scene.state.band is None
    scene.state.tick((START + timedelta(seconds=4)).timestamp())
    assert scene.state.band is None
    scene.state.tick((START + timedelta(seconds=5)).timestamp())
    assert scene.state.band is not None


def test_a_note_is_told_once(scene: Scene, qtbot: QtBot) -> None:
    scene.join()
    told = msgspec.structs.replace(ONLINE, note="12 acts were offered again.")
    scene.engine.say(told)
    qtbot.waitUntil(lambda: bool(scene.of("noted")), timeout=PATIENCE)
    scene.engine.say(msgspec.structs.replace(told, done=1))
    qtbot.waitUntil(lambda: scene.state.status.done == 1, timeout=PATIENCE)
    assert scene.of("noted") == ["12 acts were offered again."]


def test_what_a_stopped_engine_still_says_is_not_heard(scene: Scene, qtbot: QtBot) -> None:
    scene.join()
    scene.engine.say(ONLINE)
    scene.state.stop()
    assert scene.engine.stopped
    heard = len(scene.heard)
    qtbot.wait(1)
    assert len(scene.heard) == heard
    scene.state.stop()
