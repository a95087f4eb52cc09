"""The bar on top: where one is, the search box, the two ways to make a ticket, who one is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tierline.domain.tongue import tr
from tierline.widgets import fonts, icons, texts
from tierline.widgets.controls import Button
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window.lines import Bar, Glyph, Word
from tierline.widgets.window.search_box import SearchBox

HEIGHT, RAIL, NARROW_BRAND = 44, 188, 120
SHIFT_ROOM, LINE_ROOM, NAME_ROOM, NEW_ROOM = 1240, 860, 780, 620


class Brand(QWidget):
    """Three rising bars and the name."""

    def __init__(self, hub: ThemeHub) -> None:
        """As wide as the rail below it."""
        super().__init__()
        self._hub = hub
        self.width_at_100 = RAIL - 15
        self.setAccessibleName("Tierline")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Reaches to where the list begins."""
        return QSize(self._hub.px(self.width_at_100), self._hub.px(HEIGHT - 1))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The bars in the accent, the last in ink."""
        del event
        hub = self._hub
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        foot = (self.height() + hub.px(16)) / 2
        for at, (height, ink) in enumerate(
            ((6, hub.theme.acc), (11, hub.theme.acc), (16, hub.theme.ink))
        ):
            wide, high = hub.px(5), hub.px(height)
            painter.setBrush(ink)
            painter.drawRoundedRect(QRectF(at * hub.px(7), foot - high, wide, high), 1, 1)
        painter.setFont(hub.font(15, fonts.SEMIBOLD))
        painter.setPen(hub.theme.ink)
        metrics = fonts.metrics(hub.px(15), fonts.SEMIBOLD)
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(hub.px(28), base), "Tierline")
        painter.end()


class Me(QAbstractButton):
    """Who sits here; a click opens the menu of what is theirs."""

    def __init__(self, hub: ThemeHub) -> None:
        """Nobody yet."""
        super().__init__()
        self._hub = hub
        self._name = self._line = self._shown = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def tell(self, name: str, line: str) -> None:
        """Show this person, and which line they work on."""
        self.setText(texts.one_line(name))
        self._name, self._line, self._shown = self.text(), line, line
        self.setAccessibleName(
            tr("{name}, {line}: theme, text size, settings", name=name, line=line)
        )
        self.updateGeometry()
        self.update()

    def shorten(self, room: float) -> None:
        """Show name and line, the name, or the initials only, by the window's width at 100 %."""
        self._name = self.text() if room >= NAME_ROOM else ""
        self._shown = self._line if room >= LINE_ROOM else ""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the words."""
        hub = self._hub
        words = fonts.width(self._name, hub.px(13), fonts.MEDIUM)
        line = fonts.width(self._shown, hub.px(12))
        gaps = hub.px(7) * (bool(self._name) + bool(self._shown))
        return QSize(round(hub.px(22) + words + line + gaps + hub.px(24)), hub.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Initials in a circle, name, line, and an arrow down."""
        del event
        hub, theme, middle = self._hub, self._hub.theme, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.sunk)
        side = hub.px(20)
        circle = QRectF(0, middle - side / 2, side, side)
        painter.drawEllipse(circle)
        painter.setPen(theme.ink2)
        painter.setFont(hub.font(9, fonts.SEMIBOLD))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, initials(self.text()))
        left = float(hub.px(22))
        if self._name:
            left += hub.px(7)
            left += self._word(painter, left, self._name, 13, fonts.MEDIUM)
        if self._shown:
            left += hub.px(7)
            left += self._word(painter, left, self._shown, 12, fonts.REGULAR, quiet=True)
        arrow = hub.px(14)
        icons.draw(painter, "chevron-down", left + hub.px(8), middle - arrow / 2, arrow, theme.ink2)
        painter.end()

    def _word(
        self,
        painter: QPainter,
        left: float,
        text: str,
        size: int,
        weight: int,
        *,
        quiet: bool = False,
    ) -> float:
        hub = self._hub
        metrics = fonts.metrics(hub.px(size), weight)
        painter.setFont(hub.font(size, weight))
        painter.setPen(hub.theme.ink2 if quiet else hub.theme.ink)
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(left, base), text)
        return metrics.horizontalAdvance(text)


def initials(name: str) -> str:
    """At most two capitals for a name: "Mira Okonedo" is MO."""
    words = [word for word in name.split() if word[:1].isalnum()]
    chosen = words[:1] + words[1:][-1:]
    return "".join(word[0].upper() for word in chosen)


class Toolbar(Bar):
    """`asked(act)` with "palette", "new" or "sev1"; `me_asked()` for the menu below the name."""

    asked = Signal(str)
    me_asked = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Knows nobody yet: see `tell_me`."""
        super().__init__(hub, "win", HEIGHT)
        self.setAccessibleName(tr("Toolbar"))
        self.brand = Brand(hub)
        self.search = SearchBox(hub)
        self.new = Button(tr("New ticket"), hub, key="Ctrl N", icon="plus")
        self.sev1 = Button("SEV 1", hub, key="F9", icon="siren")
        self.sun = Glyph(hub, "sun", "ink3")
        self.shift = Word(hub, "quiet")
        self.me = Me(hub)
        parts = (self.brand, self.search, self.new, self.sev1)
        for part in parts:
            self.row.addWidget(part)
        self.row.addStretch(1)
        self.row.addWidget(self.sun)
        self.row.addWidget(self.shift)
        self.row.addSpacing(hub.px(18))
        self.row.addWidget(self.me)
        self.search.clicked.connect(lambda: self.asked.emit("palette"))
        self.new.clicked.connect(lambda: self.asked.emit("new"))
        self.sev1.clicked.connect(lambda: self.asked.emit("sev1"))
        self.me.clicked.connect(self.me_asked)

    def tell_me(self, name: str, line: str) -> None:
        """Who sits here."""
        self.me.tell(name, line)

    def tell_shift(self, text: str, *, night: bool = False) -> None:
        """Say until when the desk is open: "Day shift, local desk until 17:00"."""
        self.shift.tell(text)
        self.sun.show_icon("moon" if night else "sun", "ink3")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """What there is no room for goes, the shift first."""
        super().resizeEvent(event)
        scaled = self.width() * 100 / self._hub.scale
        for part in (self.sun, self.shift):
            part.setVisible(scaled >= SHIFT_ROOM)
        self.new.setVisible(scaled >= NEW_ROOM)
        self.me.shorten(scaled)
        self.brand.width_at_100 = RAIL - 15 if scaled >= 1280 else NARROW_BRAND
        self.brand.updateGeometry()
