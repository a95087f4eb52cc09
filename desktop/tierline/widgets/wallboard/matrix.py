"""The tile of what is open: priority by line, with what is over or soon marked by shape."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple

from tierline.desk.board import LINES, PRIORITIES, Board
from tierline.desk.queues import Count
from tierline.domain.tongue import tr
from tierline.widgets.fonts import BOLD, REGULAR, SEMIBOLD
from tierline.widgets.wallboard.layout import PAD, Box
from tierline.widgets.wallboard.pen import FIGURE, SMALL, Pen, compact

_HEAD, _ICON, _CHIP, _LEAST = 123.0, 44.0, 112.0, 14.0
_SIZES = (FIGURE, 54, 49, SMALL)
_WIDE = (288.0, 444.0, 571.0, 718.0)
"""Where the columns end in the design, from the tile's left edge."""


class _Column(NamedTuple):
    """Where a column ends, how wide it is, and how large figures are: all of them as large."""

    end: float
    wide: float
    size: int


def paint(pen: Pen, box: Box, board: Board) -> None:
    """The counts by priority and line, and their sums."""
    theme = pen.theme
    pen.text(box.left, box.y + 55, tr("Open now"), SMALL, theme.ink, SEMIBOLD)
    rows = _rows(board)
    columns = _columns(pen, box, rows)
    heads = [tr("1st"), tr("2nd"), tr("3rd"), tr("All")]
    for column, head in zip(columns, heads, strict=True):
        pen.right(column.end + 1, box.y + 112, head, SMALL, theme.ink2)
    step = (box.high - _HEAD - 14) / len(rows)
    for at, (priority, row) in enumerate(zip(PRIORITIES, rows, strict=False)):
        top = box.y + _HEAD + at * step
        pen.rule(box.left, top, box.inner)
        pen.chip(box.left, top + step / 2, priority, quiet=priority == 1 and not row[-1].total)
        for column, cell in zip(columns, row, strict=True):
            _cell(pen, column, top + step / 2, cell, marked=column is not columns[-1])
    _sums(pen, box, board, columns, rows[-1])


def _rows(board: Board) -> list[list[Count]]:
    """Each priority by line and in all; last the sums, which have those not judged too."""
    found = [[board.cells.get((p, line), Count()) for line in LINES] for p in PRIORITIES]
    rest = [board.cells.get((0, line), Count()) for line in LINES]
    found.append([_sum(column) for column in zip(*found, rest, strict=True)])
    return [[*row, _sum(row)] for row in found]


def _columns(pen: Pen, box: Box, rows: list[list[Count]]) -> list[_Column]:
    """As in the design, where all fits so; else each gets what it needs and an equal rest."""
    room = box.inner - _CHIP
    for size in _SIZES:
        needs = _needs(pen, rows, size)
        usual = [_Column(box.x + e, e - s, size) for s, e in pairwise((_CHIP, *_WIDE))]
        fits = all(need + 8 <= each.wide for need, each in zip(needs, usual, strict=True))
        if fits and box.wide > _WIDE[-1] + PAD:
            return usual
        spare = (room - sum(needs)) / len(needs)
        if spare >= _LEAST or size == _SIZES[-1]:
            break
    if spare < 0:  # thousands everywhere: marks give way to figures
        needs, spare = [room / len(needs)] * len(needs), 0.0
    ends = accumulate((need + spare for need in needs), initial=box.left + _CHIP)
    return [_Column(end, end - start, size) for start, end in pairwise(ends)]


def _needs(pen: Pen, rows: list[list[Count]], size: int) -> list[float]:
    """How wide the figures of each column are, with their marks; the last has none."""
    found = []
    for at, column in enumerate(zip(*rows, strict=True)):
        wide = [pen.width(compact(column[-1].total), size, BOLD)]
        for cell in column[:-1]:
            marked = at < len(LINES) and (cell.over or cell.soon)
            mark = _ICON + 12 if marked else 0
            wide.append(pen.width(compact(cell.total), size, SEMIBOLD) + mark)
        found.append(max(wide))
    return found


def _sums(pen: Pen, box: Box, board: Board, columns: list[_Column], row: list[Count]) -> None:
    theme = pen.theme
    step = (box.high - _HEAD - 14) / (len(PRIORITIES) + 1)
    top = box.y + _HEAD + len(PRIORITIES) * step
    pen.rule(box.left, top, box.inner, theme.edge, 2.5)
    pen.text(box.left, top + step / 2 + 17, tr("All"), SMALL, theme.ink)
    unjudged = sum(board.cells.get((0, line), Count()).total for line in LINES)
    if unjudged:
        words = tr("{n} not judged", "{n} not judged", unjudged)
        pen.right(box.right, box.y + 55, words, SMALL, theme.ink2)
    for column, cell in zip(columns, row, strict=True):
        _cell(pen, column, top + step / 2, cell, marked=False, weight=BOLD)


def _cell(
    pen: Pen, column: _Column, middle: float, cell: Count, *, marked: bool, weight: int = SEMIBOLD
) -> None:
    theme, text = pen.theme, compact(cell.total)
    ink = theme.ink if cell.total else theme.ink3
    if not cell.total:
        weight = REGULAR
    marked = marked and bool(cell.over or cell.soon)
    room = column.wide - 8
    size = pen.shrunk(text, column.size, weight, room - (_ICON + 12 if marked else 0))
    start = pen.right(column.end, middle + size * 0.345, text, size, ink, weight)
    if marked:
        name, colour = ("octagon-alert", theme.now) if cell.over else ("triangle-alert", theme.soon)
        icon = min(_ICON, room - (column.end - start) - 4)
        pen.icon(max(start - 12 - icon, column.end - room), middle, name, icon, colour)


def _sum(cells: Iterable[Count]) -> Count:
    return Count(*(sum(part) for part in zip(*cells, strict=True)))
