"""Where the tiles are, and which of them: three layouts of one board, the last for the far seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tierline.desk.wall_size import HIGH, WIDE, Shown
from tierline.present.wall_lists import Tile

PAD = 23
HEAD = 98.0


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

    @property
    def inner(self) -> float:
        """How wide its words and figures may be."""
        return self.wide - 2 * PAD


class Layout(NamedTuple):
    """A board of `wide` x `high` units, of which the smallest text always has 44.

    Fewer units are larger ones: that is how text grows. `boxes` are what can be opened, `ground`
    the sheets they are drawn on.
    """

    shown: Shown
    wide: float
    high: float
    boxes: Mapping[Tile, Box]
    ground: tuple[Box, ...]

    @property
    def head(self) -> Box:
        """The line above the tiles."""
        return Box(0, 0, self.wide, HEAD)


def layout(shown: Shown) -> Layout:
    """The layout of what is shown."""
    return _LAYOUTS[shown]


def _all() -> Layout:
    first, second = Box(18, 98, 1122, 562), Box(1154, 98, 748, 562)
    kept, hot = Box(18, 675, 556, 387), Box(588, 675, 348, 387)
    people, trend = Box(950, 675, 486, 387), Box(1450, 675, 452, 387)
    boxes = {Tile.NEXT: first, Tile.OPEN: second, Tile.KEPT: kept}
    boxes |= _halved(hot) | {Tile.PEOPLE: people, Tile.TREND: trend}
    return Layout(Shown.ALL, WIDE, HIGH, boxes, (first, second, kept, hot, people, trend))


def _fewer() -> Layout:
    wide, high, gap = *_units(Shown.FEWER), 12
    split, top = wide - gap - 653, high - HEAD - 2 * gap - 246
    first = Box(gap, HEAD, split - 2 * gap, top)
    second = Box(split, HEAD, 653, top)
    kept = Box(gap, HEAD + top + gap, 790, 246)
    hot = Box(kept.x + kept.wide + gap, kept.y, wide - kept.wide - 3 * gap, 246)
    half = Box(hot.x, hot.y + 22, hot.wide / 2, hot.high - 22)
    boxes = {Tile.NEXT: first, Tile.OPEN: second, Tile.KEPT: kept, Tile.NOBODY: half}
    boxes[Tile.UNTOUCHED] = half._replace(x=half.x + half.wide)
    return Layout(Shown.FEWER, wide, high, boxes, (first, second, kept, hot))


def _least() -> Layout:
    wide, high, gap = *_units(Shown.LEAST), 12
    split, top = wide - gap - 653, high - HEAD - gap
    first = Box(gap, HEAD, split - 2 * gap, top)
    second = Box(split, HEAD, 653, top)
    boxes = {Tile.NEXT: first, Tile.OPEN: second}
    return Layout(Shown.LEAST, wide, high, boxes, (first, second))


def _units(shown: Shown) -> tuple[float, float]:
    share = Shown.ALL / shown
    return WIDE * share, HIGH * share


def _halved(box: Box) -> dict[Tile, Box]:
    upper = box._replace(high=197)
    return {
        Tile.NOBODY: upper,
        Tile.UNTOUCHED: box._replace(y=box.y + 197, high=box.high - 197),
    }


_LAYOUTS = {Shown.ALL: _all(), Shown.FEWER: _fewer(), Shown.LEAST: _least()}
