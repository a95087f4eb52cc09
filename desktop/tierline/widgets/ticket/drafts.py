"""When unsent text is saved: soon after the last key, and not much later while keys keep coming."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

IDLE_MS, MOST_MS = 400, 1000


class DraftTimer(QObject):
    """`due` 400 ms after the last touch, and at the latest 1 s after the first unsaved one."""

    due = Signal()

    def __init__(self, parent: QObject, idle_ms: int = IDLE_MS, most_ms: int = MOST_MS) -> None:
        """Nothing runs until the first touch."""
        super().__init__(parent)
        self._idle, self._most = (self._timer(ms) for ms in (idle_ms, most_ms))

    def _timer(self, wait_ms: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait_ms)
        made.timeout.connect(self.flush)
        return made

    @property
    def pending(self) -> bool:
        """Whether something is to be saved."""
        return self._most.isActive()

    def touch(self) -> None:
        """Text changed."""
        self._idle.start()
        if not self._most.isActive():
            self._most.start()

    def flush(self) -> None:
        """Save now if something is to be saved."""
        if self.pending or self._idle.isActive():
            self.stop()
            self.due.emit()

    def stop(self) -> None:
        """Nothing is to be saved any more."""
        self._idle.stop()
        self._most.stop()
