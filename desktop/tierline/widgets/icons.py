"""Line icons by name, in any colour and size, rendered once per size, colour and screen.

`pixmap(name, size, color, dpr)` for painters, `icon(name, color)` for actions and buttons.
An unknown name is drawn as nothing: a missing picture must not stop a technician.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tierline.system import assets
from tierline.widgets.caches import remembered

STROKE, SMALL_STROKE, SMALL = 1.75, 2.25, 12
SIZES = (12, 14, 16, 18, 24)

_WIDTH = re.compile(r'stroke-width="[^"]*"')


@remembered(256)
def _source(name: str) -> str:
    path = assets.path(f"icons/{name}.svg")
    return path.read_text("utf-8") if name and path.is_file() else ""


@remembered(512)
def _renderer(name: str, rgb: str, stroke: float) -> QSvgRenderer | None:
    source = _WIDTH.sub(f'stroke-width="{stroke}"', _source(name)).replace("currentColor", rgb)
    return QSvgRenderer(QByteArray(source.encode())) if source else None


def exists(name: str) -> bool:
    """Whether there is such an icon."""
    return bool(_source(name))


@remembered(1024)
def _drawn(name: str, size: float, rgb: str, stroke: float, dpr: float) -> QPixmap:
    side = max(round(size * dpr), 1)
    made = QPixmap(side, side)
    made.setDevicePixelRatio(dpr)
    made.fill(Qt.GlobalColor.transparent)
    renderer = _renderer(name, rgb, stroke)
    if renderer is not None:
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
    return made


def pixmap(name: str, size: float, color: QColor, dpr: float = 1.0, stroke: float = 0.0) -> QPixmap:
    """The icon `size` px wide and high at 100 %, in `color`; `stroke` 0 takes the usual one."""
    usual = SMALL_STROKE if size <= SMALL else STROKE
    return _drawn(name, size, color.name(), stroke or usual, dpr)


def icon(name: str, color: QColor, off: QColor | None = None) -> QIcon:
    """The icon for buttons and menus; `off` is its colour while disabled."""
    made = QIcon()
    for size in SIZES:
        for dpr in (1.0, 2.0):
            made.addPixmap(pixmap(name, size, color, dpr))
            if off is not None:
                made.addPixmap(pixmap(name, size, off, dpr), QIcon.Mode.Disabled)
    return made


def draw(painter: QPainter, name: str, x: float, y: float, size: float, color: QColor) -> None:
    """Paint the icon with its top left corner at `x`, `y`, sharp on the painter's screen."""
    device = painter.device()
    dpr = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(round(x), round(y), pixmap(name, size, color, dpr))
