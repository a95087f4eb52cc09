"""What the ticket pane costs: another ticket painted, a second, and ten megabytes of text."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.bench.figure import Figure
from tests.fakes.desks import TurnedClock, done, log, open_desk
from tierline.desk.desk import Desk
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.present.ticker import Ticker
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.pane import TicketPane

TICKETS, STEPS, ROUNDS = 8, 28, 5
WRITTEN = "The spooler was restarted and the queue has been emptied; waits for a test page. "


def _views(desk: Desk, clock: TurnedClock) -> Iterator[TicketView]:
    for number in range(TICKETS):
        made = log(desk, f"Printer {number} stops after last night's update", impact=2, urgency=2)
        done(desk.act(made, cmd.Take()))
        for step in range(STEPS):
            clock.turn(minutes=1)
            done(desk.act(made, cmd.Note(text=f"{number}, {step}: {WRITTEN}")))
            done(desk.act(made, cmd.Message(text=f"{WRITTEN} {number}, {step}")))
        view = desk.open_ticket(made)
        assert view is not None
        yield view


class _Bench:
    """A pane on screen; every figure is the time until the picture is there."""

    def __init__(self, hub: ThemeHub, desk: Desk, clock: TurnedClock) -> None:
        self.clock = clock
        self.views = list(_views(desk, clock))
        self.ticker = Ticker(self._seconds)
        self.pane = TicketPane(hub, self.ticker, desk.zone)
        self.pane.resize(500, 756)
        self.pane.show()
        QApplication.processEvents()

    def _seconds(self) -> float:
        return self.clock.now.timestamp()

    def shown(self, view: TicketView) -> float:
        """Milliseconds from another ticket's view to its picture; its older rows come after."""
        started = time.perf_counter()
        self.pane.show_ticket(view)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.pane.repaint()
        spent = time.perf_counter() - started
        QApplication.processEvents()
        return spent * 1000

    def second(self) -> float:
        """Milliseconds that a second takes."""
        started = time.perf_counter()
        self.ticker.tick.emit(self.clock.turn(seconds=1).timestamp())
        QApplication.processEvents()
        return (time.perf_counter() - started) * 1000

    def close(self) -> None:
        """Out of sight before the application goes."""
        self.pane.close()
        self.pane.deleteLater()
        QApplication.processEvents()


def _huge(view: TicketView, at: int) -> TicketView:
    last = view.timeline[-1]._replace(text=f"{at} hello world" * 900_000)
    return replace(view, timeline=(*view.timeline[:-1], last))


def _measured(hub: ThemeHub, folder: Path) -> Iterator[Figure]:
    clock = TurnedClock()
    desk = open_desk(folder, clock=clock)
    bench = _Bench(hub, desk, clock)
    entries = len(bench.views[0].timeline)
    shown = [bench.shown(view) for _ in range(ROUNDS) for view in bench.views]
    yield Figure(f"another ticket painted, {entries} entries", median(shown), 20, "ms")
    seconds = [bench.second() for _ in range(40)]
    yield Figure("1 s tick of the ticket's clocks", median(seconds), 4, "ms")
    huge = [bench.shown(_huge(view, at)) for at, view in enumerate(bench.views)]
    yield Figure("another ticket painted, 10 MB in one entry", median(huge), 100, "ms")
    bench.close()
    desk.replica.close()


def figures() -> Iterable[Figure]:
    """The pane's figures on this machine; medians in milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    hub = ThemeHub(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured(hub, Path(folder))
    hub.deleteLater()
