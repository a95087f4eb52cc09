"""Fifteen rows like those of the design, with clocks written by hand, for tests of the queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tierline.desk.rows import QueueRow
from tierline.domain.countdown import Face, Phase

HOUR = 3600
WORDS = {"R": "Response", "U": "Update", "F": "Fix", "L": "Line limit", "A": "Allocate"}
_TICKING = (Phase.RUNNING, Phase.SOON, Phase.OVER)


class HandClock(NamedTuple):
    """A clock that reads `left` at second 0 and, if it ticks, one less every second."""

    letter: str
    phase: Phase
    left: int
    share: float = 0.5
    opens: str = ""
    always: bool = False
    day_seconds: int = 10 * HOUR

    def face(self, now: float) -> Face:
        """The clock `now` seconds later."""
        left = self.left - int(now) if self.phase in _TICKING else self.left
        return Face(self.letter, WORDS[self.letter], self.phase, left, self.share, self.opens)


MET = HandClock("R", Phase.MET, 48)
FIX = HandClock("F", Phase.RUNNING, 5 * HOUR, 0.9)


def row(ident: str = "1", *clocks: HandClock, **told: object) -> QueueRow:
    """A plain row; `told` replaces its fields."""
    plain = QueueRow(
        id=ident,
        number=f"CS{int(ident):07d}",
        priority=3,
        subject="Label printer prints blank pages",
        client="Marrowby Foods",
        channel="phone",
        arrived="10:12",
        status="In progress",
        status_note="",
        status_icon="play",
        tier=1,
        tier_word="1st",
        assignee="Priya R.",
        mine=False,
        clocks=clocks,
    )
    return plain._replace(**told)  # type: ignore[arg-type]


_STATES = (
    (HandClock("R", Phase.OVER, -252), FIX),
    (HandClock("U", Phase.SOON, 532, 0.15), MET, FIX),
    (HandClock("F", Phase.PAUSED, 26_400, 0.8), MET),
    (HandClock("R", Phase.RUNNING, 2692, 0.75), FIX),
    (HandClock("L", Phase.RUNNING, 17_850, 0.3), MET, FIX),
    (HandClock("R", Phase.CLOSED, 13_200, 0.9, "20:00"), HandClock("A", Phase.MET, 60)),
    (MET,),
)


class Tickets:
    """A store of rows by id that remembers which were asked for; any number of them."""

    def __init__(self) -> None:
        """Rows are made when asked for, changed ones are kept."""
        self.asked: list[str] = []
        self.changed: dict[str, QueueRow] = {}

    def fetch(self, ids: Sequence[str]) -> Iterable[QueueRow]:
        """The rows of these ids."""
        self.asked += ids
        return [self.changed.get(i) or self._made(i) for i in ids]

    def _made(self, ident: str) -> QueueRow:
        at = int(ident)
        subject = f"Remote desktop locks partners out {ident}"
        clocks = _STATES[at % len(_STATES)]
        return row(ident, *clocks, priority=at % 4 + 1, tier=at % 3 + 1, subject=subject)
