"""WCAG 1.4.4, 1.4.10, 1.4.12: no text is cut off, however large it is and however long it got."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QToolTip,
    QWidget,
)

from tests.qt.access.finding import Finding, described, scroller_of, seen
from tests.qt.access.painted import Text, texts

CRITERION = "nothing cut off"
SLACK = 1.5  # px; letters lean over their box
CUT = "…"


def audit(root: QWidget) -> Iterator[Finding]:
    """Every text lies within what is to be seen of its widget, or says all of it elsewhere."""
    for widget in seen(root):
        yield from _widget(root, widget)
        if isinstance(widget, QLineEdit):
            continue  # what is typed scrolls
        scrolls = _scrolls(widget)
        for text in texts(widget):
            if not scrolls and _outside(text, QRectF(widget.rect())):
                yield Finding(CRITERION, described(widget), f"“{text.words[:40]}” is cut off")
            elif text.words.rstrip().endswith(CUT) and not _told(widget, text):
                said = f"“{text.words[:40]}” is shortened and told nowhere"
                yield Finding(CRITERION, described(widget), said)


def _widget(root: QWidget, widget: QWidget) -> Iterator[Finding]:
    """A control or a label lies as a whole within what it stands in."""
    if not isinstance(widget, QAbstractButton | QLabel | QLineEdit) or widget is root:
        return
    if scroller_of(widget) is not None:
        return
    parent = widget.parentWidget()
    inside = QRect(QPoint(0, 0), root.size())
    box = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    while parent is not None and parent is not root:
        inside &= QRect(parent.mapTo(root, QPoint(0, 0)), parent.size())
        parent = parent.parentWidget()
    if not inside.contains(box) and box.intersects(inside):
        yield Finding(
            CRITERION, described(widget), f"reaches out of its place: {_said(box, inside)}"
        )
    if isinstance(widget, QLabel) and widget.text():
        yield from _label(widget)


def _label(label: QLabel) -> Iterator[Finding]:
    """A label of several lines needs the height of all of them."""
    need = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    if label.height() < need - 1:
        said = f"has {label.height()} px of height, needs {need}"
        yield Finding(CRITERION, described(label), said)


def _said(box: QRect, inside: QRect) -> str:
    ends = {
        "left": inside.left() - box.left(),
        "right": box.right() - inside.right(),
        "above": inside.top() - box.top(),
        "below": box.bottom() - inside.bottom(),
    }
    return ", ".join(f"{by} px {side}" for side, by in ends.items() if by > 0)


def _outside(text: Text, area: QRectF) -> bool:
    box = text.box
    if not area.intersects(box):
        return box.width() > 0 and box.height() > 0
    return (
        box.left() < area.left() - SLACK
        or box.right() > area.right() + SLACK
        or box.top() < area.top() - SLACK
        or box.bottom() > area.bottom() + SLACK
    )


def _scrolls(widget: QWidget) -> bool:
    """A list or a text scrolls; what stands at its edge is not lost."""
    area = widget.parentWidget()
    viewport = isinstance(area, QAbstractScrollArea) and area.viewport() is widget
    return viewport or isinstance(widget, QAbstractScrollArea)


def _told(widget: QWidget, text: Text) -> bool:
    """Whether the whole of a shortened text can be had: it only asks, or a tooltip has it."""
    own = [action.text().partition("\t")[0] for action in widget.actions()]
    own.append(getattr(widget, "text", str)())
    if text.words.strip() in own or text.words.strip() in _item_at(widget, text):
        return True  # “Stay…”: the dots say that it asks
    start = text.words.strip().removesuffix(CUT).strip()[:8].casefold()
    return bool(start) and start in _tip_at(widget, text.box.center().toPoint()).casefold()


def _item_at(widget: QWidget, text: Text) -> str:
    """What the item of a list says there, as it is known to a screen reader."""
    view = widget.parentWidget()
    if not isinstance(view, QAbstractItemView) or view.viewport() is not widget:
        return ""
    index = view.indexAt(text.box.center().toPoint())
    roles = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
    return "\n".join(str(index.data(role) or "") for role in roles)


def _tip_at(widget: QWidget, at: QPoint) -> str:
    """What the pointer would be told there, by the widget or by what it stands in."""
    each: QWidget | None = widget
    while each is not None:
        QToolTip.hideText()
        event = QHelpEvent(QEvent.Type.ToolTip, at, each.mapToGlobal(at))
        QApplication.sendEvent(each, event)
        if words := QToolTip.text():
            return words
        if each.isWindow():
            return ""
        at, each = each.mapToParent(at), each.parentWidget()
    return ""
