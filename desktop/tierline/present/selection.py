"""An act on a selection: looked at first, then done on those tickets that allow it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from tierline.desk.bulk import Preview, weigh
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.present.acting import Actor
from tierline.present.tasks import Tasks


class Selection(QObject):
    """`previewed(Preview)` when a person should look first; else it is `begun()` at once.

    Nobody is asked where nothing is left out and nobody is written to: ten seconds take it back.
    """

    previewed = Signal(object)
    begun = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, actor: Actor, parent: QObject | None = None
    ) -> None:
        """Acts by this actor."""
        super().__init__(parent)
        self._desk, self._tasks, self._actor = desk, tasks, actor

    def ask(self, ids: Sequence[str], command: cmd.Command) -> None:
        """Look at these tickets for this command."""
        chosen = tuple(ids)

        def told(preview: Preview) -> None:
            if preview.asks:
                self.previewed.emit(preview)
            else:
                self.go(preview)

        self._tasks.run(
            "looking at the selection", lambda: weigh(self._desk, chosen, command), told
        )

    def take_or_release(self, ids: Sequence[str]) -> None:
        """Take those that are not mine; when all of them are mine, release them."""
        rows = self._desk.rows(ids)
        others = [row.id for row in rows if not row.mine]
        self.ask(others or ids, cmd.Take() if others else cmd.Release())

    def go(self, preview: Preview) -> None:
        """Do it on the tickets that allow it."""
        self.begun.emit()
        self._actor.act(preview.can, preview.command)
