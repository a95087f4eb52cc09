"""The room of a story: one desk on disk, a clock that goes on with every key, and people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.cli.conftest import Terminal
from tests.fakes.books import bundled_book
from tests.fakes.consoles import Desktop
from tests.fakes.desks import START, TurnedClock, done, open_desk
from tests.stories.technician import Technician
from tierline.app.console import Composition, Session
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket
from tierline.looping import make_loop
from tierline.storage.records import Client, Contact
from tierline.storage.replica import Replica
from tierline.system.settings import Settings

SCHOOL, DENTAL = "Kestrelbrook School", "Brackenfold Dental"


class Office:
    """People sit down at consoles of their own on the same desk; `close` sends them home."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        """Nobody is there yet, and nothing is on the disk."""
        self._qtbot, self._app, self.folder = qtbot, app, folder
        self.clock = TurnedClock()
        self._leave: list[Callable[[], None]] = []

    @property
    def passed(self) -> timedelta:
        """How long the story has taken, for people."""
        return self.clock.now - START

    def opens_with_two_clients(self) -> None:
        """The desk is in use: clients, their contacts, and colleagues on all three lines."""
        desk = open_desk(self.folder, clock=self.clock)
        directory = desk.replica.directory
        directory.put_clients(
            [Client(name=SCHOOL, policy="three-line"), Client(name=DENTAL, policy="playbook")]
        )
        directory.put_contacts(
            [
                Contact(client=SCHOOL, name="Orla Fennick", mail="orla@kestrelbrook.example"),
                Contact(client=DENTAL, name="Jonas Petrie", phone="(03) 5550 0117"),
                Contact(client=DENTAL, name="Joy Maddern", phone="(03) 5550 0164"),
            ]
        )
        desk.replica.close()

    def has_a_ticket(self, subject: str, held_by: str = "") -> str:
        """Logged by mail before the story begins; its number."""
        desk = open_desk(self.folder, held_by or "mira", clock=self.clock)
        logged = cmd.Log(
            number="",
            subject=subject,
            channel="mail",
            client=SCHOOL,
            contact="Orla Fennick",
            description="Since this morning.",
            impact=3,
            urgency=2,
        )
        made = done(desk.log(logged)).ticket
        if held_by:
            done(desk.act(made.id, cmd.Take()))
        desk.replica.close()
        return made.number

    def sits_down(self, person: str) -> Technician:
        """At a console of their own on this desk."""
        own = self.folder / f"of-{person}"
        own.mkdir()
        desk = open_desk(self.folder, person, clock=self.clock)
        at = Desktop(self._qtbot, self._app, own, desk=desk)
        self._leave.append(at.close)
        who = Technician(self._qtbot, self.clock, lambda: at.made, lambda: at.window)
        who.turns_to_the_console()
        return who

    def newcomer(self) -> Technician:
        """Starts the program for the first time."""
        replica = Replica.open(self.folder, self.clock())
        desk = Desk(replica, bundled_book(), "kim", self.clock)
        session = Session(self._app, desk, Settings(self.folder / "settings.json"))
        loop = make_loop(self._app)
        session.show()
        session.begin(loop)
        page = session.page

        def leave() -> None:
            session.end()
            loop.close()
            for each in (page, session.made.window if session.made else page, session.hub):
                each.deleteLater()

        def made() -> Composition | None:
            return session.made

        self._leave.append(leave)
        who = Technician(
            self._qtbot, self.clock, made, lambda: session.made.window if session.made else page
        )
        who.turns_to_the_console()
        return who

    def types_a_command(self, person: str, *words: str) -> str:
        """Somebody without a window, in a terminal on the same desk; what it answers."""
        terminal = Terminal(self.folder, now=self.clock.now.isoformat(), me=person)
        return terminal.done(*words).out

    def ticket(self, number: str) -> Ticket:
        """As the disk has it."""
        desk = open_desk(self.folder, clock=self.clock)
        stored = desk.find(number)
        desk.replica.close()
        assert stored is not None
        return stored.ticket

    def close(self) -> None:
        """All windows, in the order they were opened."""
        for leave in self._leave:
            leave()
        QApplication.processEvents()
