"""The clock column of one ticket: bar, figure, word and the small marks of its other clocks.

`faces_of(clocks, now)` reads the clocks; `ClockCellPainter.paint` draws what it answered. What is
equal looks equal: a cell needs repainting exactly when its `ClockLook` has changed.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from tierline.widgets import fonts, texts
from tierline.widgets.bars import BAR_WIDTH, bar
from tierline.widgets.caches import remembered
from tierline.widgets.clock_look import NOTHING, ClockLook, Mark, faces_of
from tierline.widgets.clock_parts import (
    FIGURE,
    FIGURE_HEIGHT,
    GLYPH,
    GLYPH_GAP,
    GLYPHS,
    PILL_PAD,
    WIDTH,
    badge,
    base,
    figure_ink,
    figure_weight,
    second_line,
)
from tierline.widgets.theme import ThemeHub

__all__ = [
    "HEIGHT",
    "NOTHING",
    "WIDTH",
    "ClockCellPainter",
    "ClockLook",
    "Mark",
    "faces_of",
    "figure_ink",
    "figure_weight",
]

HEIGHT = 33
BAR_TOP, LINE_TOP = 5, 19


class _Sizes(NamedTuple):
    """The measures of a cell at one text scale, px."""

    wide: int
    bar: int
    bar_top: int
    line_top: int
    figure: int
    figure_high: int
    glyph: int
    pad: int


@remembered(16)
def _sizes(percent: int) -> _Sizes:
    design = (WIDTH, BAR_WIDTH, BAR_TOP, LINE_TOP, FIGURE, FIGURE_HEIGHT, GLYPH + GLYPH_GAP)
    return _Sizes(*(round(size * percent / 100) for size in (*design, PILL_PAD)))


class ClockCellPainter:
    """Draws clock cells for one hub; it reads theme and scale at every paint."""

    def __init__(self, hub: ThemeHub) -> None:
        """Nothing is prepared until the first paint."""
        self._hub = hub

    def paint(
        self, painter: QPainter, x: float, y: float, look: ClockLook, *, short: bool = False
    ) -> None:
        """Draw `look` in the 148 x 33 box (times the text scale) at `x`, `y`; `short` is one line.

        In a right-to-left layout the painter's `layoutDirection` mirrors the cell.
        """
        if not look.text:
            return
        hub, sizes = self._hub, _sizes(self._hub.scale)
        dpr = painter.device().devicePixelRatioF()
        drawn = bar(look.phase, look.filled, hub.theme, hub.scale / 100, dpr)
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if mirrored:
            left = x + sizes.wide - sizes.bar
            _mirrored_bar(painter, left, y + sizes.bar_top, sizes.bar, drawn)
            self.figure(painter, x + self.figure_width(look), y, look)
        else:
            painter.drawPixmap(QPointF(x, y + sizes.bar_top), drawn)
            self.figure(painter, x + sizes.wide, y, look)
        if not short:
            line = second_line(look.word, look.marks, hub.theme, hub.scale, dpr, mirrored)
            painter.drawPixmap(QPointF(x, y + sizes.line_top), line)

    def figure_width(self, look: ClockLook) -> float:
        """How wide the figure with its glyph is, without the pill's overhang, in px."""
        sizes = _sizes(self._hub.scale)
        text = texts.width(look.text, sizes.figure, figure_weight(look.phase))
        return text + (sizes.glyph if look.phase in GLYPHS else 0)

    def figure(self, painter: QPainter, right: float, top: float, look: ClockLook) -> None:
        """The figure with its glyph and pill, its text ending at `right`; 18 px high."""
        hub, phase, sizes = self._hub, look.phase, _sizes(self._hub.scale)
        px, weight = sizes.figure, figure_weight(phase)
        text_width = texts.width(look.text, px, weight)
        if phase in GLYPHS:
            wide = round(text_width + sizes.glyph)
            dpr = painter.device().devicePixelRatioF()
            behind = badge(phase, wide, hub.theme, hub.scale, dpr)
            painter.drawPixmap(QPointF(round(right) - wide - sizes.pad, top), behind)
        painter.setFont(fonts.font(px, weight))
        painter.setPen(figure_ink(phase, hub.theme))
        spot = QPointF(right - text_width, top + (sizes.figure_high - base(px, weight)[1]) / 2)
        painter.drawStaticText(spot, texts.laid(look.text, px, weight))


def _mirrored_bar(painter: QPainter, x: float, y: float, wide: float, drawn: QPixmap) -> None:
    painter.save()
    painter.translate(x + wide, y)
    painter.scale(-1, 1)
    painter.drawPixmap(QPointF(0, 0), drawn)
    painter.restore()
