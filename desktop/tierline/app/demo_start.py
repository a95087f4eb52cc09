"""The demo is a program beside this one: who asked for it sees something until it is there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from tierline.app.first_paint import WAITING
from tierline.domain.tongue import tr

LOOK_MS, MOST_LOOKS = 200, 600  # two minutes: making a demo desk takes seconds
_FAILED = tr(
    "The demo did not open. Nothing was changed here. “tierline demo” in a "
    "terminal says what is in its way."
)


class DemoStart(QObject):
    """`opened()` once the demo's window is painted, `failed(words)` when it does not come."""

    opened = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Idle."""
        super().__init__(parent)
        self._mark = Path()
        self._looks = 0
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._look)

    def start(self, command: tuple[str, list[str]]) -> None:
        """Start it; the mark it is told of goes when its window is there."""
        handle, name = tempfile.mkstemp(prefix="tierline-demo-")
        os.close(handle)
        self._mark, self._looks = Path(name), 0
        os.environ[WAITING] = name
        started = QProcess.startDetached(*command)[0]
        del os.environ[WAITING]
        if started:
            self._looking.start()
        else:
            self._end(self.failed.emit, _FAILED)

    def _look(self) -> None:
        self._looks += 1
        if not self._mark.exists():
            self._end(self.opened.emit)
        elif self._looks > MOST_LOOKS:
            self._end(self.failed.emit, _FAILED)

    def _end(self, tell: Callable[..., None], *words: str) -> None:
        self._looking.stop()
        self._mark.unlink(missing_ok=True)
        tell(*words)
