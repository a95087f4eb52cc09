"""Screens that tests plug in and pull out."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from tierline.widgets.wallboard.screens import Spot

DESK = Spot("eDP-1", QRect(0, 0, 1440, 900), 1440, 900, 14.0)
WALL = Spot("HDMI-1", QRect(1440, 0, 1920, 1080), 1920, 1080, 65.0)


class HandScreens(QObject):
    """As `Screens`; `where` and `whole` tell where the window was put last."""

    changed = Signal()

    def __init__(self, *spots: Spot) -> None:
        super().__init__()
        self._spots = spots or (DESK, WALL)
        self.where: Spot | None = None
        self.whole = False

    def spots(self) -> tuple[Spot, ...]:
        return self._spots

    def put(self, window: QWidget, spot: Spot, *, whole: bool) -> None:
        self.where, self.whole = spot, whole
        window.resize(spot.place.size() if whole else spot.place.size() * 0.75)
        window.show()

    def have(self, *spots: Spot) -> None:
        """From now on there are these."""
        self._spots = spots
        self.changed.emit()
