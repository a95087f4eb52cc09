"""Short lines with a mark before each, and single icons, as widgets."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tierline.widgets.sheets.ink import Ink
from tierline.widgets.theme import ThemeHub


class Points(QWidget):
    """Short lines with a mark before each: a check for what happens, a box for what is owed."""

    def __init__(self, hub: ThemeHub, name: str, *, done: bool) -> None:
        """Empty until `put`."""
        super().__init__()
        self._hub, self._name, self._done = hub, name, done
        self._lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def put(self, lines: list[str]) -> None:
        """Say these."""
        self._lines = tuple(lines)
        self.setAccessibleName(f"{self._name}: {', '.join(lines)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line each, and the name above them."""
        return QSize(self._hub.px(200), self._hub.px(22 + 20 * max(len(self._lines), 1)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Name, marks, lines."""
        del event
        painter, hub, theme = QPainter(self), self._hub, self._hub.theme
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        ink.text(ink.box(0, 0, self.width(), hub.px(16)), self._name, 12, theme.ink, 600)
        for at, words in enumerate(self._lines):
            top = hub.px(22 + 20 * at)
            middle = top + hub.px(9)
            if self._done:
                ink.icon(0, middle, "check", 13, theme.ink2)
            else:
                side = hub.px(11)
                painter.setPen(theme.edge)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                box = ink.box(hub.px(1), middle - side / 2, side, side)
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
            x = hub.px(20)
            ink.text(ink.box(x, top, self.width() - x, hub.px(18)), words, 12, theme.ink2)
        painter.end()


class Glyph(QWidget):
    """An icon as a widget; `alarm` is red."""

    def __init__(self, hub: ThemeHub, name: str, size: int, *, alarm: bool = False) -> None:
        """`size` in design px."""
        super().__init__()
        self._hub, self._name, self._size, self._alarm = hub, name, size, alarm
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A little room around it."""
        return QSize(self._hub.px(self._size + 4), self._hub.px(self._size + 4))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Only the icon."""
        del event
        painter, theme = QPainter(self), self._hub.theme
        ink = Ink(painter, self._hub, QRectF(self.rect()), mirrored=False)
        colour = theme.now if self._alarm else theme.ink2
        ink.icon(self._hub.px(2), self.height() / 2, self._name, self._size, colour)
        painter.end()
