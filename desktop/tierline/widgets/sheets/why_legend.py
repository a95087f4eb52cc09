"""What the patterns of the lane mean, on one line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.sheets.ink import Ink
from tierline.widgets.sheets.why_lane import hatch
from tierline.widgets.theme import ThemeHub

KINDS = (
    ("running", tr("running, counts")),
    ("paused", tr("paused, does not count")),
    ("closed", tr("closed, does not count")),
    ("ahead", tr("still to come")),
    ("over", "over"),
)
SWATCH, HIGH = 22, 10


class Legend(QWidget):
    """A name, then a swatch and its words for each pattern that is to be seen."""

    def __init__(self, hub: ThemeHub) -> None:
        """Empty until `put`."""
        super().__init__()
        self._hub, self._name = hub, ""
        self._kinds: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        hub.changed.connect(self.updateGeometry)

    def put(self, name: str, kinds: set[str]) -> None:
        """The clock's name, and the patterns in use."""
        self._name = name
        self._kinds = tuple(kind for kind, _ in KINDS if kind in kinds)
        words = [text for kind, text in KINDS if kind in self._kinds]
        self.setAccessibleName(f"{name}: {', '.join(words)}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line."""
        return QSize(self._hub.px(400), self._hub.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Name, swatches and words, as many as there is room for."""
        del event
        painter, hub = QPainter(self), self._hub
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        high, theme = self.height(), hub.theme
        x = ink.text(ink.box(0, 0, self.width(), high), self._name, 13, theme.ink, fonts.SEMIBOLD)
        x += hub.px(20)
        for kind, words in KINDS:
            wide = fonts.width(words, hub.px(12))
            if kind not in self._kinds or x + hub.px(SWATCH + 8) + wide > self.width():
                continue
            top = (high - hub.px(HIGH)) / 2
            self._swatch(painter, kind, ink.box(x, top, hub.px(SWATCH), hub.px(HIGH)))
            x += hub.px(SWATCH + 6)
            x += ink.text(ink.box(x, 0, wide + 2, high), words, 12, theme.ink2) + hub.px(18)
        painter.end()

    def _swatch(self, painter: QPainter, kind: str, box: QRectF) -> None:
        theme = self._hub.theme
        if kind in ("running", "over"):
            painter.fillRect(box, theme.bar if kind == "running" else theme.nowfill)
            return
        if kind != "ahead":
            hatch(painter, box, theme.hatch if kind == "paused" else theme.line, 5, 1.2)
        pen = QPen(theme.edge if kind != "closed" else theme.line, 1)
        if kind == "ahead":
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
