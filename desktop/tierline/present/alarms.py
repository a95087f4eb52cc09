"""Alarms as they reach a person at this console: raised, withdrawn, and how each was delivered."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tierline.desk.desk import Desk
from tierline.present.tasks import Tasks


class AlarmsPresenter(QObject):
    """`raised(Notice)` when a pop-up is wanted, `withdrawn(key)` when it has become untrue.

    Whoever shows pop-ups calls `delivered` for each that was raised.
    """

    raised = Signal(object)
    withdrawn = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        """Nothing is looked at yet."""
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks

    def delivered(self, key: str, how: str, problem: str = "") -> None:
        """Keep by which way a pop-up was shown ("" for none), and what was wrong with it."""
        desk = self._desk
        self._tasks.run(
            "noting a notification",
            lambda: desk.replica.alarms.delivered(desk.me, key, how, problem),
            lambda _: None,
        )
