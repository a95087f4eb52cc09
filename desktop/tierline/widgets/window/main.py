"""The main window: it places the parts, wires them, and hands on keys. It knows nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from tierline.domain.tongue import tr
from tierline.present.acts import ACTS
from tierline.present.console import ConsolePresenter
from tierline.present.shift import shift_words
from tierline.present.ticker import Ticker
from tierline.present.view_state import remembered
from tierline.system.settings import Settings
from tierline.widgets.focus_ring import FocusRing
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window import memory
from tierline.widgets.window.deeds import Deeds
from tierline.widgets.window.keys import Keys
from tierline.widgets.window.panes import Pane, Panes, enter
from tierline.widgets.window.parts import Parts, build, stack
from tierline.widgets.window.popout import PopOut
from tierline.widgets.window.presence import Presence
from tierline.widgets.window.targets import Targets
from tierline.widgets.window.wiring import Wiring


class MainWindow(QWidget):
    """The console's one window.

    `first_painted()` once, when the first queue row is on the screen; `closed()` when the person
    closes it, after everything typed was handed on; `me_changed(id)` when another person sits down.
    """

    first_painted = Signal()
    closed = Signal()
    me_changed = Signal(str)

    def __init__(
        self, hub: ThemeHub, ticker: Ticker, console: ConsolePresenter, settings: Settings
    ) -> None:
        """Shows the queue that was looked at last; the rest comes with `console.start`."""
        super().__init__()
        self._console, self._settings, self._painted = console, settings, False
        self.setObjectName("console")
        self.setWindowTitle("Tierline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.parts: Parts = build(hub, ticker, console)
        self._place()
        self.targets = Targets(console, self.parts.queue)
        self.panes = Panes(self._panes())
        self.deeds = Deeds(self.parts, console, self.targets, self.panes, settings)
        self.wiring = Wiring(self.parts, console, self.deeds, self.targets, hub, settings)
        self.wiring.tick_by(ticker)
        self.presence = Presence(self, self.parts, console, settings)
        self.keys = Keys(self, self.deeds.shelf.keys(), self._at_rest)
        self.keys.asked.connect(self.deeds.do)
        self.keys.went.connect(console.queue.view)
        for changed in (self.wiring.keys_changed, self.deeds.shelf.keys_changed):
            changed.connect(self._learn_keys)
        self.parts.ticket.acts.learn(self.deeds.shelf.keys())
        self.wiring.me_changed.connect(self.me_changed)
        self.deeds.popout_asked.connect(lambda ticket_id: self._pop_out(hub, ticker, ticket_id))
        self._popped: dict[str, PopOut] = {}
        self.stays: Callable[[], bool] = lambda: False
        """Whether closing the window puts it away and the program goes on, in the tray."""
        self.ring = FocusRing(self, hub)
        self.parts.queue.viewport().installEventFilter(self)
        self.parts.frame.divided.connect(lambda sizes: settings.put("division", sizes))
        console.pulse.minute.connect(self._tell_shift)
        memory.restore(self, self.parts, settings)
        self._tell_desk()
        if not settings.get("welcomed", False):
            self.welcome()

    def open(self) -> None:
        """Fill the list, choose what was chosen, and show the window."""
        console, queue = self._console, self.parts.queue
        console.open(remembered(self._settings))
        self.wiring.show_view(console.queue.state)
        chosen = self._settings.get("selected", "")
        if not queue.choose(chosen):
            queue.choose(console.queue.model.id_at(0))
        if self._settings.get("maximized", False):
            self.showMaximized()
        else:
            self.show()
        queue.setFocus()

    def come(self) -> None:
        """Back into sight, in front of everything, as large as it was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def welcome(self) -> None:
        """A first run: one line of the keys that matter, until it is dismissed."""
        footer = self.parts.footer
        footer.welcome(True)
        footer.welcome_dismissed.connect(lambda: self._settings.put("welcomed", True))

    def _place(self) -> None:
        parts = self.parts
        below = (parts.bands, parts.frame, parts.strip, parts.status)
        stack(self, parts.toolbar, parts.link, *below)

    def _panes(self) -> list[Pane]:
        parts = self.parts
        within = [
            Pane(tr("Views"), parts.rail, enter(parts.rail)),
            Pane(tr("Queue"), parts.listing, parts.queue.setFocus),
            Pane(tr("Ticket"), parts.ticket, enter(parts.ticket)),
            Pane(tr("Composer"), parts.ticket.composer, enter(parts.ticket.composer)),
            Pane(tr("Warnings"), parts.strip, enter(parts.strip)),
            Pane(tr("Status"), parts.status, enter(parts.status)),
            Pane(tr("Link"), parts.link, enter(parts.link)),
            Pane(tr("Messages"), parts.bands, enter(parts.bands)),
        ]
        for pane in within:
            if not pane.widget.accessibleName():
                pane.widget.setAccessibleName(pane.name)
        return within

    def _pop_out(self, hub: ThemeHub, ticker: Ticker, ticket_id: str) -> None:
        """A second window for a ticket; asked for again, the one that is there comes forward."""
        if (known := self._popped.get(ticket_id)) is not None:
            known.raise_()
            known.activateWindow()
            return
        made = self._popped[ticket_id] = PopOut(hub, ticker, self._console, ticket_id)
        made.destroyed.connect(lambda: self._popped.pop(ticket_id, None))
        made.asked.connect(self._ask_about)
        made.why_asked.connect(self._explain)
        made.show()

    def _ask_about(self, ticket_id: str, act: str) -> None:
        self.wiring.open_ticket(ticket_id)
        self.activateWindow()
        self._console.ticket.when_shown(ticket_id, lambda: self.deeds.do(act))

    def _explain(self, ticket_id: str, clock: str) -> None:
        self.wiring.open_ticket(ticket_id)
        self.activateWindow()
        self._console.ticket.when_shown(ticket_id, lambda: self.deeds.why(clock))

    def _at_rest(self, widget: QWidget) -> bool:
        """Single letters are keys in the list, the ticket and the strip, nowhere else."""
        parts = self.parts
        panes = (parts.listing, parts.ticket, parts.strip)
        return any(pane is widget or pane.isAncestorOf(widget) for pane in panes)

    def _learn_keys(self) -> None:
        keys = self.deeds.shelf.keys()
        self.keys.learn(keys)
        self.parts.ticket.acts.learn(keys)

    def _tell_desk(self) -> None:
        desk, status = self._console.desk, self.parts.status
        person = desk.people.get(desk.me)
        line = desk.policy(desk.book.default).tier_word(person.tier) if person else ""
        self.parts.toolbar.tell_me(person.name if person else desk.me, line)
        status.tell_desk(tr("Demo desk") if desk.replica.kind == "demo" else tr("This computer"))
        status.tell_saved(None)
        self._tell_shift()

    def _tell_shift(self) -> None:
        words, open_ = shift_words(self._console.desk, self._console.desk.clock())
        self.parts.toolbar.tell_shift(words, night=not open_)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that no part wanted: letters, and Esc from anywhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.deeds.do(ACTS["back"].name)
        elif not self.keys.press(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice the first paint of a queue that has rows."""
        if not self._painted and event.type() == QEvent.Type.Paint:
            self._painted = self._console.queue.model.rowCount() > 0
            if self._painted:
                self.parts.queue.viewport().removeEventFilter(self)
                self.first_painted.emit()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember, hand on what was typed, and go; or only out of sight."""
        self.put_away()
        if self.stays():
            event.ignore()
            self.hide()
            return
        super().closeEvent(event)
        self.closed.emit()

    def put_away(self) -> None:
        """The program ends: hand on what was typed a moment ago, remember how all of it stood."""
        memory.keep(self, self.parts, self._console, self._settings)
        self.parts.ticket.composer.leave()
        self.parts.book.leave()
        for window in list(self._popped.values()):
            window.close()
