"""The parts of a clock cell that change seldom, drawn once and then only copied."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from tierline.domain.countdown import Phase
from tierline.widgets import fonts, icons, texts
from tierline.widgets.caches import remembered
from tierline.widgets.clock_look import Mark
from tierline.widgets.glyphs import MARK, mark
from tierline.widgets.theme import Theme

WIDTH, FIGURE_HEIGHT = 148, 18
LINE_HEIGHT, LINE_BASE, MARK_TOP = 14, 11, 2
GLYPH, GLYPH_GAP, PILL_PAD, MARK_GAP, LETTER_GAP, RADIUS = 12, 4, 5, 5, 2, 3
FIGURE, WORD = 13, 11

GLYPHS = {
    Phase.SOON: "triangle-alert",
    Phase.OVER: "octagon-alert",
    Phase.PAUSED: "pause",
    Phase.CLOSED: "moon",
    Phase.MET: "check",
    Phase.MISSED: "x",
}
PILLS = (Phase.SOON, Phase.OVER)
_RESTING = (Phase.PAUSED, Phase.CLOSED, Phase.MET, Phase.MISSED, Phase.NONE)


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


@remembered(512)
def badge(phase: int, wide: int, theme: Theme, percent: int, dpr: float) -> QPixmap:
    """What lies behind a figure `wide` px wide: pill and glyph, 5 px (scaled) more on each side."""
    pad, high = _px(PILL_PAD, percent), _px(FIGURE_HEIGHT, percent)
    made = QPixmap(round((wide + 2 * pad) * dpr), round(high * dpr))
    made.setDevicePixelRatio(dpr)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if phase in PILLS:
        _pill(painter, QRectF(0, 0, wide + 2 * pad, high), phase, theme, percent)
    size, ink = _px(GLYPH, percent), figure_ink(phase, theme)
    glyph = icons.pixmap(GLYPHS[Phase(phase)], size, ink, dpr, icons.SMALL_STROKE)
    painter.drawPixmap(pad, round((high - size) / 2), glyph)
    painter.end()
    return made


def _pill(painter: QPainter, box: QRectF, phase: int, theme: Theme, percent: int) -> None:
    over = phase == Phase.OVER
    radius = _px(RADIUS, percent) - (0 if over else 0.5)
    painter.setPen(QPen(Qt.PenStyle.NoPen) if over else QPen(theme.soonfill, theme.outline))
    painter.setBrush(theme.nowfill if over else theme.soontint)
    inset = 0 if over else theme.outline / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


@remembered(64)
def base(px: int, weight: int) -> tuple[float, float]:
    """Ascent and height of a font, px."""
    metrics = fonts.metrics(px, weight)
    return metrics.ascent(), metrics.height()


@remembered(1024)
def second_line(
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
        top = _px(LINE_BASE, self.percent) - base(px, weight)[0]
        self.painter.setFont(fonts.font(px, weight))
        self.painter.setPen(ink)
        self.painter.drawStaticText(QPointF(left, top), texts.laid(text, px, weight))


def _px(size: float, percent: int) -> int:
    return round(size * percent / 100)


def _letter_ink(phase: int, theme: Theme) -> QColor:
    if phase == Phase.OVER:
        return theme.now
    return theme.soon if phase == Phase.SOON else theme.ink3
