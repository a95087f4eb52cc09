"""Small parts that the window's bars are made of: words in a role, thin rules, rows of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from tierline.widgets import icons, texts
from tierline.widgets.theme import ThemeHub


class Word(QLabel):
    """A word in one of the sheet's roles; never markup, whatever a ticket says."""

    def __init__(self, hub: ThemeHub, role: str = "", text: str = "") -> None:
        """`role` is one of the style sheet's, such as head, second or quiet."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._hub = hub

    def tell(self, text: str) -> None:
        """Show another text, safe on one line; nothing happens when it is the same."""
        safe = texts.one_line(text)
        if safe != self.text():
            self.setText(safe)


class Shrinking(Word):
    """A word that is cut with an ellipsis where there is no room; the whole is in the tooltip."""

    def __init__(self, hub: ThemeHub, role: str = "", text: str = "") -> None:
        """As wide as its text, or less."""
        super().__init__(hub, role, text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It can go down to almost nothing."""
        return QSize(self._hub.px(24), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """As much of the text as fits."""
        del event
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self.rect(), flags, shown)
        painter.end()
        self.setToolTip(self.text() if shown != self.text() else "")


class Glyph(QWidget):
    """One icon in a colour of the theme, by the token's name."""

    def __init__(self, hub: ThemeHub, name: str, ink: str = "ink2", size: int = 14) -> None:
        """`size` at 100 %, px."""
        super().__init__()
        self._hub, self._name, self._ink, self._size = hub, name, ink, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def show_icon(self, name: str, ink: str = "ink2") -> None:
        """Another icon, or another colour."""
        if (name, ink) != (self._name, self._ink):
            self._name, self._ink = name, ink
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A square."""
        side = self._hub.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Just the icon."""
        del event
        painter = QPainter(self)
        ink = self._hub.theme.tokens()[self._ink]
        icons.draw(painter, self._name, 0, 0, self._hub.px(self._size), ink)
        painter.end()


class Rule(QWidget):
    """A thin line between things in a bar."""

    def __init__(self, hub: ThemeHub, height: int = 14) -> None:
        """`height` at 100 %, px."""
        super().__init__()
        self._hub, self._height = hub, height
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One px wide."""
        return QSize(1, self._hub.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The line."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._hub.theme.line)
        painter.end()


class Bar(QFrame):
    """A bar across the window or a pane, of fixed height, with a row of parts and an edge line."""

    def __init__(
        self, hub: ThemeHub, role: str, height: int, *, line: str = "bottom", pad: int = 15
    ) -> None:
        """`height` and side `pad` at 100 %, px; `line` is "top", "bottom" or ""."""
        super().__init__()
        self._hub, self._height, self._edge, self._pad = hub, height, line, pad
        self.setProperty("role", role)
        self.row = QHBoxLayout(self)
        hub.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take on the present text scale."""
        hub = self._hub
        self.row.setContentsMargins(hub.px(self._pad), 0, hub.px(self._pad), 0)
        self.row.setSpacing(hub.px(8))
        self.setFixedHeight(hub.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground, then the line."""
        super().paintEvent(event)
        if not self._edge:
            return
        painter = QPainter(self)
        y = 0 if self._edge == "top" else self.height() - 1
        painter.fillRect(0, y, self.width(), 1, self._hub.theme.line)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another style may mean other sizes of the parts."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.row.invalidate()
