"""Real consoles on a real hub while everything is cut, killed, stopped and replaced."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.fakes.books import bundled_book
from tests.fakes.servers import private_folder
from tests.sync.torture.servers import Pair
from tests.sync.torture.verdict import Report, verdict
from tierline.storage.identifiers import new_id
from tierline.storage.replica import FILE, Replica
from tierline.sync.hub import Console

TOP = Path(__file__).parents[3]
LOGINS = ("ann", "ben", "cleo", "dov")
PATIENCE = 90.0


@dataclass
class Seat:
    """One console's process and folder."""

    login: str
    folder: Path
    url: str
    password: str
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def start(self) -> None:
        """Run the console."""
        command = [sys.executable, "-m", "tests.sync.torture.desk", self.folder, self.url]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*map(str, command), self.login],
                cwd=TOP,
                env={**os.environ, "PYTHONPATH": "desktop:."},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        assert self.process.stdin
        self.process.stdin.write(self.password.encode() + b"\n")
        self.process.stdin.flush()
        self.starts += 1

    def end(self) -> None:
        """Kill it, as a crash does."""
        if self.process:
            self.process.kill()
            self.process.wait()
            assert self.process.stdin
            self.process.stdin.close()
            self.process = None

    def calm(self) -> None:
        """Let it only sync from now on."""
        assert self.process
        assert self.process.stdin
        self.process.stdin.close()

    def standing(self) -> tuple[int, int]:
        """How far in the log it is, and how many acts wait, as its file says."""
        with closing(sqlite3.connect(self.folder / FILE, timeout=10)) as base:
            (cursor,) = base.execute(
                "SELECT coalesce(max(value), 0) FROM meta WHERE key = 'sync_cursor'"
            ).fetchone()
            (waiting,) = base.execute(
                "SELECT count(*) FROM journal WHERE state = 'pending'"
            ).fetchone()
        return int(cursor), int(waiting)


@dataclass
class Ordeal:
    """What is done to them, by one seed."""

    seed: int
    folder: Path
    done: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set up servers and seats."""
        self.dice = random.Random(self.seed)
        self.pair = Pair(self.folder, self.seed)
        self.admin = self.pair.let_in("judge", "admin")
        self.seats = [self._seat(login) for login in LOGINS]

    def run(self, seconds: float) -> Report:
        """Everything at once for so long, then quiet, then the verdict."""
        for seat in self.seats:
            seat.start()
        self._plague(seconds)
        for door in self.pair.doors:
            door.cut_all()
        for seat in self.seats:
            seat.calm()
        began = time.monotonic()
        self._come_together()
        drained = time.monotonic() - began
        for seat in self.seats:
            seat.end()
        with closing(self.pair.session("judge", self.admin)) as hub:
            return verdict(hub, [seat.folder for seat in self.seats], self._figures(drained))

    def close(self) -> None:
        """End whatever still runs."""
        for seat in self.seats:
            seat.end()
        self.pair.close()

    def _seat(self, login: str) -> Seat:
        folder = self.folder / f"desk-{login}"
        folder.mkdir()
        password = self.pair.let_in(login, "lead" if login == "dov" else "technician")
        replica = Replica.open(folder, datetime.now(UTC), mounts=())
        replica.book = bundled_book()
        replica.sync.join(self.pair.url(login), "hub", login, new_id())
        replica.close()
        return Seat(login, folder, self.pair.url(login), password)

    def _plague(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        plagues = (
            (self._cut, 8),
            (self._cut_all, 2),
            (self._crash_console, 4),
            (self._stop_console, 2),
            (self._freeze_server, 1),
            (self._crash_server, 1),
            (self._fail_over, 1),
        )
        kinds, weights = zip(*plagues, strict=True)
        due = [self._fail_over, self._crash_server]  # at least once each, however short it is
        while time.monotonic() < end:
            time.sleep(self.dice.uniform(0.2, 1.5))
            late = time.monotonic() > end - seconds * 0.6
            plague = due.pop() if late and due else self.dice.choices(kinds, weights)[0]
            plague()
            name = plague.__name__.strip("_")
            self.done[name] = self.done.get(name, 0) + 1

    def _cut(self) -> None:
        self.pair.doors[0].cut_after(self.dice.choice((50, 2000, 50_000)))

    def _cut_all(self) -> None:
        self.pair.doors[0].cut_all()

    def _crash_console(self) -> None:
        seat = self.dice.choice(self.seats)
        seat.end()
        seat.start()

    def _stop_console(self) -> None:
        seat = self.dice.choice(self.seats)
        assert seat.process
        seat.process.send_signal(signal.SIGSTOP)
        time.sleep(self.dice.uniform(0.5, 3.0))
        seat.process.send_signal(signal.SIGCONT)

    def _freeze_server(self) -> None:
        self.pair.primary.freeze()
        time.sleep(self.dice.uniform(0.5, 2.0))
        self.pair.primary.thaw()

    def _crash_server(self) -> None:
        self.pair.crash()

    def _fail_over(self) -> None:
        self.pair.fail_over(self.dice.uniform(0.2, 1.5))

    def _come_together(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with closing(self.pair.session("judge", self.admin)) as hub:
                head = hub.hello(Console(console_id=new_id(), version="1.0"), 0).seq
            if all(seat.standing() == (head, 0) for seat in self.seats):
                return
            time.sleep(0.2)

    def _figures(self, drained: float) -> dict[str, float]:
        notes = "".join((seat.folder / "notes").read_text("utf-8") for seat in self.seats)
        again = sum(int(each) for each in re.findall(r"(\d+) acts? of yours offered again", notes))
        return {
            **self.done,
            "connections cut in mid-message": self.pair.cuts(),
            "acts offered again after a loss": again,
            "seconds to come together": round(drained, 1),
        }


def torture(seconds: float, seed: int) -> Report:
    """Do it once, in a folder that is gone afterwards."""
    with private_folder() as folder:
        ordeal = Ordeal(seed, folder)
        try:
            return ordeal.run(seconds)
        finally:
            ordeal.close()
            if keep := os.environ.get("TIERLINE_KEEP"):
                shutil.copytree(folder, keep, ignore=shutil.ignore_patterns("server-*", ".s.*"))
