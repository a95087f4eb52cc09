"""The clocks of a ticket, up to four: time left or over, what it means, and why."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from tierline.desk.rows import clock_sentence
from tierline.desk.ticket_view import ClockPanel
from tierline.domain.tongue import tr
from tierline.present.ticker import Ticker
from tierline.widgets import fonts
from tierline.widgets.brush import Brush, placed
from tierline.widgets.clock_look import ORDER
from tierline.widgets.controls import Button, Kind
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket import clock_face
from tierline.widgets.ticket.prose import tip

MOST = 4
PAD, CAPTION, TOP, FOOT, GUTTER, DENSE_TOP = 16, 30, 2, 12, 21, 10


def chosen(clocks: tuple[ClockPanel, ...]) -> tuple[ClockPanel, ...]:
    """The four that matter most, in the order everybody knows them: R U F L."""
    kept = sorted(clocks[:MOST], key=lambda each: ORDER.find(each.letter))
    return tuple(kept)


class ClockStrip(QWidget):
    """Ticks while it is visible. Click a clock, or arrow to it and press Enter, to ask why.

    `why_asked(clock)`: "" from the link, which means the next one.
    """

    why_asked = Signal(str)

    def __init__(self, hub: ThemeHub, ticker: Ticker, parent: QWidget | None = None) -> None:
        """Empty until it is shown a ticket."""
        super().__init__(parent)
        self._hub, self._ticker = hub, ticker
        self._clocks: tuple[ClockPanel, ...] = ()
        self._more = 0
        self._playing = self._dense = self._flat = False
        self._looks: list[clock_face.FaceLook] = []
        self._cells: list[QRect] = []
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleDescription(tr("Arrows choose a clock, Enter asks why."))
        self._why = Button(tr("Why this deadline?"), hub, key="Y", kind=Kind.LINK, parent=self)
        self._why.clicked.connect(lambda: self.why_asked.emit(""))
        hub.changed.connect(self._arrange)
        ticker.tick.connect(self._tick)

    def show_clocks(self, clocks: tuple[ClockPanel, ...], *, playing: bool) -> None:
        """Show these; `playing` says that the work timer runs on the ticket."""
        self._clocks, self._playing = chosen(clocks), playing
        self._more = max(len(clocks) - MOST, 0)
        self._current = min(self._current, max(len(self._clocks) - 1, 0))
        self._looks = self._read(self._ticker.now())
        self._name()
        self._arrange()

    def set_dense(self, dense: bool, *, flat: bool = False) -> None:
        """Without the caption and the link; `flat` also without the notes, which tooltips keep."""
        if (dense, flat) != (self._dense, self._flat):
            self._dense, self._flat = dense, flat
            self._arrange()

    def _read(self, now: float) -> list[clock_face.FaceLook]:
        return [clock_face.look(each, now, playing=self._playing) for each in self._clocks]

    def _name(self) -> None:
        now = self._ticker.now()
        said = [clock_sentence(each.countdown, now) for each in self._clocks]
        name = tr("Clocks: ") + ("; ".join(said) or "none")
        if name != self.accessibleName():  # it speaks of minutes: seconds tell nobody anything
            self.setAccessibleName(name)

    # Where things are

    def _arrange(self) -> None:
        px = self._hub.px
        self._why.setVisible(not self._dense and bool(self._clocks))
        size = self._why.sizeHint()
        left = self.width() - px(PAD) - size.width()
        self._why.setGeometry(placed(self, left, px(TOP + 5), size.width(), size.height()))
        top, high = px(DENSE_TOP if self._dense else CAPTION + TOP), self._high()
        widths = self._widths()
        per_row = len(widths) if self._fits(widths) else (len(widths) + 1) // 2
        self._cells = []
        for start in range(0, len(widths), max(per_row, 1)):
            self._row(widths[start : start + per_row], top)
            top += high + px(8)
        self.setFixedHeight(max(top - px(8), 0) + px(FOOT) if widths else px(CAPTION + 8))
        self.update()

    def _high(self) -> int:
        return self._hub.px(clock_face.FLAT if self._flat else clock_face.HIGH)

    def _widths(self) -> list[float]:
        return [clock_face.wanted(each, self._hub) for each in self._looks]

    def _fits(self, widths: list[float]) -> bool:
        px = self._hub.px
        room = self.width() - 2 * px(PAD)
        return sum(widths) + (len(widths) - 1) * px(GUTTER) <= room

    def _row(self, widths: list[float], top: int) -> None:
        px = self._hub.px
        room = self.width() - 2 * px(PAD) - (len(widths) - 1) * px(GUTTER)
        spare = min(max(room - sum(widths), 0) / len(widths), px(60))
        left = float(px(PAD))
        for each in widths:
            wide = min(each + spare, room)
            self._cells.append(QRect(round(left), top, round(wide), self._high()))
            left += wide + px(GUTTER)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The cells the event touches."""
        brush, px = Brush(self, self._hub), self._hub.px
        theme = brush.theme
        brush.painter.fillRect(event.rect(), theme.pane)
        brush.rule(0, 0, self.width(), 1, theme.line)
        if not self._dense:
            more = tr(", {more} more under Y", more=self._more) if self._more else ""
            middle = px(TOP) + px(17)
            caption = (
                tr("Clocks{more}", more=more)
                if self._clocks
                else tr("No clock runs on this ticket")
            )
            brush.text(px(PAD), middle, caption, 11, theme.ink3, fonts.SEMIBOLD)
        for at, (cell, look) in enumerate(zip(self._cells, self._looks, strict=False)):
            self._paint_cell(brush, at, cell, look)
        brush.end()

    def _paint_cell(self, brush: Brush, at: int, cell: QRect, look: clock_face.FaceLook) -> None:
        px, theme = self._hub.px, brush.theme
        first = cell.left() == px(PAD)
        if not first:
            brush.rule(cell.left() - px(GUTTER) // 2, cell.top(), 1, cell.height(), theme.line)
        if self.hasFocus() and at == self._current:
            box = brush.box(cell.left() - 4, cell.top() - 3, cell.width() + 8, cell.height() + 6)
            brush.frame(box, 5, edge=theme.focus)
        clock_face.paint(brush, look, cell.left(), cell.top(), cell.width(), flat=self._flat)

    # The second

    def _tick(self, now: float) -> None:
        if not self.isVisible() or not self._clocks:
            return
        before, self._looks = self._looks, self._read(now)
        if [each.phase for each in before] != [each.phase for each in self._looks]:
            self._name()
            self._arrange()
            return
        if before != self._looks:
            self._name()
        for cell, old, new in zip(self._cells, before, self._looks, strict=False):
            if old != new:
                self.update(self._seen(cell))

    def _seen(self, cell: QRect) -> QRect:
        return placed(self, cell.left() - 6, cell.top(), cell.width() + 14, cell.height())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Visible clocks tick."""
        super().showEvent(event)
        self._looks = self._read(self._ticker.now())
        self._ticker.add(self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Hidden ones don't."""
        super().hideEvent(event)
        self._ticker.drop(self)

    # Asking why

    def _at(self, x: int, y: int) -> int:
        for at, cell in enumerate(self._cells):
            if self._seen(cell).contains(x, y):
                return at
        return -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click on a clock asks why for it."""
        at = self._at(event.position().toPoint().x(), event.position().toPoint().y())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = at
            self.why_asked.emit(self._clocks[at].name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows choose a clock, Enter asks why."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and self._clocks:
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            step = -step if mirrored else step
            self._current = max(0, min(len(self._clocks) - 1, self._current + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._clocks:
            self.why_asked.emit(self._clocks[self._current].name)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Countdowns are read on request: now."""
        self._name()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """No clock is marked without the focus."""
        self.update()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width is another arrangement."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def event(self, event: QEvent) -> bool:
        """The tooltip says the clock in words."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(event.pos().x(), event.pos().y())
            if at >= 0:
                clock, note = self._clocks[at], self._looks[at].note
                said = clock_sentence(clock.countdown, self._ticker.now()).capitalize()
                QToolTip.showText(event.globalPos(), tip(f"{said}\n{note}"), self)
            return True
        return super().event(event)
