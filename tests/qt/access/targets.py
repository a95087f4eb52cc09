"""WCAG 2.5.8: what is pressed is at least 24 px wide and high."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QTableView,
    QWidget,
)

from tests.qt.access.finding import Finding, described, scroller_of, seen

CRITERION = "target ≥ 24 px"
LEAST = 24
_MANY = 30


def audit(root: QWidget) -> Iterator[Finding]:
    """Buttons, fields, whatever has the pointing hand, and every row of a list or a menu."""
    for widget in seen(root):
        if _pressed(widget) and min(widget.width(), widget.height()) < LEAST:
            size = f"{widget.width()} × {widget.height()} px"
            yield Finding(CRITERION, described(widget), size)
        if isinstance(widget, QAbstractItemView):
            yield from _rows(widget)
        if isinstance(widget, QMenu):
            yield from _entries(widget)


def _pressed(widget: QWidget) -> bool:
    kinds = QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox
    pointed = widget.cursor().shape() == Qt.CursorShape.PointingHandCursor
    pointed = pointed and widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor)
    # What an input is made of is pressed as a whole; a clear button is one way of several.
    inner = isinstance(widget.parentWidget(), QLineEdit | QComboBox | QAbstractSpinBox)
    cut = scroller_of(widget) is not None and widget.visibleRegion().boundingRect() != widget.rect()
    return (isinstance(widget, kinds) or pointed) and not inner and not cut


def _rows(view: QAbstractItemView) -> Iterator[Finding]:
    model = view.model()
    for at in range(min(model.rowCount(view.rootIndex()), _MANY) if model else 0):
        index = model.index(at, 0, view.rootIndex())
        box = view.visualRect(index)
        high = view.rowHeight(at) if isinstance(view, QTableView) else box.height()
        takes = index.flags() & Qt.ItemFlag.ItemIsSelectable
        if takes and 0 < high < LEAST:
            yield Finding(CRITERION, described(view), f"row {at + 1} is {high} px high")
            return


def _entries(menu: QMenu) -> Iterator[Finding]:
    for action in menu.actions():
        high = menu.actionGeometry(action).height()
        if not action.isSeparator() and action.isVisible() and high < LEAST:
            yield Finding(CRITERION, action.text(), f"is {high} px high")
