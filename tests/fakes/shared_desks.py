"""Consoles of several people on one hub in a file, each on a desk of its own."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.desks import TurnedClock, open_desk
from tierline.app.hubs import Door, whole
from tierline.app.joining import join
from tierline.app.standing import take_place
from tierline.app.syncing import HubEngine
from tierline.desk.desk import Desk
from tierline.sync.errors import HubDownError
from tierline.sync.hub import Hub
from tierline.sync.hubs import keeping
from tierline.sync.hubs.opening import open_hub
from tierline.sync.hubs.rights import Role


class Network:
    """Opens sessions while `up`; switched off, those that are open break at their next call."""

    def __init__(self) -> None:
        self.up = True
        self._open: list[_Cable] = []

    def open(self, url: str, password: Any = None, *, login: str = "") -> Hub:
        """As `open_hub`."""
        self.check()
        made = _Cable(self, open_hub(url, password, login=login))
        self._open.append(made)
        return made  # type: ignore[return-value]

    def check(self) -> None:
        """Let a call through, or not."""
        if not self.up:
            raise HubDownError("The hub cannot be reached.", safe="All is kept.", todo="Nothing.")

    def cut(self) -> None:
        """Pull the plug."""
        self.up = False
        for each in self._open:
            each.hub.wake()


class _Cable:
    """A session over that network."""

    def __init__(self, network: Network, hub: Hub) -> None:
        self.network, self.hub = network, hub

    def __getattr__(self, name: str) -> Any:
        if name not in ("wake", "close"):
            self.network.check()
        return getattr(self.hub, name)


class SharedDesks:
    """A hub in a file; `desk(login)` is joined to it, `console(login)` shows it in a window."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'hub.sqlite'}"
        self.clock = TurnedClock()
        self.networks: dict[str, Network] = {}
        keeping.create(self.url, login=getpass.getuser())

    def desk(self, login: str, role: Role = "technician") -> Desk:
        """The desk of a person, joined."""
        keeping.grant(self.url, login, role)
        alone = open_desk(self.folder / login, login, self.clock)
        join(alone.replica, whole(self.url, login), self.door(login), self.clock())
        return take_place(alone)

    def door(self, login: str) -> Door:
        """How that person gets to the hub: over a network that can be cut."""
        network = self.networks.setdefault(login, Network())
        return Door(whole(self.url, login), opening=network.open)

    def console(self, qtbot: QtBot, app: QApplication, desk: Desk, **more: Any) -> Desktop:
        """A window on it, syncing."""
        folder = self.folder / desk.me
        engine = HubEngine(desk, self.door(desk.me))
        return Desktop(qtbot, app, folder, desk=desk, engine=engine, **more)
