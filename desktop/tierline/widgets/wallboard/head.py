"""The line above the tiles: whose desk, which shift, how fresh the figures are, the time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.board import STALE_SECONDS, Board
from tierline.domain.tongue import tr
from tierline.widgets.fonts import REGULAR, SEMIBOLD
from tierline.widgets.wallboard.pen import SMALL, Pen

_LEFT, _BASE, _MIDDLE, _GAP = 26.0, 62.0, 46.0, 49.0
_ICON = 42.0


class Words(NamedTuple):
    """All that the line says; `stale` figures are told in amber. `trouble` is why, "" for none."""

    place: str
    shift: str
    clock: str
    data: str
    stale: bool
    trouble: str = ""


def words(board: Board, now: float, heard: float, zone: ZoneInfo, trouble: str = "") -> Words:
    """What it says at `now` of figures that were known to be so at `heard`, epoch seconds."""
    local = datetime.fromtimestamp(now, UTC).astimezone(zone)
    then = datetime.fromtimestamp(heard, UTC).astimezone(zone)
    age = int(now) - int(heard)
    stale = age > STALE_SECONDS
    if heard <= 0:
        data = tr("No data yet")
        return Words(*_where(board, local), data, stale=True, trouble=trouble)
    day = "" if local.date() == then.date() else f"{then:%a} "
    data = tr("Data as of {time}", time=f"{day}{then:%H:%M:%S}")
    told = f"{data}, {_old(age)}" if stale else data
    return Words(*_where(board, local), told, stale, trouble if stale else "")


def _where(board: Board, local: datetime) -> tuple[str, str, str]:
    clock = f"{local:%a} {local.day} {local:%b} {local:%H:%M}"
    return tr("{place} desk", place=board.place), board.shift, clock


def _old(seconds: int) -> str:
    minutes, hours = seconds // 60, seconds // 3600
    if seconds < 60:
        return tr("{seconds} s old", seconds=seconds)
    if hours < 1:
        return tr("{minutes} min old", minutes=minutes)
    return tr("{hours} h old", hours=hours)


def paint(pen: Pen, said: Words, wide: float) -> None:
    """The clock and the age of the data always; then the desk; then the shift, if it has room."""
    theme = pen.theme
    start = pen.right(wide - 27, _BASE, said.clock, SMALL, theme.ink, SEMIBOLD)
    ink = theme.soon if said.stale else theme.ink2
    start = pen.right(start - 51, _BASE, said.data, SMALL, ink)
    start -= _ICON + 15
    pen.icon(start, _MIDDLE, "cloud-off" if said.stale else "cloud-check", _ICON, ink)
    room = start - _GAP - _LEFT
    place = pen.cut(said.place, SMALL, SEMIBOLD, room)
    left = _LEFT + pen.text(_LEFT, _BASE, place, SMALL, theme.ink, SEMIBOLD) + _GAP
    beside = said.trouble or said.shift
    if pen.width(beside, SMALL) <= start - _GAP - left or said.trouble:
        cut = pen.cut(beside, SMALL, REGULAR, max(start - _GAP - left, 0))
        pen.text(left, _BASE, cut, SMALL, theme.soon if said.trouble else theme.ink2)
