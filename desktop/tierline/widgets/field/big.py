"""Controls for a thumb: 48 px and more (scaled), words in the middle, the key beside them."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QSizePolicy, QWidget

from tierline.widgets import fonts, icons
from tierline.widgets.keycap import draw_keycap, keycap_width
from tierline.widgets.sheets.ink import Ink, lines_high
from tierline.widgets.theme import Theme, ThemeHub

TARGET = 48
HIGH, GO_HIGH = 48, 60
PAD, GAP, RADIUS, ICON, GO_ICON, TEXT, GO_TEXT = 14, 8, 8, 20, 24, 15, 17
BOX = 24


class Tone(StrEnum):
    """What a big button is for."""

    GO = "go"
    PLAIN = "plain"
    QUIET = "quiet"


class BigButton(QPushButton):
    """As wide as it is let be; its words go to a second line before they are ever cut.

    `go` is the one likeliest act of a page. Keys are shown where there is room for them.
    """

    def __init__(
        self,
        text: str,
        hub: ThemeHub,
        *,
        icon: str = "",
        key: str = "",
        tone: Tone = Tone.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        """Made ready to place; whoever makes it connects `clicked`."""
        super().__init__(text, parent)
        self._hub, self._icon, self._key, self._tone = hub, icon, key, tone
        self._inside = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)
        hub.changed.connect(self.updateGeometry)

    def say(self, text: str, icon: str = "", spoken: str = "") -> None:
        """Other words, with another icon; `spoken` where the words alone say too little."""
        self.setText(text)
        self._icon = icon or self._icon
        self.setAccessibleName(spoken or text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """On one line."""
        px, words = self._hub.px, 0
        if self.text():
            words = round(fonts.width(self.text(), px(self._size), self._weight)) + 2
        parts = [px(self._side)] * bool(self._icon) + [words] * bool(words)
        wide = sum(parts) + px(GAP) * max(len(parts) - 1, 0) + 2 * px(PAD)
        return QSize(max(wide, px(TARGET)), self.heightForWidth(max(wide, px(TARGET))))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The longest word, or a target."""
        px = self._hub.px
        longest = max(self.text().split() or [""], key=len)
        words = round(fonts.width(longest, px(self._size), self._weight))
        wide = words + (px(self._side + GAP) if self._icon else 0) + px(PAD)
        return QSize(max(wide, px(TARGET)), px(self._high))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Long words take a second line."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """A target at least."""
        px = self._hub.px
        words = lines_high(self.text(), self._size, self._hub, self._room(width), self._weight)
        return max(px(self._high), round(words) + px(20)) if self.text() else px(self._high)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer came."""
        self._inside = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer left."""
        self._inside = False
        self.update()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may need another line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground, then icon and words in the middle, the key at the end."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hub, px = self._hub, self._hub.px
        self._ground(painter, hub.theme)
        ink, room = self._ink(hub.theme), self._room(self.width())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        pen = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        words = min(fonts.width(self.text(), px(self._size), self._weight) + 2, room)
        icon = px(self._side) if self._sign else 0
        whole = icon + (px(GAP) if icon and self.text() else 0) + (words if self.text() else 0)
        left = (self.width() - whole) / 2
        if icon:
            spot = pen.box(left, (self.height() - icon) / 2, icon, icon)
            icons.draw(painter, self._sign, spot.left(), spot.top(), icon, ink)
            left += icon + px(GAP)
        if self.text():
            high = lines_high(self.text(), self._size, hub, room, self._weight)
            box = pen.box(left, (self.height() - high) / 2, words + 1, high)
            pen.wrapped(box, self.text(), self._size, ink, self._weight)
        cap = keycap_width(self._key, hub) if self._key else 0
        if cap and (self.width() - whole) / 2 > cap + px(PAD):
            at = pen.box(self.width() - cap - px(10), 0, cap, self.height()).left()
            filled = self._tone is Tone.GO and self.isEnabled()
            draw_keycap(painter, QPointF(at, self.height() / 2), self._key, hub, on_fill=filled)
        painter.end()

    @property
    def _sign(self) -> str:
        """What is chosen of several has a check besides its colour."""
        return "check" if self.isChecked() else self._icon

    def _room(self, width: int) -> int:
        icon = self._hub.px(self._side + GAP) if self._sign else 0
        return max(width - icon - self._hub.px(PAD), 1)

    @property
    def _high(self) -> int:
        return GO_HIGH if self._tone is Tone.GO else HIGH

    @property
    def _size(self) -> int:
        return GO_TEXT if self._tone is Tone.GO else TEXT

    @property
    def _side(self) -> int:
        return GO_ICON if self._tone is Tone.GO else ICON

    @property
    def _weight(self) -> int:
        return fonts.SEMIBOLD if self._tone is Tone.GO else fonts.MEDIUM

    def _ground(self, painter: QPainter, theme: Theme) -> None:
        held = (self._inside or self.isDown()) and self.isEnabled()
        fill: QColor | None = theme.raised
        edge: QColor | None = theme.line
        if self._tone is Tone.GO and self.isEnabled():
            fill, edge = (theme.acc.darker(110) if held else theme.acc), None
        elif self.isChecked():
            fill, edge = theme.sel, theme.acc
        elif self._tone is Tone.QUIET:
            fill, edge = (theme.hover if held else None), None
        elif held:
            fill = theme.hover
        painter.setPen(QPen(edge, theme.outline) if edge is not None else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        box, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._hub.px(RADIUS)
        painter.drawRoundedRect(box, radius, radius)

    def _ink(self, theme: Theme) -> QColor:
        if not self.isEnabled():
            return theme.ink3
        return theme.onacc if self._tone is Tone.GO else theme.ink


class BigCheck(QCheckBox):
    """A point that is ticked off with a thumb; its words wrap."""

    def __init__(self, hub: ThemeHub, text: str) -> None:
        """Not done yet."""
        super().__init__(text)
        self._hub = hub
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)
        hub.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few words wide."""
        wide = self._hub.px(240)
        return QSize(wide, self.heightForWidth(self.width() or wide))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A target."""
        return QSize(self._hub.px(2 * TARGET), self._hub.px(TARGET))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As many lines as the words need."""
        px = self._hub.px
        words = lines_high(self.text(), TEXT, self._hub, max(width - px(BOX + 14), 1))
        return max(px(TARGET), round(words) + px(16))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may need another line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def hitButton(self, pos: object) -> bool:  # noqa: N802 - Qt's name
        """All of it is the target."""
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A large box and the words."""
        del event
        painter, hub, theme = QPainter(self), self._hub, self._hub.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        side, on = hub.px(BOX), self.isChecked()
        box = ink.box(1, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(theme.acc if on else theme.edge, 1.5 * theme.outline))
        painter.setBrush(theme.acc if on else theme.raised)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        if on:
            ink.icon(hub.px(3) + 1, self.height() / 2, "check", BOX - 6, theme.onacc)
        left = hub.px(BOX + 12)
        room = self.width() - left
        high = lines_high(self.text(), TEXT, hub, room)
        words = ink.box(left, (self.height() - high) / 2, room, high)
        ink.wrapped(words, self.text(), TEXT, theme.ink2 if on else theme.ink)
        painter.end()


def pressed(button: QAbstractButton) -> None:
    """Press a button that may be pressed."""
    if button.isEnabled() and button.isVisible():
        button.click()
