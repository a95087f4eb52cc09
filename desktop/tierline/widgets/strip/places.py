"""Where the cards of the strip go: how many fit, and what is left out."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect

from tierline.desk.warnings import Card, Strip
from tierline.domain.tongue import tr
from tierline.widgets.theme import ThemeHub

LEVELS = ("over", "soon")
_EMPTY = {"over": tr("Nothing is over time."), "soon": tr("Nothing else is due soon.")}
HEAD, HEAD_FROM, LABEL, MORE, GAP, CARD, LEAST = 188, 1100, 120, 104, 8, 26, 372
PER_LINE = 2


class Line(NamedTuple):
    """One line: its level and how many there are of it, its cards, what it says without any."""

    level: str
    many: int
    cards: tuple[Card, ...]
    empty: str = ""


class Place(NamedTuple):
    """What stands where, px from the reading start; `head` is how wide the head is, 0 for none."""

    head: int
    label: int
    lines: tuple[tuple[Line, QRect], ...]
    cards: tuple[tuple[Card, QRect], ...]
    more: tuple[tuple[int, QRect], ...]


def lines_of(strip: Strip | None, *, one: bool) -> tuple[Line, ...]:
    """The lines to show, none when all is calm; `one` puts the most urgent on a single line."""
    if strip is None or not (strip.over or strip.soon):
        return ()
    if one:
        level, count = ("over", len(strip.over)) if strip.over else ("soon", len(strip.soon))
        return (Line(level, count, (*strip.over, *strip.soon)),)
    return tuple(
        Line(level, len(cards), cards, _EMPTY[level])
        for level, cards in zip(LEVELS, (strip.over, strip.soon), strict=True)
    )


def arrange(wide: int, high: int, hub: ThemeHub, lines: tuple[Line, ...], *, calm: bool) -> Place:
    """Give every line its share of the height, and as many cards as there is room for."""
    px = hub.px
    head = px(HEAD) if not calm and wide >= px(HEAD_FROM) else 0
    left = head + px(LABEL)
    room = wide - left - px(MORE)
    fit = PER_LINE if room >= PER_LINE * px(LEAST) + px(GAP) else 1
    each = (room - (fit - 1) * px(GAP)) // fit
    found, cards, more = [], [], []
    share = (high - 1) / max(len(lines), 1)
    for at, line in enumerate(lines):
        top, foot = 1 + round(at * share), 1 + round((at + 1) * share)
        found.append((line, QRect(head, top, wide - head, foot - top)))
        card_top = top + (foot - top - px(CARD)) // 2
        for place, card in enumerate(line.cards[:fit]):
            box = QRect(left + place * (each + px(GAP)), card_top, each, px(CARD))
            cards.append((card, box))
        end = QRect(wide - px(MORE) + px(10), top, px(MORE - 10), foot - top)
        more.append((max(len(line.cards) - fit, 0), end))
    return Place(head, px(LABEL), tuple(found), tuple(cards), tuple(more))
