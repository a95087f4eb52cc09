"""The lines of a desk as steps: where the ticket is, where it goes, and where it may not go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tierline.desk.escalating import Way
from tierline.widgets import fonts
from tierline.widgets.sheets.ink import Ink
from tierline.widgets.sheets.parts import column, line
from tierline.widgets.theme import ThemeHub

HEIGHT = 36


class Step(QAbstractButton):
    """One line; the one the ticket goes to is tinted, one that is closed to it is quiet."""

    def __init__(self, hub: ThemeHub, way: Way, *, goal: bool) -> None:
        """`goal` is where the ticket goes."""
        super().__init__()
        self._hub, self._way, self._goal = hub, way, goal
        self.setAccessibleName(f"{way.word}, {way.note}")
        self.setToolTip(way.note.replace("<", "‹"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        can = way.open and not way.here
        self.setEnabled(can)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can and not goal else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines in a box."""
        return QSize(self._hub.px(110), self._hub.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Frame, word, note."""
        del event
        painter, hub, theme = QPainter(self), self._hub, self._hub.theme
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        painter.setPen(QPen(theme.acc if self._goal else theme.line, theme.outline))
        painter.setBrush(theme.sel if self._goal else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ink.whole.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        x, wide = hub.px(10), self.width() - hub.px(16)
        strong = fonts.SEMIBOLD if self._goal else fonts.MEDIUM
        quiet = theme.ink2 if self._goal or self._way.here else theme.ink3
        ink.text(ink.box(x, hub.px(3), wide, hub.px(16)), self._way.word, 12, theme.ink, strong)
        ink.text(ink.box(x, hub.px(18), wide, hub.px(14)), self._way.note, 11, quiet)
        painter.end()


class _Arrow(QWidget):
    def __init__(self, hub: ThemeHub) -> None:
        super().__init__()
        self._hub = hub
        self.setFixedSize(hub.px(10), hub.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        del event
        painter, size = QPainter(self), self._hub.px(4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._hub.theme.ink3, 1.4))
        way = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        x, y = self.width() / 2, self.height() / 2
        back = x - way * size / 2
        points = [QPointF(back, y - size), QPointF(x + way * size / 2, y), QPointF(back, y + size)]
        painter.drawPolyline(points)
        painter.end()


class Steps(QWidget):
    """All lines side by side; `asked(line)` when another one is wanted."""

    asked = Signal(int)

    def __init__(self, hub: ThemeHub) -> None:
        """Empty until `put`."""
        super().__init__()
        self._hub = hub
        self._box = column(hub, 0)
        self._held: QWidget | None = None
        self.setLayout(self._box)

    def first(self) -> QWidget | None:
        """The first line that can be chosen instead, None when there is none."""
        steps = self.findChildren(Step)
        return next((s for s in steps if s.isEnabled() and not s.isHidden()), None)

    def put(self, ways: Sequence[Way], goal: int) -> None:
        """Show these lines, the ticket going to `goal`."""
        if self._held is not None:
            self._held.hide()
            self._held.deleteLater()
        self._held = QWidget()
        row = line(self._hub, 6)
        for at, way in enumerate(ways):
            if at:
                row.addWidget(_Arrow(self._hub))
            step = Step(self._hub, way, goal=way.tier == goal)
            step.clicked.connect(lambda _=False, tier=way.tier: self.asked.emit(tier))
            row.addWidget(step, 1)
        self._held.setLayout(row)
        self._box.addWidget(self._held)
