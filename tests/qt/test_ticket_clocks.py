"""The clocks of a ticket: which, in what words, and why they are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.qt.ticket_scene import TicketScene, hosted
from tierline.domain import commands as cmd
from tierline.domain.countdown import Phase
from tierline.present.ticker import Ticker
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.clock_strip import ClockStrip, chosen


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_scale(100)


@pytest.fixture
def scene(qtbot: QtBot, hub: ThemeHub, tmp_path: Path) -> TicketScene:
    made = TicketScene(qtbot, hub, tmp_path)
    made.act(cmd.Message(text="We are on it."))
    made.show()
    return made


def strip(scene: TicketScene) -> ClockStrip:
    return scene.pane.clocks


def test_they_stand_in_the_order_everybody_knows(scene: TicketScene) -> None:
    letters = [panel.letter for panel in strip(scene)._clocks]
    assert letters == sorted(letters, key="RAUFLCX".find)
    assert len(letters) >= 3
    many = scene.view().clocks * 3
    assert len(chosen(many)) == 4


def test_every_due_time_is_written_out(scene: TicketScene) -> None:
    for panel, look in zip(strip(scene)._clocks, strip(scene)._looks, strict=True):
        if panel.reading.due is not None and panel.reading.stopped is None:
            assert "due " in look.note
        if look.phase == Phase.MET:
            assert look.note.startswith("met at ")


def test_a_click_on_a_clock_asks_why_for_it(scene: TicketScene) -> None:
    asked: list[str] = []
    scene.pane.why_asked.connect(asked.append)
    for cell in strip(scene)._cells:
        QTest.mouseClick(strip(scene), Qt.MouseButton.LeftButton, pos=cell.center())
    assert asked == [panel.name for panel in strip(scene)._clocks]
    QTest.mouseClick(strip(scene), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert len(asked) == len(strip(scene)._clocks)


def test_arrows_and_enter_ask_why_too(scene: TicketScene) -> None:
    asked: list[str] = []
    scene.pane.why_asked.connect(asked.append)
    strip(scene).setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(strip(scene), key)
    assert asked == [strip(scene)._clocks[1].name]


class Watched(ClockStrip):
    """Remembers which part of it was painted."""

    def __init__(self, hub: ThemeHub, ticker: Ticker) -> None:
        super().__init__(hub, ticker)
        self.parts: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.parts.append(event.region().boundingRect())
        super().paintEvent(event)


def test_a_second_paints_only_the_clocks_that_show_seconds(
    scene: TicketScene, qtbot: QtBot, hub: ThemeHub
) -> None:
    scene.clock.turn(seconds=10)
    watched = Watched(hub, scene.ticker)
    window = hosted(qtbot, watched, 500, 200)
    watched.show_clocks(scene.view().clocks, playing=False)
    QApplication.processEvents()
    watched.parts.clear()
    before = list(watched._looks)
    scene.ticker.tick.emit(scene.clock.turn(seconds=1).timestamp())
    QApplication.processEvents()
    changed = [i for i, look in enumerate(watched._looks) if look != before[i]]
    assert len(changed) == 1
    cell = watched._cells[changed[0]]
    assert watched.parts
    for part in watched.parts:
        assert part.left() >= cell.left() - 8
        assert part.right() <= cell.right() + 10
    window.hide()


def test_going_over_changes_word_figure_and_note(scene: TicketScene) -> None:
    at = next(i for i, panel in enumerate(strip(scene)._clocks) if panel.name == "update")
    assert strip(scene)._looks[at].phase == Phase.RUNNING
    due = strip(scene)._clocks[at].reading.due
    assert due is not None
    scene.clock.now = due
    scene.ticker.tick.emit(scene.clock.turn(seconds=72).timestamp())
    look = strip(scene)._looks[at]
    assert (look.phase, look.word, look.text) == (Phase.OVER, "Update over", "+01:12")
    assert look.note.startswith("was due ")
    assert "update over by 1 minute" in strip(scene).accessibleName()


def test_the_work_clock_counts_with_the_timer(scene: TicketScene) -> None:
    work = [p for p in scene.view().clocks if p.reading.rule.table.measure == "work"]
    if not work:
        pytest.fail("the policy of this desk has no clock that measures work")
    scene.act(cmd.StartTimer())
    scene.show()
    at = strip(scene)._clocks.index(next(p for p in strip(scene)._clocks if p.name == work[0].name))
    assert strip(scene)._looks[at].playing
    scene.ticker.tick.emit(scene.clock.turn(seconds=65).timestamp())
    assert strip(scene)._looks[at].note.startswith("1:05 of ")


def test_a_narrow_strip_uses_two_rows(scene: TicketScene) -> None:
    assert len({cell.top() for cell in strip(scene)._cells}) == 1
    scene.window.resize(340, 900)
    QApplication.processEvents()
    cells = strip(scene)._cells
    assert len({cell.top() for cell in cells}) == 2
    for one in cells:
        assert strip(scene).rect().contains(one)
        assert not any(one.intersects(other) for other in cells if other is not one)
