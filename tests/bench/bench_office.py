"""A desk in a busy house: console, wallboard and tray open on a real server, and in bad weather.

Server, network and colleagues share this machine's processors with the windows, so each figure is
a pessimistic one. `MINUTES` says how long the chaos lasts, 2 if it is not set.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.bench.figure import Figure
from tests.bench.office import Office, Stalls
from tests.bench.office_world import World, world

_ROUNDS, _COMMITS = 60, 60
_GOAL = 50  # ms from a key to what it shows
_PAUSE = 0.12  # seconds between two keys
_KEY, _CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
_TYPED = "Cleared the queue, the test page is good, she prints again."


def figures() -> Iterator[Figure]:
    """Every figure of the office."""
    minutes = float(os.environ.get("MINUTES", "2"))
    with world() as around:
        office = Office(*around.door)
        try:
            yield from _wall(office, around)
            yield from _keys(office, around)
            yield from _chaos(office, around, minutes)
        finally:
            office.close()


def _wall(office: Office, around: World) -> Iterator[Figure]:
    """A colleague takes tickets; until the wall has painted that fewer are nobody's."""
    around.tell("colleague")
    office.wait(around.answered)
    around.answer()
    waits = []
    for _ in range(_COMMITS):
        before = _nobodys(office)
        around.tell("take")
        office.wait(lambda before=before: _nobodys(office) < before)
        office.draw()
        seen = time.time_ns() // 1_000
        waits.append((seen - around.answer()) / 1_000)
    name = "commit on another console → painted on the wall, PostgreSQL"
    yield Figure(f"{name}, p50", statistics.median(waits), 700, "ms")
    yield Figure(f"{name}, p99", statistics.quantiles(waits, n=100)[-1], 1_000, "ms")


def _nobodys(office: Office) -> int:
    board = office.board._board
    return board.nobody.total if board else -1


def _keys(office: Office, around: World) -> Iterator[Figure]:
    """Keys while 200 events a second arrive, until what they do is painted."""
    around.tell("crowd")
    office.wait(around.answered)
    around.answer()
    stalls, hands = Stalls(), _Hands(office)
    office.live(2.0)
    try:
        yield from hands.figures()
    finally:
        stalls.stop()
        around.tell("hush")
        office.wait(around.answered)
    acted = around.answer()
    if not acted:
        raise RuntimeError("nothing arrived meanwhile")
    yield Figure("longest stall of the windows meanwhile", stalls.longest, 100, "ms")


class _Hands:
    """What a technician's keys ask, and how one sees that it came."""

    def __init__(self, office: Office) -> None:
        self._office, self._console = office, office.made.console

    def figures(self) -> Iterator[Figure]:
        """The keys that are pressed most."""
        meanwhile = "with wall, tray and 200 events/s"
        yield self._p95(f"select a row (J) {meanwhile}", self._select)
        yield self._p95(f"take and undo {meanwhile}", self._take)
        yield self._p95(f"a letter of a note {meanwhile}", self._letters())
        yield self._p95(f"a letter in the palette {meanwhile}", self._palette())

    def select(self) -> float:
        """The next row, and its ticket."""
        return self._select(0)

    def take(self, turn: int) -> float:
        """Take a ticket, or take that back."""
        return self._take(turn)

    def _p95(self, name: str, press: Callable[[int], float]) -> Figure:
        times = []
        for turn in range(_ROUNDS):
            times.append(press(turn))
            self._office.live(_PAUSE)
        return Figure(f"{name}, p95", statistics.quantiles(times[2:], n=20)[-1], _GOAL, "ms")

    def _select(self, turn: int) -> float:
        del turn
        self._office.made.window.parts.queue.setFocus()
        before = self._current()
        return self._office.timed(
            lambda: self._office.key(_KEY.Key_J), lambda: self._current() != before
        )

    def _take(self, turn: int) -> float:
        office, ticket = self._office, self._console.ticket
        office.made.window.parts.queue.setFocus()
        if turn % 2:
            return office.timed(
                lambda: office.key(_KEY.Key_Z, _CTRL), lambda: not ticket.current.mine
            )
        while ticket.current is None or ticket.current.mine:
            self._select(0)
        return office.timed(lambda: office.key(_KEY.Key_T), lambda: ticket.current.mine)

    def _letters(self) -> Callable[[int], float]:
        self._office.made.window.parts.queue.setFocus()
        self._office.key(_KEY.Key_N)
        self._office.live(0.3)
        return self._letter

    def _palette(self) -> Callable[[int], float]:
        self._office.key(_KEY.Key_Escape)
        self._office.live(0.3)
        self._office.key(_KEY.Key_K, _CTRL)
        self._office.live(0.3)
        return self._letter

    def _letter(self, turn: int) -> float:
        letter = _TYPED[turn % len(_TYPED)]
        return self._office.timed(lambda: QTest.keyClicks(self._office.focus, letter), lambda: True)

    def _current(self) -> str:
        return self._console.ticket.current_id


def _chaos(office: Office, around: World, minutes: float) -> Iterator[Figure]:
    """The server is killed and frozen, the network lags and flaps; somebody goes on working."""
    hands, waits, turn = _Hands(office), [], 0
    office.key(_KEY.Key_Escape)
    stalls = Stalls()
    around.tell("storm", minutes * 60)
    while not around.answered():
        turn += 1
        waits.append(hands.select() if turn % 4 else hands.take(turn // 4 + 1))
        office.live(_PAUSE * 2)
    stalls.stop()
    counts = around.answer()
    told = ", ".join(f"{many} {name}s" for name, many in counts.items())
    top = statistics.quantiles(stalls.late, n=1000)[-1]
    yield Figure(
        f"chaos ({minutes:g} min: {told}): longest stall of the windows", stalls.longest, 100, "ms"
    )
    yield Figure("the same, p99.9 of what a key would wait", top, 100, "ms")
    yield Figure("key → painted meanwhile, p95", statistics.quantiles(waits, n=20)[-1], _GOAL, "ms")
