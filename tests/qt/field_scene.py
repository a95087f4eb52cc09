"""Field mode on a whole desk: Ravi's day with three visits, worked by keys and presses."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, done, log, open_desk
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket
from tierline.storage.records import Client, Contact
from tierline.widgets.field.pad import SignaturePad
from tierline.widgets.field.window import FieldWindow

SCHOOL, LEGAL = "Kestrelbrook School", "Pellow & Voss Legal"
NONE = Qt.KeyboardModifier.NoModifier


def prepare(desk: Desk) -> list[str]:
    """Clients, their contacts, and three visits of ravi's today; ids in their order."""
    directory = desk.replica.directory
    directory.put_clients(
        [Client(name=SCHOOL, policy="tiered", city="Botany"), Client(name=LEGAL, policy="tiered")]
    )
    directory.put_contacts(
        [
            Contact(client=SCHOOL, name="Orla Fennick", phone="(02) 5550 0142"),
            Contact(client=LEGAL, name="Elspeth Marlow", phone="(02) 5550 0199"),
        ]
    )
    return [
        visit(desk, "Switch drops half of level 2", LEGAL, "Elspeth Marlow", 1),
        visit(desk, "Label printer prints blank", SCHOOL, "Orla Fennick", 3),
        visit(desk, "Projector shows no picture", SCHOOL, "Orla Fennick", 5),
    ]


def visit(desk: Desk, subject: str, client: str, contact: str, hours: float) -> str:
    """A ticket on second line with a visit so many hours from now."""
    made = log(
        desk, subject, client=client, contact=contact, channel="phone",
        contact_reach="(02) 5550 0142", description="Since this morning.", tier=2,
        assignee="ravi", details={"computer": "W-12"},
    )  # fmt: skip
    start = desk.clock() + timedelta(hours=hours)
    plan = cmd.PlanVisit(start=start, minutes=60, engineer="ravi", site="Comms room")
    done(desk.act(made, plan))
    return made


def draw(pad: SignaturePad) -> None:
    """Sign by mouse."""
    spots = [QPoint(40, 120), QPoint(90, 60), QPoint(140, 120), QPoint(200, 70)]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, NONE, spots[0])
    for spot in spots[1:]:
        QTest.mouseMove(pad, spot)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, NONE, spots[-1])


def photo(folder: Path, name: str = "IMG_2041.png") -> Path:
    """A picture of a rack, more or less."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(70, 90, 110))
    path = folder / name
    assert image.save(str(path))
    return path


class FieldScene:
    """`window` is field mode's; `ids` are the visits of the day in their order."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path, **more: Any) -> None:
        """The day is read, no visit is open; `desk` and `engine` replace those of a lone desk."""
        self.qtbot, self.folder = qtbot, folder
        self.clock: TurnedClock = more.pop("clock", None) or TurnedClock()
        desk: Desk | None = more.pop("desk", None)
        self.desk = desk or open_desk(folder, "ravi", self.clock)
        self.ids = more.pop("ids", None) or prepare(self.desk)
        size = more.pop("field_size", (480, 800))
        self.console = Desktop(qtbot, app, folder, desk=self.desk, **more)
        self.window: FieldWindow = self.console.made.open_field().window
        self.window.resize(*size)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow, timeout=10_000)
        self.settle()

    def close(self) -> None:
        """As the person would."""
        self.window.close()
        self.console.close()

    def settle(self) -> None:
        """Until nothing is on its way."""
        for _ in range(2):
            self.console.settle()

    def open(self, place: int = 0) -> None:
        """Open a visit by its card."""
        self.press(self.window.day.cards[place])

    def press(self, button: QAbstractButton) -> None:
        """With a thumb."""
        assert button.isVisible(), button.accessibleName()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """On what has the keyboard."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, held)
        self.settle()

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Letter by letter."""
        QTest.keyClicks(into or self.window.focusWidget() or self.window, text)
        self.settle()

    def ticket(self, place: int = 0) -> Ticket:
        """As the disk has it."""
        stored = self.desk.replica.tickets.get(self.ids[place])
        assert stored is not None
        return stored.ticket
