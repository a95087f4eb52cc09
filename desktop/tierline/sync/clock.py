"""How far this machine's clock is from the hub's, from the quickest of the recent answers."""

from __future__ import annotations

from collections import deque

from tierline.sync.steps import Moment

_KEPT = 8
_JUMP = 0.5  # seconds between wall and steady clock: somebody set the clock, or the machine slept


class Offset:
    """Hub time minus this machine's, as the round trip with the least delay told it."""

    def __init__(self) -> None:
        """Know nothing yet: the offset is 0."""
        self._trips: deque[tuple[float, int]] = deque(maxlen=_KEPT)
        self._base = 0.0

    @property
    def us(self) -> int:
        """Microseconds to add to this machine's clock."""
        return min(self._trips)[1] if self._trips else 0

    @property
    def seconds(self) -> float:
        """The same in seconds, to the millisecond."""
        return round(self.us / 1e6, 3)

    def heard(self, sent: Moment, got: Moment, hub: int) -> None:
        """Take in an answer in which the hub told its time (microseconds UTC)."""
        before, after = sent.wall / 1e6 - sent.steady, got.wall / 1e6 - got.steady
        if abs(after - self._base) > _JUMP:
            self._trips.clear()
        self._base = after
        if abs(after - before) <= _JUMP:
            self._trips.append((got.steady - sent.steady, hub - (sent.wall + got.wall) // 2))
