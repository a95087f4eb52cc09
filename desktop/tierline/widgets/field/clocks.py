"""The clocks of a visit's ticket beside each other, as many as there is room for; they tick."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tierline.desk.rows import clock_sentence
from tierline.desk.ticket_view import ClockPanel
from tierline.present.ticker import Ticker
from tierline.widgets.brush import Brush
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket import clock_face

_WIDE, _GAP, _HIGH, _MOST = 128, 16, 74, 3


class ClockRow(QWidget):
    """At most three, the next one first; the others are in the console."""

    def __init__(self, hub: ThemeHub, ticker: Ticker) -> None:
        """No clocks."""
        super().__init__()
        self._hub, self._ticker = hub, ticker
        self._panels: tuple[ClockPanel, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ticker.tick.connect(lambda _: self.update())
        hub.changed.connect(self.updateGeometry)

    def show_panels(self, panels: tuple[ClockPanel, ...]) -> None:
        """These; those that have stopped come last."""
        ordered = sorted(panels, key=lambda each: each.reading.stopped is not None)
        self._panels = tuple(ordered[:_MOST])
        now = self._ticker.now()
        told = ", ".join(clock_sentence(each.countdown, now) for each in self._panels)
        self.setAccessibleName(told)
        self.setVisible(bool(self._panels))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line of them."""
        return QSize(self._hub.px(_WIDE), self._hub.px(_HIGH))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One of them."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fewer fit where it is narrower."""
        super().resizeEvent(event)
        self.update()

    def showEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """They run while they are seen."""
        self._ticker.add(self)
        super().showEvent(event)  # type: ignore[arg-type]

    def hideEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        self._ticker.drop(self)
        super().hideEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Each in its column."""
        del event
        brush, px, now = Brush(self, self._hub), self._hub.px, self._ticker.now()
        fit = max(1, (self.width() + px(_GAP)) // px(_WIDE + _GAP))
        shown = self._panels[:fit]
        wide = (self.width() - px(_GAP) * (max(len(shown), 1) - 1)) / max(len(shown), 1)
        for place, panel in enumerate(shown):
            look = clock_face.look(panel, now, playing=False)
            clock_face.paint(brush, look, place * (wide + px(_GAP)), 0, min(wide, px(220)))
        brush.end()
