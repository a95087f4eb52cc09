"""Every screen is held to WCAG 2.2 AA: no finding in any look.

The command `python -m tests.qt.access` judges the same scenes, and prints the table.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.qt.access import contrast, keys, names, room, targets
from tests.qt.access.audit import play
from tests.qt.access.scenes import console, others, overlays  # noqa: F401 - they register
from tests.qt.access.stage import SCENES, Place


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("name", SCENES)
def test_nothing_keeps_anybody_out(
    name: str, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    found = [each for _, some in play(name, Place(qapp, qtbot, tmp_path)) for each in some]
    assert found == []


@pytest.fixture
def bad(qtbot: QtBot) -> QWidget:
    """A window with one fault of every kind."""
    window = QWidget()
    column = QVBoxLayout(window)
    nameless, pale, cut = QPushButton(), QLabel("Pale words"), QLabel("Words that are cut off")
    nameless.setFixedSize(20, 20)
    pale.setStyleSheet("color: #bbbbbb; background: #ffffff")
    cut.setFixedWidth(30)
    for part in (nameless, pale, cut):
        column.addWidget(part)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_every_audit_finds_its_fault(bad: QWidget) -> None:
    assert {each.what for each in names.audit(bad)} == {"the window has no title", "has no name"}
    assert [each.what for each in targets.audit(bad)] == ["20 × 20 px"]
    assert any(QColor("#bbbbbb").name() in each.what for each in contrast.audit(bad))
    assert any("cut off" in each.what for each in room.audit(bad))


def test_a_stop_that_tab_does_not_leave_is_a_trap(qtbot: QtBot) -> None:
    class Trap(QPushButton):
        def focusNextPrevChild(self, forward: bool) -> bool:
            del forward
            return True

    window = QWidget()
    column = QVBoxLayout(window)
    for part in (QPushButton("One"), Trap("Two"), QPushButton("Three")):
        part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(part)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    found = [each.what for each in keys.audit(window)]
    assert found == ["Tab stays here for ever"]


@pytest.mark.parametrize(("order", "faults"), [("abcd", 0), ("acbd", 0), ("cdab", 1), ("adcb", 1)])
def test_columns_and_lines_are_orders_of_reading_and_leaps_are_faults(
    qtbot: QtBot, order: str, faults: int
) -> None:
    window = QWidget()
    grid = QGridLayout(window)
    made = {name: QPushButton(name) for name in "abcd"}
    for at, name in enumerate("abcd"):  # a over b, c over d beside them
        made[name].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid.addWidget(made[name], at % 2, at // 2)
    for one, other in pairwise(order):
        QWidget.setTabOrder(made[one], made[other])
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made[order[0]].setFocus()
    assert len(list(keys.audit(window))) == faults
