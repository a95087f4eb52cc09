"""The room of a story: one desk on disk, a clock that goes on with every key, and people."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.cli.conftest import Terminal
from tests.fakes.books import bundled_book
from tests.fakes.consoles import Desktop
from tests.fakes.desks import START, TurnedClock, done, open_desk
from tests.stories.album import Album
from tests.stories.technician import Technician
from tierline.app.console import Composition, Session
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket
from tierline.looping import make_loop
from tierline.storage.records import Client, Contact
from tierline.storage.replica import Replica
from tierline.system.settings import Settings

AWAKE = timedelta(seconds=50)  # a console that notices nothing for a minute was asleep
SCHOOL, DENTAL = "Kestrelbrook School", "Brackenfold Dental"
FREIGHT, WINES = "Quillham Freight", "Tamsin Vale Wines"
CLIENTS = (
    Client(name=SCHOOL, policy="three-line"),
    Client(name=DENTAL, policy="playbook"),
    Client(name=FREIGHT, policy="tiered"),
    Client(name=WINES, policy="service-definition"),
)
CONTACTS = (
    Contact(client=SCHOOL, name="Orla Fennick", mail="orla@kestrelbrook.example"),
    Contact(client=DENTAL, name="Jonas Petrie", phone="(03) 5550 0117"),
    Contact(client=DENTAL, name="Joy Maddern", phone="(03) 5550 0164"),
    Contact(client=FREIGHT, name="Wes Calder", phone="(02) 5550 0188"),
    Contact(client=WINES, name="Nell Abara", phone="020 7946 0112", mail="nell@tamsin.example"),
)


class Office:
    """People sit down at consoles of their own on the same desk; `close` sends them home."""

    def __init__(
        self, qtbot: QtBot, app: QApplication, folder: Path, title: str, album: Album | None
    ) -> None:
        """Nobody is there yet, and nothing is on the disk; `album` takes a picture a sentence."""
        self._qtbot, self._app, self.folder = qtbot, app, folder
        self._title, self._album = title, album
        self.clock = TurnedClock()
        self._there: list[Technician] = []
        self._working: Technician | None = None
        self._leave: list[Callable[[], None]] = []

    @contextmanager
    def tells(self, sentence: str) -> Iterator[None]:
        """One sentence of the story: the keys and what was seen, by whoever had the keyboard."""
        try:
            yield
        except BaseException as error:
            seen = self._working.everything() if self._working is not None else ""
            error.add_note(f"It was told: {sentence}\nThere was to be read:\n{seen}")
            raise
        who = self._working
        if who is not None:
            who.looks_up()
            if self._album is not None:
                self._album.take(self._title, sentence, who.pressed, who.front())
            who.pressed.clear()

    # Before a story begins

    def opens_with_clients(self) -> None:
        """The desk is in use: a client of each policy, and colleagues on all three lines."""
        desk = open_desk(self.folder, clock=self.clock)
        desk.replica.directory.put_clients(CLIENTS)
        desk.replica.directory.put_contacts(CONTACTS)
        desk.replica.close()

    def has_a_ticket(self, subject: str, held_by: str = "", **told: object) -> str:
        """Logged by mail before the story begins; its number."""
        facts: dict[str, object] = {
            "number": "",
            "channel": "mail",
            "client": SCHOOL,
            "contact": "Orla Fennick",
            "description": "Since this morning.",
            "impact": 3,
            "urgency": 2,
        }
        desk = open_desk(self.folder, held_by or "mira", clock=self.clock)
        made = done(desk.log(cmd.Log(subject=subject, **(facts | told)))).ticket  # type: ignore[arg-type]
        if held_by:
            done(desk.act(made.id, cmd.Take()))
        desk.replica.close()
        return made.number

    # People

    def sits_down(self, person: str) -> Technician:
        """At a console of their own on this desk."""
        return self.seats(person, open_desk(self.folder, person, clock=self.clock), self.folder)

    def seats(self, person: str, desk: Desk, folder: Path, **more: object) -> Technician:
        """Somebody whose console works on this desk and keeps its settings below `folder`."""
        own = folder / f"of-{person}"
        own.mkdir(exist_ok=True)
        look = {"theme": Settings(own / "settings.json").get("theme", "light")}
        at = Desktop(self._qtbot, self._app, own, desk=desk, **look, **more)
        self._leave.append(at.close)
        return self.welcomes(person, lambda: at.made, lambda: at.window)

    def loses_power(self, who: Technician) -> Technician:
        """Their computer dies; who sits there once it is back finds what the disk had just then.

        The files are copied while the console runs: it had no chance to put anything away.
        """
        after = self.folder / "after-the-power-cut"
        after.mkdir()
        for file in self.folder.glob("desk.sqlite*"):
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, after / file.name)
        shutil.copytree(self.folder / f"of-{who.name}", after / f"of-{who.name}")
        who.front().hide()
        return self.seats(who.name, open_desk(after, who.name, self.clock), after)

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
            if session.made is not None:
                session.made.window.close()
            session.end()
            loop.close()
            for each in (page, session.made.window if session.made else page, session.hub):
                each.deleteLater()

        self._leave.append(leave)
        return self.welcomes(
            "kim", lambda: session.made, lambda: session.made.window if session.made else page
        )

    def welcomes(
        self, person: str, made: Callable[[], Composition | None], front: Callable[[], QWidget]
    ) -> Technician:
        """Somebody in front of a console that is there already."""
        who = Technician(person, self._qtbot, self.clock, made, front)
        who.turned = self._turned
        who.turns_to_the_console()
        self._there.append(who)
        return who

    def types_a_command(self, person: str, *words: str) -> str:
        """Somebody without a window, in a terminal on the same desk; what it answers."""
        terminal = Terminal(self.folder, now=self.clock.now.isoformat(), me=person)
        return terminal.done(*words).out

    # Time, and what is true

    def lets_pass(self, **amount: float) -> None:
        """So many minutes, hours … go by; every console notices, as it does by itself."""
        self._goes_on(timedelta(**amount), None)

    def works(self, who: Technician, **amount: float) -> None:
        """So many minutes go by in which somebody is busy at their console."""
        self._goes_on(timedelta(**amount), who)

    def _goes_on(self, amount: timedelta, busy: Technician | None) -> None:
        end = self.clock.now + amount
        while self.clock.now < end:
            self.clock.now = min(self.clock.now + AWAKE, end)
            for who in self._there:
                who.stays()
            if busy is not None:
                busy.touches()
        for who in self._there:
            who.looks_up()

    @property
    def passed(self) -> timedelta:
        """How long the story has taken, for people."""
        return self.clock.now - START

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
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    def _turned(self, who: Technician) -> None:
        self._working = who
