"""Alarms as they reach a person at this console: raised, withdrawn, and how each was delivered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from tierline.desk.alarms.alarm import Quiet
from tierline.desk.alarms.watch import Looked
from tierline.desk.desk import Desk
from tierline.domain.tongue import tr
from tierline.present.messages import Messages
from tierline.present.tasks import Tasks

_LOOKING = tr("looking at the alarms")
ASLEEP_SECONDS = 60.0


class AlarmsPresenter(QObject):
    """`raised(Notice)` when a pop-up is wanted, `withdrawn(key)` when it has become untrue.

    Whoever shows pop-ups calls `delivered` for each that was raised. `held_back(p1)` tells whether
    the person wants no alarm now, of a P1 or another: what waits comes as one when that ends.
    """

    raised = Signal(object)
    withdrawn = Signal(str)

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, parent: QObject | None = None
    ) -> None:
        """Nothing is looked at before `start`."""
        super().__init__(parent)
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._seen = 0.0
        self._again: datetime | None = None
        self._running = self._wanted = self._missed = self._started = False
        self.held_back: Callable[[bool], bool] = lambda _: False

    def start(self) -> None:
        """From now on; what came while no console was open is told as one."""
        self._seen = self._desk.clock().timestamp()
        self._started = self._missed = True
        self.look()

    def look(self) -> None:
        """Something may have changed: look once more; asked for many times, one look follows."""
        if not self._started:
            return
        if self._running:
            self._wanted = True
            return
        self._running, self._wanted = True, False
        missed, self._missed = self._missed, False
        desk, quiet = self._desk, self._quiet()
        self._tasks.look(
            _LOOKING,
            lambda: desk.alarms.look(desk.me, desk.clock(), quiet, missed=missed),
            self._looked,
            self._failed,
        )

    def beat(self) -> None:
        """Every two seconds: a long gap between two of them was a sleep of this computer."""
        now = self._desk.clock().timestamp()
        slept, self._seen = now - self._seen > ASLEEP_SECONDS, now
        if slept:
            self._missed = True
            self.look()

    def tick(self, now: float) -> None:
        """Look anew at the very second of the next threshold, or when the budget has room again."""
        again = self._again
        if again is not None and now > again.timestamp():
            self._again = None
            self.look()

    def delivered(self, key: str, how: str, problem: str = "") -> None:
        """Keep by which way a pop-up was shown ("" for none), and what was wrong with it."""
        desk = self._desk
        self._tasks.run(
            "noting a notification",
            lambda: desk.replica.alarms.delivered(desk.me, key, how, problem),
            lambda _: None,
        )

    def _quiet(self) -> Quiet:
        if self.held_back(True):
            return "all"
        return "but p1" if self.held_back(False) else ""

    def _looked(self, looked: Looked) -> None:
        self._running = False
        self._again = looked.again
        for key in looked.withdrawn:
            self.withdrawn.emit(key)
        for notice in looked.notices:
            self.raised.emit(notice)
        self._next()

    def _failed(self, error: BaseException) -> None:
        self._running = False
        self._messages.failed(_LOOKING, error)
        self._next()

    def _next(self) -> None:
        if self._wanted:
            self.look()
