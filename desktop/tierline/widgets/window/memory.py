"""What the window remembers between runs: size, division, view, order, row height, selection."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStyle, QWidget

from tierline.present.console import ConsolePresenter
from tierline.present.view_state import remember
from tierline.system.settings import Settings
from tierline.widgets.window.parts import Parts

SIZE, LEAST = (1440, 900), (720, 480)


def restore(window: QWidget, parts: Parts, settings: Settings) -> None:
    """Put size and division back; a place that no screen shows any more is not taken."""
    window.setMinimumSize(*LEAST)
    box: list[int] = settings.get("window", [])
    window.resize(first_size(window))
    if len(box) == 4 and all(isinstance(each, int) for each in box):
        place = QRect(*box)
        window.resize(place.size().expandedTo(window.minimumSize()))
        if any(
            screen.availableGeometry().intersects(place) for screen in QGuiApplication.screens()
        ):
            window.move(place.topLeft())
    sizes: list[int] = settings.get("division", [])
    if all(isinstance(each, int) for each in sizes):
        parts.frame.divide(sizes)
    parts.queue.set_compact(settings.get("compact_rows", False))


def first_size(window: QWidget) -> QSize:
    """What the design has for a first run, or as much of it as the screen shows with a title."""
    room = window.screen().availableGeometry().size()
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return QSize(*SIZE).boundedTo(QSize(room.width(), room.height() - title))


def keep(window: QWidget, parts: Parts, console: ConsolePresenter, settings: Settings) -> None:
    """Write all of it; called when the window closes and when something of it changed."""
    box = window.geometry()
    if not window.isMaximized() and not window.isFullScreen():
        settings.put("window", [box.x(), box.y(), box.width(), box.height()])
    settings.put("maximized", window.isMaximized())
    if not parts.frame.over:
        settings.put("division", parts.frame.sizes())
    remember(settings, console.queue.state)
    settings.put("selected", parts.queue.current_id() or console.ticket.wanted)
