"""What the files of a ticket need of the system: its dialogs, and its programs to show them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog

from tierline.domain.attaching import file_name
from tierline.domain.events import Attached
from tierline.domain.tongue import tr
from tierline.present.attached import Files
from tierline.widgets.ticket.pane import TicketPane

_HOME = QStandardPaths.StandardLocation.HomeLocation


class PaneFiles(QObject):
    """Carries a pane's wishes to `Files`, asking for names where some are needed."""

    def __init__(self, pane: TicketPane, files: Files) -> None:
        """Connected when this returns."""
        super().__init__(pane)
        self._pane, self._files = pane, files
        self._folder = QStandardPaths.writableLocation(_HOME)
        self.dialog: QFileDialog | None = None
        pane.composer.attach_asked.connect(self.choose)
        pane.dropped.files.connect(self._attach)
        pane.dropped.picture.connect(self._attach_picture)
        pane.timeline.file_opened.connect(files.open)
        pane.timeline.file_saved.connect(self.save)

    def show_ready(self, opener: Callable[[QUrl], bool] = QDesktopServices.openUrl) -> None:
        """Be the one who opens what is ready and asks where to save what is never opened."""

        def show(path: Path) -> None:
            if not opener(QUrl.fromLocalFile(str(path))):
                self._files.not_shown(path)

        self._files.ready.connect(show)
        self._files.save_wanted.connect(self.save)

    def choose(self) -> None:
        """Ask which files to attach."""
        ticket_id = self._pane.ticket_id
        if not ticket_id:
            return
        dialog = self._dialog(tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Attach"))

        def chosen(names: list[str]) -> None:
            self._remember(names[0])
            self._files.attach(ticket_id, [Path(name) for name in names])

        dialog.filesSelected.connect(chosen)
        dialog.open()

    def save(self, file: Attached) -> None:
        """Ask where to put a copy."""
        dialog = self._dialog(tr("Save the file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file_name(file.name))

        def chosen(name: str) -> None:
            self._remember(name)
            self._files.save(file, Path(name))

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = self.dialog = QFileDialog(self._pane.window(), title, self._folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._closed)
        return dialog

    def _closed(self) -> None:
        self.dialog = None

    def _remember(self, name: str) -> None:
        self._folder = str(Path(name).parent)

    def _attach(self, paths: list[Path]) -> None:
        self._files.attach(self._pane.ticket_id, paths)

    def _attach_picture(self, picture: QImage) -> None:
        self._files.attach_picture(self._pane.ticket_id, picture)
