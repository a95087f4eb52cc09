"""Garbage is looked for when nobody waits, and all of it is found in the end."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from tierline.app.garbage import MANY, UNUSED, WHOLE_AFTER, WHOLE_AT_LAST, YOUNG, Garbage


class Heart(QObject):
    """Beats when told to."""

    beaten = Signal()


class Work:
    """Tasks that are idle or not."""

    idle = True


class Application:
    """Somebody's window has the keyboard, or none of ours has."""

    state = Qt.ApplicationState.ApplicationInactive

    def applicationState(self) -> Qt.ApplicationState:
        return self.state


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.own = self


class Room:
    """A collector in our hands; `now` is its clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.heart, self.work = 0.0, Heart(), Work()
        self.application = Application()
        monkeypatch.setattr("tierline.app.garbage.time.monotonic", lambda: self.now)
        monkeypatch.setattr("tierline.app.garbage.QGuiApplication", self.application)
        self.garbage = Garbage(self.work, self.heart.beaten)  # type: ignore[arg-type]
        self.garbage.begin()

    def dropped(self) -> weakref.ref[Ring]:
        """One ring that nobody holds any more."""
        return weakref.ref(Ring())

    def busy_with(self, objects: int) -> list[list[int]]:
        """So many new objects that somebody holds."""
        return [[] for _ in range(objects)]


@pytest.fixture
def room(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    gc.collect()
    made = Room(monkeypatch)
    yield made
    made.garbage.end()
    assert gc.isenabled()
    gc.collect()


def test_nothing_is_looked_for_while_there_is_little(room: Room) -> None:
    ring = room.dropped()
    room.heart.beaten.emit()
    assert ring() is not None


def test_what_is_new_is_looked_through_when_no_work_is_under_way(room: Room) -> None:
    ring, held = room.dropped(), room.busy_with(YOUNG)
    room.work.idle = False
    room.heart.beaten.emit()
    assert ring() is not None
    room.work.idle = True
    room.heart.beaten.emit()
    assert ring() is None
    assert len(held) == YOUNG


def test_much_is_not_put_off(room: Room) -> None:
    ring, held = room.dropped(), room.busy_with(MANY)
    room.work.idle = False
    room.heart.beaten.emit()
    assert ring() is None
    assert len(held) == MANY


def test_what_became_garbage_later_is_found_while_nobody_uses_the_desk(room: Room) -> None:
    held = [Ring(), *room.busy_with(YOUNG)]
    ring = weakref.ref(held[0])
    room.heart.beaten.emit()
    held.clear()
    room.application.state = Qt.ApplicationState.ApplicationActive
    room.now += 2 * WHOLE_AFTER
    room.heart.beaten.emit()
    assert ring() is not None
    room.application.state = Qt.ApplicationState.ApplicationInactive
    room.now += UNUSED - 1
    room.heart.beaten.emit()
    assert ring() is not None
    room.now += 2
    room.heart.beaten.emit()
    assert ring() is None


def test_a_desk_that_is_always_used_is_looked_through_once_a_day(room: Room) -> None:
    room.application.state = Qt.ApplicationState.ApplicationActive
    held = [Ring(), *room.busy_with(YOUNG)]
    ring = weakref.ref(held[0])
    room.heart.beaten.emit()
    held.clear()
    room.now += WHOLE_AT_LAST - 1
    room.heart.beaten.emit()
    assert ring() is not None
    room.now += 2
    room.heart.beaten.emit()
    assert ring() is None


def test_after_its_end_the_collector_does_as_it_likes(room: Room) -> None:
    room.garbage.end()
    ring = room.dropped()
    held = room.busy_with(MANY)
    room.work.idle = False
    before = gc.get_freeze_count()
    room.heart.beaten.emit()
    assert gc.get_freeze_count() == before
    del ring, held
