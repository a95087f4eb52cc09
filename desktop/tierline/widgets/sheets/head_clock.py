"""The clock that matters to a sheet, ticking in its head while the sheet is open."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tierline.desk.rows import clock_sentence
from tierline.domain.countdown import Countdown
from tierline.present.ticker import Ticker
from tierline.widgets import fonts
from tierline.widgets.clock_cell import NOTHING, ClockCellPainter, ClockLook, faces_of
from tierline.widgets.sheets.ink import Ink
from tierline.widgets.theme import ThemeHub


class HeadClock(QWidget):
    """A word over a figure with its glyph and pill."""

    def __init__(self, hub: ThemeHub, ticker: Ticker) -> None:
        """Empty until `show_clock`."""
        super().__init__()
        self._hub, self._ticker = hub, ticker
        self._cell = ClockCellPainter(hub)
        self._word, self._clock = "", None  # type: str, Countdown | None
        self._look: ClockLook = NOTHING
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        ticker.tick.connect(self._tick)
        hub.changed.connect(self.updateGeometry)

    def show_clock(self, word: str, clock: Countdown | None) -> None:
        """Show this clock under this word; None for none."""
        self._word, self._clock = word, clock
        self._tick(self._ticker.now())
        self.updateGeometry()
        self.setVisible(clock is not None)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Word and figure above each other."""
        wide = max(fonts.width(self._word, self._hub.px(11)), self._cell.figure_width(self._look))
        return QSize(round(wide) + self._hub.px(12), self._hub.px(36))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Tick while it is seen."""
        self._ticker.add(self)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """No tick for what nobody sees."""
        self._ticker.drop(self)
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The word, then the figure below it, both at the end."""
        del event
        if not self._look.text:
            return
        painter, hub = QPainter(self), self._hub
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        pad = hub.px(6)
        box = ink.box(0, 0, self.width() - pad, hub.px(15))
        ink.text(box, self._word, 11, hub.theme.ink3, end=True)
        right = pad + self._cell.figure_width(self._look) if mirrored else self.width() - pad
        spot = QPointF(right, hub.px(17))
        self._cell.figure(painter, spot.x(), spot.y(), self._look)
        painter.end()

    def _tick(self, now: float) -> None:
        look = faces_of([self._clock], now) if self._clock is not None else NOTHING
        if look != self._look:
            self._look = look
            spoken = clock_sentence(self._clock, now) if self._clock is not None else ""
            self.setAccessibleName(spoken)
            self.update()
