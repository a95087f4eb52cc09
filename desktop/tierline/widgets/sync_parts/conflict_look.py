"""How the two sides of a conflict are drawn: who, when, value, why, what it does to a clock."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from PySide6.QtCore import QRectF

from tierline.desk.conflicts import Side
from tierline.domain.tongue import tr
from tierline.widgets import fonts, glyphs
from tierline.widgets.brush import Brush
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import plain
from tierline.widgets.ticket.wrapped import Run, Wrapped, wrap

PAD, HEAD, LINE, FOOT, GAP, MOST = 10, 20, 16, 18, 4, 4
LONGEST = 600


class SidePlan(NamedTuple):
    """One side laid out at a width; px."""

    side: Side
    body: Wrapped
    high: int


def plan_side(side: Side, other: Side, hub: ThemeHub, wide: int, *, mirrored: bool) -> SidePlan:
    """Lay it out in a box `wide` px wide; long texts have the words marked that differ."""
    room = wide - 2 * hub.px(PAD)
    if side.priority:
        room -= hub.px(glyphs.CHIP_WIDTH + 8)
    body = wrap(
        _runs(side, other, hub), hub.px(12), hub.px(LINE), room, mirrored=mirrored, most=MOST
    )
    middle = max(round(body.high), hub.px(glyphs.CHIP_HEIGHT))
    high = hub.px(HEAD) + middle + hub.px(2 * PAD - 4)
    if side.effect:
        high += hub.px(FOOT)
    return SidePlan(side, body, high)


def _runs(side: Side, other: Side, hub: ThemeHub) -> list[Run]:
    ink = hub.theme.ink
    if side.priority:
        return [Run(plain(side.text)[:LONGEST] or side.value, ink)]
    if side.text and side.text != side.value:
        said = plain(side.text)[:LONGEST]
        return [Run(f"{side.value}: ", ink, fonts.SEMIBOLD), Run(said, ink)]
    return _marked(plain(side.value)[:LONGEST], plain(other.value)[:LONGEST], hub)


def _marked(text: str, other: str, hub: ThemeHub) -> list[Run]:
    """The words that the other text has not stand out by weight."""
    ink = hub.theme.ink
    mine, theirs = text.split(" "), other.split(" ")
    if len(mine) < 4 or len(theirs) < 4:
        return [Run(text, ink, fonts.SEMIBOLD)]
    runs: list[Run] = []
    for kind, first, last, _, _ in SequenceMatcher(
        None, mine, theirs, autojunk=False
    ).get_opcodes():
        words = mine[first:last]
        if words:
            weight = fonts.REGULAR if kind == "equal" else fonts.SEMIBOLD
            runs.append(Run(" ".join(words) + " ", ink, weight))
    return runs


def paint_side(brush: Brush, box: QRectF, left: float, plan: SidePlan) -> None:
    """Draw it in `box`, whose reading start is `left` px from the widget's."""
    px, theme, side = brush.hub.px, brush.theme, plan.side
    edge = theme.ink if side.kept else theme.line
    brush.frame(box, 5, fill=theme.raised, edge=edge)
    top, inside = box.top() + px(PAD - 3), left + px(PAD)
    end = left + box.width() - px(PAD)
    middle = top + px(HEAD) / 2
    if side.kept:
        end -= _kept(brush, end, middle)
    at = inside + brush.text(inside, middle, side.who, 12, theme.ink, fonts.SEMIBOLD, end - inside)
    brush.text(at + px(6), middle, side.when, 12, theme.ink2, room=end - at - px(6))
    top += px(HEAD)
    high = plan.body.high
    if side.priority:
        high = max(high, px(glyphs.CHIP_HEIGHT))
        chip = glyphs.chip(side.priority, theme, brush.hub.scale / 100, brush.dpr)
        brush.picture(inside, top + high / 2, chip)
        inside += px(glyphs.CHIP_WIDTH + 8)
    place = brush.x(inside, plan.body.layout.boundingRect().width()) if brush.mirrored else inside
    plan.body.draw(brush.painter, place, top + (high - plan.body.high) / 2)
    if side.effect:
        under = top + high + px(GAP) + px(FOOT) / 2 - 2
        start = left + px(PAD)
        brush.text(start, under, side.effect, 11, theme.ink2, room=box.width() - 2 * px(PAD))


def _kept(brush: Brush, end: float, middle: float) -> float:
    """The mark of the value that stands; answers its width."""
    px, theme, word = brush.hub.px, brush.theme, tr("kept now")
    wide = fonts.width(word, px(11), fonts.SEMIBOLD)
    brush.text(end - wide, middle, word, 11, theme.ink, fonts.SEMIBOLD)
    brush.icon(end - wide - px(15), middle, "check", 12, theme.ink)
    return wide + px(15 + 8)


def spoken(sides: Sequence[Side]) -> str:
    """Both sides in words, for a screen reader."""
    return "; ".join(_spoken(side) for side in sides)


def _spoken(side: Side) -> str:
    value = f"P{side.priority}" if side.priority else side.value
    parts = [f"{side.who}, {side.when}", value, side.text if side.text != value else ""]
    parts += [side.effect, tr("kept now") if side.kept else ""]
    return ", ".join(part for part in parts if part)
