"""The ring shows where the keyboard is, and only when it came by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tierline.widgets.controls import Button
from tierline.widgets.focus_ring import DARK, FocusRing
from tierline.widgets.theme import ThemeHub


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[QWidget]:
    hub = ThemeHub(qapp, "light")
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for control in (QLineEdit(), Button("Take", hub, key="T"), QLineEdit()):
        column.addWidget(control)
    FocusRing(made, hub)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    hub.deleteLater()


def test_tab_frames_the_control_one_pixel_off(window: QWidget) -> None:
    ring, button = window.findChild(FocusRing), window.findChild(Button)
    assert ring is not None
    assert button is not None
    window.findChildren(QLineEdit)[0].setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert ring.isVisible()
    assert ring.geometry() == button.geometry().adjusted(-3, -3, 3, 3)


def test_a_click_shows_no_ring(window: QWidget) -> None:
    ring = window.findChild(FocusRing)
    assert ring is not None
    field = window.findChildren(QLineEdit)[1]
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.hasFocus()
    assert not ring.isVisible()


def test_it_goes_with_its_control(window: QWidget) -> None:
    ring, button = window.findChild(FocusRing), window.findChild(Button)
    assert ring is not None
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    window.resize(500, 400)
    QApplication.processEvents()
    assert ring.geometry() == button.geometry().adjusted(-3, -3, 3, 3)
    button.hide()
    assert ring.geometry() != button.geometry().adjusted(-3, -3, 3, 3) or not ring.isVisible()


def test_it_goes_with_what_its_control_stands_in(window: QWidget) -> None:
    ring, box = window.findChild(FocusRing), QWidget(window)
    assert ring is not None
    field = QLineEdit(box)
    field.resize(60, 20)
    box.setGeometry(10, 10, 80, 30)
    box.show()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    before = ring.geometry()
    box.move(30, 25)
    assert ring.geometry() == before.translated(20, 15)


def test_a_control_that_dies_with_the_focus_leaves_no_trouble(window: QWidget) -> None:
    first, second = window.findChildren(QLineEdit)
    ring = window.findChild(FocusRing)
    assert ring is not None
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    first.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.geometry().contains(second.geometry())


def test_the_ring_is_light_on_what_is_dark_in_a_light_window(window: QWidget) -> None:
    ring, button = window.findChild(FocusRing), window.findChild(Button)
    assert ring is not None
    assert button is not None
    colours = []
    for dark in (False, True):
        button.setProperty(DARK, dark)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        ring.update()
        QApplication.processEvents()
        colours.append(ring.grab().toImage().pixelColor(ring.width() // 2, 1).lightness())
    assert colours[0] < 128 < colours[1]


def test_the_ring_ends_where_what_it_frames_is_scrolled_out_of_sight(
    qtbot: QtBot, qapp: QApplication
) -> None:
    hub, window = ThemeHub(qapp, "light"), QWidget()
    qtbot.addWidget(window)
    area, high = QScrollArea(), QLineEdit()
    area.setWidgetResizable(True)
    area.setWidget(high)
    high.setFixedHeight(900)
    column = QVBoxLayout(window)
    column.addWidget(area)
    window.resize(300, 200)
    ring = FocusRing(window, hub)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=30_000)
    high.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    shown = area.viewport()
    assert ring.geometry().bottom() <= shown.mapTo(window, shown.rect().bottomLeft()).y()
    hub.deleteLater()
