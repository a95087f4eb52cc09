"""A whole workplace on a real server: console, wallboard and tray, in the process that calls.

The world around it (server, network, colleagues) is in processes of its own, so that what is
measured here is this workplace's alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.sync_seat import PATIENCE, Seat, copied
from tests.fakes.ways import Wall
from tierline.app.console import Composition, application, look
from tierline.looping import make_loop
from tierline.sync.hubs.address import Address
from tierline.system.settings import Settings
from tierline.widgets.wallboard.board import Wallboard
from tierline.widgets.wallboard.seats import Wish

_BEAT_MS = 10
_SIZE, _WISH = (1440, 900), Wish(1, 65, 5)


class Office:
    """One person's console with the wallboard open, joined and caught up."""

    def __init__(self, address: Address, secret: str) -> None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        self._seat = Seat(address, secret)
        self._seat.start()
        self._seat.until(lambda: copied(self._seat))
        self._seat.stop()
        self.app = application()
        settings = Settings(self._seat.folder / "settings.json")
        settings.put("welcomed", True)
        told = (self._seat.desk, settings, None, self._seat.engine, Wall())
        self.made = Composition(look(self.app, settings), *told)
        self._loop = make_loop(self.app)
        self._beat = QTimer()  # so that waiting ends even if nothing comes
        self._beat.start(_BEAT_MS)
        self.made.window.resize(*_SIZE)
        self.made.show()
        self.made.window.activateWindow()
        self.made.begin(self._loop)
        self.wait(lambda: self._seat.desk.standing.caught_up and self.made.tasks.idle)
        beside = self.made._look_beside()
        beside.open_wall(_WISH)
        assert beside.wall is not None
        self._wall = beside.wall
        self.wait(lambda: self.board._board is not None)
        self.made.window.activateWindow()
        self.made.window.parts.queue.setFocus()

    @property
    def board(self) -> Wallboard:
        """The wallboard's board."""
        return self._wall.window.board

    def wait(self, over: Callable[[], object], patience: float = PATIENCE) -> None:
        """Let the windows live until it is so."""
        limit = time.monotonic() + patience
        while not over():
            # Not the form with a time: it spins, and a spinning thread keeps the others waiting.
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > limit:
                raise RuntimeError("nothing came to the screen")

    def live(self, seconds: float) -> None:
        """Let the windows live for so long."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end)

    def draw(self) -> None:
        """Paint what is due."""
        self.app.sendPostedEvents()
        self.app.processEvents()

    def timed(self, act: Callable[[], object], shown: Callable[[], object]) -> float:
        """Milliseconds until what it does is there and painted."""
        began = time.perf_counter()
        act()
        self.wait(shown)
        self.draw()
        return (time.perf_counter() - began) * 1_000

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key to whoever has the keyboard."""
        QTest.keyClick(self.focus, key, held)

    @property
    def focus(self) -> QWidget:
        """Whoever has the keyboard."""
        return QApplication.focusWidget() or self.made.window

    def close(self) -> None:
        """As when the person closes the window."""
        self.made.window.close()
        self.made.end()
        self.draw()
        self._loop.close()
        self._seat.close()


class Stalls(QObject):
    """How long the windows' thread could not be reached, each time it came late by more than 20 ms.

    A timer that should come every 10 ms; what it is late by is what a key would have waited.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.over, self.late = 0.0, 0, [0.0]
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start(_BEAT_MS)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _look(self) -> None:
        now = time.perf_counter()
        late = (now - self._last) * 1_000 - _BEAT_MS
        self._last = now
        self.late.append(max(late, 0.0))
        self.over += late > 100
        self.longest = max(self.longest, late)
