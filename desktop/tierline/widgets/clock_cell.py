"""The clock column of one ticket: bar, figure, word and the small marks of its other clocks.

`faces_of(clocks, now)` reads the clocks; `ClockCellPainter.paint` draws what it answered. What is
equal looks equal: a cell needs repainting exactly when its `ClockLook` has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tierline.desk.rows import TickingClock, clock_text
from tierline.domain.countdown import Phase
from tierline.widgets import fonts, icons, texts
from tierline.widgets.caches import remembered
from tierline.widgets.bars import BAR_WIDTH, bar, filled_px
from tierline.widgets.glyphs import MARK, gauge_step, mark
from tierline.widgets.theme import Theme, ThemeHub

WIDTH, HEIGHT = 148, 33
BAR_TOP, FIGURE_HEIGHT, WORD_BASE = 5, 18, 30
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


class ClockLook(NamedTuple):
    """All that can be seen in a clock cell, and nothing else."""

    phase: int
    text: str
    word: str
    filled: int
    marks: tuple[tuple[str, int, int], ...]
    opens: str = ""


NOTHING = ClockLook(Phase.NONE, "", "", 0, ())


def faces_of(clocks: Sequence[TickingClock], now: float) -> ClockLook:
    """The look of a cell at `now` (seconds since the Unix epoch); the first clock is the next."""
    if not clocks:
        return NOTHING
    first = clocks[0]
    face = first.face(now)
    marks: tuple[tuple[str, int, int], ...] = ()
    if len(clocks) > 1:
        marks = _marks(clocks[1:], now)
    word = face.word + _ENDINGS.get(Phase(face.phase), "")
    text = clock_text(first, face)
    filled = filled_px(face.phase, face.share)
    return ClockLook(face.phase, text, word, filled, marks, face.opens)


def _marks(clocks: Sequence[TickingClock], now: float) -> tuple[tuple[str, int, int], ...]:
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
            self._second_line(painter, x, y, look, dpr, mirrored=mirrored)

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

    def _second_line(  # noqa: PLR0913 - where, what and which way round
        self, painter: QPainter, x: float, y: float, look: ClockLook, dpr: float, *, mirrored: bool
    ) -> None:
        hub, theme = self._hub, self._hub.theme
        px, scale, wide = hub.px(WORD), self._hub.scale / 100, hub.px(WIDTH)
        ascent, _ = _base(px, fonts.REGULAR)
        top = y + hub.px(WORD_BASE) - ascent
        painter.setPen(theme.ink3)
        painter.setFont(fonts.font(px, fonts.REGULAR))
        word_wide = texts.width(look.word, px, fonts.REGULAR)
        spot = QPointF(x + wide - word_wide if mirrored else x, top)
        painter.drawStaticText(spot, texts.laid(look.word, px, fonts.REGULAR))
        place = x if mirrored else x + wide
        painter.setFont(fonts.font(px, fonts.SEMIBOLD))
        room = wide - word_wide - hub.px(GLYPH_GAP)
        for letter, phase, step in reversed(look.marks):
            letter_wide = texts.width(letter, px, fonts.SEMIBOLD)
            one = letter_wide + hub.px(LETTER_GAP + MARK)
            room -= one
            if room < 0:
                return
            left = place if mirrored else place - one
            painter.setPen(_letter_ink(phase, theme))
            painter.drawStaticText(QPointF(left, top), texts.laid(letter, px, fonts.SEMIBOLD))
            spot = QPointF(left + one - hub.px(MARK), y + hub.px(WORD_BASE - MARK + 1))
            painter.drawPixmap(spot, mark(phase, step, theme, scale, dpr))
            gap = hub.px(MARK_GAP)
            room -= gap
            place = left + one + gap if mirrored else left - gap


def _letter_ink(phase: int, theme: Theme) -> QColor:
    if phase == Phase.OVER:
        return theme.now
    return theme.soon if phase == Phase.SOON else theme.ink3


def _mirrored_bar(painter: QPainter, x: float, y: float, wide: float, drawn: object) -> None:
    painter.save()
    painter.translate(x + wide, y)
    painter.scale(-1, 1)
    painter.drawPixmap(QPointF(0, 0), drawn)  # type: ignore[call-overload]
    painter.restore()
