"""Creating a ticket from the task bar: carried out like any other act, and answered to its window.

The main window is left as it is: whoever writes there is not torn away.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tierline.desk import taskbar
from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.desk.quick_log import Match
from tierline.domain.errors import Refusal
from tierline.present.acting import Actor, Outcome
from tierline.present.tasks import Tasks


class Taskbar(QObject):
    """`created(ticket id, number)` once it is on the disk, `refused(Refusal)` when it is not."""

    created = Signal(str, str)
    refused = Signal(object)

    def __init__(
        self, desk: Desk, tasks: Tasks, actor: Actor, parent: QObject | None = None
    ) -> None:
        """Acts as the desk's person."""
        super().__init__(parent)
        self._desk, self._tasks, self._actor = desk, tasks, actor

    def create(self, whom: Match, what: str) -> None:
        """Log it."""
        command = taskbar.command(self._desk, whom, what)
        policy = self._desk.policy_for(command.client)
        self._tasks.run("logging the ticket", lambda: self._desk.log(command, policy), self._tell)

    def _tell(self, answer: Done | Refusal) -> None:
        if isinstance(answer, Refusal):
            self.refused.emit(answer)
            return
        self._actor.undo_offer.offer(answer.message, (answer,))
        self._actor.acted.emit(Outcome(taskbar.KIND, (answer,), ()))
        self.created.emit(answer.ticket.id, answer.ticket.number)
