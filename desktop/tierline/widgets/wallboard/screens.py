"""The screens of this machine: which there are, how large, and putting a window on one of them."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from tierline.desk.wall_size import SIZES, plausible

_MM = 25.4
_SMALLEST_MM = 60  # a display that tells less tells nonsense, as projectors and servers do


class Spot(NamedTuple):
    """A screen: its name, where it is, how many pixels it has, and its diagonal (0: not told)."""

    name: str
    place: QRect
    wide: int
    high: int
    inches: float

    def words(self, number: int) -> str:
        """As it is chosen in a list: "1: HDMI-1, 1920 × 1080"."""
        return f"{number}: {self.name}, {self.wide} × {self.high}"


class Screens(QObject):
    """`changed()` when one came, went, or has another size."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Looks at those of the application from now on."""
        super().__init__(parent)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._added)
            app.screenRemoved.connect(self.changed)
            app.primaryScreenChanged.connect(self.changed)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self.changed)

    def spots(self) -> tuple[Spot, ...]:
        """All of them; the first is the main one."""
        main = QGuiApplication.primaryScreen()
        known = QGuiApplication.screens()
        return tuple(map(_spot, sorted(known, key=lambda screen: screen is not main)))

    def put(self, window: QWidget, spot: Spot, *, whole: bool) -> None:
        """Show a window there: over the `whole` of it, or as a window on it."""
        for screen in QGuiApplication.screens():
            if screen.name() == spot.name:
                window.setScreen(screen)
        if whole:
            window.setGeometry(spot.place)
            window.showFullScreen()
        else:
            window.showNormal()
            size = spot.place.size() * 0.75
            window.resize(size)
            window.move(spot.place.center() - window.rect().center())

    def _added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.changed)
        self.changed.emit()


def _spot(screen: QScreen) -> Spot:
    place, scale, size = screen.geometry(), screen.devicePixelRatio(), screen.physicalSize()
    told = min(size.width(), size.height()) >= _SMALLEST_MM
    inches = math.hypot(size.width(), size.height()) / _MM if told else 0.0
    known = round(inches) if plausible(inches, SIZES) else 0.0
    pixels = (round(place.width() * scale), round(place.height() * scale))
    return Spot(screen.name(), place, *pixels, known)
