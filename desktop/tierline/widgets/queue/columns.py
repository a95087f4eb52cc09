"""Where the queue's columns are, and which of them there is room for."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple


class Column(IntEnum):
    """The columns in reading order; the numbers are the model's column numbers."""

    GUTTER = 0
    PRIORITY = 1
    NUMBER = 2
    SUBJECT = 3
    STATUS = 4
    LINE = 5
    ASSIGNEE = 6
    CLOCK = 7


WIDTHS = {
    Column.GUTTER: 20,
    Column.PRIORITY: 38,
    Column.NUMBER: 84,
    Column.STATUS: 98,
    Column.LINE: 52,
    Column.ASSIGNEE: 74,
    Column.CLOCK: 148,
}
RIGHT_PAD = 20
ROW, COMPACT_ROW, HEADER = 44, 30, 26
NARROW_WINDOW, LARGE_TEXT = 1280, 150
WIDE_STATUS = 105
LEAST_SUBJECT = 130
DROPS = (Column.LINE, Column.ASSIGNEE, Column.STATUS)
CAN_HIDE = (Column.STATUS, Column.LINE, Column.ASSIGNEE)  # a row says nothing without the others


class Layout(NamedTuple):
    """Left edges and widths in px by column; a column that was dropped has the width 0."""

    left: tuple[int, ...]
    width: tuple[int, ...]
    row: int
    total: int
    compact: bool
    mirrored: bool

    def shows(self, column: Column) -> bool:
        """Whether there is room for this column."""
        return self.width[column] > 0

    def x(self, column: Column, offset: float, extent: float) -> float:
        """The left edge of a thing `extent` px wide that starts `offset` px into the column."""
        left = self.left[column] + offset
        return self.total - left - extent if self.mirrored else left


@lru_cache(maxsize=64)
def arrange(
    view: int,
    window: int,
    scale: int,
    *,
    compact: bool = False,
    mirrored: bool = False,
    hidden: frozenset[Column] = frozenset(),
) -> Layout:
    """The layout for a list `view` px wide in a window `window` px wide at `scale` per cent.

    `hidden` are columns that nobody wants to see.
    """
    dropped = _dropped(view, window, scale, hidden)
    widths = {
        column: 0 if column in dropped else round(width * scale / 100)
        for column, width in WIDTHS.items()
    }
    if Column.LINE in dropped and Column.STATUS not in dropped:
        widths[Column.STATUS] = round(WIDE_STATUS * scale / 100)
    pad = round(RIGHT_PAD * scale / 100)
    widths[Column.SUBJECT] = max(0, view - pad - sum(widths.values()))
    left, lefts = 0, []
    for column in Column:
        lefts.append(left)
        left += widths[column]
    height = round((COMPACT_ROW if compact else ROW) * scale / 100)
    ordered = tuple(widths[column] for column in Column)
    return Layout(tuple(lefts), ordered, height, view, compact, mirrored)


def _dropped(view: int, window: int, scale: int, hidden: frozenset[Column]) -> set[Column]:
    dropped: set[Column] = set(hidden)
    if window < NARROW_WINDOW or scale >= LARGE_TEXT:
        dropped |= {Column.LINE, Column.ASSIGNEE}
    for column in DROPS:
        kept = sum(width for each, width in WIDTHS.items() if each not in dropped)
        if view >= round((kept + RIGHT_PAD + LEAST_SUBJECT) * scale / 100):
            break
        dropped.add(column)
    return dropped
