"""An offline conflict on one PostgreSQL: Ravi's console on the road, Dana's, and the wallboard.

Servers, replicas, sync and windows are real, and so is the cut line; only what o'clock it is is
the scene's.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.consoles import Desktop
from tests.fakes.offline_scene import NOW, OfflineScene
from tests.fakes.server_desks import ServerDesks
from tests.sync.hubs.server_place import Server
from tierline.app.hubs import this_console
from tierline.desk.board import read_board
from tierline.desk.desk import Desk
from tierline.sync.runner import Sync
from tierline.widgets.wallboard.board import Wallboard

SIZE = (1180, 760)
PATIENCE = 60_000


class ServerScene:
    """`ravi` and `dana` are consoles with the ticket open, `wallboard` shows `board`.

    `close` ends it.
    """

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path, place: Server) -> None:
        self.shared = ServerDesks(folder, place)
        self.scene = OfflineScene(qtbot, app, folder, self.shared, size=SIZE)
        self.ravi = self.scene.console
        self.dana = self.shared.console(qtbot, app, self.scene.dana, size=SIZE)
        qtbot.waitUntil(lambda: self.dana.desk.standing.caught_up, timeout=PATIENCE)
        self._as_of_now(self.dana)
        self._desk = self._wallboard_desk()
        self.board = read_board(self._desk)
        self.wallboard = Wallboard(self.ravi.made.hub, self.ravi.made.ticker, self._desk.zone)
        self.wallboard.show_board(self.board)
        self.scene.open()
        self._open(self.dana)

    def close(self) -> None:
        """End both consoles and the wallboard."""
        self.wallboard.close()
        self.wallboard.deleteLater()
        self._desk.replica.close()
        self.dana.close()
        self.scene.console.close()

    def _wallboard_desk(self) -> Desk:
        made = self.scene.desk("wallboard", "wallboard")
        status = Sync(made.replica.sync, self.shared.door("wallboard").open, this_console()).once()
        assert status.link == "online", status
        return made

    def _open(self, who: Desktop) -> None:
        who.made.console.queue.view("tier:2")
        who.settle()
        who.parts.queue.choose(self.scene.ticket)
        who.settle()

    @staticmethod
    def _as_of_now(who: Desktop) -> None:
        """What the server has told, told a second ago as the scene counts."""
        sync = who.made.console.sync
        sync.stop()
        seen = NOW - timedelta(seconds=1)
        told = msgspec.structs.replace(
            who.desk.standing, hub="db.example.org/desk", last_sync=seen, offset=0.0
        )
        sync._take(told)
        who.settle()
