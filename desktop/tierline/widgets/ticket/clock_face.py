"""One clock of the strip: word, figure in the colours of its state, bar, and the line below."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF

from tierline.desk.ticket_view import ClockPanel
from tierline.desk.timeline import spoken
from tierline.domain.countdown import Phase
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.bars import bar, filled_px
from tierline.widgets.brush import Brush
from tierline.widgets.clock_cell import faces_of, figure_ink, figure_weight
from tierline.widgets.clock_parts import GLYPHS, PILLS
from tierline.widgets.theme import ThemeHub

FIGURE, GLYPH, GLYPH_GAP, PILL, PILL_PAD, BAR = 17, 14, 4, 24, 5, 6
WORD_AT, FIGURE_AT, BAR_AT, NOTE_AT, HIGH, FLAT = 8, 28, 48, 62, 70, 52


class FaceLook(NamedTuple):
    """All that can be seen of one clock."""

    phase: int
    word: str
    text: str
    share: int
    note: str
    playing: bool


def look(panel: ClockPanel, now: float, *, playing: bool) -> FaceLook:
    """The clock at `now`, seconds since the Unix epoch; `playing`: the work timer feeds it."""
    seen = faces_of([panel.countdown], now)
    face = panel.countdown.face(now)
    note = panel.note
    if panel.reading.rule.table.measure == "work":
        required = int(panel.reading.required.total_seconds())
        if face.phase in (Phase.RUNNING, Phase.SOON, Phase.OVER, Phase.PAUSED):
            note = tr(
                "{spoken} of {spoken2} worked",
                spoken=spoken(required - face.left),
                spoken2=spoken(required),
            )
    elif face.opens:
        note = tr("opens {opens}, {note}", opens=face.opens, note=note)
    elif face.phase == Phase.OVER:
        note = tr("was {note}", note=note)
    share = filled_px(face.phase, face.share, 100)
    playing = playing and panel.reading.rule.table.measure == "work"
    return FaceLook(seen.phase, seen.word, seen.text, share, note, playing)


def wanted(face: FaceLook, hub: ThemeHub) -> float:
    """How wide the cell needs to be, px."""
    px = hub.px
    figure = fonts.width(face.text, px(FIGURE), figure_weight(face.phase))
    figure += px(GLYPH + GLYPH_GAP) if face.phase in GLYPHS else 0
    word = fonts.width(face.word, px(12)) + (px(20) if face.playing else 0)
    return max(figure + px(PILL_PAD), word, fonts.width(face.note, px(11))) + 2


def paint(
    brush: Brush, face: FaceLook, left: float, top: float, wide: float, *, flat: bool = False
) -> None:
    """Draw the cell with its top at `top`, 70 px (scaled) high; `flat` is 52, without the note."""
    px, theme = brush.hub.px, brush.theme
    brush.text(left, top + px(WORD_AT), face.word, 12, theme.ink2, room=wide)
    if face.playing:
        brush.icon(left + wide - px(14), top + px(WORD_AT), "play", 14, theme.ink2)
    _figure(brush, face, left, top + px(FIGURE_AT), wide)
    across = max(round(wide * 100 / brush.hub.scale), 8)
    filled = filled_px(face.phase, face.share / 100, across)
    drawn = bar(face.phase, filled, theme, brush.hub.scale / 100, brush.dpr, across, BAR)
    brush.picture(left, top + px(BAR_AT), drawn)
    if not flat:
        brush.text(left, top + px(NOTE_AT), face.note, 11, theme.ink3, room=wide + px(4))


def _figure(brush: Brush, face: FaceLook, left: float, middle: float, wide: float) -> None:
    px, theme, phase = brush.hub.px, brush.theme, face.phase
    weight, ink = figure_weight(phase), figure_ink(phase, theme)
    text = fonts.width(face.text, px(FIGURE), weight)
    glyph = px(GLYPH + GLYPH_GAP) if phase in GLYPHS else 0
    if phase in PILLS:
        box = _pill(brush, left, middle, glyph + text)
        over = phase == Phase.OVER
        fill, edge = (theme.nowfill, None) if over else (theme.soontint, theme.soonfill)
        brush.frame(box, 3, fill=fill, edge=edge)
        left += px(PILL_PAD)
    if glyph:
        brush.icon(left, middle, GLYPHS[Phase(phase)], GLYPH, ink)
    brush.text(left + glyph, middle, face.text, FIGURE, ink, weight, room=wide)


def _pill(brush: Brush, left: float, middle: float, inside: float) -> QRectF:
    px = brush.hub.px
    return brush.box(
        round(left), round(middle - px(PILL) / 2), round(inside) + 2 * px(PILL_PAD), px(PILL)
    )
