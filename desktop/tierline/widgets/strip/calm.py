"""What the strip says when nothing is wrong: so, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QRect

from tierline.desk.rows import clock_text
from tierline.desk.warnings import Strip
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush

QUIET = tr("No warnings for you")


def coming_text(strip: Strip | None, now: float) -> str:
    """Say "Next is CS0012372, update in 16:52, Quillham Freight"; "" when nothing counts."""
    card = strip.coming if strip else None
    if card is None:
        return "" if strip is None else tr("Nothing counts down.")
    face = card.countdown.face(now)
    left = clock_text(card.countdown, face)
    when = (
        tr("opens {opens}, {left} left", opens=face.opens, left=left)
        if face.opens
        else tr("in {left}", left=left)
    )
    word = card.word.lower()
    return tr(
        "Next is {number}, {word} {when}, {client}",
        number=card.number,
        word=word,
        when=when,
        client=card.client,
    )


def paint_calm(brush: Brush, area: QRect, text: str, snoozed: int, remark: str = "") -> None:
    """The line in `area` (counted from the reading start); the remark stands at its end."""
    px, theme = brush.hub.px, brush.theme
    middle, left = area.top() + area.height() / 2, float(area.left())
    left += brush.icon(left, middle, "bell", 16, theme.ink3) + px(10)
    left += brush.text(left, middle, QUIET, 13, theme.ink, fonts.SEMIBOLD) + px(12)
    end = float(area.right())
    if remark and fonts.width(f"{text}{remark}", px(12)) < end - left - px(24):
        wide = fonts.width(remark, px(12))
        end -= wide
        brush.text(end, middle, remark, 12, theme.ink3)
        end -= px(12)
    if snoozed:
        word = tr("{snoozed} snoozed", snoozed=snoozed)
        wide = fonts.width(word, px(12))
        end -= wide
        brush.text(end, middle, word, 12, theme.ink3)
        end -= px(12)
    brush.text(left, middle, text, 12, theme.ink3, room=end - left)
