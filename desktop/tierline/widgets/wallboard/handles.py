"""What makes a painted tile a button: it takes the keyboard, the pointer and a screen reader."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from tierline.desk.board import Board
from tierline.desk.queues import Count
from tierline.domain.tongue import tr
from tierline.present.wall_lists import Tile


class Handle(QAbstractButton):
    """Lies over one tile and paints nothing: the board does that."""

    def __init__(self, board: QWidget, tile: Tile) -> None:
        """Named once there are figures."""
        super().__init__(board)
        self.tile = tile
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def place(self, where: QRect | None) -> None:
        """Lie there; None for a tile that is not shown."""
        self.setVisible(where is not None)
        if where is not None:
            self.setGeometry(where)

    def tell(self, board: Board) -> None:
        """Say to a screen reader what the tile shows, and which key opens its list."""
        self.setAccessibleName(SENTENCES[self.tile](board))
        self.setAccessibleDescription(tr("{key} opens the list.", key=int(self.tile)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing."""


def _next(board: Board) -> str:
    over = tr("{n} over now", "{n} over now", board.everything.over)
    coming = [f"P{c.priority} {c.number} {c.word}" for c in board.coming]
    return f"{tr('Next to breach')}: {', '.join([over, *coming])}"


def _open(board: Board) -> str:
    return f"{tr('Open now')}: {_counted(board.everything)}"


def _counted(count: Count) -> str:
    said = [tr("{n} open", "{n} open", count.total), tr("{n} over", "{n} over", count.over)]
    return ", ".join([*said, tr("{n} due soon", "{n} due soon", count.soon)])


def _kept(board: Board) -> str:
    found = []
    for priority, kept in sorted(board.kept.items()):
        if kept.resolved:
            goal = tr("goal {percent} %", percent=round(kept.goal * 100)) if kept.goal else ""
            told = f"P{priority} {kept.percent} %"
            found.append(f"{told}, {goal}" if goal else told)
    return f"{tr('SLA met today')}: {'; '.join(found) or tr('none yet')}"


def _nobody(board: Board) -> str:
    return f"{tr('Nobody on it')}: {_counted(board.nobody)}"


def _untouched(board: Board) -> str:
    return f"{tr('Untouched')}: {board.untouched.total}"


def _people(board: Board) -> str:
    said = []
    for each in board.people:
        name = tr("{n} more", "{n} more", each.more) if each.more else each.name
        visit = f", {tr('on a visit')}" if each.out else ""
        said.append(f"{name} {each.open}{visit}")
    return f"{tr('On shift')}: {'; '.join(said) or tr('Nobody')}"


def _trend(board: Board) -> str:
    came, went = (sums[-1] if sums else 0 for sums in board.trend[1:])
    return tr("Today {came} arrived, {went} were resolved", came=came, went=went)


SENTENCES: dict[Tile, Callable[[Board], str]] = {
    Tile.NEXT: _next,
    Tile.OPEN: _open,
    Tile.KEPT: _kept,
    Tile.NOBODY: _nobody,
    Tile.UNTOUCHED: _untouched,
    Tile.PEOPLE: _people,
    Tile.TREND: _trend,
}
