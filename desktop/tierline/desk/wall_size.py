"""What a wallboard can show so that it is read from the farthest seat: arithmetic, and its words.

Text must be as high as 16 arc-minutes see it (UI.md 7): cap height in mm is the distance in mm
times 0.00465, and Inter's capitals are 0.727 of a font's size. Where all tiles would be too small,
some are left out and the others grow; where even that is too small, nothing is shown.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import NamedTuple

from tierline.domain.tongue import tr

CAP_PER_DISTANCE = 0.00465
CAP_OF_FONT = 0.727
WIDE, HIGH = 1920, 1080
"""The board's own units; a board is as large as its screen lets it be at that shape."""
_MM = 25.4
SIZES = (5.0, 500.0)
DISTANCES = (0.5, 100.0)
"""What is taken for a screen's diagonal in inches and for a distance in metres."""


class Shown(IntEnum):
    """How much is shown; each has its smallest text, in units."""

    ALL = 44
    FEWER = 51
    LEAST = 57


class Fit(NamedTuple):
    """How a board fits a screen. `farthest` is for the least that is ever shown, in metres.

    `shown` is None where nothing could be read; `reach` is how far what is shown is read.
    """

    shown: Shown | None
    reach: float
    farthest: float

    @property
    def sentence(self) -> str:
        """What will be seen, or why nothing is and what would help."""
        match self.shown:
            case Shown.ALL:
                return tr(
                    "All tiles are shown. They are read from {reach:.1f} m.", reach=self.reach
                )
            case Shown.FEWER:
                return tr(
                    "On shift and arrivals are left out, so that the rest is read from "
                    "{reach:.1f} m.",
                    reach=self.reach,
                )
            case Shown.LEAST:
                return tr(
                    "Only the timers and the open tickets are shown, so that they are read "
                    "from {reach:.1f} m.",
                    reach=self.reach,
                )
            case None:
                return tr(
                    "Nothing on this screen could be read from there. The greatest distance "
                    "that works is {farthest:.1f} m.",
                    farthest=self.farthest,
                )


def fit(inches: float, metres: float, wide: int = WIDE, high: int = HIGH) -> Fit:
    """What a screen of that diagonal and so many pixels can show to somebody that far away."""
    unit = _unit_mm(inches, wide, high)
    reaches = {each: _reach(unit, each) for each in Shown}
    shown = next((each for each in Shown if reaches[each] >= metres), None)
    farthest = reaches[Shown.LEAST]
    return Fit(shown, reaches[shown] if shown else 0.0, farthest)


def plausible(value: float, bounds: tuple[float, float]) -> bool:
    """Whether a number is one of `SIZES` or `DISTANCES`, and a number at all."""
    return math.isfinite(value) and bounds[0] <= value <= bounds[1]


def _unit_mm(inches: float, wide: int, high: int) -> float:
    """How large a unit of the board is on the screen, in mm."""
    pixel = inches * _MM / math.hypot(wide, high)
    return pixel * min(wide / WIDE, high / HIGH)


def _reach(unit: float, smallest: int) -> float:
    """From how far text of so many units is read, in metres, rounded down to 0.1."""
    cap = smallest * unit * CAP_OF_FONT
    return math.floor(cap / CAP_PER_DISTANCE / 100) / 10
