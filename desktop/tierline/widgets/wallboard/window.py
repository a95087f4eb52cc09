"""The window on the wall: it picks its screen, keeps to it, and asks for the lists of tiles."""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tierline.desk.wall_size import Shown
from tierline.domain.tongue import tr
from tierline.present.ticker import Ticker
from tierline.present.wall_lists import Tile
from tierline.widgets.focus_ring import FocusRing
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard.board import Wallboard
from tierline.widgets.wallboard.keys_page import KeysPage
from tierline.widgets.wallboard.screens import Screens, Spot
from tierline.widgets.wallboard.seats import Seat, Seats, Wish
from tierline.widgets.wallboard.setup_sheet import Setup

POINTER_MS = 3_000
SIZE = (1280, 720)
_NEXT = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_HELP = (Qt.Key.Key_Question, Qt.Key.Key_F1)


class Ground(NamedTuple):
    """What a wallboard stands on."""

    hub: ThemeHub
    ticker: Ticker
    zone: ZoneInfo
    screens: Screens
    seats: Seats


class WallWindow(QWidget):
    """`asked(Tile)` for the list behind a tile; `named(bool)` when names go on or off; `closed()`.

    With `shy` it covers no screen but the one it was given: where that is gone it becomes a window
    among others, since the console is on what is left.
    """

    asked = Signal(object)
    named = Signal(bool)
    closed = Signal()

    def __init__(self, ground: Ground, *, may_name: bool = False, shy: bool = False) -> None:
        """Nothing is shown before `open`."""
        super().__init__()
        self._screens, self._seats, self._shy = ground.screens, ground.seats, shy
        self.setWindowTitle(tr("Tierline wallboard"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "win")
        self.setProperty("plain", "true")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Wallboard"))
        self.board = Wallboard(ground.hub, ground.ticker, ground.zone)
        within = QVBoxLayout(self)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(self.board)
        self.setup = Setup(self, ground.hub, ground.seats, may_name=may_name)
        self.keys_page = KeysPage(self, ground.hub)
        self.ring = FocusRing(self, ground.hub)
        self._spot: Spot | None = None
        self._seat = Seat()
        self._whole = True
        self.board.asked.connect(self.asked)
        self.setup.settled.connect(self._settled)
        self.setup.closed.connect(self._unanswered)
        ground.screens.changed.connect(self._screens_changed)
        self._pointer = QTimer(self)
        self._pointer.setSingleShot(True)
        self._pointer.setInterval(POINTER_MS)
        self._pointer.timeout.connect(lambda: self._show_pointer(False))
        for each in (self.board, *self.board.handles.values()):
            each.setMouseTracking(True)
            each.installEventFilter(self)
        self.resize(*SIZE)

    @property
    def spot(self) -> Spot | None:
        """The screen it was given, None before that."""
        return self._spot

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The screens there are."""
        return self._screens.spots()

    def wanted(self, wish: Wish) -> tuple[Spot, Seat]:
        """The screen and seat that are meant: as said, else as remembered."""
        spots = self._screens.spots()
        known = next((each for each in spots if each.name == self._seats.screen), spots[-1])
        spot = spots[wish.screen - 1] if 0 < wish.screen <= len(spots) else known
        seat = self._seats.of(spot)
        return spot, Seat(wish.inches or seat.inches, wish.metres or seat.metres)

    def open(self, wish: Wish, *, ask: bool = False) -> None:
        """Show it where it belongs; ask first where something is not known, or to `ask` anyway."""
        spot, seat = self.wanted(wish)
        if not ask and seat.known and seat.fit(spot).shown is not None:
            self._seats.keep(spot, seat, names=self._seats.names)
            self._settled(spot, seat, self._seats.names)
        else:
            self.show()
            self.setup.ask(self._screens.spots(), spot, seat)

    def _settled(self, spot: Spot, seat: Seat, names: bool) -> None:
        self._spot, self._seat = spot, seat
        self._whole = True
        self.named.emit(names)
        self._put(spot, seat)
        self.setFocus()  # no tile is framed before somebody goes from tile to tile
        self._pointer.start()

    def _put(self, spot: Spot, seat: Seat, *, whole: bool = True) -> None:
        shown = seat.fit(spot).shown if seat.known else None
        self.board.show_much(shown or Shown.LEAST)
        self._screens.put(self, spot, whole=whole and self._whole)

    def _unanswered(self) -> None:
        if self._spot is None:
            self.close()

    def _screens_changed(self) -> None:
        """Its screen went, came back or changed: keep to it, or go where there is one."""
        spots = self._screens.spots()
        if self._spot is None or not spots or not self.isVisible():
            return
        own = next((each for each in spots if each.name == self._spot.name), None)
        if own is not None:
            self._put(own, self._seat)
        else:
            left = spots[0]
            self._put(left, self._seats.of(left), whole=not self._shy)

    def _show_pointer(self, shown: bool) -> None:
        for handle in self.board.handles.values():
            hand = Qt.CursorShape.PointingHandCursor
            handle.setCursor(hand if shown else Qt.CursorShape.BlankCursor)
        self.board.setCursor(Qt.CursorShape.ArrowCursor if shown else Qt.CursorShape.BlankCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A pointer that rests is hidden."""
        if event.type() == QEvent.Type.MouseMove:
            if not self._pointer.isActive():
                self._show_pointer(True)
            self._pointer.start()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Figures open lists, arrows and Tab go from tile to tile, S asks anew, Esc closes."""
        key, handles = event.key(), self.board.handles
        figure = key - Qt.Key.Key_0
        if figure in list(Tile) and handles[Tile(figure)].isVisible():
            self.asked.emit(Tile(figure))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._click_focused()
        elif key in _NEXT:
            self.focusNextPrevChild(_NEXT[Qt.Key(key)] > 0)
        elif key == Qt.Key.Key_S:
            self.open(Wish(), ask=True)
        elif key == Qt.Key.Key_F11:
            self._turn_whole()
        elif key in _HELP:
            self.keys_page.open_over()
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _click_focused(self) -> None:
        for handle in self.board.handles.values():
            if handle.hasFocus():
                handle.click()

    def _turn_whole(self) -> None:
        self._whole = not self.isFullScreen()
        if self._spot is not None:
            self._screens_changed()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks any more."""
        super().closeEvent(event)
        self.closed.emit()
