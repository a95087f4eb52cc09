"""The only thing that pulses: a P1 warning nobody has acknowledged, once a second for 10 s."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

HALF_MS, HALVES = 500, 20


class Pulse(QObject):
    """`beat` every half second while it runs; `lit` says which half it is."""

    beat = Signal()

    def __init__(self, parent: QObject) -> None:
        """At rest."""
        super().__init__(parent)
        self.allowed = True
        self.lit = False
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(HALF_MS)
        self._timer.timeout.connect(self.step)

    @property
    def running(self) -> bool:
        """Whether it beats now."""
        return self._timer.isActive()

    def start(self) -> None:
        """Pulse for ten seconds from now; not where motion is reduced."""
        if self.allowed:
            self._left, self.lit = HALVES, True
            self._timer.start()
            self.beat.emit()

    def stop(self) -> None:
        """Be at rest."""
        if self._timer.isActive() or self.lit:
            self._timer.stop()
            self.lit = False
            self.beat.emit()

    def step(self) -> None:
        """Half a second has passed."""
        self._left -= 1
        if self._left <= 0:
            self.stop()
            return
        self.lit = not self.lit
        self.beat.emit()
