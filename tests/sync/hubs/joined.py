"""Whole desks joined to a hub on a real server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.fakes.desks import START, open_desk
from tests.sync.hubs.server_place import Server
from tierline.app.hubs import Door
from tierline.app.joining import join
from tierline.app.syncing import HubEngine
from tierline.sync.hub import Hub
from tierline.sync.hubs.opening import open_hub
from tierline.sync.hubs.rights import Role
from tierline.sync.status import SyncStatus


class Joined:
    """The desk of one person, and how it syncs."""

    def __init__(self, place: Server, folder: Path, login: str, role: Role = "technician") -> None:
        self._address = place.let_in(login, role)
        self._place, self._login = place, login
        self.desk = open_desk(folder / login, login)
        join(self.desk.replica, self._address, self._door(), START)

    def once(self) -> SyncStatus:
        """Send and fetch all there is."""
        return HubEngine(self.desk, self._door()).once()

    def told(self) -> dict[str, Any]:
        """Every ticket as it stands here, by number."""
        found = self.desk.replica.tickets
        with self.desk.replica._store.reading() as connection:
            ids = connection.exec_driver_sql("SELECT id FROM ticket").scalars().all()
        stored = [found.get(each) for each in ids]
        return {each.ticket.number: each.ticket for each in stored if each}

    def _door(self) -> Door:
        return Door(self._address, opening=self._open)

    def _open(self, url: str, _: Any, *, login: str = "") -> Hub:
        return open_hub(url, lambda: self._place.secret(self._login), login=login)
