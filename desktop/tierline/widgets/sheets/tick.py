"""A check box painted from the tokens, with a quiet word before its text when it has one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from tierline.widgets import fonts
from tierline.widgets.sheets.ink import Ink, lines_high
from tierline.widgets.texts import one_line
from tierline.widgets.theme import ThemeHub

BOX, GAP, LOW = 16, 8, 26


class Tick(QCheckBox):
    """Wraps its text; the whole of it can be clicked."""

    def __init__(self, hub: ThemeHub, text: str, before: str = "") -> None:
        """`before` is written quietly in a column of its own, such as a time."""
        super().__init__(one_line(text))
        self._hub, self._before = hub, before
        self.setAccessibleName(f"{before} {text}".strip())
        wraps = bool(before)
        policy = QSizePolicy(
            QSizePolicy.Policy.Expanding if wraps else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Fixed,
        )
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        hub.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """On one line, where it is alone."""
        wide = self._start() + round(fonts.width(self.text(), self._hub.px(13))) + 2
        if self._before:
            wide = min(wide, self._hub.px(240))
        return QSize(wide, self.heightForWidth(self.width() if self._before else wide))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Not narrower than a word or two."""
        wide = self._hub.px(160) if self._before else self.sizeHint().width()
        return QSize(wide, self._hub.px(LOW))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Only with a column before it is it let wrap."""
        return bool(self._before)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As many lines as the text needs."""
        words = lines_high(
            self.text(), 12 if self._before else 13, self._hub, width - self._start()
        )
        return max(self._hub.px(LOW), words + self._hub.px(10))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may need another line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def hitButton(self, pos: object) -> bool:  # noqa: N802 - Qt's name
        """The text is part of the target."""
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Box, quiet word, text."""
        del event
        painter, hub = QPainter(self), self._hub
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        theme, side, middle = hub.theme, hub.px(BOX), self.height() / 2
        box = ink.box(0, middle - side / 2, side, side)
        usable = self.isEnabled()
        filled, edge = (theme.acc, theme.edge) if usable else (theme.sunk, theme.line)
        painter.setPen(QPen(filled if self.isChecked() else edge, 1.25))
        painter.setBrush(filled if self.isChecked() else theme.raised if usable else theme.pane)
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
        if self.isChecked():
            mark = theme.onacc if usable else theme.ink3
            ink.icon(hub.px((BOX - 12) / 2), middle, "check", 12, mark)
        x, high = hub.px(BOX + GAP), self.height()
        if self._before:
            ink.text(ink.box(x, 0, hub.px(62), high), self._before, 11, theme.ink3)
        size, room = (12 if self._before else 13), self.width() - self._start()
        words = theme.ink if usable else theme.ink3
        ink.wrapped(ink.box(self._start(), 0, room, high), self.text(), size, words)
        painter.end()

    def _start(self) -> int:
        return self._hub.px(BOX + GAP + (66 if self._before else 0))
