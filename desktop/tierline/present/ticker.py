"""One shared second: every countdown on screen moves at the same instant, or nothing runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

SECOND_MS = 1000
# A timer may fire a little early; waking just after the second keeps the shown second the real one.
AFTER_MS = 4


class Ticker(QObject):
    """Emits `tick(now)` just after every full second of the hub's time while somebody listens.

    Listeners call `add` when they become visible and `drop` when they are hidden; the timer stops
    when the last one is gone, so that an idle console costs nothing.
    """

    tick = Signal(float)

    def __init__(self, now: Callable[[], float], parent: QObject | None = None) -> None:
        """`now` gives seconds since the Unix epoch on the hub's time."""
        super().__init__(parent)
        self._now = now
        self._listeners: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._fire)

    def now(self) -> float:
        """The hub's time, seconds since the Unix epoch."""
        return self._now()

    @property
    def running(self) -> bool:
        """Whether a tick is to come."""
        return self._timer.isActive()

    def add(self, listener: QObject) -> None:
        """Keep ticking for `listener` until it is dropped; twice is once."""
        self._listeners.add(id(listener))
        if not self._timer.isActive():
            self._arm()

    def drop(self, listener: QObject) -> None:
        """`listener` needs no more ticks."""
        self._listeners.discard(id(listener))
        if not self._listeners:
            self._timer.stop()

    def _fire(self) -> None:
        self._arm()
        self.tick.emit(self._now())

    def _arm(self) -> None:
        self._timer.start(to_next_second_ms(self._now()))


def to_next_second_ms(now: float) -> int:
    """Milliseconds from `now` to just after the next full second, at least 1."""
    return max(1, SECOND_MS - int(now * SECOND_MS) % SECOND_MS + AFTER_MS)
