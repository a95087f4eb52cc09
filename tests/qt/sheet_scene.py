"""A sheet over a list in a window, on a whole desk; what it asks for is really done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desks import START, TurnedClock, done, log, open_desk
from tierline.desk.acting import Done
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.ticket import Ticket
from tierline.present.ticker import Ticker
from tierline.storage.records import Client, Contact
from tierline.widgets.sheets.book import SheetBook
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.theme import ThemeHub

KEY = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SCHOOL, DENTAL = "Kestrelbrook School", "Brackenfold Dental"


class SheetScene:
    """A taken ticket of the three-line policy with two notes; the list behind has the keyboard."""

    def __init__(self, qtbot: QtBot, hub: ThemeHub, folder: Path, **logged: Any) -> None:
        """`logged` replaces what the ticket is logged with."""
        self.qtbot, self.clock = qtbot, TurnedClock()
        self.desk = open_desk(folder, clock=self.clock)
        self._people()
        self.clock.turn(hours=-20)
        facts = {"client": SCHOOL, "contact": "Orla Fennick", "channel": "phone"}
        self.id = log(self.desk, "Printer gateway is silent", **(facts | logged))
        done(self.desk.act(self.id, cmd.Take()))
        for text in ("Cable checked with the teacher", "Driver rolled back"):
            self.clock.turn(hours=1)
            done(self.desk.act(self.id, cmd.Note(text=text)))
        self.clock.now = START
        self.ticker = Ticker(self._now)
        self.window = QWidget()
        self.window.resize(1440, 820)
        self.list = QListWidget(self.window)
        self.list.setGeometry(0, 0, 1440, 820)
        self.list.addItems([str(n) for n in range(50)])
        self.book = SheetBook(self.window, hub, self.ticker, self.desk)
        self.answers: list[Done | Refusal] = []
        self.chosen: list[tuple[str, str]] = []
        self.book.submitted.connect(self._act)
        self.book.logged.connect(self._log)
        self.book.drafted.connect(self._draft)
        self.book.chosen.connect(self._chose)
        self._show()

    def close(self) -> None:
        self.book.leave()
        self.window.close()
        self.desk.replica.close()

    @property
    def view(self) -> TicketView:
        found = self.desk.open_ticket(self.id)
        assert found is not None
        return found

    @property
    def ticket(self) -> Ticket:
        return self.view.ticket

    @property
    def sheet(self) -> Any:
        found = self.book.current
        assert found is not None
        return found

    def open(self, kind: str, **more: Any) -> Any:
        assert self.book.open(kind, self.view, **more)
        self.settle()
        return self.sheet

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, held)
        self.settle()

    def send(self) -> None:
        self.press(KEY.Key_Return, CTRL)

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()

    def last(self) -> Done:
        return done(self.answers[-1])

    def _act(self, ticket_id: str, command: cmd.Command) -> None:
        self._told(self.desk.act(ticket_id, command))

    def _log(self, command: cmd.Log, policy: str) -> None:
        self._told(self.desk.log(command, policy))

    def _told(self, answer: Done | Refusal) -> None:
        self.answers.append(answer)
        if isinstance(answer, Refusal):
            self.book.refused(answer)
        else:
            self.book.done()

    def _now(self) -> float:
        return self.clock.now.timestamp()

    def _chose(self, what: str, value: str) -> None:
        self.chosen.append((what, value))

    def _draft(self, ticket_id: str, kind: str, text: str) -> None:
        self.book.draft_saved(self.desk.save_draft(ticket_id, kind, text))

    def _show(self) -> None:
        self.qtbot.addWidget(self.window)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.list.setFocus()
        self.list.setCurrentRow(7)
        self.qtbot.waitUntil(self.list.hasFocus)

    def _people(self) -> None:
        directory = self.desk.replica.directory
        directory.put_clients(
            [Client(name=SCHOOL, policy="three-line"), Client(name=DENTAL, policy="playbook")]
        )
        directory.put_contacts(
            [
                Contact(client=SCHOOL, name="Orla Fennick", phone="(02) 5550 0142"),
                Contact(client=DENTAL, name="Jonas Petrie", phone="(03) 5550 0117"),
                Contact(client=DENTAL, name="Joy Maddern", phone="(03) 5550 0164"),
            ]
        )


def stops(sheet: Sheet, scene: SheetScene) -> list[QWidget]:
    """Every widget Tab reaches, in order, until it comes round."""
    found: list[QWidget] = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused), focused
        if found and focused is found[0]:
            return found
        found.append(focused)
        scene.press(KEY.Key_Tab)
    return found


def spoken(widget: QWidget) -> str:
    """What a screen reader says first of a widget."""
    words = widget.accessibleName()
    if not words and isinstance(widget, QPushButton):
        words = widget.text()
    return words


def texts(sheet: Sheet) -> str:
    """All words of the labels that are to be seen."""
    labels = sheet.findChildren(QLabel)
    return "\n".join(each.text() for each in labels if each.isVisible())
