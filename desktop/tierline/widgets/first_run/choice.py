"""One way to begin: a card with its number, what it is called and what it does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tierline.widgets import fonts
from tierline.widgets.brush import Brush
from tierline.widgets.keycap import draw_keycap, keycap_width
from tierline.widgets.theme import ThemeHub

HEIGHT, PAD, ICON = 56, 14, 18


class Choice(QAbstractButton):
    """A radio button painted as a card; a disabled one says why in its second line."""

    def __init__(self, hub: ThemeHub, key: str, icon: str, word: str, about: str) -> None:
        """`key` is the figure that chooses it."""
        super().__init__()
        self._hub, self._key, self._icon, self._about = hub, key, icon, about
        self.setText(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(word)
        self.setAccessibleDescription(about)
        self.setToolTip(about)
        self.setShortcut(key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        hub.changed.connect(self.updateGeometry)

    def event(self, event: QEvent) -> bool:
        """Its figure chooses it at once: Qt's own way takes 100 ms, and Enter may come before."""
        if event.type() == QEvent.Type.Shortcut and self.isEnabled():
            self.setChecked(True)
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the page, two lines high."""
        return QSize(self._hub.px(420), self._hub.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Icon, two lines, key; the chosen one has the accent's edge and a dot."""
        del event
        brush, hub, theme = Brush(self, self._hub), self._hub, self._hub.theme
        chosen, usable, px = self.isChecked(), self.isEnabled(), self._hub.px
        box = brush.box(0, 0, self.width(), self.height())
        fill = theme.sel if chosen else theme.raised
        brush.frame(
            box, 6, fill=fill if usable else theme.pane, edge=theme.acc if chosen else theme.line
        )
        middle, ink = self.height() / 2, theme.ink if usable else theme.ink3
        self._dot(brush, px(PAD), middle, chosen=chosen)
        brush.icon(px(PAD + 28), middle, self._icon, ICON, theme.ink2 if usable else theme.ink3)
        left = px(PAD + 28 + ICON + 12)
        cap = keycap_width(self._key, hub)
        room = self.width() - left - cap - px(2 * PAD)
        brush.text(left, middle - px(9), self.text(), 13, ink, fonts.SEMIBOLD, room)
        brush.text(left, middle + px(10), self._about, 12, theme.ink3, room=room)
        place = brush.box(self.width() - px(PAD) - cap, middle, cap, 0).topLeft()
        draw_keycap(brush.painter, place, self._key, hub)
        brush.end()

    def _dot(self, brush: Brush, left: float, middle: float, *, chosen: bool) -> None:
        theme, side = self._hub.theme, self._hub.px(14)
        circle = brush.box(left, middle - side / 2, side, side)
        brush.painter.setPen(QPen(theme.acc if chosen else theme.edge, 1.5))
        brush.painter.setBrush(theme.raised)
        brush.painter.drawEllipse(circle)
        if chosen:
            brush.painter.setPen(Qt.PenStyle.NoPen)
            brush.painter.setBrush(theme.acc)
            inset = side * 0.28
            brush.painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
