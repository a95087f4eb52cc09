"""A scroll bar that lies over the content, so that rows reach the edge of their pane."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from tierline.widgets.theme import ThemeHub

WIDTH = 12


class OverlayBar(QScrollBar):
    """Follows the vertical scroll bar of `area`, which itself is hidden; gone when all fits."""

    def __init__(self, area: QAbstractScrollArea, hub: ThemeHub) -> None:
        """Takes over from the area's own bar at once."""
        super().__init__(Qt.Orientation.Vertical, area)
        self._area, self._hub = area, hub
        self._real = area.verticalScrollBar()
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._real.rangeChanged.connect(self._follow)
        self._real.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._real.setValue)
        area.viewport().installEventFilter(self)
        hub.changed.connect(self._place)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep to the edge of the viewport."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self.setRange(self._real.minimum(), self._real.maximum())
        self.setPageStep(self._real.pageStep())
        self.setSingleStep(self._real.singleStep())
        self.setValue(self._real.value())
        self.setVisible(self._real.maximum() > self._real.minimum())
        self._place()

    def _place(self) -> None:
        box = self._area.viewport().geometry()
        wide = self._hub.px(WIDTH)
        mirrored = self._area.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = box.left() if mirrored else box.right() - wide + 1
        self.setGeometry(left, box.top(), wide, box.height())
        self.raise_()
