"""Where an instant lies on the lane: open hours in proportion, closed ones in a narrow column.

No Qt here: x and widths are px, instants aware datetimes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.desk.explain_lane import Band

NIGHT, NARROW_NIGHT, MANY = 26, 12, 8
# A day that is open this long is cut to the hours in which something happens.
LONG_DAY, MARGIN = timedelta(hours=16), timedelta(minutes=10)


class Stretch(NamedTuple):
    """A piece of the lane from `x` on, `wide` px; `closed` says why nothing counts in it."""

    start: datetime
    end: datetime
    x: float
    wide: float
    shut: bool
    label: str = ""
    closed: str = ""


class _Piece(NamedTuple):
    start: datetime
    end: datetime
    shut: bool
    label: str = ""
    closed: str = ""


class Scale:
    """Turns instants into x. `needs(text)` is how wide a closed column with that text must be."""

    def __init__(
        self,
        bands: Sequence[Band],
        kept: Iterable[datetime],
        width: float,
        unit: float,
        needs: Callable[[str], float],
    ) -> None:
        """`kept` are instants that must lie on the lane, `unit` is one design px in px."""
        pieces = _trimmed(_merged(_pieces(bands)), tuple(kept))
        self.stretches = _placed(pieces, width, unit, needs)
        self._starts = [stretch.start for stretch in self.stretches]

    @property
    def start(self) -> datetime:
        """The first instant on the lane."""
        return self.stretches[0].start

    @property
    def end(self) -> datetime:
        """The last one."""
        return self.stretches[-1].end

    def x(self, at: datetime) -> float:
        """Where that instant is; before the first and after the last it stays at the edge."""
        if not self.stretches:
            return 0.0
        place = max(bisect_right(self._starts, at) - 1, 0)
        stretch = self.stretches[place]
        length = (stretch.end - stretch.start) / timedelta(seconds=1)
        share = ((at - stretch.start) / timedelta(seconds=1)) / length if length else 0.0
        return stretch.x + stretch.wide * min(max(share, 0.0), 1.0)


def _pieces(bands: Sequence[Band]) -> list[_Piece]:
    found: list[_Piece] = []
    for band in bands:
        if band.closed:
            found.append(_Piece(band.start, band.end, True, band.label, band.closed))
            continue
        if not band.opens:
            found.append(_Piece(band.start, band.end, False))
            continue
        at = band.start
        for start, end in band.opens:
            if start > at:
                found.append(_Piece(at, start, True))
            found.append(_Piece(start, end, False))
            at = end
        if at < band.end:
            found.append(_Piece(at, band.end, True))
    return found


def _merged(pieces: list[_Piece]) -> list[_Piece]:
    """Closed pieces that touch become one, with the words of the day among them."""
    made: list[_Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if last is None or not (last.shut and piece.shut):
            made.append(piece)
            continue
        labels = [text for text in (last.label, piece.label) if text]
        reasons = [text for text in (last.closed, piece.closed) if text]
        longest = max(reasons, key=len, default="")
        made[-1] = _Piece(last.start, piece.end, True, ", ".join(labels), longest)
    return made


def _trimmed(pieces: list[_Piece], kept: tuple[datetime, ...]) -> list[_Piece]:
    """Without closed ends in which nothing happens."""
    made = list(pieces)
    while made and made[0].shut and not _holds(made[0], kept):
        made.pop(0)
    while made and made[-1].shut and not _holds(made[-1], kept):
        made.pop()
    return _cut(made, kept)


def _cut(made: list[_Piece], kept: tuple[datetime, ...]) -> list[_Piece]:
    if not made or not kept or made[0].shut or made[-1].shut:
        return made
    first, last = min(kept), max(kept)
    room = max((last - first) / 5, MARGIN)
    long_day = made[0].end - made[0].start >= LONG_DAY
    if long_day:
        made[0] = made[0]._replace(start=max(made[0].start, _hour(first - room)))
    midnight = made[-1].end
    if midnight - made[-1].start >= LONG_DAY or (len(made) == 1 and long_day):
        end = _hour(last + room) + timedelta(hours=1)
        made[-1] = made[-1]._replace(end=min(midnight, end))
    return made


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _holds(piece: _Piece, kept: tuple[datetime, ...]) -> bool:
    return any(piece.start < at < piece.end for at in kept)


def _placed(
    pieces: list[_Piece], width: float, unit: float, needs: Callable[[str], float]
) -> tuple[Stretch, ...]:
    open_time = sum((p.end - p.start).total_seconds() for p in pieces if not p.shut)
    shut = [piece for piece in pieces if piece.shut]
    night = (NARROW_NIGHT if len(shut) > MANY else NIGHT) * unit
    fixed = {p: max(night, needs(p.closed) if p.closed else night) for p in shut}
    total = sum(fixed.values())
    most = width * 0.6 if open_time else width
    squeeze = min(1.0, most / total) if total else 1.0
    rest = max(width - total * squeeze, 0.0)
    made, x = [], 0.0
    for piece in pieces:
        seconds = (piece.end - piece.start).total_seconds()
        wide = fixed[piece] * squeeze if piece.shut else rest * seconds / (open_time or 1)
        made.append(Stretch(piece.start, piece.end, x, wide, *piece[2:]))
        x += wide
    return tuple(made)
