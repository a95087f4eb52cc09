"""The scene of the design's picture: an engineer on site, offline, with a conflict on his P1.

Dana is at the desk. Both changed the priority of the same ticket; Ravi's came late. What followed
on his side has not gone out yet.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import done
from tests.fakes.shared_desks import SharedDesks
from tierline.app.hubs import this_console
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.storage.records import Client, Contact, Person
from tierline.sync.hubs.rights import Role
from tierline.sync.runner import Sync

NOW = datetime(2026, 11, 4, 23, 31, 8, tzinfo=UTC)  # Thu 5 Nov 10:31:08 in Sydney
SCANNERS = "Warehouse scanners cannot reach dispatch"
PEOPLE = (
    Person(id="ravi", name="Ravi Menon", tier=2),
    Person(id="dana", name="Dana Whitlock", tier=2),
    Person(id="ines", name="Ines Dray", tier=2),
)
# Number, minutes before NOW, client, channel, priority, subject.
TICKETS = """
CS0012368 | 159 | Tamsin Vale Wines | phone | 2 | Till 3 offline at the cellar door
CS0012344 | 1082 | Kestrelbrook School | mail | 3 | Access point down in hall B
CS0012340 | 2430 | Marrowby Foods | monitoring | 3 | Nightly backup shows errors
CS0012355 | 1331 | Quillham Freight | phone | 3 | Handhelds offline, cold store
CS0012365 | 1041 | Quillham Freight | monitoring | 2 | Door controller, gate 2 offline
CS0012367 | 381 | Loxhaven Property | mail | 2 | Mailbox rule hides client mail
CS0012357 | 1311 | Kestrelbrook School | portal | 3 | Slow sign-in, front office
CS0012338 | 2956 | Pellow & Voss Legal | mail | 3 | Meeting room: no display
CS0012329 | 4291 | Pellow & Voss Legal | portal | 4 | Move phones to new floor
"""


class OfflineScene:
    """Ravi's console at the moment of the picture; `close` ends it. `shared` is where they meet."""

    def __init__(
        self,
        qtbot: QtBot,
        app: QApplication,
        folder: Path,
        shared: SharedDesks | None = None,
        **more: object,
    ) -> None:
        self.shared = shared or SharedDesks(folder)
        self.clock = self.shared.clock
        self.dana = self.desk("dana")
        self.ravi = self.desk("ravi")
        self._tell(self.dana)
        self._sync(self.dana)
        self._sync(self.ravi)
        self.ids = {self._number(self.ravi, i): i for i in self._all(self.ravi)}
        self.ticket = self.ids["CS0012372"]
        self._conflict()
        self._unsent()
        self.clock.now = NOW
        self.shared.networks["ravi"].up = False
        self.console: Desktop = self.shared.console(qtbot, app, self.ravi, **more)
        # The sync goes by the real clock, the picture by its own.
        self.console.made.console.sync.stop()
        self.stand()

    def stand(self) -> None:
        """How it stands at that moment."""
        sync = self.console.made.console.sync
        counts = self.ravi.replica.sync.counts()
        told = self.ravi.standing
        status = msgspec.structs.replace(
            told, link="offline", hub="db.example.org/desk", pending=counts.pending,
            conflicts=counts.conflicts, since=NOW - timedelta(minutes=10, seconds=8),
            last_sync=NOW - timedelta(minutes=11, seconds=28), next_try=None, offset=0.0,
        )  # fmt: skip
        sync._take(status)
        self.console.made.console.changed(())
        self.console.settle()

    def open(self) -> None:
        """His line's queue, the ticket in conflict, the keys on the first answer."""
        console = self.console
        console.made.console.queue.view("tier:2")
        console.settle()
        console.parts.queue.choose(self.ticket)
        console.settle()
        console.parts.ticket.conflicts.card.buttons[0].setFocus()
        console.settle()

    def close(self) -> None:
        self.console.close()
        self.dana.replica.close()

    def desk(self, login: str, role: Role = "technician") -> Desk:
        """The joined desk of one of them, with the scene's people."""
        desk = self.shared.desk(login, role)
        directory = desk.replica.directory
        directory.put_people(PEOPLE)
        clients = {client for _, _, client, *_ in _rows()}
        directory.put_clients([Client(name=name, policy="tiered") for name in sorted(clients)])
        directory.put_contacts(
            [Contact(client="Quillham Freight", name="Wes Calder", phone="(02) 5550 0188")]
        )
        made = Desk(desk.replica, desk.book, login, self.clock, desk.zone)
        made.standing = desk.standing
        return made

    def _at(self, minutes: float) -> None:
        self.clock.now = NOW - timedelta(minutes=minutes)

    def _tell(self, desk: Desk) -> None:
        desk.book.default = "tiered"
        for number, ago, client, channel, priority, subject in _rows():
            self._at(int(ago))
            told = done(desk.log(cmd.Log(
                number=number, subject=subject, channel=channel, client=client,
                priority=int(priority), tier=2, assignee="ravi",
                contact="Wes Calder", contact_reach="-",
                details={"outage": subject, "affected": client, "computer": "-"},
            )))  # fmt: skip
            done(desk.act(told.ticket.id, cmd.Message(text="We are on it.")))
            done(desk.act(told.ticket.id, cmd.ChangeStatus(status="in-progress")))
            self._at(20)
            done(desk.act(told.ticket.id, cmd.Message(text="News by this afternoon.")))
        self._at(70)
        told = done(desk.log(cmd.Log(
            number="CS0012372", subject=SCANNERS, channel="phone", client="Quillham Freight",
            contact="Wes Calder", contact_reach="5550 0188", priority=3, tier=2, assignee="ravi",
            details={"outage": "Scanners", "affected": "Warehouse", "computer": "-"},
        )))  # fmt: skip
        self._at(62)
        done(desk.act(told.ticket.id, cmd.Message(text="Ravi is on his way.", channel="phone")))
        self._at(58)
        done(desk.act(told.ticket.id, cmd.ChangeStatus(status="on-site")))

    def _conflict(self) -> None:
        self._at(29)
        done(self.ravi.act(self.ticket, cmd.Prioritise(priority=2, reason="one shift cannot scan")))
        self._at(26)
        reason = "dispatch stopped, whole site"
        done(self.dana.act(self.ticket, cmd.Prioritise(priority=1, reason=reason)))
        self._at(13)
        text = "Engineer is on site. Next news by 10:48."
        done(self.dana.act(self.ticket, cmd.Message(text=text, channel="phone")))
        self._sync(self.dana)
        self._sync(self.ravi)

    def _unsent(self) -> None:
        self._at(7)
        done(self.ravi.act(self.ticket, cmd.LogTime(seconds=22 * 60, text="travel")))
        self._at(5)
        text = "Switch in aisle 4 had no power. Moved to the spare feed, aisles 1 to 3 scan again."
        done(self.ravi.act(self.ticket, cmd.Note(text=text)))
        done(self.ravi.act(self.ids["CS0012355"], cmd.Note(text="Same feed as the scanners.")))

    def _sync(self, desk: Desk) -> None:
        door = self.shared.door(desk.me)
        status = Sync(desk.replica.sync, door.open, this_console()).once()
        assert status.link == "online", status

    @staticmethod
    def _all(desk: Desk) -> list[str]:
        found = desk.ids("everything")
        assert isinstance(found, list)
        return found

    @staticmethod
    def _number(desk: Desk, ticket_id: str) -> str:
        stored = desk.replica.tickets.get(ticket_id)
        assert stored is not None
        return stored.ticket.number


def _rows() -> list[list[str]]:
    return [line.split(" | ") for line in TICKETS.strip().splitlines()]
