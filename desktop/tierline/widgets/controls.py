"""Controls the panes share: buttons with their key on them, chips, tabs, links.

`Button("Escalate", hub, key="E")`; `kind` is one of `Kind`. They are real push buttons to the
keyboard and to a screen reader; only the painting is ours.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tierline.widgets import fonts, icons
from tierline.widgets.keycap import draw_keycap, keycap_width
from tierline.widgets.theme import Theme, ThemeHub


class Kind(StrEnum):
    """The looks of a button; each is used for one purpose only."""

    PLAIN = "plain"
    ACT = "act"
    PRIMARY = "primary"
    SMALL = "small"
    TAB = "tab"
    CHIP = "chip"
    DASHED = "dashed"
    RULE = "rule"
    LINK = "link"
    FLAT = "flat"


class _Shape:
    """The measures of one kind, at 100 %: height, side padding, text size, weight, radius, icon."""

    __slots__ = ("height", "icon", "pad", "radius", "text", "weight")

    def __init__(
        self, height: int, pad: int, text: int, weight: int, radius: float, icon: int
    ) -> None:
        self.height, self.pad, self.text = height, pad, text
        self.weight, self.radius, self.icon = weight, radius, icon


SHAPES = {
    Kind.PLAIN: _Shape(28, 10, 13, fonts.MEDIUM, 5, 16),
    Kind.ACT: _Shape(28, 6, 13, fonts.MEDIUM, 5, 16),
    Kind.PRIMARY: _Shape(28, 10, 13, fonts.MEDIUM, 5, 16),
    Kind.SMALL: _Shape(24, 8, 12, fonts.MEDIUM, 5, 14),
    Kind.TAB: _Shape(24, 8, 12, fonts.MEDIUM, 5, 14),
    Kind.CHIP: _Shape(24, 9, 12, fonts.REGULAR, 12, 14),
    Kind.DASHED: _Shape(24, 9, 12, fonts.REGULAR, 12, 14),
    Kind.RULE: _Shape(17, 5, 11, fonts.REGULAR, 3, 12),
    Kind.LINK: _Shape(24, 0, 12, fonts.REGULAR, 3, 14),
    Kind.FLAT: _Shape(24, 5, 12, fonts.REGULAR, 5, 16),
}
GAP = 6


class Button(QPushButton):
    """A push button painted from the tokens; `key` is shown on it as a key-cap, "" for none."""

    def __init__(
        self,
        text: str,
        hub: ThemeHub,
        *,
        key: str = "",
        icon: str = "",
        kind: Kind | str = Kind.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        """Made ready to place; the caller connects `clicked` and the shortcut itself."""
        super().__init__(text, parent)
        self._hub, self._key, self._icon, self._kind = hub, key, icon, Kind(kind)
        self._inside = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCheckable(self._kind is Kind.TAB)
        if self._kind is Kind.LINK:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        hub.changed.connect(self.updateGeometry)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon by name."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as icon, text and key need."""
        shape, hub = SHAPES[self._kind], self._hub
        parts = [hub.px(shape.icon)] if self._icon else []
        if self.text():
            parts.append(round(fonts.width(self.text(), hub.px(shape.text), self._weight()) + 1))
        if self._key:
            parts.append(keycap_width(self._key, hub))
        inner = sum(parts) + hub.px(GAP) * (len(parts) - 1)
        height = hub.px(shape.height)
        return QSize(max(inner + 2 * hub.px(shape.pad), height), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never narrower than its words."""
        return self.sizeHint()

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

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground, then icon, text and key from the reading start."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape, hub = SHAPES[self._kind], self._hub
        self._paint_ground(painter, hub.theme, hub.px(shape.radius))
        ink = self._ink(hub.theme)
        left, height, gap = float(hub.px(shape.pad)), self.height(), hub.px(GAP)
        if not self.text() and not self._key:
            left = (self.width() - hub.px(shape.icon)) / 2
        if self._icon:
            size = hub.px(shape.icon)
            icons.draw(painter, self._icon, left, (height - size) / 2, size, ink)
            left += size + gap
        if self.text():
            left += self._paint_text(painter, left, ink) + gap
        if self._key:
            filled = self._kind is Kind.PRIMARY and self.isEnabled()
            draw_keycap(painter, QPointF(left, height / 2), self._key, hub, on_fill=filled)
        painter.end()

    def _paint_ground(self, painter: QPainter, theme: Theme, radius: float) -> None:
        fill, border = self._colours(theme)
        if fill is None and border is None:
            return
        pen = QPen(border, theme.outline) if border is not None else QPen(Qt.PenStyle.NoPen)
        if self._kind is Kind.DASHED:
            pen.setDashPattern([2.5, 2.5])
        painter.setPen(pen)
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _colours(self, theme: Theme) -> tuple[QColor | None, QColor | None]:
        held = self._inside and self.isEnabled()
        fill: QColor | None = theme.hover if held or self.isDown() else None
        match self._kind:
            case Kind.PRIMARY if self.isEnabled():
                return (theme.acc.darker(110) if held else theme.acc), None
            case Kind.TAB:
                return (theme.raised, theme.edge) if self.isChecked() else (fill, None)
            case Kind.LINK | Kind.FLAT:
                return fill, None
            case Kind.RULE:
                return theme.pane, theme.line
            case Kind.DASHED:
                return fill, theme.edge
            case _:
                return fill or theme.raised, theme.line

    def _ink(self, theme: Theme) -> QColor:
        if not self.isEnabled():
            return theme.ink3
        if self._kind is Kind.PRIMARY:
            return theme.onacc
        if self._kind is Kind.LINK:
            return theme.acc
        quiet = self._kind in {Kind.CHIP, Kind.DASHED, Kind.RULE, Kind.FLAT}
        quiet = quiet or (self._kind is Kind.TAB and not self.isChecked())
        return theme.ink2 if quiet else theme.ink

    def _weight(self) -> int:
        on = self._kind is Kind.TAB and self.isChecked()
        return fonts.SEMIBOLD if on else SHAPES[self._kind].weight

    def _paint_text(self, painter: QPainter, left: float, ink: QColor) -> float:
        px = self._hub.px(SHAPES[self._kind].text)
        metrics = fonts.metrics(px, self._weight())
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(fonts.font(px, self._weight()))
        painter.setPen(ink)
        painter.drawText(QPointF(left, round(base)), self.text())
        width = metrics.horizontalAdvance(self.text())
        if self._kind is Kind.LINK:
            painter.fillRect(QRectF(left, round(base) + 2, width, 1), ink)
        return width
