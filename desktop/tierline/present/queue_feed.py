"""Feeds the queue model: which ids, in which order, and when they are asked for anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from tierline.desk.desk import Desk
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.present.queue_model import QueueModel
from tierline.present.tasks import Tasks
from tierline.present.view_state import HOME, ViewState

_SHOWING, _ORDERING = tr("showing the queue"), tr("ordering the queue")
_ROWS = tr("reading the rows")


class QueueFeed(QObject):
    """`shown(ViewState)` once another queue is in the model, `refused(Refusal)` for a bad filter.

    A newer wish always wins over an older one that is still on its way.
    """

    shown = Signal(object)
    refused = Signal(object)
    reordered = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        """Empty until `show` or `show_now`."""
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self.model = QueueModel(desk.rows, lambda: desk.clock().timestamp(), self)
        self.state = ViewState()
        self._wanted = ViewState()

    def show_now(self, state: ViewState) -> None:
        """Show a queue before this returns: for the first picture, before the loop runs."""
        self._wanted = state
        answer = self._ids(state)
        if isinstance(answer, Refusal) and state.view != HOME:
            self.show_now(ViewState())
            return
        self._show(state, answer)

    def show(self, state: ViewState) -> None:
        """Show another queue, or the same one filtered or ordered differently."""
        self._wanted = state
        self._tasks.run(
            _SHOWING, lambda: self._ids(state), lambda ids: self._show(state, ids), replace=True
        )

    def view(self, name: str) -> None:
        """Another view, unfiltered, in its own order."""
        self.show(ViewState(name))

    def filter(self, text: str) -> None:
        """Narrow the view that was last asked for."""
        self.show(self._wanted._replace(filter=text.strip()))

    def sort(self, key: str, *, descending: bool = False) -> None:
        """Order it by a key of `view_state.ORDERS`, "" for its own order."""
        self.show(self._wanted._replace(sort=key, descending=descending))

    def sort_or_turn(self, key: str) -> None:
        """Order by that key; a second time turns the order round."""
        self.show(self._wanted.sorted_by(key))

    def refresh(self, ids: Iterable[str] = ()) -> None:
        """These tickets changed: paint them anew, and see whether the order changed too."""
        self.model.refresh(ids)
        self.order()

    def read(self, ids: Sequence[str]) -> None:
        """Read these rows on the storage thread and paint them where they are."""
        self._tasks.run(_ROWS, lambda: self._desk.rows(ids), self.model.put)

    def order(self) -> None:
        """See whether the order changed."""
        state = self._wanted
        self._tasks.look(
            _ORDERING, lambda: self._ids(state), lambda found: self._offer(state, found)
        )

    def repaint_all(self) -> None:
        """Anything may have changed: fetch what is on screen anew."""
        self.refresh(list(self.model.ids()))

    def _ids(self, state: ViewState) -> list[str] | Refusal:
        return self._desk.ids(state.view, state.filter, state.sort, descending=state.descending)

    def _show(self, state: ViewState, answer: list[str] | Refusal) -> None:
        if isinstance(answer, Refusal):
            self._wanted = self.state
            self.refused.emit(answer)
            return
        self.state = state
        self.model.show(answer)
        self.shown.emit(state)

    def _offer(self, state: ViewState, answer: list[str] | Refusal) -> None:
        if state == self.state == self._wanted and not isinstance(answer, Refusal):
            self.model.offer(answer)
            self.reordered.emit()
