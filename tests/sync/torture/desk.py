"""A console without a window, as a program of its own: acts at random until its input ends.

Then it only syncs, until it is terminated. What it was told is done goes into the file `ledger`,
one op_id a line; what the sync noted goes into `notes`.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO

from tests.fakes.books import bundled_book
from tests.sync.simulator import acts
from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.domain.errors import Refusal
from tierline.storage.replica import Replica
from tierline.storage.sync_records import Applied
from tierline.sync.hub import Console
from tierline.sync.hubs.opening import open_hub
from tierline.sync.runner import Sync
from tierline.sync.status import SyncStatus

PAUSE = 0.05  # seconds between two acts, on average
CALM, FULL = 60, 200  # acts waiting: beyond the second nobody goes on before the first


class Working:
    """One technician at one desk."""

    def __init__(self, folder: Path, url: str, login: str, password: str) -> None:
        """Sit down; the sync begins."""
        self._dice = random.SystemRandom()
        self._ledger = (folder / "ledger").open("a", encoding="utf-8")
        self._notes = (folder / "notes").open("a", encoding="utf-8")
        self._note = ""
        self._pending = 0
        replica = Replica.open(folder, datetime.now(UTC), mounts=())
        self.desk = Desk(replica, bundled_book(), login, self._clock)
        self.sync = Sync(
            replica.sync,
            lambda: open_hub(url, lambda: password, login=login),
            Console(console_id="", version="1.0", name=login),
            ("CS",),
            self._listen,
        )
        self.sync.start()

    def work(self, over: threading.Event) -> None:
        """Act until it is over."""
        full = False
        while not over.wait(self._dice.expovariate(1 / PAUSE)):
            full = self._pending > (CALM if full else FULL)
            if full:
                continue
            answer = self._act()
            if isinstance(answer, Done):
                _write(self._ledger, answer.op_id)
                self.sync.poke()

    def _act(self) -> Done | Refusal:
        shown = acts.look(self.desk, self._dice, 30)
        if shown is None or self._dice.random() < 0.1:
            return acts.log(self.desk, self._dice)
        return acts.act(self.desk, shown, self._dice)

    def _clock(self) -> datetime:
        sync: Sync | None = getattr(self, "sync", None)
        return datetime.now(UTC) + timedelta(seconds=sync.status().offset if sync else 0.0)

    def _listen(self, status: SyncStatus, _: Applied) -> None:
        self._pending = status.pending
        if status.note != self._note:
            self._note = status.note
            _write(self._notes, status.note)


def _write(file: TextIO, text: str) -> None:
    file.write(text + "\n")
    file.flush()


def _end_of_input(then: Callable[[], None]) -> None:
    sys.stdin.read()
    then()


def main() -> None:
    """Work until the input ends, then sync until the process is ended."""
    folder, url, login = sys.argv[1:]
    password, over = sys.stdin.readline().strip(), threading.Event()
    working = Working(Path(folder), url, login, password)
    threading.Thread(target=_end_of_input, args=(over.set,), daemon=True).start()
    working.work(over)
    threading.Event().wait()


if __name__ == "__main__":
    main()
    os._exit(0)
