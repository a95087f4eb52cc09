"""A console on a desk with clients of different policies, for what the process shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, done, open_desk
from tierline.domain import commands as cmd
from tierline.storage.records import Client, Contact
from tierline.widgets.strip.card import CardView

SCHOOL, HOUSES = "Kestrelbrook School", "Loxhaven Property"


class Screen(Desktop):
    """A console on a desk with two clients of different policies, and a clock to turn."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.clock = TurnedClock()
        desk = open_desk(folder, clock=self.clock)
        directory = desk.replica.directory
        directory.put_clients(
            [
                Client(name=SCHOOL, policy="three-line"),
                Client(name=HOUSES, policy="service-definition"),
            ]
        )
        directory.put_contacts(
            [
                Contact(client=SCHOOL, name="Orla Fennick", mail="orla@kestrelbrook.example"),
                Contact(client=HOUSES, name="Marguerite Dunn", phone="020 7946 0221"),
            ]
        )
        super().__init__(qtbot, app, folder, desk=desk)

    def log(self, client: str, **facts: Any) -> str:
        """Log and open a ticket that I hold."""
        who = "Orla Fennick" if client == SCHOOL else "Marguerite Dunn"
        told: dict[str, Any] = {
            "number": "",
            "subject": "Board in room 12 has no sound",
            "channel": "phone",
            "client": client,
            "contact": who,
            "priority": 3,
            "later": True,
        }
        made = done(self.desk.log(cmd.Log(**(told | facts)))).ticket.id
        done(self.desk.act(made, cmd.Take()))
        self.open(made)
        return made

    def open(self, ticket_id: str) -> None:
        """Read the desk anew and bring the keys to the ticket."""
        self.made.console.changed(())
        self.settle()
        self.parts.queue.choose(ticket_id)
        self.window.wiring.open_ticket(ticket_id)
        self.settle()

    def asked(self, act: str) -> Any:
        """The sheet that an act opened."""
        self.window.deeds.do(act)
        self.settle()
        return self.parts.book.current

    def kinds(self, ticket_id: str) -> list[str]:
        """The kinds of the ticket's operations."""
        history = self.desk.replica.tickets.operations(ticket_id)
        return [each.operation.kind for each in history]

    def cards(self) -> list[CardView]:
        """The cards of the strip that can be seen."""
        return [view for view in self.parts.strip._cards if view.isVisible()]

    def note(self) -> str:
        """What passes by at the foot of the list."""
        return self.parts.footer._note.text.text()
