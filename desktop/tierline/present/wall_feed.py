"""Feeds a wallboard: reads its figures when something changed, and knows how fresh they are."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from tierline.desk.board import Board, read_board
from tierline.desk.desk import Desk
from tierline.domain.tongue import tr
from tierline.present.pulse import Pulse
from tierline.present.sync_state import SyncState
from tierline.present.tasks import Tasks

_log = logging.getLogger(__name__)
_READING, _THREAD = tr("reading the wallboard"), "wall"
BEAT_MS, APART_MS = 500, 400
"""How often it looks whether another program wrote, and how far apart two readings are at least."""


class WallFeed(QObject):
    """`read(Board)` with new figures; `heard(epoch seconds, why)` when they were known to be so.

    `why` no newer ones come is "" while all is well. A desk that is alone is as fresh as the last
    look at its file, one with a hub as the hub's last sign of life. It only ever reads.
    """

    read = Signal(object)
    heard = Signal(float, str)

    def __init__(
        self, desk: Desk, tasks: Tasks, pulse: Pulse, sync: SyncState, parent: QObject | None = None
    ) -> None:
        """Nothing is read before `start`."""
        super().__init__(parent)
        self._desk, self._tasks, self._pulse, self._sync = desk, tasks, pulse, sync
        # When the first change was told that is not read yet, and the first that is being read.
        self._asked = self._taken = 0.0
        self._next_change = 0.0
        self._running = False
        self.names = False
        self._apart = QTimer(self)
        self._apart.setSingleShot(True)
        self._apart.setInterval(APART_MS)
        self._apart.timeout.connect(self._go)
        for signal in (pulse.changed, pulse.minute, sync.arrived):
            signal.connect(self.refresh)
        pulse.beaten.connect(self.look)
        sync.changed.connect(self.look)

    def start(self) -> None:
        """Read now, and keep an eye on the desk."""
        self._running = True
        self._pulse.hasten(BEAT_MS)
        self._sync.watch(True)
        self.refresh()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._running = False
        self._apart.stop()
        self._pulse.hasten()
        self._sync.watch(False)

    def refresh(self, *_: object) -> None:
        """Something may have changed: read soon, however often this is said."""
        if self._running:
            self._asked = self._asked or self._now()
            self._go()

    def tick(self, now: float) -> None:
        """A second passed (epoch seconds): some figure may have changed by it alone."""
        if self._next_change and now > self._next_change:
            self._next_change = 0.0
            self.refresh()

    def look(self, *_: object) -> None:
        """Say how fresh the figures are."""
        if not self._running:
            return
        status, fresh = self._sync.status, self._now()
        if self._sync.joined:
            fresh = status.last_sync.timestamp() if status.last_sync else 0.0
        waiting = self._taken or self._asked
        self.heard.emit(min(fresh, waiting) if waiting else fresh, status.what)
        self._go()  # what could not be read is tried again

    def _now(self) -> float:
        return self._desk.clock().timestamp()

    def _go(self) -> None:
        if not self._running or not self._asked or self._taken or self._apart.isActive():
            return
        self._taken, self._asked = self._asked, 0.0
        self._apart.start()
        desk, names = self._desk, self.names
        work = (_READING, lambda: read_board(desk, names=names))
        self._tasks.look(*work, self._came, self._failed, thread=_THREAD)

    def _came(self, board: Board) -> None:
        self._taken = 0.0
        if board.next_change is not None:
            self._next_change = board.next_change.timestamp()
        if self._running:
            self.read.emit(board)
            self.look()

    def _failed(self, error: BaseException) -> None:
        """The age of the figures tells it on the wall; the log has why."""
        _log.warning("the wallboard could not be read", exc_info=error)
        self._asked, self._taken = self._taken, 0.0
