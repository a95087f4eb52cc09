"""The bar of a clock: how much is left, and by its pattern what the clock is doing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from tierline.domain.countdown import Phase
from tierline.widgets.caches import remembered
from tierline.widgets.glyphs import canvas
from tierline.widgets.theme import Theme

BAR_WIDTH, BAR_HEIGHT = 72, 8
RADIUS = 2
LEAST = 2
OVER_STEP, PAUSE_STEP, DOT_STEP = 7.07, 5.66, 4
_THIN = (Phase.MET, Phase.MISSED)


def filled_px(phase: int, share: float, width: int = BAR_WIDTH) -> int:
    """How many design px of the bar are filled: all when over, never fewer than 2."""
    if phase == Phase.OVER or phase in _THIN:
        return width
    return max(LEAST, min(width, round(share * width)))


@remembered(1024)
def bar(
    phase: int,
    filled: int,
    theme: Theme,
    scale: float,
    dpr: float,
    width: int = BAR_WIDTH,
    high: int = BAR_HEIGHT,
) -> QPixmap:
    """The bar `width` x `high` design px with `filled` px of it left (from `filled_px`)."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if phase in _THIN:
            painter.fillRect(QRectF(0, high / 2 - 1, width, 2), theme.edge)
            return
        painter.setClipPath(_rounded(QRectF(0, 0, width, high)))
        painter.fillRect(QRectF(0, 0, width, high), theme.sunk)
        if phase != Phase.NONE:
            _fill(painter, phase, QRectF(0, 0, filled, high), theme)

    return canvas(width, high, scale, dpr, draw)


def _rounded(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box, RADIUS, RADIUS)
    return path


def _fill(painter: QPainter, phase: int, box: QRectF, theme: Theme) -> None:
    if phase == Phase.OVER:
        painter.fillRect(box, theme.nowfill)
        _stripes(painter, box, _faint(theme.onnow), OVER_STEP, 1.9)
    elif phase == Phase.PAUSED:
        painter.setClipPath(_rounded(box), Qt.ClipOperation.IntersectClip)
        painter.fillRect(box, theme.sheet)
        _stripes(painter, box, theme.hatch, PAUSE_STEP, 1.4)
        _outline(painter, box, theme.hatch)
    elif phase == Phase.CLOSED:
        painter.setClipPath(_rounded(box), Qt.ClipOperation.IntersectClip)
        _dots(painter, box, _faint(theme.hatch, 0.8))
        _outline(painter, box, _faint(theme.hatch))
    else:
        painter.setBrush(theme.soonfill if phase == Phase.SOON else theme.bar)
        painter.drawRoundedRect(box, RADIUS, RADIUS)


def _faint(colour: QColor, alpha: float = 0.5) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint


def _outline(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def _stripes(painter: QPainter, box: QRectF, ink: QColor, step: float, width: float) -> None:
    painter.setPen(QPen(ink, width))
    left, high = box.left() - box.height(), box.height()
    for turn in range(int((box.width() + high) / step) + 2):
        foot = left + turn * step
        painter.drawLine(QPointF(foot, box.bottom() + 1), QPointF(foot + high + 2, box.top() - 1))
    painter.setPen(Qt.PenStyle.NoPen)


def _dots(painter: QPainter, box: QRectF, ink: QColor) -> None:
    for across in range(int(box.width() / DOT_STEP) + 1):
        for top in (1, box.height() - 3):
            painter.fillRect(QRectF(box.left() + 1 + across * DOT_STEP, top, 2, 2), ink)
