"""When typed text is kept: 400 ms after the last key, and never later than 1 s after the first."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

QUIET_MS, LATEST_MS = 400, 1000


class Keeper(QObject):
    """Emits `due` when what was typed should be kept."""

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        """Nothing waits yet."""
        super().__init__(parent)
        self._quiet, self._latest = _timer(self, QUIET_MS), _timer(self, LATEST_MS)
        for timer in (self._quiet, self._latest):
            timer.timeout.connect(self.flush)

    def touch(self) -> None:
        """A key was typed."""
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()

    def flush(self) -> None:
        """Keep at once what still waits."""
        if self._latest.isActive() or self._quiet.isActive():
            self.drop()
            self.due.emit()

    def drop(self) -> None:
        """Nothing is to be kept any more."""
        self._quiet.stop()
        self._latest.stop()


def _timer(parent: QObject, length: int) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(length)
    return made
