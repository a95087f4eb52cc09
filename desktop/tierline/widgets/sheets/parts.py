"""Small pieces every sheet is made of: plain labels, scaled layouts, a scroll area that asks."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tierline.desk.desk import Desk
from tierline.desk.wording import priority_name
from tierline.present.ticker import Ticker
from tierline.widgets.glyphs import CHIP_HEIGHT, CHIP_WIDTH, chip
from tierline.widgets.texts import one_line
from tierline.widgets.theme import ThemeHub

Margins = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


class Ground(NamedTuple):
    """What a sheet stands on: the area it covers, the look, the shared second, the desk."""

    area: QWidget
    hub: ThemeHub
    ticker: Ticker
    desk: Desk


class Spacing(QObject):
    """Keeps a layout's margins and gap at the user's text scale; it lives as long as the layout."""

    def __init__(self, layout: QBoxLayout, hub: ThemeHub, margins: Margins, gap: int) -> None:
        """Apply at once, and again whenever the scale changes."""
        super().__init__(layout)
        self._layout, self._hub, self._margins, self._gap = layout, hub, margins, gap
        hub.changed.connect(self.apply)
        self.apply()

    def change(self, margins: Margins, gap: int) -> None:
        """Use other measures from now on."""
        self._margins, self._gap = margins, gap
        self.apply()

    def apply(self) -> None:
        """Set the sizes for the scale in force."""
        self._layout.setContentsMargins(*(self._hub.px(m) for m in self._margins))
        self._layout.setSpacing(self._hub.px(self._gap))


def column(hub: ThemeHub, gap: int = 8, margins: Margins = NONE) -> QVBoxLayout:
    """A column whose gap and margins follow the text scale."""
    made = QVBoxLayout()
    Spacing(made, hub, margins, gap)
    return made


def line(hub: ThemeHub, gap: int = 8, margins: Margins = NONE) -> QHBoxLayout:
    """A line whose gap and margins follow the text scale."""
    made = QHBoxLayout()
    Spacing(made, hub, margins, gap)
    return made


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text; what a client wrote is never taken for markup."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def dress(widget: QWidget, name: str, value: object) -> None:
    """Change a property the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class OneLine(QLabel):
    """Plain text on one line, cut with an ellipsis; the tooltip has all of it when cut."""

    def __init__(self, text: str = "", role: str = "") -> None:
        """Take as much room as there is, and ask for no more."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show this, without control characters."""
        super().setText(one_line(text))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """An ellipsis is enough."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The text, cut where the room ends."""
        del event
        painter = QPainter(self)
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = Qt.AlignmentFlag.AlignVCenter | side
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), flags, cut)
        painter.end()
        self.setToolTip("" if cut == self.text() else self.text().replace("<", "‹"))


class Chip(QWidget):
    """The chip of a priority as a widget."""

    def __init__(self, hub: ThemeHub, priority: int | None = None) -> None:
        """Show the chip of a priority (0 is not judged), or none."""
        super().__init__()
        self._hub, self._priority = hub, priority
        self.setAccessibleName("" if priority is None else priority_name(priority))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def show_priority(self, priority: int | None) -> None:
        """Show another priority, or none."""
        self._priority = priority
        self.setAccessibleName("" if priority is None else priority_name(priority))
        self.setVisible(priority is not None)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The chip's size."""
        return QSize(self._hub.px(CHIP_WIDTH), self._hub.px(CHIP_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Only the chip."""
        del event
        if self._priority is None:
            return
        painter = QPainter(self)
        hub = self._hub
        drawn = chip(self._priority, hub.theme, hub.scale / 100, self.devicePixelRatioF())
        painter.drawPixmap(0, 0, drawn)
        painter.end()


class Scroll(QScrollArea):
    """Scrolls a form upright when it is higher than the sheet may be."""

    def __init__(self, inside: QWidget) -> None:
        """Hold `inside`; Tab never stops on the area itself."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self._inside = inside
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never more than its inside needs: what stands above and below is not squeezed for it."""
        least, needed = super().minimumSizeHint(), self.needed(self.width())
        # What places its parts by hand does not tell what it needs.
        return least if needed < 0 else least.boundedTo(QSize(least.width(), needed))

    def needed(self, width: int) -> int:
        """How high its inside is at that width."""
        inside = self._inside
        layout = inside.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return inside.sizeHint().height()


def frame(role: str) -> QFrame:
    """A frame dressed by the style sheet."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def rule() -> QFrame:
    """A thin line between two parts."""
    made = frame("rule")
    made.setFixedHeight(1)
    return made
