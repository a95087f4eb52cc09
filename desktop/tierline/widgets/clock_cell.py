"""The clock column of one ticket: bar, figure, word and the small marks of its other clocks.

`faces_of(clocks, now)` reads the clocks; `ClockCellPainter.paint` draws what it answered. What is
equal looks equal: a cell needs repainting exactly when its `ClockLook` has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from tierline.desk.rows import TickingClock, clock_text
from tierline.domain.countdown import Phase
from tierline.widgets import fonts, icons, texts
from tierline.widgets.bars import BAR_WIDTH, bar, filled_px
from tierline.widgets.caches import remembered
from tierline.widgets.glyphs import MARK, gauge_step, mark
from tierline.widgets.theme import Theme, ThemeHub

WIDTH, HEIGHT = 148, 33
BAR_TOP, FIGURE_HEIGHT = 5, 18
LINE_TOP, LINE_HEIGHT, LINE_BASE, MARK_TOP = 19, 14, 11, 2
GLYPH, GLYPH_GAP, PILL_PAD, MARK_GAP, LETTER_GAP = 12, 4, 5, 5, 2
FIGURE, WORD = 13, 11
MOST_MARKS = 3
ORDER = "RAUFLCX"

GLYPHS = {
    Phase.SOON: "triangle-alert",
    Phase.OVER: "octagon-alert",
    Phase.PAUSED: "pause",
    Phase.CLOSED: "moon",
    Phase.MET: "check",
    Phase.MISSED: "x",
}
_ENDINGS = {Phase.OVER: " over", Phase.MISSED: " late"}
_RESTING = (Phase.PAUSED, Phase.CLOSED, Phase.MET, Phase.MISSED, Phase.NONE)


Mark = tuple[str, int, int]


class ClockLook(NamedTuple):
    """All that can be seen in a clock cell, and nothing else."""

    phase: int
    text: str
    word: str
    filled: int
    marks: tuple[Mark, ...]
    opens: str = ""


NOTHING = ClockLook(Phase.NONE, "", "", 0, ())


def faces_of(clocks: Sequence[TickingClock], now: float) -> ClockLook:
    """The look of a cell at `now` (seconds since the Unix epoch); the first clock is the next."""
    if not clocks:
        return NOTHING
    first = clocks[0]
    face = first.face(now)
    marks: tuple[Mark, ...] = ()
    if len(clocks) > 1:
        marks = _marks(clocks[1:], now)
    word = face.word + _ENDINGS.get(Phase(face.phase), "")
    text = clock_text(first, face)
    filled = filled_px(face.phase, face.share)
    return ClockLook(face.phase, text, word, filled, marks, face.opens)


def _marks(clocks: Sequence[TickingClock], now: float) -> tuple[Mark, ...]:
    found = [
        (face.letter, face.phase, gauge_step(face.share) if face.phase == Phase.RUNNING else 0)
        for face in (clock.face(now) for clock in clocks)
        if face.phase != Phase.NONE
    ]
    if len(found) > MOST_MARKS:
        found.sort(key=lambda seen: seen[1] in (Phase.MET, Phase.MISSED))
    found = found[:MOST_MARKS]
    return tuple(sorted(found, key=lambda seen: ORDER.find(seen[0])))


def figure_ink(phase: int, theme: Theme) -> QColor:
    """The colour of a figure by the state of its clock."""
    if phase == Phase.OVER:
        return theme.onnow
    if phase == Phase.SOON:
        return theme.soon
    return theme.ink3 if phase in _RESTING else theme.ink


def figure_weight(phase: int) -> int:
    """Resting clocks are lighter than those that run."""
    return fonts.MEDIUM if phase in _RESTING else fonts.SEMIBOLD


@remembered(64)
def _base(px: int, weight: int) -> tuple[float, float]:
    metrics = fonts.metrics(px, weight)
    return metrics.ascent(), metrics.height()


class ClockCellPainter:
    """Draws clock cells for one hub; made anew by nobody: it reads the theme at every paint."""

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
        hub, theme, scale = self._hub, self._hub.theme, self._hub.scale / 100
        dpr = painter.device().devicePixelRatioF()
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        wide = hub.px(WIDTH)
        drawn = bar(look.phase, look.filled, theme, scale, dpr)
        bar_x = x + wide - hub.px(BAR_WIDTH) if mirrored else x
        if mirrored:
            _mirrored_bar(painter, bar_x, y + hub.px(BAR_TOP), hub.px(BAR_WIDTH), drawn)
        else:
            painter.drawPixmap(QPointF(bar_x, y + hub.px(BAR_TOP)), drawn)
        end = x + self.figure_width(look) if mirrored else x + wide
        self.figure(painter, end, y, look)
        if not short:
            line = second_line(look.word, look.marks, theme, hub.scale, dpr, mirrored)
            painter.drawPixmap(QPointF(x, y + hub.px(LINE_TOP)), line)

    def figure_width(self, look: ClockLook) -> float:
        """How wide the figure with its glyph is, without the pill's overhang, in px."""
        hub = self._hub
        text = texts.width(look.text, hub.px(FIGURE), figure_weight(look.phase))
        return text + (hub.px(GLYPH + GLYPH_GAP) if look.phase in GLYPHS else 0)

    def figure(self, painter: QPainter, right: float, top: float, look: ClockLook) -> None:
        """The figure with its glyph and pill, its text ending at `right`; 18 px high."""
        hub, theme, phase = self._hub, self._hub.theme, look.phase
        px, weight, high = hub.px(FIGURE), figure_weight(look.phase), hub.px(FIGURE_HEIGHT)
        wide = self.figure_width(look)
        if phase in (Phase.SOON, Phase.OVER):
            self._pill(painter, QRectF(right - wide, top, wide, high), phase)
        ink = figure_ink(phase, theme)
        if name := GLYPHS.get(Phase(phase)):
            size = hub.px(GLYPH)
            drawn = icons.pixmap(
                name, size, ink, painter.device().devicePixelRatioF(), icons.SMALL_STROKE
            )
            painter.drawPixmap(round(right - wide), round(top + (high - size) / 2), drawn)
        text_width = texts.width(look.text, px, weight)
        painter.setFont(fonts.font(px, weight))
        painter.setPen(ink)
        spot = QPointF(right - text_width, top + (high - _base(px, weight)[1]) / 2)
        painter.drawStaticText(spot, texts.laid(look.text, px, weight))

    def _pill(self, painter: QPainter, box: QRectF, phase: int) -> None:
        hub, theme = self._hub, self._hub.theme
        pad = hub.px(PILL_PAD)
        left, right = round(box.left() - pad), round(box.right() + pad)
        shape = QRectF(left, box.top(), right - left, box.height())
        over = phase == Phase.OVER
        painter.setPen(QPen(Qt.PenStyle.NoPen) if over else QPen(theme.soonfill, theme.outline))
        painter.setBrush(theme.nowfill if over else theme.soontint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not over:
            shape.adjust(0.5, 0.5, -0.5, -0.5)
        radius = hub.px(3) - (0 if over else 0.5)
        painter.drawRoundedRect(shape, radius, radius)


@remembered(1024)
def second_line(  # noqa: PLR0913, PLR0917 - all of them are the cache key
    word: str, marks: tuple[Mark, ...], theme: Theme, percent: int, dpr: float, mirrored: bool
) -> QPixmap:
    """The lower line of a cell, 148 x 14: it changes seldom, so a second only copies it."""
    made = QPixmap(round(_px(WIDTH, percent) * dpr), round(_px(LINE_HEIGHT, percent) * dpr))
    made.setDevicePixelRatio(dpr)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _Line(painter, theme, percent, dpr, mirrored).draw(word, marks)
    painter.end()
    return made


class _Line(NamedTuple):
    """How a lower line is drawn: word at the reading start, marks at the end, as many as fit."""

    painter: QPainter
    theme: Theme
    percent: int
    dpr: float
    mirrored: bool

    def draw(self, word: str, marks: tuple[Mark, ...]) -> None:
        px, wide = _px(WORD, self.percent), _px(WIDTH, self.percent)
        self._text(word, 0, fonts.REGULAR, self.theme.ink3)
        start = texts.width(word, px, fonts.REGULAR) + _px(GLYPH_GAP, self.percent)
        side, end = _px(MARK, self.percent), float(wide)
        for letter, phase, step in reversed(marks):
            letter_wide = texts.width(letter, px, fonts.SEMIBOLD)
            left = end - side - _px(LETTER_GAP, self.percent) - letter_wide
            if left < start:
                return
            self._text(letter, left, fonts.SEMIBOLD, _letter_ink(phase, self.theme))
            drawn = mark(phase, step, self.theme, self.percent / 100, self.dpr)
            x = wide - end if self.mirrored else end - side
            self.painter.drawPixmap(QPointF(x, _px(MARK_TOP, self.percent)), drawn)
            end = left - _px(MARK_GAP, self.percent)

    def _text(self, text: str, left: float, weight: int, ink: QColor) -> None:
        px = _px(WORD, self.percent)
        if self.mirrored:
            left = _px(WIDTH, self.percent) - left - texts.width(text, px, weight)
        top = _px(LINE_BASE, self.percent) - _base(px, weight)[0]
        self.painter.setFont(fonts.font(px, weight))
        self.painter.setPen(ink)
        self.painter.drawStaticText(QPointF(left, top), texts.laid(text, px, weight))


def _px(size: float, percent: int) -> int:
    return round(size * percent / 100)


def _letter_ink(phase: int, theme: Theme) -> QColor:
    if phase == Phase.OVER:
        return theme.now
    return theme.soon if phase == Phase.SOON else theme.ink3


def _mirrored_bar(painter: QPainter, x: float, y: float, wide: float, drawn: QPixmap) -> None:
    painter.save()
    painter.translate(x + wide, y)
    painter.scale(-1, 1)
    painter.drawPixmap(QPointF(0, 0), drawn)
    painter.restore()
