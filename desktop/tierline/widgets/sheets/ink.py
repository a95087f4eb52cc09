"""Painting one row of a list; every box in it is mirrored by itself from right to left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tierline.desk.matching import Span
from tierline.widgets import fonts, icons
from tierline.widgets.caches import remembered
from tierline.widgets.glyphs import CHIP_HEIGHT, CHIP_WIDTH, chip
from tierline.widgets.keycap import draw_keycap, keycap_width
from tierline.widgets.texts import fitted
from tierline.widgets.theme import Theme, ThemeHub

RADIO = 15


class Ink:
    """A painter within one row. Sizes given to it are of the design, boxes are in px."""

    def __init__(self, painter: QPainter, hub: ThemeHub, whole: QRectF, *, mirrored: bool) -> None:
        """Draw in `whole`; `mirrored` flips every box in it from side to side."""
        self.painter, self.hub, self.whole, self._mirrored = painter, hub, whole, mirrored
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Each text is read in its own direction; where it stands is decided here.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self.hub.theme

    def box(self, x: float, y: float, wide: float, high: float) -> QRectF:
        """The box at `x`, `y` from the row's reading start and top, in px."""
        left = self.whole.left() + x
        if self._mirrored:
            left = self.whole.right() - x - wide
        return QRectF(left, self.whole.top() + y, wide, high)

    def text(
        self,
        box: QRectF,
        words: str,
        size: int,
        colour: QColor,
        weight: int = fonts.REGULAR,
        *,
        end: bool = False,
    ) -> float:
        """One line in the middle of the box, cut with an ellipsis; answers its width, px."""
        px = self.hub.px(size)
        shown = fitted(words, px, weight, max(int(box.width()), 1))
        wide, metrics = fonts.width(shown, px, weight), fonts.metrics(px, weight)
        at_end = end != self._mirrored
        left = box.right() - wide if at_end else box.left()
        base = box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent()
        self.painter.setFont(fonts.font(px, weight))
        self.painter.setPen(colour)
        self.painter.drawText(QPointF(left, round(base)), shown)
        return wide

    def marked(  # the letters that were typed stand out by weight and a line, never by colour
        self, box: QRectF, words: str, size: int, colour: QColor, spans: Sequence[Span]
    ) -> float:
        """One line with some of its letters bold and underlined; answers its width, px."""
        px = self.hub.px(size)
        shown = fitted(words, px, fonts.MEDIUM, max(int(box.width()), 1))
        if not spans or shown[:4] != words[:4]:
            return self.text(box, words, size, colour)
        pieces, at = [], 0
        for first, length in (*spans, (len(shown), 0)):
            start = min(max(first, at), len(shown))
            pieces += [(shown[at:start], False), (shown[start : start + length], True)]
            at = max(at, start + length)
        wide = sum(fonts.width(text, px, _weight(strong=strong)) for text, strong in pieces)
        x = box.right() - wide if self._mirrored else box.left()
        for text, strong in pieces:
            x += self._piece(QRectF(x, box.top(), 1, box.height()), text, px, colour, strong=strong)
        return wide

    def _piece(self, box: QRectF, words: str, px: int, colour: QColor, *, strong: bool) -> float:
        """One run of letters, from the left edge of the box."""
        weight = _weight(strong=strong)
        metrics = fonts.metrics(px, weight)
        base = round(box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent())
        self.painter.setFont(fonts.font(px, weight))
        self.painter.setPen(colour)
        self.painter.drawText(QPointF(box.left(), base), words)
        wide = metrics.horizontalAdvance(words)
        if strong and words:
            self.painter.fillRect(QRectF(box.left(), base + 2, wide, 1.5), colour)
        return wide

    def wrapped(
        self, box: QRectF, words: str, size: int, colour: QColor, weight: int = 400
    ) -> None:
        """Several lines, in the middle of the box from top to bottom."""
        self.painter.setFont(fonts.font(self.hub.px(size), weight))
        self.painter.setPen(colour)
        side = Qt.AlignmentFlag.AlignRight if self._mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        self.painter.drawText(box, int(flags), words)

    def ground(self, *, chosen: bool, current: bool) -> None:
        """What lies behind a chosen row: tint and outline; an outline only when merely current."""
        if not chosen and not current:
            return
        theme = self.theme
        self.painter.setPen(QPen(theme.acc if chosen else theme.edge, theme.outline))
        self.painter.setBrush(theme.sel if chosen else Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(self.whole.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def radio(self, x: float, middle: float, *, on: bool) -> None:
        """A round mark, full when chosen."""
        size, theme = self.hub.px(RADIO), self.theme
        box = self.box(x, middle - self.whole.top() - size / 2, size, size)
        inside = box.adjusted(0.75, 0.75, -0.75, -0.75)
        self.painter.setPen(QPen(theme.acc if on else theme.edge, 1.5))
        self.painter.setBrush(theme.acc if on else theme.raised)
        self.painter.drawEllipse(inside)
        if on:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(theme.onacc)
            self.painter.drawEllipse(box.center(), size / 5.5, size / 5.5)

    def key(self, x: float, middle: float, key: str) -> float:
        """A key-cap; answers its width, px."""
        wide = keycap_width(key, self.hub)
        box = self.box(x, 0, wide, 1)
        draw_keycap(self.painter, QPointF(box.left(), middle), key, self.hub)
        return wide

    def icon(self, x: float, middle: float, name: str, size: int, colour: QColor) -> float:
        """A line icon; answers its width, px."""
        px = self.hub.px(size)
        box = self.box(x, middle - self.whole.top() - px / 2, px, px)
        icons.draw(self.painter, name, box.left(), box.top(), px, colour)
        return px

    def priority(self, x: float, middle: float, priority: int) -> float:
        """The chip of a priority; answers its width, px."""
        wide, high = self.hub.px(CHIP_WIDTH), self.hub.px(CHIP_HEIGHT)
        box = self.box(x, middle - self.whole.top() - high / 2, wide, high)
        dpr = self.painter.device().devicePixelRatioF()
        drawn = chip(priority, self.theme, self.hub.scale / 100, dpr)
        self.painter.drawPixmap(QPointF(round(box.left()), round(box.top())), drawn)
        return wide

    def pill(self, x: float, middle: float, words: str, *, strong: bool) -> float:
        """A small outlined box of text, bold with a check when `strong`; answers its width, px."""
        theme, px = self.theme, self.hub.px(11)
        weight = fonts.SEMIBOLD if strong else fonts.REGULAR
        mark = self.hub.px(14) if strong else 0
        wide = fonts.width(words, px, weight) + self.hub.px(10) + mark
        high = self.hub.px(18)
        box = self.box(x, middle - self.whole.top() - high / 2, wide, high)
        self.painter.setPen(QPen(theme.ink2 if strong else theme.line, theme.outline))
        self.painter.setBrush(theme.raised)
        self.painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if strong:
            self.icon(x + self.hub.px(4), middle, "check", 12, theme.ink)
        inner = self.box(x + self.hub.px(5) + mark, box.top() - self.whole.top(), wide, high)
        self.text(inner, words, 11, theme.ink if strong else theme.ink2, weight)
        return wide

    def load(self, box: QRectF, share: float) -> None:
        """A thin bar, filled to `share` 0..1 from the reading start."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.sunk)
        self.painter.drawRoundedRect(box, 2, 2)
        wide = box.width() * min(max(share, 0.0), 1.0)
        left = box.right() - wide if self._mirrored else box.left()
        self.painter.setBrush(self.theme.bar)
        self.painter.drawRoundedRect(QRectF(left, box.top(), wide, box.height()), 2, 2)


def _weight(*, strong: bool) -> int:
    return fonts.BOLD if strong else fonts.REGULAR


def lines_high(words: str, size: int, hub: ThemeHub, room: int, weight: int = fonts.REGULAR) -> int:
    """How high `words` are when wrapped at `room` px, px."""
    return _wrapped_high(words, hub.px(size), max(room, 1), weight)


@remembered(2048)
def _wrapped_high(words: str, px: int, room: int, weight: int) -> int:
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
    wrapped = fonts.metrics(px, weight).boundingRect(QRectF(0, 0, room, 10_000), flags, words)
    return round(wrapped.height())
