"""The focus ring: one transparent sheet per window that frames what has the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from tierline.widgets.theme import ThemeHub

WIDTH, OFF, RADIUS = 2, 1, 6
MARKING = "marks-focus"  # a property of lists whose current row looks different with the keys
DARK = "dark-ground"  # a property of what is painted dark in a light window: its ring is light


class FocusRing(QWidget):
    """Drawn above everything in its window, 2 px wide and 1 px off; only when focus came by key.

    Lists that mark their current row for it get no ring while they have one.
    """

    def __init__(self, window: QWidget, hub: ThemeHub) -> None:
        """Watch the focus of `window` from now on."""
        super().__init__(window)
        self._hub = hub
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []  # the framed widget and what it stands in
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
        hub.changed.connect(self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the framed widget, which also moves with whatever it stands in."""
        kind = event.type()
        if kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        elif watched is self._target and kind in {QEvent.Type.Hide, QEvent.Type.MouseButtonPress}:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ring along the sheet's own edge."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._hub.theme
        dark = any(each.property(DARK) for each in self._watched if isValid(each))
        painter.setPen(QPen(theme.sheet if dark else theme.focus, WIDTH))
        half = WIDTH / 2
        radius = self._hub.px(RADIUS)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius
        )
        painter.end()

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        del old
        # A widget that dies gives its focus away when it is no widget any more.
        for each in filter(isValid, self._watched):
            each.removeEventFilter(self)
        self._watched = []
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._target = now if now is not None and now.window() is self.window() else None
        if self._target is None or by_mouse or _marks_itself(self._target):
            self._target = None
            self.hide()
            return
        self._watched = list(_up_to(self.window(), self._target))
        for each in self._watched:
            each.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target):
            self.hide()
            return
        out = WIDTH + OFF
        corner = target.mapTo(self.window(), QPoint(0, 0))
        around = QRect(corner, target.size()).adjusted(-out, -out, out, out)
        for place in filter(_scrolls, _up_to(self.window(), target)):
            around &= QRect(place.mapTo(self.window(), QPoint(0, 0)), place.size())
        self.setGeometry(around.intersected(self.window().rect()))
        self.show()
        self.raise_()


def _up_to(window: QWidget, widget: QWidget) -> Iterator[QWidget]:
    """The widget and what it stands in, without the window."""
    each: QWidget | None = widget
    while each is not None and each is not window:
        yield each
        each = each.parentWidget()


def _scrolls(widget: QWidget) -> bool:
    """Whether it is where something scrolls: what is framed in there is framed to its edge."""
    area = widget.parentWidget()
    return isinstance(area, QScrollArea) and area.viewport() is widget


def _marks_itself(widget: QWidget) -> bool:
    """Some lists mark their current row for it; a line without a frame fills its head."""
    if widget.property("plain") == "true":
        return True
    if not isinstance(widget, QAbstractItemView):
        return False
    return bool(widget.property(MARKING)) and widget.currentIndex().isValid()
