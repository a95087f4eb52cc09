"""Views and macros from the window: kept, renamed, moved, dropped; ten seconds take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tierline.desk.acting import GRACE
from tierline.desk.desk import Desk
from tierline.desk.shelf import Changed
from tierline.domain.errors import Refusal
from tierline.present.acting import Actor
from tierline.present.messages import Messages
from tierline.present.tasks import Tasks
from tierline.present.wishes import Drop, Keep, Move, ShelfWish
from tierline.storage.records import SavedView


class Shelving(QObject):
    """`changed(Changed)` once it is on the disk, `refused(refusal)` when it is not done."""

    changed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        actor: Actor,
        parent: QObject | None = None,
    ) -> None:
        """Acts as the desk's person."""
        super().__init__(parent)
        self._desk, self._tasks, self._messages, self._actor = desk, tasks, messages, actor

    def grant(self, wish: ShelfWish) -> None:
        """Do it; what came of it is told by a signal, and can be taken back."""
        self._tasks.run("keeping views and macros", self._work(wish), self._tell)

    def _work(self, wish: ShelfWish) -> Callable[[], Changed | Refusal]:
        desk, shelf = self._desk, self._desk.shelf
        match wish:
            case Keep(entry=SavedView() as view):
                return lambda: desk.save_view(view)
            case Keep():
                return lambda: shelf.keep(wish.entry, desk.me, desk.clock())
            case Move():
                return lambda: shelf.move(wish.template_id, wish.by, desk.me, desk.clock())
            case Drop():
                return lambda: shelf.drop(wish.template_id, desk.me, desk.clock())

    def _tell(self, answer: Changed | Refusal) -> None:
        if isinstance(answer, Refusal):
            self.refused.emit(answer)
            return
        if answer.after:
            until = (self._desk.clock() + GRACE).timestamp()
            self._actor.undo_offer.offer_back(answer.message, until, lambda: self._back(answer))
        self.changed.emit(answer)

    def _back(self, done: Changed) -> None:
        def told(answer: Changed) -> None:
            self._messages.note(answer.message)
            self.changed.emit(answer)

        desk = self._desk
        self._tasks.run("taking that back", lambda: desk.shelf.put_back(done, desk.clock()), told)
