"""Work that may wait for a hub, in a thread of its own, before there is a console."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr

_log = logging.getLogger(__name__)


class JoinRun(QObject):
    """`done()` or `failed(words)` on the window's thread; one run at a time."""

    done = Signal()
    failed = Signal(str)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Idle."""
        super().__init__(parent)
        self.running = False
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Callable[[], object]) -> None:
        """Do it; a thread that waits for ever ends with the program."""
        if self.running:
            return
        self.running = True

        def carry() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - told on the window's thread
                self._ended.emit(error)
            else:
                self._ended.emit(None)

        threading.Thread(target=carry, name="tierline-join", daemon=True).start()

    def _tell(self, error: Exception | None) -> None:
        self.running = False
        if error is None:
            self.done.emit()
        elif isinstance(error, WorldError):
            self.failed.emit(str(error))
        else:
            _log.error("while joining", exc_info=error)
            self.failed.emit(tr("Tierline made a mistake while joining. Details are in the log."))
