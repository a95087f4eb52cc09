"""Files and pictures that are dropped on a ticket or pasted into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.brush import Brush
from tierline.widgets.theme import ThemeHub

_VEIL = 0.9
_DRAGGED = QDragEnterEvent | QDragMoveEvent | QDropEvent


def files_in(mime: QMimeData) -> list[Path]:
    """The files of this machine that it names."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def picture_in(mime: QMimeData) -> QImage | None:
    """A picture that is no file; what has words too is taken for words."""
    if not mime.hasImage() or (mime.hasText() and mime.text().strip()):
        return None
    picture = QImage(mime.imageData())
    return None if picture.isNull() else picture


class DropZone(QWidget):
    """Lies over a pane while something to attach is held above it.

    `files(list of Path)` or `picture(QImage)` when it is dropped. `target` is what the pane shows,
    "" while nothing can be attached.
    """

    files = Signal(object)
    picture = Signal(object)

    def __init__(self, hub: ThemeHub, pane: QWidget) -> None:
        """Listens on the pane; hidden until something comes."""
        super().__init__(pane)
        self._hub, self._pane = hub, pane
        self.target = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        pane.setAcceptDrops(True)
        pane.installEventFilter(self)

    def give(self, mime: QMimeData) -> bool:
        """Hand out what can be attached; whether there was any."""
        if not self.target:
            return False
        if found := files_in(mime):
            self.files.emit(found)
        elif (picture := picture_in(mime)) is not None:
            self.picture.emit(picture)
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What is dragged over the pane."""
        if watched is not self._pane:
            return False
        if event.type() == QEvent.Type.DragLeave:
            self.hide()
        if not isinstance(event, _DRAGGED) or not self._welcome(event.mimeData()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        dropped = event.type() == QEvent.Type.Drop
        if dropped:
            self.give(event.mimeData())
        self.setGeometry(self._pane.rect())
        self.raise_()
        self.setVisible(not dropped)
        return True

    def _welcome(self, mime: QMimeData) -> bool:
        return bool(self.target) and bool(files_in(mime) or mime.hasImage())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A veil that says what letting go will do."""
        del event
        brush, theme, px = Brush(self, self._hub), self._hub.theme, self._hub.px
        painter = brush.painter
        painter.setOpacity(_VEIL)
        painter.fillRect(self.rect(), theme.pane)
        painter.setOpacity(1)
        pen = QPen(theme.acc, 2)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        side = px(12)
        painter.drawRoundedRect(self.rect().adjusted(side, side, -side, -side), px(8), px(8))
        self._card(brush)
        brush.end()

    def _card(self, brush: Brush) -> None:
        px, theme, middle = self._hub.px, self._hub.theme, self.height() / 2
        text = tr("Drop to attach to {target}", target=self.target)
        wide = fonts.width(text, px(13), fonts.MEDIUM)
        left = (self.width() - wide) / 2
        card = brush.box(left - px(20), round(middle) - px(40), wide + 2 * px(20), px(80))
        brush.frame(card, 8, fill=theme.raised, edge=theme.line)
        brush.icon((self.width() - px(24)) / 2, middle - px(14), "paperclip", 24, theme.acc)
        brush.text(left, middle + px(18), text, 13, theme.ink, fonts.MEDIUM)
