"""Draws on a board of 1920 × 1080 units, whatever the screen has."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from tierline.widgets import fonts, glyphs, icons, texts
from tierline.widgets.bars import BAR_HEIGHT, bar, filled_px
from tierline.widgets.theme import Theme

WIDE, HIGH = 1920, 1080
SMALL, TIMER, COUNT = 44, 74, 104
RADIUS = 8


class Pen:
    """Units in, pixels out: `scale` is pixels a unit."""

    def __init__(self, painter: QPainter, theme: Theme, scale: float, dpr: float) -> None:
        """Draw with this painter from now on."""
        self.painter, self.theme, self.scale, self._dpr = painter, theme, scale, dpr
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def px(self, units: float) -> int:
        """Whole pixels of so many units."""
        return max(round(units * self.scale), 1)

    def text(
        self, x: float, base: float, text: str, size: int, ink: QColor, weight: int = fonts.REGULAR
    ) -> float:
        """Write from `x`, standing on `base`; answers the width in units."""
        px = self.px(size)
        self.painter.setFont(fonts.font(px, weight))
        self.painter.setPen(ink)
        self.painter.drawText(QPointF(x * self.scale, base * self.scale), texts.one_line(text))
        return self.width(text, size, weight)

    def right(
        self,
        end: float,
        base: float,
        text: str,
        size: int,
        ink: QColor,
        weight: int = fonts.REGULAR,
    ) -> float:
        """Write so that it ends at `end`; answers where it begins."""
        start = end - self.width(text, size, weight)
        self.text(start, base, text, size, ink, weight)
        return start

    def width(self, text: str, size: int, weight: int = fonts.REGULAR) -> float:
        """How wide a text is, units."""
        return fonts.width(texts.one_line(text), self.px(size), weight) / self.scale

    def cut(self, text: str, size: int, weight: int, room: float) -> str:
        """As much of a text as fits."""
        return texts.fitted(text, self.px(size), weight, round(room * self.scale))

    def tile(self, x: float, y: float, wide: float, high: float) -> None:
        """The ground of a tile."""
        self.block(x, y, wide, high, self.theme.sheet, self.theme.line)

    def block(
        self, x: float, y: float, wide: float, high: float, fill: QColor, edge: QColor | None = None
    ) -> None:
        """A filled box with round corners, and an edge if one is given."""
        self.painter.setPen(QPen(edge, self.px(2)) if edge else QPen(Qt.PenStyle.NoPen))
        self.painter.setBrush(fill)
        self.painter.drawRoundedRect(self._box(x, y, wide, high), self.px(RADIUS), self.px(RADIUS))

    def rule(
        self, x: float, y: float, wide: float, ink: QColor | None = None, high: int = 1
    ) -> None:
        """A line across."""
        self.painter.fillRect(self._box(x, y, wide, high), ink or self.theme.line)

    def bar_of(self, x: float, middle: float, wide: float, share: float, fill: QColor) -> None:
        """A plain bar of 10 units, filled so far."""
        self.painter.fillRect(self._box(x, middle - 5, wide, 10), self.theme.sunk)
        self.painter.fillRect(self._box(x, middle - 5, wide * min(share, 1.0), 10), fill)

    def clock_bar(self, x: float, middle: float, phase: int, share: float) -> None:
        """The bar of a clock, by its pattern too, 112 × 20."""
        scale, wide = 20 / BAR_HEIGHT, 45
        drawn = bar(phase, filled_px(phase, share, wide), self.theme, scale * self.scale, 1.0, wide)
        self._picture(x, middle, drawn)

    def chip(self, x: float, middle: float, priority: int, *, quiet: bool = False) -> None:
        """The chip of a priority, 90 × 60."""
        scale = 60 / glyphs.CHIP_HEIGHT * self.scale
        self._picture(x, middle, glyphs.chip(priority, self.theme, scale, 1.0, quiet))

    def icon(self, x: float, middle: float, name: str, size: float, ink: QColor) -> float:
        """A line icon; answers its width."""
        self._picture(x, middle, icons.pixmap(name, self.px(size), ink, self._dpr, 2.0))
        return size

    def _picture(self, x: float, middle: float, drawn: QPixmap) -> None:
        high = drawn.deviceIndependentSize().height()
        self.painter.drawPixmap(QPointF(x * self.scale, middle * self.scale - high / 2), drawn)

    def _box(self, x: float, y: float, wide: float, high: float) -> QRectF:
        scale = self.scale
        return QRectF(x * scale, y * scale, wide * scale, max(high * scale, 1))
