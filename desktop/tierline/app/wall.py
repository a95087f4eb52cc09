"""The wallboard put together: its window and what feeds it, beside a console or in its own program.

It writes nothing, so that a login that only reads is enough for it.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from PySide6.QtWidgets import QApplication

from tierline.app.bell import name_of, ring
from tierline.app.console import application, look, program
from tierline.app.garbage import Garbage
from tierline.app.language import speak
from tierline.app.syncing import HubEngine
from tierline.desk.desk import Desk
from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.looping import Loop, run
from tierline.present.messages import Messages
from tierline.present.pulse import Pulse
from tierline.present.sync_state import SyncState
from tierline.present.tasks import Tasks
from tierline.present.ticker import Ticker
from tierline.present.view_state import ViewState
from tierline.present.wall_feed import WallFeed
from tierline.present.wall_lists import Tile, list_of
from tierline.storage.records import Person
from tierline.system.settings import Settings
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard.screens import Screens
from tierline.widgets.wallboard.seats import Seats, Wish
from tierline.widgets.wallboard.window import Ground, WallWindow

if TYPE_CHECKING:
    from tierline.app.hubs import Door

RING_MS, RINGS = 500, 60
"""A console that was started for a list is asked so often for it, until it listens."""
_LEADS = frozenset({"lead", "admin"})


class Base(NamedTuple):
    """What a wallboard is built on."""

    hub: ThemeHub
    ticker: Ticker
    desk: Desk
    tasks: Tasks
    pulse: Pulse
    sync: SyncState
    settings: Settings


class Wall(QObject):
    """One wallboard. `asked(ViewState)` for the list behind a tile, `gone()` when it is closed."""

    asked = Signal(object)
    gone = Signal()

    def __init__(self, base: Base, *, shy: bool, screens: Screens | None = None) -> None:
        """Built, not shown; `shy` as in `WallWindow`. `screens` lets tests bring theirs."""
        super().__init__()
        self._base = base
        found = screens or Screens(self)
        ground = Ground(base.hub, base.ticker, base.desk.zone, found, Seats(base.settings))
        self.window = WallWindow(ground, may_name=is_lead(base.desk), shy=shy)
        self.feed = WallFeed(base.desk, base.tasks, base.pulse, base.sync, self)
        self.feed.read.connect(self.window.board.show_board)
        self.feed.heard.connect(self.window.board.hear)
        base.ticker.tick.connect(self.feed.tick)
        self.window.named.connect(self._name)
        self.window.asked.connect(self._ask)
        self.window.closed.connect(self._close)

    def open(self, wish: Wish, *, ask: bool) -> None:
        """Read the figures and show them, or ask first."""
        self.feed.start()
        self.window.open(wish, ask=ask)

    def come_forward(self) -> None:
        """It is asked for and there already."""
        self.window.raise_()
        self.window.activateWindow()

    def _name(self, names: bool) -> None:
        wanted = names and is_lead(self._base.desk)
        if wanted != self.feed.names:
            self.feed.names = wanted
            self.feed.refresh()

    def _ask(self, tile: Tile) -> None:
        self.asked.emit(list_of(tile))

    def _close(self) -> None:
        self.feed.stop()
        self._base.ticker.tick.disconnect(self.feed.tick)
        self.gone.emit()
        self.window.deleteLater()
        self.deleteLater()


def is_lead(desk: Desk) -> bool:
    """Whether who sits at this desk leads it, as its directory and its hub have it."""
    person: Person | None = desk.people.get(desk.me)
    role = desk.standing.role or (person.role if person and not person.gone else "")
    return role in _LEADS


class WallSession:
    """A wallboard as a program of its own, from its start to its end."""

    def __init__(
        self, app: QApplication, desk: Desk, settings: Settings, door: Door | None = None
    ) -> None:
        """Nothing is shown yet; `door` is one that has let this desk into its hub already."""
        self._app, self.desk = app, desk
        hub = look(app, settings)
        ticker = Ticker(lambda: desk.clock().timestamp(), hub)
        self.tasks = Tasks(Messages(time.monotonic))
        self.pulse = Pulse(desk, self.tasks)
        self.sync = SyncState(desk, self.tasks)
        self.pulse.minute.connect(self.sync.minute)
        if desk.standing.link != "alone":
            self.sync.attach(HubEngine(desk, door), desk.standing)
        base = Base(hub, ticker, desk, self.tasks, self.pulse, self.sync, settings)
        self.wall = Wall(base, shy=False)
        self._garbage = Garbage(self.tasks, self.pulse.beaten)
        self.wall.asked.connect(self._show_list)
        self._ringing = QTimer(self.wall)
        self._ringing.setInterval(RING_MS)
        self._ringing.timeout.connect(self._ring_again)
        self._wanted, self._rings = ViewState(), 0

    def begin(self, loop: Loop) -> None:
        """The loop runs."""
        self.tasks.begin(loop)
        self._garbage.begin()
        self.pulse.start()
        self.sync.start()

    def end(self) -> None:
        """Everything stops, in order; last of all the file is let go."""
        self.pulse.stop()
        self._garbage.end()
        self.sync.stop()
        self.tasks.close()
        self.desk.replica.close()

    def report(self, error: BaseException) -> None:
        """An error that nobody caught; the wall goes on."""
        sys.__excepthook__(type(error), error, error.__traceback__)

    def _show_list(self, state: ViewState) -> None:
        """In the console that is open on this desk, or in one that is started for it."""
        self._wanted = state
        if self._ringing.isActive() or self._ring():
            return
        known = ("--data", str(self.desk.replica.path.parent))
        me = () if self.desk.standing.link != "alone" else ("--me", self.desk.me)
        QProcess.startDetached(*program(*known, *me))
        self._rings = 0
        self._ringing.start()

    def _ring(self) -> bool:
        return ring(name_of(self.desk.replica.path), asking(self._wanted))

    def _ring_again(self) -> None:
        self._rings += 1
        if self._ring() or self._rings >= RINGS:
            self._ringing.stop()


def asking(state: ViewState) -> dict[str, Any]:
    """A list as another program asks for it."""
    return {"show": state._asdict()}


def run_wallboard(
    desk: Desk, settings: Settings, wish: Wish, *, door: Door | None = None, language: str = ""
) -> int | Refusal:
    """Show the wallboard until it is closed: the exit code, or why it is not shown.

    What `wish` does not say is asked for, unless it was before. On a shared desk one program
    does the sync: where a console is open on it already, that one shows the wallboard.
    """
    app = application()
    speak(app, language or settings.get("language", ""))
    shared = desk.standing.link != "alone"
    if shared and ring(name_of(desk.replica.path), {"wallboard": wish._asdict()}):
        return 0
    session = WallSession(app, desk, settings, door)
    if refusal := _refused(session.wall.window, wish):
        session.end()
        return refusal
    session.wall.open(wish, ask=False)
    return run(app, session.begin, session.end, session.report)


def _refused(window: WallWindow, wish: Wish) -> Refusal | None:
    """What was said on the command line and cannot be: such a screen, or such a distance."""
    many = len(window.spots)
    if wish.screen > many:
        what = tr("There is no screen {n}.", "There is no screen {n}.", wish.screen)
        return Refusal(what, tr("There are {n}.", "There is one.", many), "screen")
    if not (wish.inches or wish.metres):
        return None
    spot, seat = window.wanted(wish)
    found = seat.fit(spot) if seat.known else None
    if found is None or found.shown is not None:
        return None
    return Refusal(found.sentence, tr("Sit closer, or take a larger screen."), "distance")
