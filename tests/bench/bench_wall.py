"""The wallboard: a simulated day of it, what a second costs, how soon a commit is seen, at rest."""

from __future__ import annotations

import gc
import multiprocessing
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, QTimer

from tests.bench.figure import Figure
from tests.bench.reference import NOW, PEOPLE, reference_desk
from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock, done
from tierline.app.console import application, look
from tierline.app.wall import WallSession
from tierline.desk.board import read_board
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.looping import make_loop
from tierline.present.ticker import Ticker
from tierline.storage.replica import Replica
from tierline.system.settings import Settings
from tierline.widgets.wallboard.board import Wallboard
from tierline.widgets.wallboard.seats import Wish

_DESKTOP = Path(__file__).parents[2] / "desktop"
_DAY, _HOUR, _APART = 86_400, 3_600, 60  # simulated seconds; new figures come each minute
_COMMITS, _PATIENCE = 80, 60.0
_SETTLING, _WATCHED = 30.0, 20.0  # seconds
_SIZE = (1920, 1080)


def figures() -> Iterator[Figure]:
    """Every figure of the wallboard, each on a copy of the reference desk (50,000 tickets)."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(reference_desk(bundled_book()) / "desk.sqlite", folder)
        yield from _soak(folder)
        yield from _seen(folder)
        yield from _at_rest(folder)


def _soak(folder: Path) -> Iterator[Figure]:
    """24 hours, second by second; memory is compared with that after the first one."""
    app, clock = application(), TurnedClock(NOW)
    desk = Desk(Replica.open(folder, NOW), bundled_book(), PEOPLE[0], clock)
    hub = look(app, Settings(folder / "settings.json"))
    board = Wallboard(hub, Ticker(lambda: clock().timestamp()), desk.zone)
    board.resize(*_SIZE)
    board.show_board(read_board(desk))
    board.show()
    process, ticks, held = psutil.Process(), [], 0.0
    for second in range(_DAY):
        clock.now = NOW + timedelta(seconds=second)
        if second % _APART == 0:
            board.show_board(read_board(desk))
            app.processEvents()
        if second == _HOUR:
            gc.collect()
            held = process.memory_info().rss / 2**20
        board.hear(clock().timestamp())
        began = time.perf_counter()
        board.tick(clock().timestamp())
        app.processEvents()
        ticks.append((time.perf_counter() - began) * 1_000)
    gc.collect()
    grown = process.memory_info().rss / 2**20 - held
    whole = [_timed(board.grab) for _ in range(20)]
    yield Figure("memory that the wall gains in a simulated day", max(grown, 0.0), 3, "MB")
    yield Figure("a second on the wall, painted, p95", _top(ticks), 16, "ms")
    yield Figure("the whole wall, painted", statistics.median(whole), 50, "ms")
    board.close()
    board.deleteLater()
    desk.replica.close()


def _seen(folder: Path) -> Iterator[Figure]:
    """Another program takes tickets; until the wall has painted that fewer are nobody's."""
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe()
    other = context.Process(target=_act, args=(str(folder), far), daemon=True)
    app, clock = application(), TurnedClock(NOW)
    desk = Desk(Replica.open(folder, NOW), bundled_book(), PEOPLE[0], clock)
    session = WallSession(app, desk, Settings(folder / "settings.json"))
    loop = make_loop(app)
    beat = QTimer()  # so that waiting ends even if nothing comes
    beat.start(20)
    session.wall.open(Wish(1, 65, 5), ask=False)
    session.begin(loop)
    other.start()
    counts: list[tuple[int, float]] = []
    feed, board = session.wall.feed, session.wall.window.board

    def painted(new: object) -> None:
        app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        counts.append((board._board.nobody.total if board._board else -1, time.time()))
        del new

    feed.read.connect(painted)
    first = int(_heard(near, app))
    waits = []
    for turn in range(_COMMITS):
        near.send("go")
        at = float(_heard(near, app))
        limit = time.monotonic() + _PATIENCE
        while not counts or counts[-1][0] > first - turn - 1:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > limit:
                raise RuntimeError("the wall did not see it")
        waits.append((counts[-1][1] - at) * 1_000)
    near.send("enough")
    other.join(10)
    session.wall.window.close()
    session.end()
    loop.close()
    yield Figure("commit of another program → painted on the wall, p50", _middle(waits), 700, "ms")
    yield Figure("the same, p99", statistics.quantiles(waits, n=100)[-1], 1_000, "ms")


def _act(folder: str, pipe: Connection) -> None:
    """Take one ticket that is nobody's whenever told to; say when it was on the disk."""
    desk = Desk(Replica.open(Path(folder), NOW), bundled_book(), PEOPLE[1], lambda: NOW)
    ids = desk.ids("unassigned")
    assert isinstance(ids, list)
    dice = random.Random(7)
    pipe.send(len(ids))
    for ident in ids:
        if pipe.recv() != "go":
            break
        time.sleep(dice.uniform(0.05, 0.6))
        done(desk.act(ident, cmd.Take()))
        pipe.send(time.time())
    desk.replica.close()


def _heard(pipe: Connection, app: object) -> object:
    limit = time.monotonic() + _PATIENCE
    while not pipe.poll(0):
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # type: ignore[attr-defined]
        if time.monotonic() > limit:
            raise RuntimeError("the other program is silent")
    return pipe.recv()


def _at_rest(folder: Path) -> Iterator[Figure]:
    """The wall and a console on one desk, their timers running and nothing happening."""
    wall = ("wallboard", "--size", "65", "--distance", "5")
    with _started(folder, *wall) as board, _started(folder) as console:
        time.sleep(_SETTLING)
        both, began = (board, console), time.perf_counter()
        before = [_spent(each) for each in both]
        time.sleep(_WATCHED)
        took = time.perf_counter() - began
        used = [_spent(each) - was for each, was in zip(both, before, strict=True)]
        held = board.memory_info().rss / 2**20
    yield Figure("idle CPU of a core with the wallboard alone", used[0] / took * 100, 0.5, "%")
    yield Figure("idle CPU of a core, console and wallboard", sum(used) / took * 100, 0.5, "%")
    yield Figure("memory of the wallboard (RSS)", held, 200, "MB")


@contextmanager
def _started(folder: Path, *command: str) -> Iterator[psutil.Process]:
    """The program on that desk, until the end."""
    place = os.environ | {"PYTHONPATH": str(_DESKTOP), "TIERLINE_HOME": str(folder / "home")}
    told = ("--data", str(folder), "--now", NOW.isoformat())
    words = [sys.executable, "-m", "tierline", *told, *command]
    started = subprocess.Popen(words, env=place, stderr=subprocess.PIPE)
    try:
        yield psutil.Process(started.pid)
    finally:
        started.terminate()
        started.communicate(timeout=30)


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000


def _top(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _middle(times: list[float]) -> float:
    return statistics.median(times)
