"""Small pictures of attached photos, made off the window's thread and kept while looked at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from tierline.desk.desk import Desk
from tierline.domain.events import Attached
from tierline.present.attached import FILES
from tierline.present.tasks import Tasks

SIDE = 192  # px: as large as one is shown at 200 % text
_MOST = 64


class Thumbnails(QObject):
    """`ready(sha256)` when one can be had; what is no picture, or not here, never is."""

    ready = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        """None is made yet."""
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._made: dict[str, QImage] = {}
        self._asked: set[str] = set()

    def get(self, file: Attached) -> QImage | None:
        """The small picture of a file, None until `ready` tells of it."""
        found = self._made.get(file.sha256)
        if found is not None or file.sha256 in self._asked:
            return found
        blobs = self._desk.attachments.blobs
        if not file.media.startswith("image/") or not blobs.here(file.sha256):
            return None
        self._asked.add(file.sha256)
        self._tasks.run(
            "making a small picture",
            lambda: _small(blobs.path(file.sha256)),
            lambda image: self._came(file.sha256, image),
            lambda _: None,
            thread=FILES,
        )
        return None

    def _came(self, sha256: str, image: QImage) -> None:
        if image.isNull():
            return
        if len(self._made) >= _MOST:
            oldest = next(iter(self._made))
            del self._made[oldest]
            self._asked.discard(oldest)
        self._made[sha256] = image
        self.ready.emit(sha256)


def _small(path: Path) -> QImage:
    """The picture, turned as the camera was held; a null one for what cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid():
        fitted = size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        reader.setScaledSize(fitted)
    return reader.read()
