"""What is painted, and above all what is not: a second costs only the clocks that changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.queue_rows import FIX, HOUR, MET, HandClock, row
from tierline.domain.countdown import Phase
from tierline.present.queue_model import QueueModel
from tierline.present.ticker import Ticker, to_next_second_ms
from tierline.widgets.clock_cell import faces_of
from tierline.widgets.queue.columns import Column, arrange
from tierline.widgets.queue.view import QueueView
from tierline.widgets.theme import ThemeHub

SECONDS = HandClock("U", Phase.RUNNING, 600)
MINUTES = HandClock("F", Phase.RUNNING, 5 * HOUR + 30)
PAUSED = HandClock("F", Phase.PAUSED, 600)


class Watched(QueueView):
    """Remembers which part of it was painted."""

    def __init__(self, hub: ThemeHub, ticker: Ticker) -> None:
        super().__init__(hub, ticker)
        self.painted: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(QRect(event.region().boundingRect()))
        super().paintEvent(event)


class Scene:
    """A visible queue of hand-made rows on a clock that the test turns."""

    def __init__(self, qtbot: QtBot, hub: ThemeHub, *clocks: tuple[HandClock, ...]) -> None:
        self.seconds = 0.0
        self.rows = {str(n): row(str(n), *each) for n, each in enumerate(clocks)}
        self.ticker = Ticker(lambda: self.seconds)
        self.model = QueueModel(lambda ids: [self.rows[i] for i in ids], lambda: self.seconds)
        self.view = Watched(hub, self.ticker)
        self.view.set_queue(self.model)
        self.view.resize(752, 400)
        self.model.show(list(self.rows))
        qtbot.addWidget(self.view)
        with qtbot.waitExposed(self.view):
            self.view.show()
        QApplication.processEvents()
        self.view.painted.clear()

    def tick(self, seconds: float = 1) -> list[QRect]:
        """Let time pass; the parts that were painted for it."""
        self.view.painted.clear()
        self.seconds += seconds
        self.ticker.tick.emit(self.seconds)
        QApplication.processEvents()
        return self.view.painted

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage()


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_mode("light")
    made.set_scale(100)


def test_a_second_paints_only_the_clock_that_shows_seconds(qtbot: QtBot, hub: ThemeHub) -> None:
    scene = Scene(qtbot, hub, (PAUSED,), (SECONDS,), (MINUTES,), (MET,))
    painted = scene.tick()
    assert painted
    clock = arrange(752, 752, 100).left[Column.CLOCK]
    for part in painted:
        assert part.top() >= 44
        assert part.bottom() < 88
        assert part.left() >= clock - 10


def test_a_minute_paints_the_clocks_that_show_minutes(qtbot: QtBot, hub: ThemeHub) -> None:
    scene = Scene(qtbot, hub, (PAUSED,), (MINUTES,))
    assert scene.tick() == []
    assert scene.tick(30)


def test_a_partial_paint_leaves_the_same_picture_as_a_whole_one(
    qtbot: QtBot, hub: ThemeHub
) -> None:
    scene = Scene(qtbot, hub, (SECONDS, FIX), (PAUSED,), (HandClock("R", Phase.SOON, 532),))
    ticked = QImage(scene.view.viewport().size(), QImage.Format.Format_RGB32)
    ticked.fill(Qt.GlobalColor.white)
    scene.view.viewport().render(ticked)
    scene.tick()
    box = QRect(500, 0, 252, 132)
    scene.view.viewport().render(ticked, box.topLeft(), box)
    assert ticked.copy(box) == _whole(scene).copy(box)


def _whole(scene: Scene) -> QImage:
    made = QImage(scene.view.viewport().size(), QImage.Format.Format_RGB32)
    scene.view.viewport().render(made)
    return made


def test_nothing_ticks_while_hidden(qtbot: QtBot, hub: ThemeHub) -> None:
    scene = Scene(qtbot, hub, (SECONDS,))
    assert scene.ticker.running
    scene.view.hide()
    assert not scene.ticker.running
    scene.view.show()
    assert scene.ticker.running


def test_the_shown_second_is_the_real_one_after_any_wait(qtbot: QtBot, hub: ThemeHub) -> None:
    scene = Scene(qtbot, hub, (SECONDS,))
    scene.seconds = 421.9
    scene.view.hide()
    scene.view.show()
    plan = scene.view.plan_at(0)
    assert plan is not None
    assert scene.view._look(plan.row).text == "02:59"


@pytest.mark.parametrize(("now", "wait"), [(100.0, 1004), (100.25, 754), (100.999, 5)])
def test_ticks_are_aligned_to_the_second(now: float, wait: int) -> None:
    assert to_next_second_ms(now) == wait


def test_every_state_looks_different_even_in_grey(qtbot: QtBot, hub: ThemeHub) -> None:
    states = [p for p in Phase if p != Phase.NONE]
    clocks = [(HandClock("R", p, 600, 1.0),) for p in states]
    scene = Scene(qtbot, hub, *clocks)
    grey = scene.picture().convertToFormat(QImage.Format.Format_Grayscale8)
    left = arrange(752, 752, 100).left[Column.CLOCK]
    cells = [grey.copy(left, 44 * at, 152, 24) for at in range(len(states))]
    for one, other in combinations(cells, 2):
        assert one != other


def test_gone_rows_are_dimmed_where_they_stand(qtbot: QtBot, hub: ThemeHub) -> None:
    scene = Scene(qtbot, hub, (FIX,), (FIX,), (FIX,))
    before = scene.picture()
    scene.model.hold = True
    scene.model.offer(["0", "2"])
    after = scene.picture()
    assert after.copy(0, 0, 752, 44) == before.copy(0, 0, 752, 44)
    assert after.copy(0, 44, 752, 44) != before.copy(0, 44, 752, 44)


def test_closed_hours_say_when_they_end(qtbot: QtBot, hub: ThemeHub) -> None:
    scene = Scene(qtbot, hub, (HandClock("R", Phase.CLOSED, 600, 0.9, "20:00"),))
    plan = scene.view.plan_at(0)
    assert plan is not None
    assert "opens 20:00" in [part.text.text() for part in plan.texts]


def test_at_most_three_marks_in_the_order_of_the_clocks() -> None:
    others = [HandClock(letter, Phase.RUNNING, 60) for letter in "LFU"]
    look = faces_of((SECONDS, HandClock("A", Phase.MET, 5), *others), 0)
    assert [letter for letter, _, _ in look.marks] == ["U", "F", "L"]


@pytest.mark.parametrize(
    ("view", "window", "scale", "dropped"),
    [
        (752, 1440, 100, set()),
        (610, 1180, 100, {Column.LINE, Column.ASSIGNEE}),
        (1000, 1440, 150, {Column.LINE, Column.ASSIGNEE}),
        (900, 1440, 200, {Column.LINE, Column.ASSIGNEE, Column.STATUS}),
        (560, 1440, 100, {Column.LINE, Column.ASSIGNEE}),
    ],
)
def test_columns_give_way_in_the_order_of_the_design(
    view: int, window: int, scale: int, dropped: set[Column]
) -> None:
    layout = arrange(view, window, scale)
    assert {column for column in Column if not layout.shows(column)} == dropped
    pad = view - layout.left[Column.CLOCK] - layout.width[Column.CLOCK]
    assert pad == 20 * scale // 100
    assert layout.row == 44 * scale // 100


def test_right_to_left_mirrors_the_columns() -> None:
    plain, mirrored = arrange(752, 1440, 100), arrange(752, 1440, 100, mirrored=True)
    assert plain.x(Column.PRIORITY, 0, 30) == 20
    assert mirrored.x(Column.PRIORITY, 0, 30) == 752 - 20 - 30
    assert mirrored.x(Column.CLOCK, 0, 148) == 20


def test_text_scale_changes_the_rows_and_dark_the_ground(qtbot: QtBot, hub: ThemeHub) -> None:
    scene = Scene(qtbot, hub, (FIX,))
    hub.set_scale(150)
    assert scene.view.row_height == 66
    hub.set_scale(100)
    hub.set_mode("dark")
    assert scene.picture().pixelColor(400, 300) == hub.theme.sheet
    assert hub.theme.dark
    hub.set_mode("light")
