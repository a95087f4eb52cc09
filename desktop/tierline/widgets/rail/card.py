"""How many of today's tickets were resolved on first contact, beside the goal."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.desk import FirstContact
from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush
from tierline.widgets.theme import ThemeHub

HIGH, PAD = 69, 16


class FirstContactCard(QWidget):
    """Hidden where the policy names no goal, or `allow(False)`."""

    def __init__(self, hub: ThemeHub, parent: QWidget | None = None) -> None:
        """Hidden at first."""
        super().__init__(parent)
        self._hub = hub
        self._figure = FirstContact(0, 0)
        self._allowed = True
        hub.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def show_figure(self, figure: FirstContact) -> None:
        """Show this one."""
        self._figure = figure
        self.setAccessibleName(
            tr("First contact today {share}, {below}", share=self._share(), below=self._below())
        )
        self.setVisible(self._allowed and figure.goal > 0)
        self.update()

    def allow(self, allowed: bool) -> None:
        """Whether there is room for it."""
        self._allowed = allowed
        self.setVisible(allowed and self._figure.goal > 0)

    def _share(self) -> str:
        return f"{round(self._figure.rate * 100)} %" if self._figure.resolved else "–"

    def _below(self) -> str:
        figure = self._figure
        done = (
            tr("{first} of {resolved} resolved", first=figure.first, resolved=figure.resolved)
            if figure.resolved
            else tr("None yet")
        )
        return tr("{done}, goal {round} %", done=done, round=round(figure.goal * 100))

    def _restyle(self) -> None:
        self.setFixedHeight(self._hub.px(HIGH))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Head, bar with the goal's tick, and the sum."""
        del event
        brush, px, figure = Brush(self, self._hub), self._hub.px, self._figure
        theme, room = brush.theme, self.width() - px(PAD + 8)
        brush.painter.fillRect(self.rect(), theme.win)
        brush.rule(0, 0, self.width(), 1, theme.line)
        share = self._share()
        wide = fonts.width(share, px(12), fonts.SEMIBOLD)
        end = px(PAD) + room - px(8)
        word_room = end - wide - px(PAD + 6)
        word = tr("First contact today")
        brush.text(px(PAD), px(18), word, 12, theme.ink, fonts.SEMIBOLD, word_room)
        brush.text(end - wide, px(18), share, 12, theme.ink, fonts.SEMIBOLD)
        high = px(6)
        bar = brush.box(px(PAD), px(31), room, high)
        brush.frame(bar, 2, fill=theme.sunk)
        if figure.rate > 0:
            filled = max(round(room * figure.rate), 2)
            brush.frame(brush.box(px(PAD), px(31), filled, high), 2, fill=theme.bar)
        tick = px(PAD) + round(room * figure.goal)
        brush.rule(tick - 1, px(29), 2, high + px(4), theme.ink)
        brush.text(px(PAD), px(49), self._below(), 11, theme.ink3, room=room)
        brush.end()
