"""The tile of what is open: priority by line, with what is over or soon marked by shape."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from tierline.desk.board import LINES, PRIORITIES, Board
from tierline.desk.queues import Count
from tierline.domain.tongue import tr
from tierline.widgets.fonts import BOLD, REGULAR, SEMIBOLD
from tierline.widgets.wallboard.layout import PAD, Box
from tierline.widgets.wallboard.pen import FIGURE, SMALL, Pen, compact

_HEAD, _ICON, _CHIP = 123.0, 44.0, 112.0
_WIDE = (288.0, 444.0, 571.0, 718.0)
"""Where the columns end in the design, from the tile's left edge."""


class _Column(NamedTuple):
    """Where a column ends, and how wide it is."""

    end: float
    wide: float


def paint(pen: Pen, box: Box, board: Board) -> None:
    """The counts by priority and line, and their sums."""
    theme = pen.theme
    pen.text(box.left, box.y + 55, tr("Open now"), SMALL, theme.ink, SEMIBOLD)
    columns = _columns(box)
    heads = [tr("1st"), tr("2nd"), tr("3rd"), tr("All")]
    for column, head in zip(columns, heads, strict=True):
        pen.right(column.end + 1, box.y + 112, head, SMALL, theme.ink2)
    step = (box.high - _HEAD - 14) / (len(PRIORITIES) + 1)
    for at, priority in enumerate(PRIORITIES):
        top = box.y + _HEAD + at * step
        pen.rule(box.left, top, box.inner)
        cells = [board.cells.get((priority, line), Count()) for line in LINES]
        quiet = priority == 1 and not any(cell.total for cell in cells)
        pen.chip(box.left, top + step / 2, priority, quiet=quiet)
        for column, cell in zip(columns, [*cells, _sum(cells)], strict=True):
            marked = column is not columns[-1]
            _cell(pen, column, top + step / 2, cell, marked=marked)
    _sums(pen, box, board, columns, step)


def _columns(box: Box) -> list[_Column]:
    """As in the design; in a narrower tile all of them are as wide."""
    if box.wide > _WIDE[-1] + PAD:
        ends = [box.x + end for end in _WIDE]
    else:
        step = (box.inner - _CHIP) / len(_WIDE)
        ends = [box.left + _CHIP + (at + 1) * step for at in range(len(_WIDE))]
    before = [box.left + _CHIP - PAD, *ends]
    return [_Column(end, end - start) for start, end in zip(before, ends, strict=False)]


def _sums(pen: Pen, box: Box, board: Board, columns: list[_Column], step: float) -> None:
    theme, top = pen.theme, box.y + _HEAD + len(PRIORITIES) * step
    pen.rule(box.left, top, box.inner, theme.edge, 2.5)
    pen.text(box.left, top + step / 2 + 17, tr("All"), SMALL, theme.ink)
    unjudged = sum(board.cells.get((0, line), Count()).total for line in LINES)
    if unjudged:
        words = tr("{n} not judged", "{n} not judged", unjudged)
        pen.right(box.right, box.y + 55, words, SMALL, theme.ink2)
    lines = [[board.cells.get((p, line), Count()) for p in (*PRIORITIES, 0)] for line in LINES]
    for column, cells in zip(columns, [*lines, list(chain.from_iterable(lines))], strict=True):
        _cell(pen, column, top + step / 2, _sum(cells), marked=False, weight=BOLD)


def _cell(
    pen: Pen, column: _Column, middle: float, cell: Count, *, marked: bool, weight: int = SEMIBOLD
) -> None:
    theme, text = pen.theme, compact(cell.total)
    ink = theme.ink if cell.total else theme.ink3
    if not cell.total:
        weight = REGULAR
    marked = marked and bool(cell.over or cell.soon)
    room = column.wide - 8
    size = pen.shrunk(text, FIGURE, weight, room - (_ICON + 12 if marked else 0))
    start = pen.right(column.end, middle + size * 0.345, text, size, ink, weight)
    if marked:
        name, colour = ("octagon-alert", theme.now) if cell.over else ("triangle-alert", theme.soon)
        icon = min(_ICON, room - (column.end - start) - 4)
        pen.icon(max(start - 12 - icon, column.end - room), middle, name, icon, colour)


def _sum(cells: list[Count]) -> Count:
    return Count(*(sum(part) for part in zip(*cells, strict=True))) if cells else Count()
