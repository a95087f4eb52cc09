"""The tile of the clocks due next, each with its time to the second, and how many are over."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.board import NEXT, Board, Coming
from tierline.desk.rows import clock_text
from tierline.desk.wall_size import Shown
from tierline.domain.countdown import Face, Phase
from tierline.domain.tongue import tr
from tierline.widgets.bars import filled_px
from tierline.widgets.clock_parts import GLYPHS, figure_ink
from tierline.widgets.fonts import BOLD, REGULAR, SEMIBOLD
from tierline.widgets.wallboard.layout import Box
from tierline.widgets.wallboard.pen import BAR, SMALL, TIMER, Pen

_HEAD, _FOOT = 73.0, 14.0
_CHIP, _GAP, _PILL, _PILL_HIGH, _ICON = 111.0, 20.0, 310.0, 83.0, 50.0
_LETTER, _NARROW = 34.0, 300.0
_EDGE = 6.0  # units: what is painted of the pill alone reaches so far into what is beside it
_PILLS = (Phase.SOON, Phase.OVER)


class Shape(NamedTuple):
    """What a second can change about a row."""

    text: str
    phase: int
    filled: int


def shapes(board: Board, now: float) -> tuple[Shape, ...]:
    """What the rows look like at `now`, epoch seconds."""
    found = []
    for coming in board.coming:
        face = coming.countdown.face(now)
        filled = filled_px(face.phase, face.share, int(BAR))
        found.append(Shape(clock_text(coming.countdown, face), face.phase, filled))
    return tuple(found)


def row(box: Box, at: int) -> Box:
    """Where a row is, above its rule."""
    step = (box.high - _HEAD - _FOOT) / NEXT
    return Box(box.x, box.y + _HEAD + at * step, box.wide, step)


def changed(box: Box, at: int, before: Shape, after: Shape, shown: Shown) -> Box:
    """What of a row is to be painted anew: most seconds change its figure and nothing else."""
    place = row(box, at)
    return place if before[1:] != after[1:] else _pill(place, shown)


def _pill(place: Box, shown: Shown) -> Box:
    wide = _PILL if shown is Shown.ALL else _NARROW
    return place._replace(x=place.right - wide, wide=wide)


def paint(pen: Pen, box: Box, board: Board, now: float, shown: Shown) -> None:
    """What is over, counted; then the clocks due next, the first on top."""
    if pen.touches(box.x, box.y, box.wide, _HEAD):
        pen.text(box.left, box.y + 58, tr("Next to breach"), SMALL, pen.theme.ink, SEMIBOLD)
        _over_badge(pen, box, board.everything.over)
    if not board.coming:
        pen.rule(box.left, box.y + _HEAD, box.inner)
        pen.text(box.left, box.y + 150, tr("No clock runs."), SMALL, pen.theme.ink3)
    for at, coming in enumerate(board.coming):
        place = row(box, at)
        if pen.touches(*place):
            pen.rule(place.left, place.y, place.inner)
            _coming(pen, place, coming, now, shown)


def _over_badge(pen: Pen, box: Box, over: int) -> None:
    theme, words = pen.theme, tr("{n} over now", "{n} over now", over)
    wide = pen.width(words, SMALL, SEMIBOLD) + 100
    ink = theme.onnow if over else theme.ink2
    if over:
        pen.block(box.right - wide, box.y + 13, wide, 58, theme.nowfill)
    icon = "octagon-alert" if over else "check"
    pen.icon(box.right - wide + 19, box.y + 42, icon, 46, ink)
    pen.right(box.right - 20, box.y + 57, words, SMALL, ink, SEMIBOLD)


def _coming(pen: Pen, place: Box, coming: Coming, now: float, shown: Shown) -> None:
    face, pill = coming.countdown.face(now), _pill(place, shown)
    if pen.touches(place.x, place.y, pill.x - place.x - _EDGE, place.high):
        _named(pen, place._replace(wide=pill.x - place.x), coming, face, shown)
    _figure(pen, pill, clock_text(coming.countdown, face), face.phase)


def _named(pen: Pen, place: Box, coming: Coming, face: Face, shown: Shown) -> None:
    """Which ticket and clock it is, left of the figure."""
    theme, middle = pen.theme, place.y + place.high / 2
    base, left, figure = middle + 16, place.left + _CHIP, place.x + place.wide
    pen.chip(place.left, middle, coming.priority)
    whole = shown is Shown.ALL
    bar = figure - BAR - _GAP if whole and not coming.client else figure - 16
    said = coming.letter if coming.client or shown is Shown.LEAST else coming.word
    needed = _LETTER if said is coming.letter else 0.0
    number = pen.cut(coming.number, SMALL, SEMIBOLD, bar - left - _GAP - needed)
    left += pen.text(left, base, number, SMALL, theme.ink, SEMIBOLD) + _GAP
    left += pen.text(left, base, _cut(pen, said, bar - left), SMALL, theme.ink2) + _GAP
    if coming.client:
        pen.text(left, base, _cut(pen, coming.client, bar - left), SMALL, theme.ink)
    if bar < figure - BAR:
        pen.clock_bar(bar, middle, face.phase, face.share)


def _cut(pen: Pen, text: str, room: float) -> str:
    return pen.cut(text, SMALL, REGULAR, max(room, 0))


def _figure(pen: Pen, pill: Box, text: str, phase: int) -> None:
    theme, ink = pen.theme, figure_ink(phase, pen.theme)
    middle, end = pill.y + pill.high / 2, pill.x + pill.wide
    size = pen.shrunk(text, TIMER, BOLD, pill.wide - _ICON - 34)
    base = middle + size * 0.364
    if phase in _PILLS:
        left, over = pill.x, phase == Phase.OVER
        fill, edge = (theme.nowfill, None) if over else (theme.soontint, theme.soonfill)
        pen.block(left, middle - _PILL_HIGH / 2, pill.wide, _PILL_HIGH, fill, edge)
        pen.icon(left + 12, middle, GLYPHS[Phase(phase)], _ICON, ink)
    start = pen.right(end - 18, base, text, size, ink, BOLD)
    if phase in GLYPHS and phase not in _PILLS:
        pen.icon(start - _ICON - 14, middle, GLYPHS[Phase(phase)], _ICON, ink)
