"""Photos and files of a visit: taken from a file, the clipboard or by letting go of them here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSizePolicy, QWidget

from tierline.desk.field_view import FieldView
from tierline.desk.timeline import Entry
from tierline.domain.attaching import file_name, size_word
from tierline.domain.tongue import tr
from tierline.present.thumbnails import Thumbnails
from tierline.widgets.field.big import BigButton
from tierline.widgets.field.section import Section, holder, say
from tierline.widgets.sheets.flow import Flow
from tierline.widgets.sheets.ink import Ink
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.dropping import files_in, picture_in

SIDE, FOOT = 96, 20
_PLACES = QStandardPaths.StandardLocation
_KINDS = tr("Photos and pictures (*.jpg *.jpeg *.png *.heic *.webp *.bmp *.gif);;All files (*)")


class FileTile(QAbstractButton):
    """One file: its picture where there is one, its name, and a mark while it waits to go out."""

    def __init__(self, hub: ThemeHub, entry: Entry, thumbnails: Thumbnails) -> None:
        """Opens its file when it is pressed."""
        super().__init__()
        assert entry.file is not None
        self._hub, self._entry, self._thumbnails = hub, entry, thumbnails
        self.file = entry.file
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name, size = file_name(self.file.name), size_word(self.file.size)
        marks = tr("waits to go out") if entry.mark == "unsent" else ""
        marks = tr("not here yet") if entry.away else marks
        self.setAccessibleName(", ".join(part for part in (name, size, marks) if part))
        self.setToolTip(name.replace("<", "‹"))
        hub.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A square with a line below."""
        return QSize(self._hub.px(SIDE), self._hub.px(SIDE + FOOT))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture, or the sign of a file; the mark over its corner; the name."""
        del event
        painter, hub, px, theme = QPainter(self), self._hub, self._hub.px, self._hub.theme
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ink = Ink(painter, hub, QRectF(self.rect()), mirrored=mirrored)
        side = px(SIDE)
        box = QRectF(0.5, 0.5, side - 1, side - 1)
        shape = QPainterPath()
        shape.addRoundedRect(box, px(6), px(6))
        painter.fillPath(shape, theme.sunk)
        picture = None if self._entry.away else self._thumbnails.get(self.file)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setClipPath(shape)
            size = picture.size().scaled(
                QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding
            )
            left, top = (side - size.width()) / 2, (side - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), picture)
            painter.setClipping(False)
        else:
            ink.icon((side - px(24)) / 2, side / 2, "paperclip", 24, theme.ink3)
        painter.setPen(QPen(theme.line, theme.outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        mark = "cloud-upload" if self._entry.mark == "unsent" else ""
        mark = "cloud-off" if self._entry.away else mark
        if mark:
            spot = ink.box(side - px(26), px(2), px(24), px(24))
            painter.setPen(QPen(theme.line, theme.outline))
            painter.setBrush(theme.raised)
            painter.drawEllipse(spot)
            ink.icon(side - px(22), px(14), mark, 16, theme.ink)
        ink.text(ink.box(0, side, side, px(FOOT)), file_name(self.file.name), 11, theme.ink2)
        painter.end()


class PhotoSection(Section):
    """`attached(list of Path)`, `pasted(QImage)`, `opened(Attached)`, `said(text)`."""

    attached = Signal(object)
    pasted = Signal(object)
    opened = Signal(object)
    said = Signal(str)

    def __init__(self, hub: ThemeHub, thumbnails: Thumbnails) -> None:
        """No files yet."""
        super().__init__(hub, tr("Photos and files"))
        self._thumbnails = thumbnails
        self.add = BigButton(tr("Add photo"), hub, icon="camera", key="F")
        self.paste = BigButton(tr("Paste"), hub, icon="copy")
        self.rows.addWidget(holder(hub, self.add, self.paste))
        self.flow = Flow(hub, 8)
        inside = QWidget()
        inside.setLayout(self.flow)
        self.rows.addWidget(inside)
        self.limit = self.words("", "small")
        self.add.clicked.connect(self.choose)
        self.paste.clicked.connect(self._paste)
        thumbnails.ready.connect(self._ready)
        self._shown: tuple[Entry, ...] = ()
        self._folder = _pictures()
        self.dialog: QFileDialog | None = None

    def show_view(self, field: FieldView) -> None:
        """The files of this ticket."""
        say(self.limit, f"{field.limit} {tr('They go out by themselves when you are online.')}")
        count = len(field.files)
        self.title.setText(
            tr("Photos and files, {n}", "Photos and files, {n}", count)
            if count
            else tr("Photos and files")
        )
        if field.files == self._shown:
            return
        self._shown = field.files
        self.flow.clear()
        for entry in field.files:
            tile = FileTile(self.hub, entry, self._thumbnails)
            tile.clicked.connect(lambda _=False, file=tile.file: self.opened.emit(file))
            self.flow.addWidget(tile)
        self.flow.invalidate()

    def choose(self) -> None:
        """Ask which photos."""
        dialog = self.dialog = QFileDialog(self.window(), tr("Add photos"), self._folder, _KINDS)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Add"))
        dialog.filesSelected.connect(self._chosen)
        dialog.destroyed.connect(self._closed)
        dialog.open()

    def _chosen(self, names: list[str]) -> None:
        self._folder = str(Path(names[0]).parent)
        self.attached.emit([Path(name) for name in names])

    def _closed(self) -> None:
        self.dialog = None

    def _paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if mime is not None and (files := files_in(mime)):
            self.attached.emit(files)
        elif mime is not None and (picture := picture_in(mime)) is not None:
            self.pasted.emit(picture)
        else:
            self.said.emit(tr("There is no picture to paste. Copy a photo first."))

    def _ready(self, sha256: str) -> None:
        for tile in self.flow.widgets():
            if isinstance(tile, FileTile) and tile.file.sha256 == sha256:
                tile.update()


def _pictures() -> str:
    return QStandardPaths.writableLocation(_PLACES.PicturesLocation) or (
        QStandardPaths.writableLocation(_PLACES.HomeLocation)
    )
