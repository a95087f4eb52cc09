"""What somebody reads on their console: what a screen reader says, or words that are on the screen.

So a story cannot see what a person could not.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

from tierline.app.console import Composition
from tierline.present.queue_model import SPOKEN
from tierline.widgets.sheets.points import Points
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.window.parts import Parts

_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class Eyes:
    """Looks at one window; `made` answers its console, None while a first run's page is shown."""

    def __init__(
        self, made: Callable[[], Composition | None], front: Callable[[], QWidget]
    ) -> None:
        """`front` is the window that is looked at."""
        self._made, self.front = made, front

    # Where the keyboard is

    @property
    def here(self) -> str:
        """What the keyboard is on, as it is spoken."""
        focus = self.front().focusWidget()
        named = focus.accessibleName() if focus is not None else ""
        return named or self._spoken(QAccessible.Text.Name)

    @property
    def offered(self) -> str:
        """What is highlighted below the line that is typed in."""
        return self._spoken(QAccessible.Text.Description)

    @property
    def pane(self) -> str:
        """The pane that has the keyboard."""
        return self._console.window.panes.current()

    @property
    def menu(self) -> list[str]:
        """What the open menu offers; that which cannot be done is left out."""
        menu = QApplication.activePopupWidget()
        actions = menu.actions() if isinstance(menu, QMenu) else []
        return [each.text().replace("&", "") for each in actions if each.isEnabled()]

    @property
    def look(self) -> tuple[str, int]:
        """Light or dark, and how large the text is in per cent."""
        hub = self._console.hub
        return "dark" if hub.theme.dark else "light", hub.scale

    @property
    def screen(self) -> str:
        """Which screen it is: the page of a first run, the list, the ticket's text, or a sheet."""
        if self._made() is None:
            return "Welcome"
        return self.sheet or ("Composer" if self.pane == "Composer" else "Console")

    @property
    def arrived(self) -> bool:
        """Whether the console is there, after the page of a first run."""
        return self._made() is not None

    # The list

    @property
    def view(self) -> str:
        """What the list says that it shows."""
        return self._parts.queue.accessibleName()

    @property
    def rows(self) -> list[str]:
        """The tickets of the list, each as one sentence."""
        model = self._console.console.queue.model
        return [str(model.data(model.index(row, 0), SPOKEN)) for row in range(model.rowCount())]

    @property
    def row(self) -> str:
        """The row that the keys act on."""
        model, queue = self._console.console.queue.model, self._parts.queue
        at = model.position(queue.current_id())
        return self.rows[at] if at >= 0 else ""

    @property
    def empty_list(self) -> str:
        """What stands in the list in place of tickets."""
        return self._parts.queue._empty_text

    @property
    def held(self) -> str:
        """What waits while the order of the list is held, "" for nothing."""
        return _shown(self._parts.header.held)

    @property
    def foot(self) -> str:
        """The line below the list: what was done, or what is to be known."""
        footer = self._parts.footer
        shown = footer._stack.currentWidget()
        lines = (footer._undo, footer._note)
        return next((line.text.text() for line in lines if line is shown), "keys")

    # The ticket

    @property
    def head(self) -> str:
        """The head of the ticket that is open."""
        return self._parts.ticket.head.accessibleName()

    @property
    def clocks(self) -> str:
        """Its clocks."""
        return self._parts.ticket.clocks.accessibleName()

    @property
    def history(self) -> list[str]:
        """Its timeline, oldest first."""
        return _sentences(self._parts.ticket.timeline.model())

    @property
    def told(self) -> str:
        """The whole timeline as one text."""
        return "\n".join(self.history)

    @property
    def bands(self) -> str:
        """What stands between the clocks and the timeline, and is missing."""
        ticket = self._parts.ticket
        shown = (
            part for part in (ticket.missing, ticket.flags, ticket.between) if part.isVisible()
        )
        return "\n".join(part.accessibleName() for part in shown)

    @property
    def conflict(self) -> str:
        """The card that asks which of two values stands, "" while there is none."""
        card = self._parts.ticket.conflicts.card
        return card.accessibleName() if card.isVisible() else ""

    @property
    def written(self) -> str:
        """The text in the composer."""
        composer = self._parts.ticket.composer
        return composer.text(composer.kind)

    @property
    def saved(self) -> str:
        """What the composer says about its draft."""
        return self._parts.ticket.composer._tabs._said

    # Sheets

    @property
    def sheet(self) -> str:
        """The sheet that is open, by its name; "" for none."""
        found = self._parts.book.current
        return found.accessibleName() if found is not None else ""

    @property
    def words(self) -> str:
        """All words of the open sheet, its buttons too."""
        found = self._parts.book.current
        if found is None:
            return ""
        return "\n".join(
            [each.text() for each in found.findChildren(QLabel) if each.isVisible()]
            + [_shown(each) for each in found.findChildren(QAbstractButton)]
        )

    @property
    def lines(self) -> list[str]:
        """What the lists of the open sheet say, line by line."""
        found = self._parts.book.current
        lists = found.findChildren(RowList) if found is not None else []
        return [line for each in lists if each.isVisible() for line in _sentences(each.model())]

    @property
    def promises(self) -> str:
        """What the open sheet says will happen, and what may follow."""
        found = self._parts.book.current
        points = found.findChildren(Points) if found is not None else []
        return "\n".join(each.accessibleName() for each in points)

    # The rest of the window

    @property
    def warnings(self) -> list[str]:
        """The cards of the strip."""
        cards = self._parts.strip._cards
        return [card.accessibleName() for card in cards if card.isVisible()]

    @property
    def messages(self) -> str:
        """The lines under the toolbar: what happened, what is safe, what to do."""
        return "\n".join(str(each) for each in self._parts.bands.messages)

    @property
    def link(self) -> str:
        """The band that tells of the network, "" while all is well."""
        band = self._parts.link
        return band.accessibleName() if band.isVisible() else ""

    @property
    def status(self) -> str:
        """The words at the left of the status bar about the shared desk."""
        return self._parts.status.sync.accessibleName()

    @property
    def timer(self) -> str:
        """The work timer in the status bar, "" while it does not run."""
        shown = self._parts.status.timer
        return shown.accessibleName() if shown.isVisible() else ""

    def everything(self) -> str:
        """All of it, for whoever wants to know where a story went another way."""
        names = [name for name, what in vars(Eyes).items() if isinstance(what, property)]
        if self._made() is None:
            words = [each.text() for each in self.front().findChildren(QLabel) if each.isVisible()]
            return "\n".join((f"here: {self.here}", *words))
        read = {name: getattr(self, name) for name in names if name[0] != "_" and name != "told"}
        told = {n: "\n  ".join(w) if isinstance(w, list) else w for n, w in read.items()}
        return "\n".join(f"{name}: {what}" for name, what in told.items() if what)

    def _spoken(self, text: QAccessible.Text) -> str:
        focus = self.front().focusWidget()
        found = QAccessible.queryAccessibleInterface(focus) if focus is not None else None
        return found.text(text) if found is not None else ""

    @property
    def _console(self) -> Composition:
        made = self._made()
        assert made is not None, "the console is not there yet"
        return made

    @property
    def _parts(self) -> Parts:
        return self._console.window.parts


def _shown(button: QAbstractButton) -> str:
    return button.text() if button.isVisible() else ""


def _sentences(model: QAbstractItemModel) -> list[str]:
    rows = range(model.rowCount())
    return [str(model.data(model.index(row, 0), _SPOKEN)) for row in rows]
