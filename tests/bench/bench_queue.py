"""What the queue costs on screen: a full repaint, a second, a screenful scrolled, a new order.

44 rows on 1920 px, at 5,000 and at 500,000 tickets. Every clock shows seconds, the dearest case.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median

from PySide6.QtWidgets import QApplication

from tests.bench.figure import Figure
from tests.fakes.queue_rows import FIX, MET, HandClock, row
from tierline.desk.rows import QueueRow
from tierline.domain.countdown import Phase
from tierline.present.queue_model import QueueModel
from tierline.present.ticker import Ticker
from tierline.widgets.queue.view import QueueView
from tierline.widgets.theme import ThemeHub

ROWS, WIDTH, ROW, HEADER = 44, 1920, 44, 26
FEW, MANY = 5_000, 500_000
ROUNDS = 40

REPAINT = "full repaint of the queue, 1920 px, 44 rows"
TICK = "1 s tick of 44 visible countdowns"
SCROLL = "44 unseen rows scrolled in, fetched and painted"
ORDER = "new order applied, one ticket moved and one new"


_CLOCKS = (
    (HandClock("R", Phase.OVER, -252), FIX, MET, HandClock("L", Phase.SOON, 90)),
    (HandClock("U", Phase.SOON, 1532, 0.15), MET, FIX, HandClock("L", Phase.OVER, -9)),
    (HandClock("R", Phase.RUNNING, 2692, 0.75), FIX, MET, HandClock("L", Phase.PAUSED, 90)),
)


def _fetch(ids: Sequence[str]) -> list[QueueRow]:
    return [
        row(i, *_CLOCKS[int(i) % 3], priority=int(i) % 4 + 1, subject=f"Scanner jams again {i}")
        for i in ids
    ]


class _Bench:
    """One queue on screen, on a clock that the bench turns."""

    def __init__(self, hub: ThemeHub, tickets: int) -> None:
        self.seconds = 0.0
        self.model = QueueModel(_fetch, self._now)
        self.view = QueueView(hub, Ticker(self._now))
        self.view.set_queue(self.model)
        self.view.resize(WIDTH, ROWS * ROW + HEADER)
        self.model.show([str(n) for n in range(tickets)])
        self.view.show()
        QApplication.processEvents()

    def _now(self) -> float:
        return self.seconds

    def repaint(self) -> None:
        """Every row, whole."""
        self.view.viewport().repaint()

    def tick(self) -> None:
        """A second later: what changed is painted."""
        self.seconds += 1
        self.view._ticker.tick.emit(self.seconds)
        QApplication.processEvents()

    def scroll(self) -> None:
        """Rows never seen before."""
        bar = self.view.verticalScrollBar()
        bar.setValue((bar.value() + 53 * ROW) % bar.maximum())
        self.view.viewport().repaint()

    def reorder(self) -> None:
        """A ticket from above comes to the end, a new one to the top."""
        ids = list(self.model.ids())
        ids.append(ids.pop(7))
        ids.insert(0, str(MANY + int(self.seconds)))
        self.seconds += 1
        self.model.hold = True
        self.model.offer(ids)
        self.model.apply_held()
        self.view.viewport().repaint()

    def close(self) -> None:
        """Out of sight before the application goes."""
        self.view.close()
        self.view.deleteLater()
        QApplication.processEvents()


def _milliseconds(act: Callable[[], None], rounds: int = ROUNDS) -> float:
    act()
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        spent.append(time.perf_counter() - started)
    return median(spent) * 1000


def _measured(hub: ThemeHub, tickets: int) -> Iterator[Figure]:
    bench, at = _Bench(hub, tickets), f"{tickets:,} tickets"
    yield Figure(f"{REPAINT}, {at}", _milliseconds(bench.repaint), 12, "ms")
    yield Figure(f"{TICK}, {at}", _milliseconds(bench.tick), 4, "ms")
    yield Figure(f"{SCROLL}, {at}", _milliseconds(bench.scroll), 50, "ms")
    yield Figure(f"{ORDER}, {at}", _milliseconds(bench.reorder, 8), 50, "ms")
    bench.close()


def figures() -> Iterable[Figure]:
    """The queue's figures on this machine; medians in milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    hub = ThemeHub(app, "light")
    for tickets in (FEW, MANY):
        yield from _measured(hub, tickets)
    hub.deleteLater()
