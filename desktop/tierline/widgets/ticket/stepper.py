"""The lines a ticket can be at, and where it is now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

from tierline.desk.rows import clock_sentence
from tierline.desk.ticket_view import ClockPanel, TicketView, TierStep
from tierline.present.ticker import Ticker
from tierline.widgets import fonts, icons
from tierline.widgets.brush import Brush
from tierline.widgets.clock_cell import NOTHING, ClockCellPainter, ClockLook, faces_of
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import plain, tip

PAD, TOP, STEP, FOOT, JOINT, INSIDE = 16, 0, 36, 12, 22, 9


def limit_of(view: TicketView) -> ClockPanel | None:
    """The limit that the ticket's line will reach first, None when it has none left."""
    limits = [p for p in view.clocks if p.reading.rule.table.starts == "tier"]
    return next((panel for panel in limits if panel.reading.stopped is None), None)


class TierStepper(QWidget):
    """One box for each line, the ticket's own lifted out; beside it what the others offer.

    In the ticket's own box ticks what is left of the line's limit.
    """

    def __init__(self, hub: ThemeHub, ticker: Ticker, parent: QWidget | None = None) -> None:
        """Empty until it is shown a ticket."""
        super().__init__(parent)
        self._hub, self._ticker = hub, ticker
        self._steps: tuple[TierStep, ...] = ()
        self._limit: ClockPanel | None = None
        self._figures, self._look = ClockCellPainter(hub), NOTHING
        ticker.tick.connect(self._tick)
        hub.changed.connect(self._restyle)
        self._restyle()

    def show_steps(self, steps: tuple[TierStep, ...], limit: ClockPanel | None = None) -> None:
        """Show these lines, and the limit of the one where the ticket is."""
        self._steps, self._limit = steps, limit
        now = self._ticker.now()
        self._look = faces_of([limit.countdown], now) if limit else NOTHING
        said = [f"{step.word}{', here' * step.here}: {step.note}" for step in steps]
        if limit is not None:
            said.append(clock_sentence(limit.countdown, now))
        self.setAccessibleName(plain("; ".join(said)))
        self.update()

    @property
    def look(self) -> ClockLook:
        """The line's limit as it is painted; `NOTHING` for none."""
        return self._look

    def _tick(self, now: float) -> None:
        if self._limit is None or not self.isVisible():
            return
        look = faces_of([self._limit.countdown], now)
        if look != self._look:
            self._look = look
            self.update()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Time goes on."""
        super().showEvent(event)
        self._ticker.add(self)
        self._tick(self._ticker.now())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        super().hideEvent(event)
        self._ticker.drop(self)

    def _restyle(self) -> None:
        self.setFixedHeight(self._hub.px(TOP + STEP + FOOT))
        self.update()

    def _step_wide(self) -> float:
        count, px = max(len(self._steps), 1), self._hub.px
        return (self.width() - 2 * px(PAD) - (count - 1) * px(JOINT)) / count

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The boxes with arrows between them."""
        del event
        brush, px = Brush(self, self._hub), self._hub.px
        brush.painter.fillRect(self.rect(), brush.theme.pane)
        left, wide = float(px(PAD)), self._step_wide()
        for at, step in enumerate(self._steps):
            if at:
                self._joint(brush, left - px(JOINT) / 2)
            self._paint_step(brush, step, left, wide)
            left += wide + px(JOINT)
        brush.end()

    def _joint(self, brush: Brush, middle: float) -> None:
        """The arrow to the next line, in the direction one reads."""
        px, painter = self._hub.px, brush.painter
        half = px(14) / 2
        painter.save()
        painter.translate(brush.x(middle, 0), px(TOP) + px(STEP) / 2)
        painter.scale(-1 if brush.mirrored else 1, 1)
        drawn = icons.pixmap("chevron-right", px(14), brush.theme.ink3, brush.dpr)
        painter.drawPixmap(QPointF(-half, -half), drawn)
        painter.restore()

    def _paint_step(self, brush: Brush, step: TierStep, left: float, wide: float) -> None:
        theme, px = brush.theme, self._hub.px
        box = brush.box(round(left), px(TOP), round(wide), px(STEP))
        fill, edge = (theme.raised, theme.ink2) if step.here else (None, theme.line)
        brush.frame(box, 6, fill=fill, edge=edge)
        inside, room = left + px(INSIDE), wide - 2 * px(INSIDE)
        weight = fonts.SEMIBOLD if step.here else fonts.REGULAR
        ink = theme.ink if step.here else theme.ink2
        figure = self._paint_limit(brush, box) if step.here and self._look.text else 0.0
        word_room = room - figure - px(4) * bool(figure)
        brush.text(inside, px(TOP) + px(12), step.word, 12, ink, weight, word_room)
        quiet = theme.ink2 if step.here else theme.ink3
        brush.text(inside, px(TOP) + px(26), step.note, 11, quiet, room=room)

    def _paint_limit(self, brush: Brush, box: QRectF) -> float:
        """What is left of the line's limit, at the end of the box's first line; its width."""
        px, wide = self._hub.px, self._figures.figure_width(self._look)
        right = box.left() + px(6) + wide if brush.mirrored else box.right() - px(6)
        self._figures.figure(brush.painter, right, box.top() + px(3), self._look)
        return wide

    def event(self, event: QEvent) -> bool:
        """What a box could not show is in its tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._steps:
            share = event.pos().x() / max(self.width(), 1)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                share = 1 - share
            step = self._steps[max(0, min(int(share * len(self._steps)), len(self._steps) - 1))]
            QToolTip.showText(event.globalPos(), tip(f"{step.word}\n{step.note}"), self)
            return True
        return super().event(event)
