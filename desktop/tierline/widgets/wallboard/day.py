"""The tiles of today: how many promises were kept, and what came against what was resolved."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from tierline.desk.board import PRIORITIES, Board
from tierline.desk.board_day import STEP, Kept
from tierline.desk.wall_size import Shown
from tierline.domain.tongue import tr
from tierline.widgets.fonts import REGULAR, SEMIBOLD
from tierline.widgets.wallboard.layout import Box
from tierline.widgets.wallboard.pen import MIDDLE, SMALL, Pen, compact

_ROWS, _STEP, _MIDDLE = 69.0, 75.0, 106.0
_BAR, _BAR_HIGH, _TICK, _ICON = 142.0, 20.0, 34.0, 44.0
_GOAL = 96.0  # "/ 95", and a gap before it
_PLOT = 159.0


def kept(pen: Pen, box: Box, board: Board, shown: Shown) -> None:
    """Promises met today by priority, against the policy's goal."""
    theme = pen.theme
    aimed = any(each.goal for each in board.kept.values())
    pen.text(box.left, box.y + 56, tr("SLA met, %"), SMALL, theme.ink, SEMIBOLD)
    if aimed:
        pen.right(box.right - 1, box.y + 56, tr("/ goal"), SMALL, theme.ink3)
    columns = 1 if shown is Shown.ALL else 2
    wide = (box.inner - (columns - 1) * 40) / columns
    for at, priority in enumerate(PRIORITIES):
        left = box.left + at % columns * (wide + 40)
        middle = box.y + _MIDDLE + at // columns * (_STEP if columns == 1 else 86)
        row = Box(left, middle, wide, 0)
        _kept(pen, row, priority, board.kept.get(priority, Kept()), bar=columns == 1, aimed=aimed)


def _kept(pen: Pen, row: Box, priority: int, kept: Kept, *, bar: bool, aimed: bool) -> None:
    theme, middle = pen.theme, row.y
    pen.chip(row.x, middle, priority, quiet=priority == 1)
    if bar and kept.resolved:
        left = row.x + 112
        ink = theme.soonfill if kept.below else theme.bar
        pen.bar_of(left, middle, _BAR, kept.share, ink, _BAR_HIGH)
        if kept.goal:
            tick = left + _BAR * kept.goal - 1.5
            pen.fill(tick, middle - _TICK / 2, 3, _TICK, theme.ink)
    end = row.x + row.wide
    if kept.goal:
        pen.right(end - 1, middle + 17, f"/ {round(kept.goal * 100)}", SMALL, theme.ink3)
    end -= _GOAL if aimed else 0
    if not kept.resolved:
        pen.right(end, middle + 17, tr("none yet") if bar else "–", SMALL, theme.ink3)
        return
    start = pen.right(end, middle + 19, str(kept.percent), MIDDLE, theme.ink, SEMIBOLD)
    if kept.below:
        pen.icon(start - 13 - _ICON, middle, "triangle-alert", _ICON, theme.soon)


def trend(pen: Pen, box: Box, board: Board, zone: ZoneInfo) -> None:
    """What came and what was resolved, added up since the first of today."""
    theme, told = pen.theme, board.trend
    legend = (
        (39.0, tr("Arrived"), told.arrived, theme.ink, False),
        (92.5, tr("Resolved"), told.resolved, theme.edge, True),
    )
    for top, word, sums, ink, dash in legend:
        middle = box.y + top
        pen.line([(box.left, middle), (box.left + 52, middle)], ink, 7, dash)
        many = compact(sums[-1] if sums else 0)
        start = pen.right(box.right, middle + 17, many, MIDDLE, theme.ink, SEMIBOLD)
        left = box.left + 69
        pen.text(left, middle + 16, pen.cut(word, SMALL, REGULAR, start - left), SMALL, theme.ink)
    foot = box.y + 302
    pen.rule(box.left, foot, box.inner, theme.edge, 2)
    most = max((*told.arrived[-1:], *told.resolved[-1:]), default=0) or 1
    for _, _, sums, ink, dash in reversed(legend):
        pen.line(_points(box, board, sums, most, foot), ink, 7, dash)
    began = f"{told.start.astimezone(zone):%H:%M}"
    pen.text(box.left, box.y + 350, began, SMALL, theme.ink2)
    pen.right(box.right + 1, box.y + 350, tr("now"), SMALL, theme.ink2)


def _points(
    box: Box, board: Board, sums: tuple[int, ...], most: int, foot: float
) -> list[tuple[float, float]]:
    """A sum stands at the end of its step; the last one at now."""
    span = max(board.at - board.trend.start, timedelta(seconds=1))
    found = [(box.left, foot)]
    for at, many in enumerate(sums):
        across = min((at + 1) * STEP / span, 1.0)
        found.append((box.left + across * box.inner, foot - many / most * _PLOT))
    return found
