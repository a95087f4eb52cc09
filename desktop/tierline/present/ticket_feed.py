"""Feeds the ticket pane: loads the ticket that is looked at, and keeps what is typed about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from tierline.desk.desk import Desk
from tierline.desk.ticket_view import TicketView
from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr
from tierline.present.messages import Messages
from tierline.present.tasks import Tasks
from tierline.storage.records import Draft

_LOADING = tr("opening the ticket")
_UNSAVED = tr("It is still in this window. Free some space, it then saves by itself.")
_RETRY = tr("saving the draft")


class TicketFeed(QObject):
    """`shown(TicketView | None)`, `draft_saved(Draft)`. Going through a list loads only the last.

    `loaded()` once a load is over, shown or failed; `loading` until then. A draft that could not be
    saved is tried again with every `retry`.
    """

    shown = Signal(object)
    loaded = Signal()
    draft_saved = Signal(object)
    unsaved_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        parent: QObject | None = None,
        *,
        name: str = _LOADING,
    ) -> None:
        """Shows nothing yet. `name` tells its loads from those of another feed."""
        super().__init__(parent)
        self._name = name
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._unsaved: dict[tuple[str, str], tuple[str, int]] = {}
        self._then: tuple[str, Callable[[], None]] | None = None
        self.wanted = ""
        self.current: TicketView | None = None
        self.loading = False

    @property
    def current_id(self) -> str:
        """The ticket shown, "" for none."""
        return self.current.ticket.id if self.current else ""

    @property
    def seq(self) -> int:
        """The journal row the person is looking at, 0 for none."""
        return self.current.seq if self.current else 0

    def look(self, ticket_id: str) -> None:
        """Show this ticket ("" for none) as soon as it is read."""
        self.wanted = ticket_id
        if not ticket_id:
            self._show("", None)
            return
        self.loading = True
        self._tasks.run(
            self._name,
            lambda: self._desk.open_ticket(ticket_id),
            lambda view: self._show(ticket_id, view),
            self._not_loaded,
            replace=True,
        )

    def when_shown(self, ticket_id: str, then: Callable[[], None]) -> None:
        """Call once this ticket is shown; at once if it is. Another ticket makes it void."""
        self._then = (ticket_id, then)
        if self.current_id == ticket_id == self.wanted:
            self._go_on()

    def _go_on(self) -> None:
        waiting, self._then = self._then, None
        if waiting is not None and waiting[0] == self.current_id:
            waiting[1]()

    def again(self) -> None:
        """Read the same ticket anew: it changed."""
        if self.wanted:
            self.look(self.wanted)

    def keep_draft(self, ticket_id: str, kind: str, text: str) -> None:
        """Save unsent text; empty text forgets the draft."""
        seq = self.seq if ticket_id == self.current_id else 0
        self._unsaved[ticket_id, kind] = (text, seq)
        self._save(ticket_id, kind, text, seq)

    def retry(self) -> None:
        """Save once more what could not be saved."""
        for (ticket_id, kind), (text, seq) in list(self._unsaved.items()):
            self._save(ticket_id, kind, text, seq)

    @property
    def unsaved(self) -> int:
        """How many drafts are not on the disk yet."""
        return len(self._unsaved)

    def _save(self, ticket_id: str, kind: str, text: str, seq: int) -> None:
        def done(draft: Draft) -> None:
            if self._unsaved.get((ticket_id, kind)) == (text, seq):
                del self._unsaved[ticket_id, kind]
            self._know(draft)
            self.draft_saved.emit(draft)
            self.unsaved_changed.emit()

        work = self._saving(ticket_id, kind, text, seq)
        self._tasks.run(_RETRY, work, done, self._not_saved)

    def _know(self, draft: Draft) -> None:
        """A sheet that is opened again shows what was typed in it a moment ago."""
        current = self.current
        if current is not None and current.ticket.id == draft.ticket_id:
            others = (each for each in current.drafts if each.kind != draft.kind)
            self.current = replace(current, drafts=(*others, draft))

    def _saving(self, ticket_id: str, kind: str, text: str, seq: int) -> Callable[[], Draft]:
        return lambda: self._desk.save_draft(ticket_id, kind, text, seq)

    def _not_saved(self, error: BaseException) -> None:
        if isinstance(error, WorldError):
            what = tr("The draft could not be saved to disk.")
            error = WorldError(what, safe=_UNSAVED, todo=f"({error.what})")
        self._messages.failed(_RETRY, error)
        self.unsaved_changed.emit()

    def _show(self, ticket_id: str, view: TicketView | None) -> None:
        if ticket_id == self.wanted:
            self.current = view
            self.shown.emit(view)
            self._over()
            self._go_on()

    def _not_loaded(self, error: BaseException) -> None:
        self._messages.failed(self._name, error)
        self._over()

    def _over(self) -> None:
        self.loading = False
        self.loaded.emit()
