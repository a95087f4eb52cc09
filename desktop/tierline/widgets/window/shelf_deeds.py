"""Saving what the list shows as a view, keeping views in order, and going back on either."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tierline.desk.shelf import Changed
from tierline.domain.errors import Refusal
from tierline.present.console import ConsolePresenter
from tierline.present.view_state import HOME, whole_filter
from tierline.storage.records import SavedView
from tierline.widgets.window.parts import Parts


class ShelfDeeds(QObject):
    """What the acts about views do; wired at once."""

    def __init__(self, parts: Parts, console: ConsolePresenter) -> None:
        """Hears what becomes of every wish for the shelf."""
        super().__init__(parts.frame)
        self._parts, self._console = parts, console
        parts.rail.managed.connect(self.manage)
        console.shelving.changed.connect(self._changed)
        console.shelving.refused.connect(self._refused)

    def table(self) -> dict[str, Callable[[], None]]:
        """Every act about views, by its name."""
        return {"save_view": self.save_view, "views": self.manage}

    def manage(self, view: str = "") -> None:
        """The list of the saved views, with the one of that view chosen."""
        self._parts.book.open("views", None, chosen=view.removeprefix("saved:"))

    def save_view(self) -> None:
        """Filter, order and columns of the list; the saved view it shows is changed."""
        state, saved = self._console.queue.state, self._console.desk.saved_views()
        known = next((each for each in saved if state.view == f"saved:{each.id}"), None)
        sort = f"-{state.sort}" if state.sort and state.descending else state.sort
        self._parts.book.open(
            "save_view",
            None,
            filter=whole_filter(state, saved),
            sort=sort or (known.sort if known else ""),
            hidden=self._parts.queue.hidden_words(),
            known=known,
        )

    def _changed(self, changed: Changed) -> None:
        book, facts = self._parts.book, self._console.facts
        saving = book.current is not None and book.current.kind == "save_view"
        if book.current is not None:
            book.granted()
        facts.refresh()  # first, so that the rail knows the view before it is shown
        views = [each for each in changed.after if isinstance(each, SavedView)]
        shown = self._console.queue.state.view
        kept = next((each for each in views if not each.gone), None)
        if saving and kept is not None:
            self._console.queue.view(f"saved:{kept.id}")
        elif any(shown == f"saved:{each.id}" and each.gone for each in views):
            self._console.queue.view(HOME)

    def _refused(self, refusal: Refusal) -> None:
        if self._parts.book.current is not None:
            self._parts.book.refused(refusal)
        else:
            self._console.messages.refuse(refusal)
