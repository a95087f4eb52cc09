"""The lines a ticket can be at, and where it is now."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from tierline.desk.ticket_view import TierStep
from tierline.widgets import fonts, icons
from tierline.widgets.brush import Brush
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.prose import plain, tip

PAD, TOP, STEP, FOOT, JOINT, INSIDE = 16, 0, 36, 12, 22, 9


class TierStepper(QWidget):
    """One box for each line, the ticket's own lifted out; beside it what the others offer."""

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Empty until it is shown a ticket."""
        super().__init__(parent)
        self._hub = hub
        self._steps: tuple[TierStep, ...] = ()
        hub.changed.connect(self._restyle)
        self._restyle()

    def show_steps(self, steps: tuple[TierStep, ...]) -> None:
        """Show these lines."""
        self._steps = steps
        said = (f"{step.word}{', here' * step.here}: {step.note}" for step in steps)
        self.setAccessibleName(plain("; ".join(said)))
        self.update()

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
        brush.text(inside, px(TOP) + px(12), step.word, 12, ink, weight, room)
        quiet = theme.ink2 if step.here else theme.ink3
        brush.text(inside, px(TOP) + px(26), step.note, 11, quiet, room=room)

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
