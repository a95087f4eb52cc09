"""Paints the rail's rows: sign, name, mark and count; in the compact form sign and count."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tierline.desk.queues import Count
from tierline.widgets import fonts, glyphs
from tierline.widgets.brush import Brush
from tierline.widgets.rail.items import Item
from tierline.widgets.rail.model import RailModel
from tierline.widgets.theme import ThemeHub

ROW, HEAD, TILE, RULE = 28, 29, 47, 13
EDGE, SIGN_MIDDLE, WORD, MARK_ROOM, COUNT_END = 8, 25, 41, 22, 18
Index = QModelIndex | QPersistentModelIndex
_STATE = QStyle.StateFlag


class RailPainter(QStyledItemDelegate):
    """One delegate for every row; `chosen` is the view that is shown."""

    def __init__(self, view: QAbstractItemView, model: RailModel, hub: ThemeHub) -> None:
        """For this list."""
        super().__init__(view)
        self._view, self._model, self._hub = view, model, hub
        self.chosen = ""
        self.compact = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        """Rows of 28, heads of 29; tiles of 47 in the compact form."""
        del option
        item = self._model.item_at(index.row())
        view = bool(item and item.view)
        high = (TILE if view else RULE) if self.compact else (ROW if view else HEAD)
        return QSize(self._hub.px(40), self._hub.px(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        item = self._model.item_at(index.row())
        if item is None:
            return
        state, rect = option.state, option.rect
        brush = Brush(self._view.viewport(), self._hub, painter)
        if not item.view:
            self._head(brush, item, rect)
            return
        chosen = item.view == self.chosen
        self._ground(brush, rect, state, chosen=chosen)
        count = self._model.count_of(item.view)
        if self.compact:
            self._tile(brush, item, count, rect)
        else:
            self._row(brush, item, count, rect, chosen=chosen)

    def _head(self, brush: Brush, item: Item, rect: QRect) -> None:
        px, theme = self._hub.px, brush.theme
        if self.compact:
            left = px(11)
            brush.rule(left, rect.center().y(), brush.wide - 2 * left, 1, theme.line)
            return
        middle = rect.top() + px(18)
        room = brush.wide - px(2 * EDGE + 8)
        brush.text(px(EDGE + 8), middle, item.word, 11, theme.ink3, fonts.SEMIBOLD, room)

    def _ground(self, brush: Brush, rect: QRect, state: QStyle.StateFlag, *, chosen: bool) -> None:
        px, theme = self._hub.px, brush.theme
        edge = px(5) if self.compact else px(EDGE)
        box = brush.box(edge, rect.top(), brush.wide - 2 * edge, rect.height())
        if chosen:
            brush.frame(box, 6, fill=theme.sel, edge=theme.edge if theme.outline > 1 else None)
            high = rect.height() - px(10)
            brush.frame(brush.box(edge, rect.top() + px(5), 3, high), 1, fill=theme.acc)
        elif state & _STATE.State_MouseOver:
            brush.frame(box, 6, fill=theme.hover)
        if state & _STATE.State_HasFocus and self._view.hasFocus():
            inner = box.adjusted(1, 1, -1, -1)
            painter = brush.painter
            painter.setPen(theme.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, px(6), px(6))
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), px(5), px(5))

    def _row(self, brush: Brush, item: Item, count: Count, rect: QRect, *, chosen: bool) -> None:
        px, theme = self._hub.px, brush.theme
        middle = rect.top() + rect.height() / 2
        self._sign(brush, item, count, px(SIGN_MIDDLE), middle)
        weight = fonts.SEMIBOLD if chosen else fonts.REGULAR
        ink = theme.ink
        text = f"{count.total:,}".replace(",", "\u2009")
        wide = fonts.width(text, px(12), weight)
        end = brush.wide - px(COUNT_END)
        brush.text(end - wide, middle, text, 12, ink if chosen else theme.ink3, weight)
        mark_at = end - max(wide, px(14)) - px(8)
        mark_at -= self._mark(brush, count, mark_at, middle)
        left = px(WORD)
        brush.text(left, middle, item.word, 13, ink, weight, mark_at - left - px(2))

    def _mark(self, brush: Brush, count: Count, end: float, middle: float) -> float:
        """Over goes before soon; answers the width taken."""
        px, theme = self._hub.px, brush.theme
        number, icon, ink = count.over, "octagon-alert", theme.now
        if not number:
            number, icon, ink = count.soon, "triangle-alert", theme.soon
        if not number:
            return 0.0
        text = str(number)
        wide = fonts.width(text, px(11), fonts.SEMIBOLD)
        brush.text(end - wide, middle, text, 11, ink, fonts.SEMIBOLD)
        brush.icon(end - wide - px(2 + 12), middle, icon, 12, ink)
        return wide + px(2 + 12)

    def _tile(self, brush: Brush, item: Item, count: Count, rect: QRect) -> None:
        px, theme = self._hub.px, brush.theme
        middle = brush.wide / 2
        self._sign(brush, item, count, middle, rect.top() + px(16))
        chosen = item.view == self.chosen
        weight = fonts.SEMIBOLD
        text = str(count.total)
        wide = fonts.width(text, px(11), weight)
        low = rect.top() + px(34)
        brush.text(middle - wide / 2, low, text, 11, theme.ink if chosen else theme.ink2, weight)
        if count.over or count.soon:
            icon = "octagon-alert" if count.over else "triangle-alert"
            ink = theme.now if count.over else theme.soon
            # Before the sign: behind it a scroll bar may lie over it.
            brush.icon(middle - px(20), rect.top() + px(9), icon, 11, ink)

    def _sign(self, brush: Brush, item: Item, count: Count, middle: float, line: float) -> None:
        kind, _, value = item.icon.partition(":")
        if value:
            drawn = self._glyph(brush, kind, int(value), count)
            wide = drawn.deviceIndependentSize().width()
            brush.picture(middle - wide / 2, line, drawn)
            return
        half = self._hub.px(16) / 2
        brush.icon(middle - half, line, item.icon, 16, brush.theme.ink2)

    def _glyph(self, brush: Brush, kind: str, value: int, count: Count) -> QPixmap:
        theme, scale = brush.theme, self._hub.scale / 100
        if kind == "line":
            return glyphs.line_bars(value, theme, scale, brush.dpr)
        quiet = value == 1 and not count.total
        return glyphs.chip(value, theme, scale * 0.8, brush.dpr, quiet)
