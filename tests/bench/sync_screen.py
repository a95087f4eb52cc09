"""The window of one of several consoles, in a process of its own as on a desk of its own."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from PySide6.QtCore import QEventLoop, QTimer

from tests.bench.sync_seat import PATIENCE, Seat, copied, entry, wall
from tests.sync.hubs.server_place import Server
from tierline.app.console import Composition, application, look
from tierline.looping import make_loop
from tierline.sync.hubs.address import Address
from tierline.system.settings import Settings

_SHOWN = 12


class Screen:
    """Somebody else's window: the tickets in sight, and when a row was painted."""

    def __init__(self, pipe: Connection) -> None:
        """Wait until the window is there."""
        self._pipe = pipe
        self.ids: list[str] = self._heard()

    def painted(self, ident: str, assignee: str) -> int:
        """When (µs UTC) the row of a ticket was painted with that holder, "" for nobody."""
        while True:
            told, holder, at = self._heard()
            if (told, holder) == (ident, assignee):
                return int(at)

    def _heard(self) -> list[str]:
        if not self._pipe.poll(PATIENCE):
            raise RuntimeError("nothing came to the screen")
        heard: list[str] = self._pipe.recv()
        return heard


@contextmanager
def screen(place: Server, login: str) -> Iterator[Screen]:
    """A console of that person with a window, gone afterwards."""
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=_look_on, args=(*entry(place, login), far), daemon=True)
    process.start()
    far.close()
    try:
        yield Screen(near)
        near.send("enough")
        process.join(PATIENCE)
    finally:
        process.kill()
        process.join()


def _look_on(address: Address, secret: str, pipe: Connection) -> None:
    """Tell the tickets in sight, then each row that was painted since somebody else acted."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    seat = Seat(address, secret)
    seat.start()
    seat.until(lambda: copied(seat))
    seat.stop()
    window = _Window(seat)
    pipe.send(window.ids())
    window.wait(lambda: window.tell(pipe) or pipe.poll())
    window.close()
    seat.close()


class _Window:
    """The whole console in this process."""

    def __init__(self, seat: Seat) -> None:
        self._app = application()
        settings = Settings(seat.folder / "settings.json")
        settings.put("welcomed", True)
        self._made = Composition(look(self._app, settings), seat.desk, settings, None, seat.engine)
        self._loop = make_loop(self._app)
        self._beat = QTimer()  # so that waiting ends even if nothing comes
        self._beat.start(50)
        self._came: list[str] = []
        self._made.console.sync.arrived.connect(self._came.extend)
        self._made.window.resize(1440, 900)
        self._made.show()
        self._made.window.activateWindow()
        self._made.begin(self._loop)
        self.wait(lambda: seat.desk.standing.caught_up and self._made.tasks.idle)
        self._draw()

    def ids(self) -> list[str]:
        """The tickets in sight."""
        return list(self._made.console.queue.model.ids()[:_SHOWN])

    def tell(self, pipe: Connection) -> None:
        """Paint what has come and say when that was done."""
        if self._came:
            self._draw()
            at = wall()
            rows = self._made.console.queue.model._rows  # those that were fetched to be painted
            for ident in self._came:
                row = rows.get(ident)
                pipe.send((ident, row.assignee if row else "?", at))
            self._came.clear()

    def wait(self, over: Callable[[], object]) -> None:
        """Until it is so."""
        limit = time.monotonic() + PATIENCE
        while not over():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > limit:
                raise RuntimeError("nothing came to the screen")

    def close(self) -> None:
        """As when the person closes the window."""
        self._made.window.close()
        self._made.end()
        self._loop.close()

    def _draw(self) -> None:
        self._app.sendPostedEvents()
        self._app.processEvents()
