"""What is still missing on a ticket; it stops closing only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import plain
from tierline.widgets.ticket.wrapped import Run, Wrapped, wrap

PAD, LINE, INSIDE = 16, 16, 7


class MissingBand(QWidget):
    """An amber band with the list and the way to fill it in; hidden when nothing is missing."""

    fill_asked = Signal()

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Hidden at first."""
        super().__init__(parent)
        self._hub = hub
        self._words: tuple[str, ...] = ()
        self._list: Wrapped | None = None
        self._fill = Button(tr("Fill in"), hub, kind=Kind.SMALL, parent=self)
        self._fill.clicked.connect(self.fill_asked)
        hub.changed.connect(self._arrange)
        self.hide()

    def show_missing(self, missing: tuple[tuple[str, str], ...]) -> None:
        """Show these fields by their words."""
        self._words = tuple(plain(word) for _, word in missing)
        self.setAccessibleName(tr("Still missing: ") + ", ".join(self._words))
        self._arrange()

    def _arrange(self) -> None:
        px, theme = self._hub.px, self._hub.theme
        size = self._fill.sizeHint()
        room = self.width() - px(PAD) * 3 - size.width() - px(20)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        runs = [
            Run(tr("Still missing: "), theme.soon, fonts.SEMIBOLD),
            Run(", ".join(self._words), theme.soon),
        ]
        self._list = wrap(runs, px(12), px(LINE), room, mirrored=mirrored, most=4)
        high = max(round(self._list.high), size.height()) + 2 * px(INSIDE)
        self.setFixedHeight(high)
        left = self.width() - px(PAD) - size.width()
        top = (high - size.height()) // 2
        self._fill.setGeometry(placed(self, left, top, size.width(), size.height()))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width wraps anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Band, edge, sign and list."""
        del event
        brush, px, theme = Brush(self, self._hub), self._hub.px, self._hub.theme
        brush.painter.fillRect(self.rect(), theme.soontint)
        brush.rule(0, 0, px(4), self.height(), theme.soonfill)
        if self._list is not None:
            top = (self.height() - self._list.high) / 2
            brush.icon(px(PAD), top + px(LINE) / 2, "triangle-alert", 14, theme.soon)
            room = self.width() - px(PAD) * 3 - self._fill.width() - px(20)
            self._list.draw(brush.painter, brush.x(px(PAD + 20), room), top)
        brush.end()
