"""What can be seen of a ticket's clocks at one instant, as plain values to compare and to draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tierline.desk.rows import TickingClock, clock_text
from tierline.domain.countdown import Phase
from tierline.widgets.bars import filled_px
from tierline.widgets.glyphs import gauge_step

MOST_MARKS = 3
ORDER = "RAUFLCX"
_ENDINGS = {Phase.OVER: " over", Phase.MISSED: " late"}


Mark = tuple[str, int, int]


class ClockLook(NamedTuple):
    """All that can be seen in a clock cell, and nothing else."""

    phase: int
    text: str
    word: str
    filled: int
    marks: tuple[Mark, ...]
    opens: str = ""


NOTHING = ClockLook(Phase.NONE, "", "", 0, ())


def faces_of(clocks: Sequence[TickingClock], now: float) -> ClockLook:
    """The look of a cell at `now` (seconds since the Unix epoch); the first clock is the next."""
    if not clocks:
        return NOTHING
    first = clocks[0]
    face = first.face(now)
    marks: tuple[Mark, ...] = ()
    if len(clocks) > 1:
        marks = _marks(clocks[1:], now)
    word = face.word + _ENDINGS.get(Phase(face.phase), "")
    text = clock_text(first, face)
    filled = filled_px(face.phase, face.share)
    return ClockLook(face.phase, text, word, filled, marks, face.opens)


def _marks(clocks: Sequence[TickingClock], now: float) -> tuple[Mark, ...]:
    found = [
        (face.letter, face.phase, gauge_step(face.share) if face.phase == Phase.RUNNING else 0)
        for face in (clock.face(now) for clock in clocks)
        if face.phase != Phase.NONE
    ]
    if len(found) > MOST_MARKS:
        found.sort(key=lambda seen: seen[1] in (Phase.MET, Phase.MISSED))
    found = found[:MOST_MARKS]
    return tuple(sorted(found, key=lambda seen: ORDER.find(seen[0])))
