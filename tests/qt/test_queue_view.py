"""The list under a technician's hands: keys, choice, held order, one's place, safe texts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.queue_rows import FIX, Tickets, row
from tierline.present.queue_model import QueueModel
from tierline.present.ticker import Ticker
from tierline.widgets.overlay_bar import OverlayBar
from tierline.widgets.queue.columns import Column
from tierline.widgets.queue.hints import hint
from tierline.widgets.queue.hold import OrderHold
from tierline.widgets.queue.view import QueueView
from tierline.widgets.theme import ThemeHub

KEY = Qt.Key


class Desk:
    """A queue of 200 rows in a window, and what it told."""

    def __init__(self, qtbot: QtBot, hub: ThemeHub) -> None:
        self.tickets = Tickets()
        self.model = QueueModel(self.tickets.fetch, lambda: 0.0)
        self.window = KeyCatcher()
        self.view = QueueView(hub, Ticker(lambda: 0.0), self.window)
        self.view.set_queue(self.model)
        self.window.resize(1440, 640)
        self.view.setGeometry(0, 0, 752, 600)
        self.model.show([str(n) for n in range(200)])
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.view.setFocus()
        qtbot.waitUntil(self.view.hasFocus)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.view, key, held)

    def y_of(self, ident: str) -> int:
        at = self.model.position(ident)
        return at * self.view.row_height - self.view.verticalScrollBar().value()


class KeyCatcher(QWidget):
    """The window: it sees the keys that the list leaves alone."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text():
            self.keys.append(event.key())


@pytest.fixture(scope="module")
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    made = ThemeHub(qapp, "light")
    yield made
    made.set_scale(100)


@pytest.fixture
def desk(qtbot: QtBot, hub: ThemeHub) -> Desk:
    return Desk(qtbot, hub)


def test_j_and_k_move_and_enter_opens(desk: Desk) -> None:
    assert desk.view.choose("0")
    opened: list[str] = []
    desk.view.opened.connect(opened.append)
    for key in (KEY.Key_J, KEY.Key_Down, KEY.Key_J, KEY.Key_K):
        desk.press(key)
    desk.press(KEY.Key_Return)
    assert opened == ["2"]
    assert desk.view.chosen_ids() == ["2"]


def test_home_and_end_are_the_first_and_the_last_row(desk: Desk) -> None:
    desk.view.choose("5")
    desk.press(KEY.Key_End)
    assert desk.view.current_id() == "199"
    desk.press(KEY.Key_Home)
    assert desk.view.current_id() == "0"


def test_x_chooses_more_and_shift_extends(desk: Desk) -> None:
    desk.view.choose("3")
    desk.press(KEY.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert desk.view.chosen_ids() == ["3", "4"]
    desk.press(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert desk.view.chosen_ids() == ["3", "4", "5"]
    desk.press(KEY.Key_X)
    assert desk.view.chosen_ids() == ["3", "4"]
    assert desk.view.current_id() == "5"


def test_letters_reach_the_window_and_read_no_rows(desk: Desk) -> None:
    desk.tickets.asked.clear()
    desk.press(KEY.Key_T)
    desk.press(KEY.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.keys == [KEY.Key_T, KEY.Key_E]
    desk.view.keyboardSearch("remote")
    assert desk.tickets.asked == []


def test_order_is_held_while_the_list_has_the_focus(desk: Desk) -> None:
    before = list(desk.model.ids())
    desk.model.offer(["777", *before])
    assert desk.model.ids() == before
    assert desk.model.waiting.new == {"777"}


def test_applying_keeps_the_chosen_row_at_its_height(desk: Desk) -> None:
    desk.view.choose("40")
    desk.view.verticalScrollBar().setValue(1500)
    before = desk.y_of("40")
    ids = list(desk.model.ids())
    desk.model.offer([*(str(n) for n in range(900, 913)), *ids[3:]])
    desk.model.apply_held()
    assert desk.y_of("40") == before
    assert desk.view.current_id() == "40"
    assert desk.view.chosen_ids() == ["40"]


def test_when_the_chosen_row_is_gone_its_neighbours_stay(desk: Desk) -> None:
    desk.view.choose("40")
    desk.view.verticalScrollBar().setValue(1500)
    first = desk.view.span()[0]
    anchor = desk.model.id_at(first)
    before = desk.y_of(anchor)
    desk.model.offer(["950", *(i for i in desk.model.ids() if i != "40")])
    desk.model.apply_held()
    assert desk.y_of(anchor) == before


def test_away_from_focus_and_pointer_new_orders_are_taken_over(desk: Desk) -> None:
    desk.view.clearFocus()
    desk.model.hold = False
    desk.model.offer(["777", *desk.model.ids()])
    assert desk.model.id_at(0) == "777"


def test_another_view_keeps_the_choice_by_ticket(desk: Desk) -> None:
    desk.view.choose("12")
    desk.model.show([str(n) for n in range(199, 9, -1)])
    assert desk.view.current_id() == "12"
    assert desk.view.chosen_ids() == ["12"]
    desk.model.show(["1", "2"])
    assert desk.view.chosen_ids() == []


def test_the_footer_is_told_what_is_in_sight(desk: Desk) -> None:
    told: list[tuple[int, int, int]] = []
    desk.view.range_changed.connect(lambda *seen: told.append(seen))
    desk.view.verticalScrollBar().setValue(44 * 10)
    assert told[-1] == (11, 24, 200)
    desk.model.show([])
    assert told[-1] == (0, 0, 0)


def test_a_cut_subject_is_told_in_full_and_never_as_markup(desk: Desk) -> None:
    text = "<img src='file:///etc/passwd'><b>Scanner</b> jams " + "again " * 20
    desk.tickets.changed["0"] = row("0", FIX, subject=text)
    desk.model.refresh(["0"])
    plan = desk.view.plan_at(0)
    assert plan is not None
    shown = hint(plan, Column.SUBJECT, 0.0)
    assert "&lt;img" in shown
    assert "<img" not in shown
    assert shown.count("again") == 20
    assert "Fix due in 5 hours" in hint(plan, Column.CLOCK, 0.0)


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000_000, "\u202egpj.exe\u202c\x00\x07", "line\nbreak\ttab", "👩‍💻 émoji ﷽" * 50, ""],
    ids=["10 MB", "bidi", "controls", "emoji", "empty"],
)
def test_any_text_is_one_short_line_to_the_painter(desk: Desk, text: str) -> None:
    desk.tickets.changed["0"] = row("0", FIX, subject=text, client=text, assignee=text[:9])
    desk.model.refresh(["0"])
    desk.view.viewport().repaint()
    plan = desk.view.plan_at(0)
    assert plan is not None
    for part in plan.texts:
        assert len(part.text.text()) <= 301
        assert not set(part.text.text()) & set("\n\t\x00\u202e\u202c")


def test_screen_readers_get_the_sentence(desk: Desk) -> None:
    table = QAccessible.queryAccessibleInterface(desk.view)
    assert table is not None
    assert table.text(QAccessible.Text.Name) == "Queue"
    assert table.role() == QAccessible.Role.Table
    # One row and one column of headers come first.
    said = table.child((len(Column) + 1) + 1 + Column.SUBJECT).text(QAccessible.Text.Name)
    assert said.startswith("P1, CS0000000, Remote desktop locks partners out 0")
    assert said.endswith("response over by 4 minutes, 1 other clock")


def test_hover_lights_one_row(desk: Desk, hub: ThemeHub) -> None:
    desk.view.choose("9")
    at = QPoint(300, 44 * 2 + 10)
    before = desk.view.viewport().grab().toImage().pixelColor(600, 44 * 2 + 3)
    QTest.mouseMove(desk.view.viewport(), at)
    after = desk.view.viewport().grab().toImage()
    assert before == hub.theme.sheet
    assert after.pixelColor(600, 44 * 2 + 3) == hub.theme.hover
    assert after.pixelColor(600, 44 + 3) == hub.theme.sheet
    QApplication.sendEvent(desk.view.viewport(), QEvent(QEvent.Type.Leave))
    left = desk.view.viewport().grab().toImage()
    assert left.pixelColor(600, 44 * 2 + 3) == hub.theme.sheet


def test_left_alone_for_a_while_the_list_sorts_itself(desk: Desk, qtbot: QtBot) -> None:
    other = QLineEdit(desk.window)
    other.show()
    OrderHold(desk.view, patience_ms=1).watch(desk.model)
    desk.model.offer(["777", *desk.model.ids()])
    assert desk.model.waiting
    other.setFocus()
    qtbot.waitUntil(lambda: desk.model.id_at(0) == "777")
    assert not desk.model.waiting


def test_an_empty_list_says_why(desk: Desk) -> None:
    desk.model.show([])
    blank = desk.view.viewport().grab().toImage()
    desk.view.set_empty_text("No ticket matches. Clear filter (Esc).")
    assert desk.view.viewport().grab().toImage() != blank


def test_the_bar_over_the_rows_scrolls_them(desk: Desk, qtbot: QtBot) -> None:
    bar = desk.view.findChild(OverlayBar)
    assert bar is not None
    assert bar.isVisible()
    bar.setValue(500)
    assert desk.view.verticalScrollBar().value() == 500
    desk.model.show(["1"])
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_a_row_has_its_edge_whether_or_not_the_list_has_the_focus(
    desk: Desk, hub: ThemeHub
) -> None:
    desk.view.choose("2")
    focused = desk.view.viewport().grab().toImage()
    desk.view.clearFocus()
    other = desk.view.viewport().grab().toImage()
    for picture in (focused, other):
        assert picture.pixelColor(3, 110) == hub.theme.acc
        assert picture.pixelColor(300, 88) == hub.theme.acc
        assert picture.pixelColor(300, 91) == hub.theme.sel
    assert focused.pixelColor(300, 89) == hub.theme.acc
    assert other.pixelColor(300, 89) == hub.theme.sel
