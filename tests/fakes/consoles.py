"""A whole console on a desk on disk, driven by keys; it waits for work to end, never for time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desks import open_desk
from tierline.app.console import Composition, look
from tierline.desk.desk import Desk
from tierline.domain.ticket import Ticket
from tierline.looping import Loop, make_loop
from tierline.present.pulse import Live
from tierline.present.sync_state import Engine
from tierline.system.notifier import Way
from tierline.system.settings import Settings
from tierline.widgets.window.memory import SIZE
from tierline.widgets.window.parts import Parts

NONE = Qt.KeyboardModifier.NoModifier


class Desktop:
    """One run of the console; `close` ends it as the person would."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path, **more: Any) -> None:
        """Show the window on the desk in `folder` and wait until all of it is read.

        `desk` replaces the desk, `live` plays a demo, `engine` syncs, `way` shows pop-ups, `size`
        is the window's (that of the design unless an earlier run left one).
        """
        self.qtbot, self.folder = qtbot, folder
        self.desk: Desk = more.get("desk") or open_desk(folder)
        self.settings = Settings(folder / "settings.json")
        self.settings.put("welcomed", True)
        live: Live | None = more.get("live")
        engine: Engine | None = more.get("engine")
        way: Way | None = more.get("way")
        self.made = Composition(
            look(app, self.settings), self.desk, self.settings, live, engine, way
        )
        self.made.hub.set_mode(more.get("theme", "light"))
        self.window = self.made.window
        self.loop: Loop = make_loop(app)
        if "size" in more or not self.settings.get("window", []):
            size = more.get("size", SIZE)
            self.settings.put("window", [0, 0, *size])
            self.window.resize(*size)
        with qtbot.waitExposed(self.window):
            self.made.show()
        self.window.activateWindow()
        self.made.begin(self.loop)
        self.settle()

    @property
    def parts(self) -> Parts:
        """The window's parts."""
        return self.window.parts

    def settle(self) -> None:
        """Wait until nothing is on its way to the storage thread or back."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.made.tasks.idle, timeout=60_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.made.tasks.idle, timeout=60_000)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, on: QWidget | None = None
    ) -> None:
        """Press a key where the focus is, and let everything come of it."""
        QTest.keyClick(on or QApplication.focusWidget() or self.window, key, held)
        self.settle()

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def ticket(self, ticket_id: str) -> Ticket:
        """A ticket as the disk has it."""
        stored = self.desk.replica.tickets.get(ticket_id)
        assert stored is not None
        return stored.ticket

    def ids(self) -> list[str]:
        """The tickets of the list, in its order."""
        return list(self.made.console.queue.model.ids())

    def close(self) -> None:
        """Close the window and let go of everything."""
        self.window.close()
        self.made.end()
        self.desk.replica.close()
        QApplication.processEvents()
        self.loop.close()
        for each in (self.window, self.made.console, self.made.hub):
            each.deleteLater()
        # Outside a running loop nothing is deleted by itself, and would be dressed anew for ever.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
