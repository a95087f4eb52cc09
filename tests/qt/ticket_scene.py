"""A ticket pane in a window, on a whole desk in a temp folder whose clock the test turns."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desks import START, TurnedClock, done, log, open_desk
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.present.ticker import Ticker
from tierline.storage.records import Client
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.pane import TicketPane


class Host(QWidget):
    """A window that gives its one part all its room.

    It has no layout, since the offscreen platform warns about every minimum size of a window.
    """

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self._part = part
        part.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._part.setGeometry(0, 0, self.width(), self.height())


def hosted(qtbot: QtBot, widget: QWidget, wide: int, high: int) -> QWidget:
    """The widget alone in a window of that size, shown and active."""
    window = Host(widget)
    window.resize(wide, high)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


class TicketScene:
    """One logged and taken ticket, shown."""

    def __init__(self, qtbot: QtBot, hub: ThemeHub, folder: Path, high: int = 756) -> None:
        self.clock = TurnedClock()
        self.desk = open_desk(folder, clock=self.clock)
        client = Client(name="Pellow & Voss Legal", policy="tiered")
        self.desk.replica.directory.put_clients((client,))
        self.clock.turn(minutes=-64)
        self.id = log(self.desk, impact=2, urgency=2, description="It stopped this morning.")
        done(self.desk.act(self.id, cmd.Take()))
        self.clock.now = START
        self.ticker = Ticker(self.seconds)
        self.pane = TicketPane(hub, self.ticker, self.desk.zone)
        self.window = hosted(qtbot, self.pane, 500, high)
        self.show()

    def seconds(self) -> float:
        return self.clock.now.timestamp()

    def act(self, command: cmd.Command, ticket_id: str = "") -> None:
        done(self.desk.act(ticket_id or self.id, command))

    def view(self, ticket_id: str = "") -> TicketView:
        view = self.desk.open_ticket(ticket_id or self.id)
        assert view is not None
        return view

    def show(self, ticket_id: str = "") -> None:
        self.pane.show_ticket(self.view(ticket_id))
        QApplication.processEvents()
