"""Where the words under a lane stand: close to their moment, in rows, never over each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

ROWS, GAP, EDGE, PATIENCE = 4, 10, 1, 4000


class Wanted(NamedTuple):
    """Words for the moment at `x`, `wide` px; those that are not `needed` may be left out."""

    x: float
    wide: float
    needed: bool = True


class Spot(NamedTuple):
    """Where they go: the left edge and the row, -1 when there is no room for them."""

    left: float
    row: int


GONE = Spot(0.0, -1)


def spots(wanted: list[Wanted], width: float) -> list[Spot]:
    """A spot for each, in as few rows as can be; what cannot be placed is left out last."""
    for rows in range(1, ROWS + 1):
        if found := _Search(wanted, width, rows, drop=False).run():
            return found
    return _Search(wanted, width, ROWS, drop=True).run() or [GONE] * len(wanted)


class _Search:
    """Tries spots from the first moment to the last, and goes back where it is stuck."""

    def __init__(self, wanted: list[Wanted], width: float, rows: int, *, drop: bool) -> None:
        self.wanted, self.width, self.rows, self.drop = wanted, width, rows, drop
        self.tries = 0

    def run(self) -> list[Spot]:
        """Spots for all, or nothing when there are none within the patience."""
        found: list[Spot] = []
        return found if self._place(found) else []

    def _place(self, found: list[Spot]) -> bool:
        at = len(found)
        if at == len(self.wanted):
            return True
        for spot in self._candidates(self.wanted[at]):
            self.tries += 1
            if self.tries > PATIENCE:
                return False
            if self._free(spot, at, found):
                found.append(spot)
                if self._place(found):
                    return True
                found.pop()
        return False

    def _candidates(self, one: Wanted) -> Iterator[Spot]:
        edge = max(self.width - one.wide, 0.0)
        for row in range(self.rows):
            for left in (one.x, one.x - one.wide, one.x - one.wide / 2):
                if 0 <= left <= edge:
                    yield Spot(left, row)
            yield Spot(min(max(one.x - one.wide / 2, 0.0), edge), row)
        if self.drop:
            yield GONE

    def _free(self, spot: Spot, at: int, found: list[Spot]) -> bool:
        """Neither over other words, nor across the stem that leads to deeper ones."""
        return spot.row < 0 or all(
            other.row < 0 or _apart(spot, self.wanted[at], other, self.wanted[place])
            for place, other in enumerate(found)
        )


def _apart(spot: Spot, one: Wanted, other: Spot, theirs: Wanted) -> bool:
    if other.row == spot.row:
        after = spot.left >= other.left + theirs.wide + GAP
        return after or spot.left + one.wide + GAP <= other.left
    if other.row > spot.row:
        return not spot.left + EDGE < theirs.x < spot.left + one.wide - EDGE
    return not other.left + EDGE < one.x < other.left + theirs.wide - EDGE
