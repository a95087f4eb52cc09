"""The small shapes that carry state: priority chips, line bars, clock bars and clock marks.

Each is drawn once per theme, text scale and screen and then only copied. `scale` is 1.0 at 100 %.
State is never told by colour alone: every shape differs in outline or fill as well.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from tierline.domain.countdown import Phase
from tierline.widgets import fonts, icons
from tierline.widgets.caches import remembered
from tierline.widgets.theme import Theme

CHIP_WIDTH, CHIP_HEIGHT = 30, 20
LINES_WIDTH, LINES_HEIGHT = 17, 13
MARK = 10
GAUGE_STEPS = 8

_OCTAGON = "6,.75 24,.75 29.25,6 29.25,14 24,19.25 6,19.25 .75,14 .75,6"
_HEXAGON = "6.5,.75 23.5,.75 29.25,10 23.5,19.25 6.5,19.25 .75,10"
_CHIP_BASE, CHIP_TEXT, CHIP_STROKE = 14.2, 11.5, 1.5
_FINE = 4


def _polygon(points: str) -> QPolygonF:
    pairs = (pair.split(",") for pair in points.split())
    return QPolygonF([QPointF(float(x), float(y)) for x, y in pairs])


def canvas(
    width: float, height: float, scale: float, dpr: float, draw: Callable[[QPainter], None]
) -> QPixmap:
    """A transparent pixmap of `width` x `height` design px that `draw` painted in those units."""
    made = QPixmap(max(round(width * scale * dpr), 1), max(round(height * scale * dpr), 1))
    made.setDevicePixelRatio(dpr)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    draw(painter)
    painter.end()
    return made


def _chip_text(painter: QPainter, text: str, ink: QColor, size: float) -> None:
    # Drawn at four times the size and shrunk, because a font has whole pixel sizes only.
    font = fonts.font(round(size * _FINE), fonts.BOLD)
    wide = fonts.width(text, round(size * _FINE), fonts.BOLD) / _FINE
    base = CHIP_HEIGHT / 2 + (_CHIP_BASE - CHIP_HEIGHT / 2) * size / CHIP_TEXT
    painter.translate((CHIP_WIDTH - wide) / 2, base)
    painter.scale(1 / _FINE, 1 / _FINE)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(QPointF(0, 0), text)


@remembered(256)
def chip(
    priority: int,
    theme: Theme,
    scale: float,
    dpr: float,
    quiet: bool = False,  # noqa: FBT002 - part of the cache key
    text: float = CHIP_TEXT,
    stroke: float = CHIP_STROKE,
) -> QPixmap:
    """The chip of a priority, 30 x 20; 0 is not judged.

    `quiet` is the P1 of legends, or where none is open. A wall has larger `text` and a finer
    `stroke` in it.
    """

    def draw(painter: QPainter) -> None:
        pen, ink, dark = Qt.PenStyle.NoPen, theme.ink, theme.ink2
        if priority == 1:
            painter.setPen(QPen(dark, stroke) if quiet else QPen(pen))
            painter.setBrush(Qt.BrushStyle.NoBrush if quiet else theme.nowfill)
            painter.drawPolygon(_polygon(_OCTAGON))
            ink = ink if quiet else theme.onnow
        elif priority == 2:
            painter.setPen(pen)
            painter.setBrush(theme.bar)
            painter.drawPolygon(_polygon(_HEXAGON))
            ink = theme.sheet
        else:
            _outlined(painter, QPen(theme.edge, stroke), dashed=priority != 3, round_=priority > 3)
            ink = ink if priority == 3 else dark
        _chip_text(painter, f"P{priority}" if priority else "?", ink, text)

    return canvas(CHIP_WIDTH, CHIP_HEIGHT, scale, dpr, draw)


def _outlined(painter: QPainter, pen: QPen, *, dashed: bool, round_: bool) -> None:
    if dashed:
        pen.setDashPattern([1.7 * CHIP_STROKE / pen.widthF(), 1.5 * CHIP_STROKE / pen.widthF()])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = 9.25 if round_ else 1.5
    painter.drawRoundedRect(QRectF(0.75, 0.75, 28.5, 18.5), radius, radius)


@remembered(64)
def line_bars(tier: int, theme: Theme, scale: float, dpr: float) -> QPixmap:
    """Three rising bars, as many filled as the line the ticket is at."""

    def draw(painter: QPainter) -> None:
        for bar, height in enumerate((5, 8, 11)):
            box = QRectF(bar * 6, 12 - height, 5, height)
            if bar < tier:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.ink2)
                painter.drawRoundedRect(box.adjusted(0.2, 0.2, -0.2, 0), 0.8, 0.8)
            else:
                painter.setPen(QPen(theme.edge, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(0.5, -0.5, -0.5, 0.5), 0.8, 0.8)

    return canvas(LINES_WIDTH, LINES_HEIGHT, scale, dpr, draw)


def gauge_step(share: float) -> int:
    """The filling of the running mark, in steps, so that few pixmaps are needed."""
    return max(0, min(GAUGE_STEPS, round(share * GAUGE_STEPS)))


@remembered(256)
def mark(phase: int, step: int, theme: Theme, scale: float, dpr: float) -> QPixmap:
    """The 10 x 10 mark of a clock that is not the next one; `step` from `gauge_step`."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if phase == Phase.RUNNING:
            _gauge(painter, step, theme)
        elif phase == Phase.SOON:
            painter.setBrush(theme.soonfill)
            painter.drawPolygon(_polygon("5,1 9.4,9 .6,9"))
        elif phase == Phase.OVER:
            painter.setBrush(theme.nowfill)
            painter.drawPolygon(_polygon("3,0 7,0 10,3 10,7 7,10 3,10 0,7 0,3"))
        elif phase == Phase.PAUSED:
            painter.setBrush(theme.bar)
            painter.drawRect(QRectF(2, 1, 2, 8))
            painter.drawRect(QRectF(6, 1, 2, 8))
        elif phase in (Phase.MET, Phase.MISSED):
            painter.setPen(QPen(theme.ink3, 1.6))
            for stroke in _STROKES[Phase(phase)]:
                painter.drawPolyline(_polygon(stroke))
        elif phase == Phase.CLOSED:
            _moon(painter, theme)

    return canvas(MARK, MARK, scale, dpr, draw)


_STROKES = {
    Phase.MET: ("1.7,5.5 3.9,7.7 8.2,2.6",),
    Phase.MISSED: ("1.8,1.8 8.2,8.2", "8.2,1.8 1.8,8.2"),
}


def _moon(painter: QPainter, theme: Theme) -> None:
    side = 1.25 * MARK
    drawn = icons.pixmap("moon", MARK * _FINE, theme.ink3, 1.0, 3.0)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    corner = (MARK - side) / 2
    painter.drawPixmap(QRectF(corner, corner, side, side), drawn, QRectF(drawn.rect()))


def _gauge(painter: QPainter, step: int, theme: Theme) -> None:
    painter.setPen(QPen(theme.bar, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(2.5, 0.5, 4, 9), 1, 1)
    filled = 8 * step / GAUGE_STEPS
    painter.fillRect(QRectF(2.5, 9 - filled, 4, filled), theme.bar)
