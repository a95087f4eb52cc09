"""A ticket in a window of its own, to be kept beside the list; acts go through the main window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.events import Choice
from tierline.domain.tongue import tr
from tierline.present.acting import Outcome
from tierline.present.console import ConsolePresenter
from tierline.present.ticker import Ticker
from tierline.present.ticket_feed import TicketFeed
from tierline.widgets.focus_ring import FocusRing
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.pane import TicketPane
from tierline.widgets.window.files import PaneFiles
from tierline.widgets.window.parts import stack

SIZE = (520, 820)
SENT = {"note": "note", "message": "message", "logtime": "time"}
COMPOSED = ("note", "message", "time")


class PopOut(QWidget):
    """`asked(ticket id, act)` for what needs a sheet: the main window comes forward for it."""

    asked = Signal(str, str)
    why_asked = Signal(str, str)

    def __init__(
        self, hub: ThemeHub, ticker: Ticker, console: ConsolePresenter, ticket_id: str
    ) -> None:
        """Reads the ticket at once."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ticket_id, self._console = ticket_id, console
        self.pane = TicketPane(hub, ticker, console.desk.zone)
        self.files = PaneFiles(self.pane, console.files)
        name = tr("opening the window of {ticket_id}", ticket_id=ticket_id)
        self._feed = TicketFeed(console.desk, console.tasks, console.messages, self, name=name)
        stack(self, self.pane)
        self.ring = FocusRing(self, hub)
        self.resize(hub.px(SIZE[0]), hub.px(SIZE[1]))
        self._feed.shown.connect(self._show)
        self._feed.draft_saved.connect(self.pane.draft_saved)
        self.pane.act_asked.connect(self._ask)
        self.pane.why_asked.connect(lambda clock: self.why_asked.emit(self.ticket_id, clock))
        self.pane.composed.connect(self._composed)
        self.pane.settled.connect(self._settle)
        self.pane.drafted.connect(
            lambda kind, text: self._feed.keep_draft(self.pane.ticket_id, kind, text)
        )
        console.actor.acted.connect(self._acted)
        console.pulse.changed.connect(self._changed)
        console.files.arrived.connect(self._feed.again)
        self._feed.look(ticket_id)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed is kept."""
        self.pane.composer.leave()
        super().closeEvent(event)

    def _show(self, view: TicketView | None) -> None:
        self.setWindowTitle(f"{view.ticket.number} {view.ticket.subject}" if view else "Tierline")
        self.pane.show_ticket(view)

    def _ask(self, act: str) -> None:
        if act in COMPOSED:
            self.pane.compose(act)
        elif act != "popout":
            self.asked.emit(self.ticket_id, act)

    def _composed(self, command: cmd.Command) -> None:
        self._console.actor.act([self.ticket_id], command, self._feed.seq)

    def _settle(self, key: str, choice: Choice) -> None:
        settled = cmd.Settle(conflict=key, choice=choice)
        self._console.actor.act([self.ticket_id], settled, self._feed.seq)

    def _acted(self, outcome: Outcome) -> None:
        if self.ticket_id in outcome.ids:
            if outcome.kind in SENT:
                self.pane.sent(SENT[outcome.kind])
            self._feed.again()

    def _changed(self, ids: tuple[str, ...]) -> None:
        if not ids or self.ticket_id in ids:
            self._feed.again()
