"""A place to sign: by mouse, finger or stylus, drawn as it goes and given as a picture."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.theme import ThemeHub

HIGH, STROKE, PICTURE = 180, 2.5, QSize(900, 300)
_LEAST = 24.0  # px of ink: a dot by mistake is no signature
_INK, _PAPER = QColor(23, 32, 42), QColor(255, 255, 255)


class SignaturePad(QWidget):
    """`changed()` with every stroke. Strokes are kept in shares of the pad: it may be resized."""

    changed = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Blank."""
        super().__init__()
        self._hub = hub
        self._strokes: list[list[QPointF]] = []
        self._drawing = False
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Signature, drawn by pointer, finger or pen"))
        self.setAccessibleDescription(
            tr("Without one: choose signed on paper, or confirmed by phone, below.")
        )
        hub.changed.connect(self.updateGeometry)

    @property
    def signed(self) -> bool:
        """Whether there is more than a dot."""
        ink = sum(
            (after - before).manhattanLength()
            for stroke in self._strokes
            for before, after in pairwise(stroke)
        )
        return ink * max(self.width(), 1) >= self._hub.px(_LEAST)

    def clear(self) -> None:
        """Begin anew."""
        self._strokes, self._drawing = [], False
        self.update()
        self.changed.emit()

    def picture(self) -> QImage:
        """The signature in dark ink on white, whatever the theme is."""
        image = QImage(PICTURE, QImage.Format.Format_RGB32)
        image.fill(_PAPER)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(image.rect()), _INK, 4.0)
        painter.end()
        return image

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a hand."""
        return QSize(self._hub.px(320), self._hub.px(HIGH))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high, and as wide as there is."""
        return QSize(self._hub.px(160), self._hub.px(HIGH))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A stroke begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """It goes on."""
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """It ends."""
        self._go_on(event.position())
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802 - Qt's name
        """A pen draws as a mouse does, and more often."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QEvent.Type.TabletMove:
            self._go_on(event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._go_on(event.position())
            self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """A finger draws; a second one at once does not."""
        if isinstance(event, QTouchEvent):
            points = event.points()
            if points:
                spot = points[0].position()
                match event.type():
                    case QEvent.Type.TouchBegin:
                        self._begin(spot)
                    case QEvent.Type.TouchUpdate:
                        self._go_on(spot)
                    case _:
                        self._end()
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paper, the line to sign on, the ink."""
        del event
        painter, theme, px = QPainter(self), self._hub.theme, self._hub.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.edge, theme.outline))
        painter.setBrush(theme.raised)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, px(8), px(8))
        base = round(self.height() * 0.74)
        painter.setPen(QPen(theme.edge, 1))
        painter.drawLine(px(16), base, self.width() - px(16), base)
        if not self._strokes:
            painter.setPen(theme.ink3)
            painter.setFont(fonts.font(px(15)))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            above = QRectF(px(16), 0, self.width() - px(32), base - px(10))
            painter.drawText(above, int(flags), tr("Sign here"))
        self._draw(painter, QRectF(self.rect()), theme.ink, STROKE * self._hub.scale / 100)
        painter.end()

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self._strokes.append([self._share(at)])
        self.update()

    def _go_on(self, at: QPointF) -> None:
        if self._drawing:
            self._strokes[-1].append(self._share(at))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()

    def _share(self, at: QPointF) -> QPointF:
        wide, high = max(self.width(), 1), max(self.height(), 1)
        return QPointF(min(max(at.x() / wide, 0), 1), min(max(at.y() / high, 0), 1))

    def _draw(self, painter: QPainter, within: QRectF, ink: QColor, width: float) -> None:
        pen = QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            spots = [
                QPointF(within.x() + p.x() * within.width(), within.y() + p.y() * within.height())
                for p in stroke
            ]
            painter.drawPath(_smooth(spots))


def _smooth(spots: list[QPointF]) -> QPainterPath:
    """A line through the middles of the spots, so that few of them still make a curve."""
    path = QPainterPath(spots[0])
    for before, after in pairwise(spots):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(spots[-1])
    return path
