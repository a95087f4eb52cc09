"""Draws on a board of 1920 x 1080 units, whatever the screen has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QRegion, QTransform

from tierline.desk.wall_size import Shown
from tierline.domain.countdown import Phase
from tierline.widgets import fonts, glyphs, icons, texts
from tierline.widgets.bars import BAR_HEIGHT, bar, filled_px
from tierline.widgets.theme import Theme

SMALL, MIDDLE, FIGURE, TIMER, COUNT = int(Shown.ALL), 54, 60, 74, 104
RADIUS = 6
BAR, BAR_HIGH, STROKE = 112, 22, 2.5
_CHIP_STROKE, _ICON_STROKE, _LEAST = 3.4, 2.25, 5.0
_THIN, _BAR_RADIUS = 10, 2.5
_PLAIN = (Phase.RUNNING, Phase.SOON)


class Place:
    """Where the units are: `scale` pixels each, from `left`, `top`; `wide` of them across.

    `mirrored` for a language that is read from the right.
    """

    __slots__ = ("left", "mirrored", "scale", "top", "wide")

    def __init__(
        self, scale: float, left: float, top: float, wide: float, *, mirrored: bool = False
    ) -> None:
        """All in pixels but `wide`."""
        self.scale, self.left, self.top = scale, left, top
        self.wide, self.mirrored = wide, mirrored

    def box(self, x: float, y: float, wide: float, high: float) -> QRectF:
        """A box of units in pixels."""
        scale = self.scale
        if self.mirrored:
            x = self.wide - x - wide
        left, top = self.left + x * scale, self.top + y * scale
        return QRectF(left, top, wide * scale, max(high * scale, 1))

    def around(self, x: float, y: float, wide: float, high: float) -> QRect:
        """The whole pixels that a box touches."""
        return self.box(x, y, wide, high).toAlignedRect().adjusted(-1, -1, 1, 1)


class Pen:
    """Units in, pixels out; what lies outside of `dirty` need not be drawn."""

    def __init__(
        self, painter: QPainter, theme: Theme, place: Place, dpr: float, dirty: QRegion
    ) -> None:
        """Draw with this painter from now on."""
        self.painter, self.theme, self.place = painter, theme, place
        self._dpr, self._dirty = dpr, dirty
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def touches(self, x: float, y: float, wide: float, high: float) -> bool:
        """Whether something of this box is to be painted."""
        return self._dirty.intersects(self.place.around(x, y, wide, high))

    def px(self, units: float) -> int:
        """Whole pixels of so many units."""
        return max(round(units * self.place.scale), 1)

    def text(
        self, x: float, base: float, text: str, size: int, ink: QColor, weight: int = fonts.REGULAR
    ) -> float:
        """Write from `x`, standing on `base`; answers the width in units."""
        wide = self.width(text, size, weight)
        self.painter.setFont(fonts.font(self.px(size), weight))
        self.painter.setPen(ink)
        corner = self.place.box(x, base, wide, 0).topLeft()
        self.painter.drawText(corner, texts.one_line(text))
        return wide

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
        return fonts.width(texts.one_line(text), self.px(size), weight) / self.place.scale

    def cut(self, text: str, size: int, weight: int, room: float) -> str:
        """As much of a text as fits."""
        return texts.fitted(text, self.px(size), weight, int(room * self.place.scale))

    def shrunk(self, text: str, size: int, weight: int, room: float) -> int:
        """The size at which a text fits, never smaller than the smallest that can be read."""
        wide = self.width(text, size, weight)
        return size if wide <= room else max(SMALL, int(size * room / wide))

    def tile(self, x: float, y: float, wide: float, high: float) -> None:
        """The ground of a tile."""
        self.block(x, y, wide, high, self.theme.sheet, self.theme.line, 1.0)

    def block(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        fill: QColor,
        edge: QColor | None = None,
        stroke: float = STROKE,
    ) -> None:
        """A filled box with round corners, and an edge inside of it if one is given."""
        box = self.place.box(x, y, wide, high)
        if edge is None:
            self.painter.setPen(Qt.PenStyle.NoPen)
        else:
            thick = max(stroke * self.place.scale, 1) * self.theme.outline
            self.painter.setPen(QPen(edge, thick))
            box = box.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        self.painter.setBrush(fill)
        self.painter.drawRoundedRect(box, self.px(RADIUS), self.px(RADIUS))

    def rule(
        self, x: float, y: float, wide: float, ink: QColor | None = None, high: float = 1
    ) -> None:
        """A line across."""
        self.painter.fillRect(self.place.box(x, y, wide, high), ink or self.theme.line)

    def fill(self, x: float, y: float, wide: float, high: float, ink: QColor) -> None:
        """A box of one colour."""
        self.painter.fillRect(self.place.box(x, y, wide, high), ink)

    def bar_of(
        self, x: float, middle: float, wide: float, share: float, fill: QColor, high: float = 10
    ) -> None:
        """A plain bar, filled so far from where reading starts."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        radius = _BAR_RADIUS * self.place.scale if high > _THIN else 0.0
        for part, ink in ((1.0, self.theme.sunk), (max(0.0, min(share, 1.0)), fill)):
            self.painter.setBrush(ink)
            box = self.place.box(x, middle - high / 2, wide * part, high)
            self.painter.drawRoundedRect(box, radius, radius)

    def clock_bar(self, x: float, middle: float, phase: int, share: float) -> None:
        """The bar of a clock, by its pattern too, 112 x 22."""
        if phase in _PLAIN:
            ink = self.theme.soonfill if phase == Phase.SOON else self.theme.bar
            filled = max(filled_px(phase, share, BAR), _LEAST)
            self.bar_of(x, middle, BAR, filled / BAR, ink, BAR_HIGH)
            return
        scale = BAR_HIGH / BAR_HEIGHT
        wide = round(BAR / scale)
        filled = filled_px(phase, share, wide)
        drawn = bar(phase, filled, self.theme, scale * self.place.scale, self._dpr, wide)
        self._picture(x, middle, drawn, turned=self.place.mirrored)

    def chip(self, x: float, middle: float, priority: int, *, quiet: bool = False) -> None:
        """The chip of a priority, 93 x 62."""
        per = 62 / glyphs.CHIP_HEIGHT
        look = (quiet, SMALL / per, _CHIP_STROKE / per)
        drawn = glyphs.chip(priority, self.theme, per * self.place.scale, self._dpr, *look)
        self._picture(x, middle, drawn)

    def icon(self, x: float, middle: float, name: str, size: float, ink: QColor) -> float:
        """A line icon; answers its width."""
        self._picture(x, middle, icons.pixmap(name, self.px(size), ink, self._dpr, _ICON_STROKE))
        return size

    def line(
        self, points: Iterable[tuple[float, float]], ink: QColor, thick: float, dash: bool
    ) -> None:
        """A line through these points, dashed or whole."""
        made = QPen(ink, thick * self.place.scale)
        made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dash:
            made.setDashPattern([2.0, 1.3])
        self.painter.setPen(made)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        corners: Sequence[QPointF] = [self.place.box(x, y, 0, 0).topLeft() for x, y in points]
        self.painter.drawPolyline(QPolygonF(corners))

    def _picture(self, x: float, middle: float, drawn: QPixmap, *, turned: bool = False) -> None:
        size = drawn.deviceIndependentSize()
        corner = self.place.box(x, middle, size.width() / self.place.scale, 0).topLeft()
        shown = drawn.transformed(QTransform.fromScale(-1, 1)) if turned else drawn
        self.painter.drawPixmap(QPointF(corner.x(), corner.y() - size.height() / 2), shown)


def compact(count: int) -> str:
    """A count in at most four signs, rounded down: 999, 1.2k, 12k."""
    if count < 1_000:
        return str(count)
    return f"{count // 100 / 10:.1f}k" if count < 10_000 else f"{count // 1_000}k"
