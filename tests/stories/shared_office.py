"""Several people on one shared desk, each at a console of their own, with a network that can go.

The sync goes by the real clock; what it tells of time is told here as the story counts it, so that
a story reads the same whenever it is played.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from tests.fakes.desks import TurnedClock, done
from tests.fakes.shared_desks import SharedDesks
from tests.stories.office import CLIENTS, CONTACTS, FREIGHT, Office
from tests.stories.technician import Technician
from tierline.app.hubs import Door
from tierline.app.syncing import HubEngine
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket
from tierline.storage.sync_records import Applied
from tierline.sync.hubs.rights import Role
from tierline.sync.status import SyncStatus


class StoryEngine(HubEngine):
    """Syncs in earnest, and tells when by the clock of the story."""

    def __init__(self, desk: Desk, door: Door, clock: TurnedClock) -> None:
        super().__init__(desk, door)
        self._clock = clock
        self._last: datetime | None = None
        self._since: datetime | None = None

    def _listen(self, status: SyncStatus, applied: Applied) -> None:
        if status.link == "online":
            self._last, self._since = self._clock.now, None
        elif status.since is not None and self._since is None:
            self._since = self._clock.now
        told = replace(status, last_sync=self._last, since=self._since, next_try=None, offset=0.0)
        super()._listen(told, applied)


class SharedOffice:
    """`office` tells the story; people `join` with a desk of their own in `desks`."""

    def __init__(self, office: Office, desks: SharedDesks) -> None:
        """Nobody has joined yet."""
        self._office, self._shared = office, desks
        desks.clock = office.clock
        self._desks: dict[str, Desk] = {}

    def prepares(self, login: str, role: Role = "technician") -> None:
        """A desk that is joined, for later. The first is an admin's and brings the clients."""
        first = not self._desks
        desk = self._desks[login] = self._shared.desk(login, "admin" if first else role)
        if first:
            desk.replica.directory.put_clients(CLIENTS, desk.clock())
            desk.replica.directory.put_contacts(CONTACTS, desk.clock())

    def has_a_ticket(self, login: str, subject: str, held_by: str = "", **told: object) -> str:
        """Logged on that person's desk before the story begins; its number."""
        desk = self._desks[login]
        facts: dict[str, Any] = {
            "number": "",
            "channel": "phone",
            "client": FREIGHT,
            "contact": "Wes Calder",
            "impact": 3,
            "urgency": 2,
            "assignee": held_by,
        }
        return done(desk.log(cmd.Log(subject=subject, **(facts | told)))).ticket.number

    def joins(self, login: str, role: Role = "technician") -> Technician:
        """Sits down at a console that syncs, and waits until it has caught up."""
        if login not in self._desks:
            self.prepares(login, role)
        desk = self._desks[login]
        engine = StoryEngine(desk, self._shared.door(login), self._office.clock)
        who = self._office.seats(login, desk, self._shared.folder / login, engine=engine)
        who.waits_for(lambda: desk.standing.caught_up and desk.standing.pending == 0)
        return who

    def loses_the_network(self, who: Technician) -> None:
        """Where they are, there is none."""
        self._shared.networks[who.name].cut()
        who.waits_for(lambda: self._desks[who.name].standing.link == "offline")

    def has_the_network_again(self, who: Technician) -> None:
        """It is back, and they press F5 rather than wait."""
        self._shared.networks[who.name].up = True
        who.presses("F5")
        standing = self._desks[who.name]
        who.waits_for(lambda: standing.standing.link == "online")
        who.waits_for(lambda: standing.standing.pending == 0)

    def has_sent(self, login: str) -> bool:
        """Whether the hub has all that was done there."""
        return self._desks[login].replica.sync.counts().pending == 0

    def knows(self, login: str, number: str) -> bool:
        """Whether that person's disk has it by now."""
        return self._desks[login].find(number) is not None

    def ticket(self, login: str, number: str) -> Ticket:
        """As that person's disk has it."""
        stored = self._desks[login].find(number)
        assert stored is not None
        return stored.ticket
