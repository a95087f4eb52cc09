"""The wallboard: one widget, one paint, laid out in its own units and scaled to what is there."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.board import Board
from tierline.desk.wall_size import HIGH, WIDE, Shown
from tierline.domain.tongue import tr
from tierline.present.ticker import Ticker
from tierline.present.wall_lists import Tile
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard import day, head, matrix, people, timers
from tierline.widgets.wallboard.handles import Handle
from tierline.widgets.wallboard.layout import Box, Layout, layout
from tierline.widgets.wallboard.pen import Pen, Place


class Wallboard(QWidget):
    """Shows a `Board`; its clocks tick, and it says when its figures are older than 5 s.

    `asked(Tile)` when somebody wants the list behind a tile, by pointer or by key.
    """

    asked = Signal(object)

    def __init__(
        self, hub: ThemeHub, ticker: Ticker, zone: ZoneInfo, shown: Shown = Shown.ALL
    ) -> None:
        """Empty until `show_board`; times are in `zone`."""
        super().__init__()
        self._hub, self._ticker, self._zone = hub, ticker, zone
        self._board: Board | None = None
        self._heard, self._trouble = 0.0, ""
        self._said: head.Words | None = None
        self._rows: tuple[timers.Shape, ...] = ()
        self._layout: Layout = layout(shown)
        self.handles = {tile: Handle(self, tile) for tile in Tile}
        for tile, handle in self.handles.items():
            handle.clicked.connect(self._asking(tile))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWindowTitle(tr("Tierline wallboard"))
        self.setAccessibleName(tr("Wallboard"))
        hub.changed.connect(self.update)
        ticker.tick.connect(self.tick)

    @property
    def shown(self) -> Shown:
        """How much of it is shown."""
        return self._layout.shown

    def show_board(self, board: Board) -> None:
        """These are the figures now."""
        self._board = board
        self._heard = max(self._heard, board.at.timestamp())
        for handle in self.handles.values():
            handle.tell(board)
        self._look(self._ticker.now())
        self.update()

    def hear(self, heard: float, trouble: str = "") -> None:
        """The figures were still so at `heard`; what the screen says of it comes with the second.

        `trouble` is why no newer ones come, in a sentence.
        """
        self._heard, self._trouble = heard, trouble

    def show_much(self, shown: Shown) -> None:
        """Show more or less from now on."""
        if shown is not self.shown:
            self._layout = layout(shown)
            self._place_handles()
            self.update()

    def tick(self, now: float) -> None:
        """A second later: paint what looks different, and nothing else."""
        said, rows = self._said, self._rows
        self._look(now)
        place = self._place()
        if self._said != said:
            self.update(place.around(*self._layout.head))
        box = self._layout.boxes[Tile.NEXT]
        for at, shape in enumerate(self._rows):
            if at >= len(rows):
                self.update(place.around(*timers.row(box, at)))
            elif shape != rows[at]:
                self.update(place.around(*timers.changed(box, at, rows[at], shape, self.shown)))

    def _look(self, now: float) -> None:
        if self._board is not None:
            self._said = head.words(self._board, now, self._heard, self._zone, self._trouble)
            self._rows = timers.shapes(self._board, now)

    def _asking(self, tile: Tile) -> Callable[[], None]:
        return lambda: self.asked.emit(tile)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Full HD."""
        return QSize(WIDE, HIGH)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Clocks tick."""
        super().showEvent(event)
        self._look(self._ticker.now())
        self._ticker.add(self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        super().hideEvent(event)
        self._ticker.drop(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The tiles are elsewhere."""
        super().resizeEvent(event)
        self._place_handles()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """What is to be painted of it, in the middle of the screen."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._hub.theme.win)  # clipped to what is to be painted
        place = self._place()
        pen = Pen(painter, self._hub.theme, place, self.devicePixelRatioF(), event.region())
        if self._board is not None and self._said is not None:
            self._paint(pen, self._board, self._said)
        painter.end()

    def _place(self) -> Place:
        laid, mirrored = self._layout, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        scale = min(self.width() / laid.wide, self.height() / laid.high)
        left = (self.width() - laid.wide * scale) / 2
        top = (self.height() - laid.high * scale) / 2
        return Place(scale, left, top, laid.wide, mirrored=mirrored)

    def _place_handles(self) -> None:
        place, boxes = self._place(), self._layout.boxes
        for tile, handle in self.handles.items():
            box = boxes.get(tile)
            handle.place(_inside(place.around(*box)) if box else None)

    def _paint(self, pen: Pen, board: Board, said: head.Words) -> None:
        laid, now = self._layout, self._ticker.now()
        if pen.touches(*laid.head):
            head.paint(pen, said, laid.wide)
        for ground in laid.ground:
            if pen.touches(*ground):
                pen.tile(*ground)
        below = laid.shown is Shown.ALL
        painters: dict[Tile, Callable[[Box], None]] = {
            Tile.NEXT: lambda box: timers.paint(pen, box, board, now, laid.shown),
            Tile.OPEN: lambda box: matrix.paint(pen, box, board),
            Tile.KEPT: lambda box: day.kept(pen, box, board, laid.shown),
            Tile.NOBODY: lambda box: people.nobody(pen, box, board),
            Tile.UNTOUCHED: lambda box: people.untouched(pen, box, board, below=below),
            Tile.PEOPLE: lambda box: people.on_shift(pen, box, board),
            Tile.TREND: lambda box: day.trend(pen, box, board, self._zone),
        }
        for tile, box in laid.boxes.items():
            if pen.touches(*box):
                painters[tile](box)


def _inside(around: QRect) -> QRect:
    """Without the pixel on each side that smoothing needs."""
    return around.adjusted(1, 1, -1, -1)
