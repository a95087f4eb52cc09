"""The box in the toolbar that looks like a field and opens the palette."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tierline.domain.tongue import tr
from tierline.widgets import fonts, icons, texts
from tierline.widgets.keycap import draw_keycap, keycap_width
from tierline.widgets.theme import ThemeHub

WIDTH, LEAST, HEIGHT, PAD, ICON = 400, 180, 28, 10, 16
WORDS, KEY = tr("Search or run a command"), "Ctrl K"


class SearchBox(QAbstractButton):
    """A click, or Ctrl K, opens the palette."""

    def __init__(self, hub: ThemeHub) -> None:
        """400 px wide where there is room."""
        super().__init__()
        self._hub = hub
        self.setText(WORDS)
        self.setAccessibleName(WORDS)
        self.setToolTip(tr("{words}: tickets, people, views", words=WORDS))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What the design gives it."""
        return QSize(self._hub.px(WIDTH), self._hub.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It gives way to the buttons beside it."""
        return QSize(self._hub.px(LEAST), self._hub.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A field's ground with the loupe, the words and the key."""
        del event
        hub, theme = self._hub, self._hub.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.edge, theme.outline))
        painter.setBrush(theme.raised)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, hub.px(5), hub.px(5))
        side, left, middle = hub.px(ICON), hub.px(PAD), self.height() / 2
        icons.draw(painter, "search", left, middle - side / 2, side, theme.ink3)
        cap = keycap_width(KEY, hub)
        draw_keycap(painter, QPointF(self.width() - hub.px(6) - cap, middle), KEY, hub)
        left += side + hub.px(8)
        px = hub.px(13)
        room = self.width() - left - cap - hub.px(14)
        shown = texts.fitted(WORDS, px, fonts.REGULAR, room)
        metrics = fonts.metrics(px)
        painter.setFont(hub.font(13))
        painter.setPen(theme.ink3)
        painter.drawText(QPointF(left, middle + (metrics.ascent() - metrics.descent()) / 2), shown)
        painter.end()
