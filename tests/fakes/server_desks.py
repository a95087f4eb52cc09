"""Desks of several people on one PostgreSQL, each over a network that can be cut."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.desks import TurnedClock, open_desk
from tests.fakes.shared_desks import Network, SharedDesks
from tests.sync.hubs.server_place import Server
from tierline.app.hubs import Door
from tierline.app.joining import join
from tierline.app.standing import take_place
from tierline.desk.desk import Desk
from tierline.sync.hubs.rights import Role
from tierline.system.secrets import Secret


class ServerDesks(SharedDesks):
    """As `SharedDesks`, on a real server."""

    def __init__(self, folder: Path, place: Server) -> None:
        """The hub of that place."""
        self.folder, self.place = folder, place
        self.clock = TurnedClock()
        self.networks: dict[str, Network] = {}

    def desk(self, login: str, role: Role = "technician") -> Desk:
        """The desk of a person, joined."""
        address = self.place.let_in(login, role)
        alone = open_desk(self.folder / login, login, self.clock)
        join(alone.replica, address, self.door(login), self.clock())
        return take_place(alone)

    def door(self, login: str) -> Door:
        """With that person's password."""
        network = self.networks.setdefault(login, Network())
        address = self.place.server.address(login, self.place.database)
        door = Door(address, opening=network.open)
        door.give(Secret(self.place.secret(login)), keep=False)
        return door
