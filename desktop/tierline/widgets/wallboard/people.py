"""The tiles of who does it: what nobody holds, what nobody has looked at, and who is on shift."""

from __future__ import annotations

from tierline.desk.board import Board, OnShift
from tierline.domain.tongue import tr
from tierline.widgets.fonts import BOLD, REGULAR, SEMIBOLD
from tierline.widgets.wallboard.layout import Box
from tierline.widgets.wallboard.pen import COUNT, SMALL, Pen, compact

_ROWS, _STEP, _BETWEEN, _PIN = 4, 75.0, 34.0, 34.0
_MARK, _CLOSE = 46.0, 22.0  # closer where figures have two digits
_FULL = 10  # tickets that fill a bar, unless somebody has more


def nobody(pen: Pen, box: Box, board: Board) -> None:
    """What nobody holds, and what of it is over."""
    _count(pen, box, board.nobody.total, tr("Nobody on it"), board.nobody.over)


def untouched(pen: Pen, box: Box, board: Board, *, below: bool) -> None:
    """What is still new; under a rule where it stands `below` another tile."""
    if below:
        pen.rule(box.left, box.y, box.inner)
    moved = box._replace(y=box.y - 13) if below else box
    _count(pen, moved, board.untouched.total, tr("Untouched"), 0)


def _count(pen: Pen, box: Box, count: int, word: str, over: int) -> None:
    theme = pen.theme
    needed = pen.width(compact(over), SMALL, SEMIBOLD) + _MARK + 26 if over else 0
    size = pen.shrunk(compact(count), COUNT, BOLD, box.inner - needed)
    wide = pen.text(box.left, box.y + 111, compact(count), size, theme.ink, BOLD)
    said = pen.cut(word, SMALL, REGULAR, box.inner)
    pen.text(box.left, box.y + 168, said, SMALL, theme.ink2)
    if over:
        words = tr("{n} over", "{n} over", over)
        if pen.width(words, SMALL, SEMIBOLD) + wide + _MARK + 26 > box.inner:
            words = compact(over)
        start = pen.right(box.right - 1, box.y + 90, words, SMALL, theme.now, SEMIBOLD)
        pen.icon(start - 16 - _MARK, box.y + 74, "octagon-alert", _MARK, theme.now)


def on_shift(pen: Pen, box: Box, board: Board) -> None:
    """Who is there and how many tickets they hold, those with the most first."""
    theme = pen.theme
    pen.text(box.left, box.y + 56, tr("On shift"), SMALL, theme.ink, SEMIBOLD)
    pen.right(box.right - 1, box.y + 56, tr("open"), SMALL, theme.ink3)
    if not board.people:
        pen.text(box.left, box.y + 130, tr("Nobody"), SMALL, theme.ink3)
    full = max([_FULL, *(person.open for person in board.people if not person.more)])
    between = _BETWEEN if full == _FULL else _CLOSE
    wide = (box.inner - between) / 2
    for at, person in enumerate(board.people):
        left = box.left + at // _ROWS * (wide + between)
        _person(pen, Box(left, box.y + 111 + at % _ROWS * _STEP, wide, 0), person, full)


def _person(pen: Pen, row: Box, person: OnShift, full: int) -> None:
    theme = pen.theme
    end = row.x + row.wide
    figure = pen.right(end, row.y, compact(person.open), SMALL, theme.ink, SEMIBOLD)
    room = figure - row.x - 8 - (_PIN + 10 if person.out else 0)
    name = f"+{person.more}" if person.more else person.name
    wide = pen.text(row.x, row.y, pen.cut(name, SMALL, REGULAR, room), SMALL, theme.ink)
    if person.out:
        pen.icon(row.x + wide + 8, row.y - 15, "map-pin", _PIN, theme.ink3)
    if not person.more:
        pen.bar_of(row.x, row.y + 16, row.wide, person.open / full, theme.bar)
