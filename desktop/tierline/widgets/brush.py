"""A painter for whole panes: texts, icons and lines from the tokens, mirrored by itself.

Positions are px counted from the reading start, sizes of texts and icons those of the design; so a
widget is written once for every text scale and for both directions of reading.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from tierline.widgets import fonts, icons, texts
from tierline.widgets.theme import Theme, ThemeHub


class Brush:
    """Paints on one widget; `end()` when done."""

    def __init__(self, widget: QWidget, hub: ThemeHub, painter: QPainter | None = None) -> None:
        """Begin on `widget`, or go on with a painter that is painting on it."""
        self.painter = painter or QPainter(widget)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.hub, self.wide = hub, widget.width()
        self.mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.dpr = widget.devicePixelRatioF()

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self.hub.theme

    def end(self) -> None:
        """Painting is over."""
        self.painter.end()

    def x(self, left: float, wide: float) -> float:
        """Where something `wide` px wide begins that is `left` px from the reading start."""
        return self.wide - left - wide if self.mirrored else left

    def box(self, left: float, top: float, wide: float, high: float) -> QRectF:
        """The rectangle at a place counted from the reading start."""
        return QRectF(self.x(left, wide), top, wide, high)

    def text(
        self,
        left: float,
        middle: float,
        text: str,
        size: int,
        ink: QColor,
        weight: int = fonts.REGULAR,
        room: float | None = None,
    ) -> float:
        """One line, its middle at `middle`, cut at `room` px; answers its width in px."""
        px = self.hub.px(size)
        safe = texts.one_line(text)
        shown = safe if room is None else texts.fitted(safe, px, weight, max(int(room), 0))
        if not shown:
            return 0.0
        wide, metrics = texts.width(shown, px, weight), fonts.metrics(px, weight)
        self.painter.setFont(fonts.font(px, weight))
        self.painter.setPen(ink)
        top = round(middle - metrics.height() / 2 + metrics.ascent()) - metrics.ascent()
        self.painter.drawStaticText(QPointF(self.x(left, wide), top), texts.laid(shown, px, weight))
        return wide

    def icon(self, left: float, middle: float, name: str, size: int, ink: QColor) -> float:
        """A line icon, its middle at `middle`; answers its width, 0 for none."""
        if not name:
            return 0.0
        side = self.hub.px(size)
        stroke = icons.SMALL_STROKE if size <= icons.SMALL else icons.STROKE
        drawn = icons.pixmap(name, side, ink, self.dpr, stroke)
        self.picture(left, middle, drawn)
        return float(side)

    def picture(self, left: float, middle: float, drawn: QPixmap) -> float:
        """A prepared picture, its middle at `middle`; answers its width."""
        size = drawn.deviceIndependentSize()
        place = QPointF(round(self.x(left, size.width())), round(middle - size.height() / 2))
        self.painter.drawPixmap(place, drawn)
        return size.width()

    def rule(self, left: float, top: float, wide: float, high: float, ink: QColor) -> None:
        """A hairline (or a filled block)."""
        self.painter.fillRect(self.box(left, top, wide, high), ink)

    def frame(
        self, box: QRectF, radius: int, *, fill: QColor | None = None, edge: QColor | None = None
    ) -> None:
        """A rounded rectangle; `radius` as in the design."""
        width = self.theme.outline
        inset = width / 2 if edge is not None else 0.0
        self.painter.setPen(QPen(edge, width) if edge is not None else QPen(Qt.PenStyle.NoPen))
        self.painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        round_ = self.hub.px(radius)
        inner = box.adjusted(inset, inset, -inset, -inset)
        self.painter.drawRoundedRect(inner, round_, round_)


def placed(widget: QWidget, left: int, top: int, wide: int, high: int) -> QRect:
    """Where a child goes that is `left` px from the reading start of `widget`."""
    mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return QRect(widget.width() - left - wide if mirrored else left, top, wide, high)
