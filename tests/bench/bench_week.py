"""A week at one console: tickets come, are read, worked on and left; what memory it holds."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from tests.bench.figure import Figure
from tests.bench.reference import CLIENTS, NOW, PEOPLE, reference_desk
from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock, log
from tierline.app.console import Composition, application, look
from tierline.desk.desk import Desk
from tierline.looping import make_loop
from tierline.storage.replica import Replica
from tierline.system.settings import Settings

_DAYS, _STEPS, _SEED = 7, 72, 20_261_126  # a step is 20 minutes
_KEY, _CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
_QUEUES = ("my", "unassigned", "tier:1", "tier:2", "waiting", "everything")
_SHEETS = ("new", "keys", "settings", "why", "macros", "doctor")
_PATIENCE = 60.0


def figures() -> Iterator[Figure]:
    """Memory after seven days, and what the last four of them added."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(reference_desk(bundled_book(), 5_000) / "desk.sqlite", folder)
        week = _Week(folder)
        held = [week.day() for _ in range(_DAYS)]
        week.close()
    yield Figure("memory after a week at one console (RSS)", held[-1], 250, "MB")
    yield Figure("memory that the last four days added", max(held[-1] - held[2], 0.0), 10, "MB")


class _Week:
    """One person's days; every step of them is the same from seed to seed."""

    def __init__(self, folder: Path) -> None:
        self.app, self.clock = application(), TurnedClock(NOW)
        settings = Settings(folder / "settings.json")
        settings.put("welcomed", True)
        self.desk = Desk(Replica.open(folder, NOW), bundled_book(), PEOPLE[0], self.clock)
        self.made = Composition(look(self.app, settings), self.desk, settings)
        self.loop = make_loop(self.app)
        self.beat = QTimer()  # so that waiting ends even if nothing comes
        self.beat.start(20)
        self.random, self.process = random.Random(_SEED), psutil.Process()
        self.made.window.resize(1440, 900)
        self.made.show()
        self.made.window.activateWindow()
        self.made.begin(self.loop)
        self.settle()

    def close(self) -> None:
        """As when the person closes the window."""
        self.made.window.close()
        self.made.end()
        self.loop.close()

    def day(self) -> float:
        """Live through one; the megabytes held at its end."""
        for step in range(_STEPS):
            self.clock.now += timedelta(minutes=20)
            self._comes()
            self.made.console.changed(())
            self.settle()
            self._reads()
            if step % 6 == 0:
                self._works()
            if step % 8 == 0:
                self._looks_elsewhere()
            if step % 12 == 0:
                self._finds()
            self.made.garbage.look()
        return self.process.memory_info().rss / 2**20

    def settle(self) -> None:
        """Until nothing is on its way, and all of it is drawn."""
        limit = time.monotonic() + _PATIENCE
        while True:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if self.made.tasks.idle:
                break
            if time.monotonic() > limit:
                raise RuntimeError("it never comes to rest")
        self.made.window.repaint()

    def _comes(self) -> None:
        """A colleague logs one, and what the rules owe by now is done."""
        log(
            self.desk,
            f"Printer {self.random.randrange(10**6)} jams",
            client=self.random.choice(CLIENTS),
            description="It began this morning. " * 20,
        )
        self.desk.run_rules()

    def _reads(self) -> None:
        self._key(_KEY.Key_J)

    def _works(self) -> None:
        self._key(_KEY.Key_T)
        self._key(_KEY.Key_N)
        self._type("Restarted the service, it prints again.")
        self._key(_KEY.Key_Return, _CTRL)
        self._key(_KEY.Key_Escape)

    def _looks_elsewhere(self) -> None:
        self.made.console.queue.view(self.random.choice(_QUEUES))
        self.settle()
        self.made.window.parts.queue.setFocus()
        self.made.window.parts.queue.choose(self.made.console.queue.model.id_at(0))
        self.settle()

    def _finds(self) -> None:
        self._key(_KEY.Key_K, _CTRL)
        self._type("printer")
        self._key(_KEY.Key_Escape)
        self.made.window.deeds.do(self.random.choice(_SHEETS))
        self.settle()
        if (sheet := self.made.window.parts.book.current) is not None:
            sheet.dismiss()
        self.settle()

    def _key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.app.focusWidget() or self.made.window, key, held)
        self.settle()

    def _type(self, text: str) -> None:
        QTest.keyClicks(self.app.focusWidget() or self.made.window, text)
        self.settle()
