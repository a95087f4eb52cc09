"""The tiles of the board, each drawn in its own box; every figure with its word and its shape."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from PySide6.QtGui import QColor

from tierline.desk.board import LINES, PRIORITIES, Board, Coming
from tierline.desk.queues import Count
from tierline.desk.rows import clock_text
from tierline.domain.countdown import Phase
from tierline.domain.wording import NOT_JUDGED
from tierline.widgets.clock_parts import GLYPHS, figure_ink
from tierline.widgets.fonts import BOLD, REGULAR, SEMIBOLD
from tierline.widgets.wallboard.pen import COUNT, SMALL, TIMER, Pen

PAD = 22
FIGURE = 60
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


class Box(NamedTuple):
    """Where a tile is, in units."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def left(self) -> float:
        """Where its words begin."""
        return self.x + PAD

    @property
    def right(self) -> float:
        """Where its figures end."""
        return self.x + self.wide - PAD


def next_to_breach(pen: Pen, box: Box, board: Board, now: float) -> None:
    """What is over, counted; then the clocks due next, the first on top."""
    pen.tile(*box)
    pen.text(box.left, box.y + 57, "Next to breach", SMALL, pen.theme.ink, SEMIBOLD)
    _over_badge(pen, box, board.everything.over)
    if not board.coming:
        pen.text(box.left, box.y + 140, "No clock runs.", SMALL, pen.theme.ink3)
    for at, coming in enumerate(board.coming):
        top = box.y + 74 + at * 95
        pen.rule(box.left, top, box.wide - 2 * PAD)
        _coming(pen, box, coming, top + 47.5, now)


def _over_badge(pen: Pen, box: Box, over: int) -> None:
    theme, words = pen.theme, f"{over} over now"
    wide = pen.width(words, SMALL, SEMIBOLD) + 90
    ink = theme.onnow if over else theme.ink2
    if over:
        pen.block(box.right - wide, box.y + 12, wide, 56, theme.nowfill)
    pen.icon(box.right - wide + 20, box.y + 40, "octagon-alert" if over else "check", 40, ink)
    pen.right(box.right - 20, box.y + 56, words, SMALL, ink, SEMIBOLD)


def _coming(pen: Pen, box: Box, coming: Coming, middle: float, now: float) -> None:
    theme, face = pen.theme, coming.countdown.face(now)
    pen.chip(box.left, middle, coming.priority)
    wide = pen.text(box.left + 110, middle + 16, coming.number, SMALL, theme.ink, SEMIBOLD)
    room = 635 - 110 - wide - 34
    word = pen.cut(coming.word, SMALL, REGULAR, room)
    pen.text(box.left + 110 + wide + 20, middle + 16, word, SMALL, theme.ink2)
    pen.clock_bar(box.left + 635, middle, face.phase, face.share)
    text = clock_text(coming.countdown, face)
    _figure(pen, box, text, face.phase, middle)


def _figure(pen: Pen, box: Box, text: str, phase: int, middle: float) -> None:
    theme, ink = pen.theme, figure_ink(phase, pen.theme)
    if phase in (Phase.SOON, Phase.OVER):
        over = phase == Phase.OVER
        wide = max(pen.width(text, TIMER, BOLD) + 96, 310)
        left = box.right - wide
        fill = theme.nowfill if over else theme.soontint
        pen.block(left, middle - 41, wide, 82, fill, None if over else theme.soonfill)
        pen.icon(left + 18, middle, GLYPHS[Phase(phase)], 46, ink)
        pen.right(box.right - 18, middle + 27, text, TIMER, ink, BOLD)
        return
    start = pen.right(box.right - 18, middle + 27, text, TIMER, ink, BOLD)
    if phase in GLYPHS:
        pen.icon(start - 60, middle, GLYPHS[Phase(phase)], 46, ink)


def open_now(pen: Pen, box: Box, board: Board) -> None:
    """Priority by line, with what is over or soon marked by shape."""
    pen.tile(*box)
    theme = pen.theme
    pen.text(box.left, box.y + 57, "Open now", SMALL, theme.ink, SEMIBOLD)
    ends = [box.x + end for end in (280, 438, 588, 720)]
    heads = [_ORDINALS[line] for line in LINES] + ["All"]
    for end, head in zip(ends, heads, strict=True):
        pen.right(end, box.y + 112, head, SMALL, theme.ink2)
    for at, priority in enumerate(PRIORITIES):
        top = box.y + 122 + at * 85
        pen.rule(box.left, top, box.wide - 2 * PAD)
        cells = [board.cells.get((priority, line), Count()) for line in LINES]
        quiet = priority == 1 and not any(cell.total for cell in cells)
        pen.chip(box.left, top + 43, priority, quiet=quiet)
        for end, cell in zip(ends, [*cells, _sum(cells)], strict=True):
            _cell(pen, end, top + 63, cell, marked=end != ends[-1])
    top = box.y + 122 + 4 * 85
    pen.rule(box.left, top, box.wide - 2 * PAD, theme.edge, 2)
    pen.text(box.left, top + 60, "All", SMALL, theme.ink)
    unjudged = sum(board.cells.get((0, line), Count()).total for line in LINES)
    if unjudged:
        words = f"{unjudged} {NOT_JUDGED}"
        pen.right(box.right, box.y + 57, words, SMALL, theme.ink2)
    columns = [[board.cells.get((p, line), Count()) for p in (*PRIORITIES, 0)] for line in LINES]
    for end, cells in zip(ends, [*columns, list(chain.from_iterable(columns))], strict=True):
        _cell(pen, end, top + 65, _sum(cells), marked=False)


def _cell(pen: Pen, end: float, base: float, cell: Count, *, marked: bool) -> None:
    theme = pen.theme
    ink, weight = (theme.ink, SEMIBOLD) if cell.total else (theme.ink3, REGULAR)
    start = pen.right(end, base, str(cell.total), FIGURE, ink, weight)
    if marked and (cell.over or cell.soon):
        name, colour = ("octagon-alert", theme.now) if cell.over else ("triangle-alert", theme.soon)
        pen.icon(start - 46, base - 20, name, 38, colour)


def _sum(cells: list[Count]) -> Count:
    return Count(*(sum(part) for part in zip(*cells, strict=True))) if cells else Count()


def first_contact(pen: Pen, box: Box, board: Board) -> None:
    """How many of today's were resolved at the first contact."""
    pen.tile(*box)
    theme, first = pen.theme, board.first_contact
    pen.text(box.left, box.y + 57, "First contact today", SMALL, theme.ink, SEMIBOLD)
    figure = f"{round(first.rate * 100)} %" if first.resolved else "none yet"
    size = COUNT if first.resolved else TIMER
    pen.text(box.left, box.y + 185, figure, size, theme.ink, BOLD)
    below = bool(first.goal and first.resolved and first.rate < first.goal)
    wide = box.wide - 2 * PAD
    pen.bar_of(box.left, box.y + 240, wide, first.rate, theme.soonfill if below else theme.bar)
    if first.goal:
        pen.painter.fillRect(
            pen.px(box.left + wide * first.goal),
            pen.px(box.y + 226),
            pen.px(3),
            pen.px(28),
            theme.ink,
        )
    goal = f", goal {round(first.goal * 100)} %" if first.goal else ""
    words = f"{first.first} of {first.resolved}{goal}"
    left = box.left
    if below:
        left += pen.icon(left, box.y + 312, "triangle-alert", 42, theme.soon) + 12
    pen.text(left, box.y + 328, words, SMALL, theme.ink2)


def hot(pen: Pen, box: Box, board: Board) -> None:
    """What nobody holds, and what is due soon."""
    pen.tile(*box)
    nobody, all_ = board.nobody, board.everything
    _count(pen, box, box.y + 100, nobody.total, "Nobody on it", nobody.over)
    pen.rule(box.left, box.y + 197, box.wide - 2 * PAD)
    _count(pen, box, box.y + 290, all_.soon, "Due soon", 0)


def _count(pen: Pen, box: Box, base: float, count: int, word: str, over: int) -> None:
    theme = pen.theme
    wide = pen.text(box.left, base + 10, str(count), COUNT, theme.ink, BOLD)
    pen.text(box.left, base + 68, word, SMALL, theme.ink2)
    if over:
        words = f"{over} over"
        if pen.width(words, SMALL, SEMIBOLD) + wide + 70 > box.right - box.left:
            words = str(over)
        start = pen.right(box.right, base - 6, words, SMALL, theme.now, SEMIBOLD)
        pen.icon(start - 54, base - 22, "octagon-alert", 42, theme.now)


def on_shift(pen: Pen, box: Box, board: Board) -> None:
    """Who is there and how many tickets they hold, those with the most first."""
    pen.tile(*box)
    theme = pen.theme
    pen.text(box.left, box.y + 57, "On shift", SMALL, theme.ink, SEMIBOLD)
    pen.right(box.right, box.y + 57, "open", SMALL, theme.ink2)
    most = max((person.open for person in board.people), default=0) or 1
    wide = (box.wide - 3 * PAD) / 2
    for at, person in enumerate(board.people):
        left = box.left + (at // 4) * (wide + PAD)
        base = box.y + 112 + (at % 4) * 75
        figure = pen.right(left + wide, base, str(person.open), SMALL, theme.ink, SEMIBOLD)
        name = pen.cut(person.name, SMALL, REGULAR, figure - left - 12)
        pen.text(left, base, name, SMALL, theme.ink)
        pen.bar_of(left, base + 21, wide, person.open / most, theme.bar)


def today(pen: Pen, box: Box, board: Board) -> None:
    """What came and what was resolved since midnight."""
    pen.tile(*box)
    theme = pen.theme
    pen.text(box.left, box.y + 57, "Today", SMALL, theme.ink, SEMIBOLD)
    lines: tuple[tuple[str, int, QColor], ...] = (
        ("Arrived", board.arrived, theme.ink),
        ("Resolved", board.resolved, theme.ink),
    )
    for at, (word, count, ink) in enumerate(lines):
        base = box.y + 175 + at * 140
        pen.rule(box.left, base - 95, box.wide - 2 * PAD)
        pen.text(box.left, base, word, SMALL, theme.ink2)
        pen.right(box.right, base + 12, str(count), COUNT, ink, BOLD)
