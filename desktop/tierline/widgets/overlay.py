"""The base of every dialog: a scrim over part of the window and a panel that keeps the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from tierline.widgets.reading_order import stops
from tierline.widgets.theme import SCRIM, ThemeHub

_ATTRIBUTE = Qt.WidgetAttribute


class Overlay(QWidget):
    """Covers `area` (a widget, often a part of the window) while open; Esc closes it.

    Subclasses fill `self.body`. `closed` tells that it is gone; the focus is back where it was.
    The rest of the window, such as the warnings strip, stays usable.
    """

    closed = Signal()

    def __init__(self, area: QWidget, hub: ThemeHub, name: str, width: int = 560) -> None:
        """Built hidden. `width` is the panel's at 100 % in px; `name` is for a screen reader."""
        super().__init__(area)
        self.hub, self._area, self._width = hub, area, width
        self._before: QWidget | None = None
        self.setAccessibleName(name)
        self.panel = QFrame(self)
        self.panel.setProperty("role", "dialog")
        self.panel.setAccessibleName(name)
        self.body = QVBoxLayout(self.panel)
        area.installEventFilter(self)
        hub.changed.connect(self.place)
        # Hidden from the start, without a hide event that would reach a half-made subclass.
        for state in (_ATTRIBUTE.WA_WState_ExplicitShowHide, _ATTRIBUTE.WA_WState_Hidden):
            self.setAttribute(state)

    def open_over(self, first: QWidget | None = None) -> None:
        """Show it and put the focus on `first`, or on the first control inside."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._area.rect())
        self.show()
        self.raise_()
        self.place()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panel.setFocus()
            self.focusNextChild()

    def dismiss(self) -> None:
        """Close; the focus goes back to where it came from."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Centre the panel, never wider or higher than what it covers."""
        room = self.rect().adjusted(16, 16, -16, -16)
        wanted = self.panel.sizeHint()
        width = min(self.hub.px(self._width), room.width())
        height = min(max(wanted.height(), self.panel.heightForWidth(width)), room.height())
        left = room.left() + (room.width() - width) // 2
        top = room.top() + (room.height() - height) // 2
        self.panel.setGeometry(left, top, width, height)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's signature
        """Keep Tab inside the panel."""
        inside = [each for each in stops(self.panel) if _takes_tab(each)]
        if not inside:
            return True
        current = QApplication.focusWidget()
        at = inside.index(current) if current in inside else (-1 if forward else 0)
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Cover the area when it grows."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._area.rect())
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back; no other key reaches what lies under the scrim."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click on the scrim is no click on what lies under it."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Only the scrim; the panel paints itself."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), SCRIM)
        painter.end()


def _takes_tab(widget: QWidget) -> bool:
    wants = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wants and widget.isEnabled() and widget.isVisible()
