"""Views, macros and keys: what a person sets up, and what each of their wishes does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tierline.desk.macros import recorded
from tierline.desk.shelf import Changed
from tierline.domain.errors import Refusal
from tierline.domain.macros import AnyStep, Macro
from tierline.domain.tongue import tr
from tierline.present.bindings import bind, keys_of
from tierline.present.console import ConsolePresenter
from tierline.present.view_state import HOME, whole_filter
from tierline.present.wishes import (
    Bind,
    Compose,
    Drop,
    Keep,
    Move,
    Rehearse,
    RunMacro,
    TakeBack,
    Wish,
)
from tierline.storage.records import SavedView
from tierline.system.settings import Settings
from tierline.widgets.window.parts import Parts
from tierline.widgets.window.targets import Targets


class ShelfDeeds(QObject):
    """Wired at once. `keys_changed()` when other keys are in force: see `keys`."""

    keys_changed = Signal()

    def __init__(
        self, parts: Parts, console: ConsolePresenter, targets: Targets, settings: Settings
    ) -> None:
        """Hears every wish for the shelf, and what becomes of it."""
        super().__init__(parts.frame)
        self._parts, self._console = parts, console
        self._targets, self._settings = targets, settings
        self._learned: tuple[Macro, ...] = ()
        parts.rail.managed.connect(self.manage)
        parts.book.wished.connect(self._grant)
        console.shelving.changed.connect(self._changed)
        console.shelving.refused.connect(self._refused)
        console.pulse.minute.connect(self._learn)

    def table(self) -> dict[str, Callable[[], None]]:
        """Every act about them, by its name."""
        return {
            "save_view": self.save_view,
            "views": self.manage,
            "macros": lambda: self._open("macros"),
            "record_macro": self.record,
            "keys": self.show_keys,
        }

    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys in force, those of macros among them."""
        self._learned = self._macros()
        return keys_of(self._settings, self._learned)

    def manage(self, view: str = "") -> None:
        """The list of the saved views, with the one of that view chosen."""
        self._open("views", chosen=view.removeprefix("saved:"))

    def save_view(self) -> None:
        """Filter, order and columns of the list; the saved view it shows is changed."""
        state, saved = self._console.queue.state, self._console.desk.saved_views()
        known = next((each for each in saved if state.view == f"saved:{each.id}"), None)
        sort = f"-{state.sort}" if state.sort and state.descending else state.sort
        self._open(
            "save_view",
            filter=whole_filter(state, saved),
            sort=sort or (known.sort if known else ""),
            hidden=self._parts.queue.hidden_words(),
            known=known,
        )

    def show_keys(self, chosen: str = "") -> None:
        """Every key, with the act of that name chosen."""
        keys, macros = self.keys(), self._macros()
        self._open("keys", keys=keys, macros=macros, chosen=chosen)

    def rehearse(self, macro_id: str) -> None:
        """Show what a macro would do to the open ticket, before it is done."""
        macro = next((each for each in self._macros() if each.id == macro_id), None)
        view = self._targets.view()
        if macro is None:
            self._console.messages.note(tr("That macro is gone."))
        elif not self._parts.book.open("run_macro", view, macro=macro):
            self._console.messages.note(tr("No ticket is open."), tr("Choose one in the list."))

    def record(self) -> None:
        """A new macro of what was done last on one ticket."""
        steps = self._last_steps()
        if steps:
            self._open("macro", steps=steps, keys=self.keys())
        else:
            rest = tr("Do something on a ticket first: take it, write a note, set a status.")
            self._console.messages.note(tr("Nothing was done yet that a macro could do."), rest)

    def _last_steps(self) -> tuple[AnyStep, ...]:
        latest = list(self._console.actor.latest)
        last = latest[-1][0].id if latest else ""
        return recorded([(ticket, step) for ticket, step in latest if ticket.id == last])

    def _grant(self, wish: Wish) -> None:
        match wish:
            case Keep() | Move() | Drop():
                self._console.shelving.grant(wish)
            case Compose():
                self._open("macro", macro=wish.macro, keys=self.keys())
            case Rehearse():
                self.rehearse(wish.macro_id)
            case RunMacro():
                self._parts.book.done()
                self._console.actor.run_macro(wish.ticket_id, wish.macro)
            case Bind():
                bind(self._settings, wish.act, wish.keys)
                self.keys_changed.emit()
                self.show_keys(wish.act)
            case TakeBack():
                self._console.actor.undo()

    def _open(self, kind: str, **more: object) -> None:
        self._parts.book.open(kind, None, **more)

    def _macros(self) -> tuple[Macro, ...]:
        desk = self._console.desk
        return desk.replica.templates.macros(desk.me)

    def _learn(self) -> None:
        """A macro that somebody shares brings its key along."""
        if self._macros() != self._learned:
            self.keys_changed.emit()

    def _changed(self, changed: Changed) -> None:
        book, facts = self._parts.book, self._console.facts
        saving = book.current is not None and book.current.kind == "save_view"
        if book.current is not None:
            book.granted()
        facts.refresh()
        self._learn()
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
