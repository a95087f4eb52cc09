"""Paints rows of the queue from their plans: ground, words, pictures, clocks, marks of choice."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from tierline.widgets import fonts
from tierline.widgets.clock_cell import HEIGHT, LINE_TOP, ClockCellPainter, ClockLook
from tierline.widgets.queue.columns import Column, Layout
from tierline.widgets.queue.plan import DIM, Plan
from tierline.widgets.theme import ThemeHub

EDGE, SHORT_HEIGHT = 4, 18


class Shown(NamedTuple):
    """How one row stands: where it is, and whether it is chosen, pointed at, current."""

    top: int
    selected: bool
    hovered: bool
    current: bool
    focused: bool


class RowPainter:
    """Draws one row after another on the painter it is given; holds nothing of a row itself."""

    def __init__(self, hub: ThemeHub, layout: Layout) -> None:
        """Made anew when the layout changes."""
        self._hub, self._layout = hub, layout
        self._clocks = ClockCellPainter(hub)
        wide, spill = layout.width[Column.CLOCK], hub.px(6)
        left = round(layout.x(Column.CLOCK, 0, wide))
        self._clock = QRect(left - spill, 0, wide + 2 * spill, layout.row - 1)
        self._figure = QRect(self._clock)
        if not layout.compact:
            self._figure.setHeight((layout.row - hub.px(HEIGHT)) // 2 + hub.px(LINE_TOP))

    def clock_rect(self, top: int) -> QRect:
        """What a change of the clock repaints in the row at `top`, with the pill's overhang."""
        return self._clock.translated(0, top)

    def figure_rect(self, top: int) -> QRect:
        """The part of it that a second changes: bar and figure, without the line below them."""
        return self._figure.translated(0, top)

    def ground(self, painter: QPainter, shown: Shown) -> None:
        """The row's colour, its line, and its edge and outline when chosen."""
        theme, layout = self._hub.theme, self._layout
        box = QRect(0, shown.top, layout.total, layout.row)
        if shown.selected or shown.hovered:
            painter.fillRect(box, theme.sel if shown.selected else theme.hover)
        painter.fillRect(0, box.bottom(), layout.total, 1, theme.line2)
        if not (shown.selected or (shown.current and shown.focused)):
            return
        # The row the keys act on has a double outline while the keys come here.
        wide = theme.outline * (2 if shown.current and shown.focused else 1)
        for part in _frame(box, wide):
            painter.fillRect(part, theme.acc)
        if shown.selected:
            edge = self._hub.px(EDGE)
            left = layout.total - edge if layout.mirrored else 0
            painter.fillRect(left, box.top(), edge, box.height(), theme.acc)

    def words(self, painter: QPainter, plan: Plan, top: int) -> None:
        """Everything but the clocks."""
        painter.setOpacity(DIM if plan.dim else 1)
        for x, y, picture in plan.pictures:
            painter.drawPixmap(x, top + y, picture)
        painter.setOpacity(1)
        font = (0, 0)
        for text in plan.texts:
            if font != (text.px, text.weight):
                font = (text.px, text.weight)
                painter.setFont(fonts.font(text.px, text.weight))
            # A dimmed row keeps readable words: quiet ink instead of a faded one.
            painter.setPen(self._hub.theme.ink3 if plan.dim else text.ink)
            painter.drawStaticText(QPointF(text.x, top + text.y), text.text)

    def clock(
        self, painter: QPainter, look: ClockLook, top: int, *, dim: bool, lower: bool = True
    ) -> None:
        """The clock cell, centred in the row; without its `lower` line if that stands already."""
        compact = self._layout.compact
        high = self._hub.px(SHORT_HEIGHT if compact else HEIGHT)
        left = self._layout.x(Column.CLOCK, 0, self._layout.width[Column.CLOCK])
        if dim:
            painter.setOpacity(DIM)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        above = (self._layout.row - high) // 2
        self._clocks.paint(painter, left, top + above, look, short=compact or not lower)
        if dim:
            painter.setOpacity(1)


def _frame(box: QRect, wide: int) -> tuple[QRect, ...]:
    """The four sides of an outline `wide` px thick inside `box`."""
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    sides = (
        (x, y, w, wide),
        (x, y + h - wide, w, wide),
        (x, y, wide, h),
        (x + w - wide, y, wide, h),
    )
    return tuple(QRect(*side) for side in sides)
