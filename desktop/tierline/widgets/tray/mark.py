"""The mark of the program, and the state it is in as a shape on it: for tray, task bar, window.

A panel may be light or dark whatever our theme is, so the mark stands on a tile of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPolygonF

from tierline.desk.tray_words import Mark
from tierline.widgets.caches import remembered
from tierline.widgets.glyphs import canvas
from tierline.widgets.theme import DARK, LIGHT, Theme

SIDE = 32
SIZES = (16, 22, 24, 32, 48, 64)
_TILE: Theme = DARK  # the same on every panel
_BADGE = QRectF(13.5, 13.5, 16.5, 16.5)
_BARS = ((6.0, 8.0), (13.0, 13.0), (20.0, 18.0))  # left edge and height of each
_FOOT, _WIDE = 25.5, 5.0


@remembered(16)
def icon(mark: Mark = "") -> QIcon:
    """The program's icon with the shape of a state, in every size that panels ask for."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(canvas(SIDE, SIDE, size / SIDE, 1.0, _painter(mark)))
    return made


def _painter(mark: Mark) -> Callable[[QPainter], None]:
    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_TILE.pane)
        painter.drawRoundedRect(QRectF(0.5, 0.5, 31, 31), 7, 7)
        for at, (left, high) in enumerate(_BARS):
            painter.setBrush(_TILE.ink if at == len(_BARS) - 1 else _TILE.acc)
            painter.drawRoundedRect(QRectF(left, _FOOT - high, _WIDE, high), 1.2, 1.2)
        if mark:
            _badge(painter, mark)

    return draw


def _badge(painter: QPainter, mark: Mark) -> None:
    painter.setPen(QPen(_TILE.pane, 2.5))  # a rim, so that it stands apart from the bars
    _SHAPES[mark](painter)


def _over(painter: QPainter) -> None:
    painter.setBrush(_TILE.nowfill)
    painter.drawPolygon(_points((0.3, 0), (0.7, 0), (1, 0.3), (1, 0.7), (0.7, 1), (0.3, 1),
                                (0, 0.7), (0, 0.3)))  # fmt: skip
    _stroke(painter, _TILE.onnow, (0.5, 0.24), (0.5, 0.55))
    _stroke(painter, _TILE.onnow, (0.5, 0.75), (0.5, 0.76))


def _soon(painter: QPainter) -> None:
    painter.setBrush(_TILE.soonfill)
    painter.drawPolygon(_points((0.5, 0), (1.02, 0.96), (-0.02, 0.96)))
    _stroke(painter, _TILE.pane, (0.5, 0.4), (0.5, 0.64))
    _stroke(painter, _TILE.pane, (0.5, 0.82), (0.5, 0.83))


def _offline(painter: QPainter) -> None:
    painter.setBrush(LIGHT.sheet)
    painter.drawEllipse(_BADGE)
    _stroke(painter, LIGHT.ink, (0.28, 0.28), (0.72, 0.72))
    _stroke(painter, LIGHT.ink, (0.72, 0.28), (0.28, 0.72))


def _quiet(painter: QPainter) -> None:
    painter.setBrush(LIGHT.sheet)
    painter.drawEllipse(_BADGE)
    _stroke(painter, LIGHT.ink, (0.26, 0.5), (0.74, 0.5))


_SHAPES: dict[Mark, Callable[[QPainter], None]] = {
    "over": _over,
    "soon": _soon,
    "offline": _offline,
    "quiet": _quiet,
}


def _points(*shares: tuple[float, float]) -> QPolygonF:
    return QPolygonF([_at(each) for each in shares])


def _at(share: tuple[float, float]) -> QPointF:
    return QPointF(
        _BADGE.left() + share[0] * _BADGE.width(), _BADGE.top() + share[1] * _BADGE.height()
    )


def _stroke(painter: QPainter, ink: QColor, *ends: tuple[float, float]) -> None:
    painter.setPen(QPen(ink, 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(_at(ends[0]), _at(ends[1]))
