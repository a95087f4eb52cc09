"""Key-caps: the small boxes that show which key does a thing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tierline.widgets import fonts
from tierline.widgets.theme import ThemeHub

HEIGHT, PAD, TEXT, RADIUS = 17, 5, 11, 3


def keycap_width(key: str, hub: ThemeHub) -> int:
    """How wide the cap of `key` is in pixels."""
    text = fonts.width(key, hub.px(TEXT), fonts.SEMIBOLD)
    return max(round(text) + 2 * hub.px(PAD), hub.px(HEIGHT))


def draw_keycap(
    painter: QPainter, left_middle: QPointF, key: str, hub: ThemeHub, *, on_fill: bool = False
) -> float:
    """Paint the cap of `key` from its left middle point; on a filled button with `on_fill`.

    Answers the width used, in pixels.
    """
    theme, height, width = hub.theme, hub.px(HEIGHT), keycap_width(key, hub)
    box = QRectF(round(left_middle.x()), round(left_middle.y() - height / 2), width, height)
    inside = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(theme.onacc if on_fill else theme.line, 1))
    painter.setBrush(theme.acc if on_fill else theme.pane)
    painter.drawRoundedRect(inside, RADIUS, RADIUS)
    if not on_fill:
        foot = QRectF(box.left() + RADIUS / 2, box.bottom() - 1, width - RADIUS, 1)
        painter.fillRect(foot, theme.edge)
    px = hub.px(TEXT)
    metrics = fonts.metrics(px, fonts.SEMIBOLD)
    painter.setFont(fonts.font(px, fonts.SEMIBOLD))
    painter.setPen(theme.onacc if on_fill else theme.ink2)
    base = box.top() + (height - metrics.height()) / 2 + metrics.ascent()
    painter.drawText(QPointF(box.left() + (width - metrics.horizontalAdvance(key)) / 2, base), key)
    return float(width)


class KeyCap(QWidget):
    """One key-cap as a widget, for footers and sheets of keys."""

    def __init__(self, key: str, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Show `key` as written."""
        super().__init__(parent)
        self._key, self._hub = key, hub
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)
        hub.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The size of the cap."""
        return QSize(keycap_width(self._key, self._hub), self._hub.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Just the cap."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_keycap(painter, QPointF(0, self.height() / 2), self._key, self._hub)
        painter.end()
