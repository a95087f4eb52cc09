"""The wallboard: one widget, one paint, laid out for 1920 × 1080 and scaled to what is there."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.board import Board
from tierline.present.ticker import Ticker
from tierline.widgets import fonts
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard import tiles
from tierline.widgets.wallboard.pen import HIGH, SMALL, WIDE, Pen
from tierline.widgets.wallboard.tiles import Box

STALE_SECONDS = 5
TOP = (Box(18, 98, 1122, 562), Box(1154, 98, 748, 562))
FOOT = (Box(18, 675, 556, 387), Box(588, 675, 349, 387), Box(951, 675, 485, 387))
LAST = Box(1450, 675, 452, 387)


class Wallboard(QWidget):
    """Shows a `Board`; its clocks tick, and it says when its figures are older than 5 s."""

    def __init__(self, hub: ThemeHub, ticker: Ticker, zone: ZoneInfo) -> None:
        """Empty until `show_board`; times are in `zone`."""
        super().__init__()
        self._hub, self._ticker, self._zone = hub, ticker, zone
        self._board: Board | None = None
        self.setWindowTitle("Tierline wallboard")
        self.setAccessibleName("Wallboard")
        hub.changed.connect(self.update)
        ticker.tick.connect(self._tick)

    def show_board(self, board: Board) -> None:
        """These are the figures now."""
        self._board = board
        self.update()

    def _tick(self, now: float) -> None:
        """A second later every clock looks different."""
        del now
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Full HD."""
        return QSize(WIDE, HIGH)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Clocks tick."""
        super().showEvent(event)
        self._ticker.add(self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        super().hideEvent(event)
        self._ticker.drop(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Everything, in the middle of the screen."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._hub.theme.win)
        scale = min(self.width() / WIDE, self.height() / HIGH)
        painter.translate((self.width() - WIDE * scale) / 2, (self.height() - HIGH * scale) / 2)
        pen = Pen(painter, self._hub.theme, scale, self.devicePixelRatioF())
        if self._board is not None:
            self._paint(pen, self._board, self._ticker.now())
        painter.end()

    def _paint(self, pen: Pen, board: Board, now: float) -> None:
        self._head(pen, board, now)
        tiles.next_to_breach(pen, TOP[0], board, now)
        tiles.open_now(pen, TOP[1], board)
        tiles.first_contact(pen, FOOT[0], board)
        tiles.hot(pen, FOOT[1], board)
        tiles.on_shift(pen, FOOT[2], board)
        tiles.today(pen, LAST, board)

    def _head(self, pen: Pen, board: Board, now: float) -> None:
        theme = pen.theme
        pen.text(26, 62, f"{board.place} desk", SMALL, theme.ink, fonts.SEMIBOLD)
        local = datetime.fromtimestamp(now, UTC).astimezone(self._zone)
        text = f"{local:%a} {local.day} {local:%b} {local:%H:%M}"
        start = pen.right(1894, 62, text, SMALL, theme.ink, fonts.SEMIBOLD)
        age = int(now - board.at.timestamp())
        words = f"Data as of {board.at.astimezone(self._zone):%H:%M:%S}"
        stale = age > STALE_SECONDS
        if stale:
            words += f", {age} s old" if age < 60 else f", {age // 60} min old"
        ink = theme.soon if stale else theme.ink2
        start = pen.right(start - 52, 62, words, SMALL, ink)
        pen.icon(start - 58, 46, "cloud-off" if stale else "monitor", 42, ink)
