"""WCAG 4.1.2 and 2.5.3: what a screen reader is told of each control, row and window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from tests.qt.access.finding import Finding, described, seen

CRITERION = "name, role, value"
ROWS = 12  # of a list, from the top; the others are made by the same model
_ROLE = QAccessible.Role
_NO_ROLE = {_ROLE.NoRole, _ROLE.Client, _ROLE.Window, _ROLE.Border, _ROLE.Pane, _ROLE.Grouping}
_NAME, _VALUE = QAccessible.Text.Name, QAccessible.Text.Value


def audit(root: QWidget) -> Iterator[Finding]:
    """Each control has a name, a role that says what it is, and its value; each row a name."""
    QAccessible.setActive(True)
    for widget in seen(root):
        if widget.isWindow() and not (widget.windowTitle() or widget.accessibleName()):
            yield Finding(CRITERION, described(widget), "the window has no title")
        if _control(widget):
            yield from _judge(widget)
        if isinstance(widget, QAbstractItemView):
            yield from _rows(widget)


def _control(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar) or not widget.isEnabled():
        return False
    takes_keys = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    pointed = widget.cursor().shape() == Qt.CursorShape.PointingHandCursor
    pointed = pointed and widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor)
    return takes_keys or isinstance(widget, QAbstractButton) or pointed


def _judge(widget: QWidget) -> Iterator[Finding]:
    told = QAccessible.queryAccessibleInterface(widget)
    where = described(widget)
    if told is None:
        yield Finding(CRITERION, where, "a screen reader cannot see it")
        return
    name, role = told.text(_NAME), told.role()
    if not name.strip():
        yield Finding(CRITERION, where, "has no name")
    # A named group may have the keys, to be read as a whole; what acts on them says how.
    acts = widget.cursor().shape() == Qt.CursorShape.PointingHandCursor
    told_how = bool(told.text(QAccessible.Text.Description))
    group = isinstance(widget, QAbstractScrollArea) or (bool(name) and (told_how or not acts))
    if role in _NO_ROLE and not group:
        yield Finding(CRITERION, where, f"says nothing of what it is (role {role.name})")
    if isinstance(widget, QLineEdit) and told.text(_VALUE) != widget.displayText():
        yield Finding(CRITERION, where, "does not tell its text")
    if isinstance(widget, QPlainTextEdit | QTextEdit) and told.textInterface() is None:
        yield Finding(CRITERION, where, "does not tell its text")
    if isinstance(widget, QAbstractButton):
        yield from _button(widget, told, name)


def _button(button: QAbstractButton, told: QAccessibleInterface, name: str) -> Iterator[Finding]:
    where = described(button)
    label = button.text().replace("&", "").rstrip("…")
    if label and label.casefold() not in name.casefold():
        yield Finding(CRITERION, where, f"shows “{label}” but is called “{name}”")
    state = told.state()
    if button.isCheckable() and not state.checkable:  # type: ignore[truthy-bool]
        yield Finding(CRITERION, where, "does not tell that it can be ticked")
    if button.isCheckable() and bool(state.checked) != button.isChecked():
        yield Finding(CRITERION, where, "does not tell whether it is ticked")


def _rows(view: QAbstractItemView) -> Iterator[Finding]:
    model = view.model()
    if model is None:
        return
    for at in range(min(model.rowCount(view.rootIndex()), ROWS)):
        index = model.index(at, 0, view.rootIndex())
        if view.visualRect(index).isEmpty() or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            continue
        said = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        said = said or model.data(index, Qt.ItemDataRole.DisplayRole)
        if not str(said or "").strip():
            yield Finding(CRITERION, described(view), f"row {at + 1} has no words")


def focus_told(window: QWidget) -> Iterator[Finding]:
    """What has the keys says so to a screen reader."""
    widget = QApplication.focusWidget()
    told = QAccessible.queryAccessibleInterface(widget) if widget else None
    if widget is None or told is None or not told.state().focused:  # type: ignore[truthy-bool]
        where = described(widget) if widget else described(window)
        yield Finding(CRITERION, where, "has the keys, but does not tell")
