"""What happens by itself: another program wrote to the desk, a minute passed, the demo lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tierline.desk.desk import Desk
from tierline.present.tasks import Tasks

BEAT_MS, MINUTE = 2_000, 60.0
Live = Callable[[datetime], list[str]]


class Pulse(QObject):
    """One quiet timer: `changed(ids)` with () for "anything may have", `minute()` every minute.

    `beaten()` is each beat, before all else. One that finds nothing costs one pragma of the
    database, about 0.05 ms.
    """

    changed = Signal(object)
    minute = Signal()
    beaten = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, live: Live | None = None, parent: QObject | None = None
    ) -> None:
        """Stands still until `start`; `live` plays the demo and names the tickets it changed."""
        super().__init__(parent)
        self._desk, self._tasks, self._live = desk, tasks, live
        self._minute = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Beat from now on."""
        self._minute = self._desk.clock().timestamp() // MINUTE
        self._timer.start()

    def hasten(self, ms: int = BEAT_MS) -> None:
        """Beat so often from now on: somebody looks more closely."""
        self._timer.setInterval(ms)

    def stop(self) -> None:
        """No beat any more."""
        self._timer.stop()

    def beat(self) -> None:
        """Look once; the timer does this every two seconds."""
        now = self._desk.clock()
        self.beaten.emit()
        if self._live is not None:
            live = self._live
            self._tasks.run("playing the demo", lambda: live(now), self._lived, replace=True)
        if self._desk.changed_elsewhere():
            self.changed.emit(())
        if now.timestamp() // MINUTE != self._minute:
            self._minute = now.timestamp() // MINUTE
            self.minute.emit()

    def _lived(self, ids: list[str]) -> None:
        if ids:
            self.changed.emit(tuple(ids))
