"""What a console does for others on this machine: a wallboard beside it, lists that are asked for.

Nothing of it is loaded before the first picture of the console.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from tierline.app.bell import Bell
from tierline.app.wall import Base, Wall
from tierline.present.console import ConsolePresenter
from tierline.present.ticker import Ticker
from tierline.present.view_state import ViewState
from tierline.present.wall_lists import checked
from tierline.system.settings import Settings
from tierline.widgets.theme import ThemeHub
from tierline.widgets.wallboard.screens import Screens
from tierline.widgets.wallboard.seats import Wish
from tierline.widgets.window.main import MainWindow


class Beside(QObject):
    """The wallboard of a console's own process, and the bell that other programs ring."""

    def __init__(
        self,
        hub: ThemeHub,
        ticker: Ticker,
        window: MainWindow,
        console: ConsolePresenter,
        settings: Settings,
        screens: Screens | None = None,
    ) -> None:
        """Listens at once. `screens` lets tests bring theirs."""
        super().__init__(window)
        self._window, self._console, self._screens = window, console, screens
        told = (console.desk, console.tasks, console.pulse, console.sync, settings)
        self._base = Base(hub, ticker, *told)
        self.wall: Wall | None = None
        self.bell = Bell(console.desk.replica.path, self)
        self.bell.rung.connect(self._rung)
        self.bell.listen()
        console.pulse.minute.connect(self.bell.listen)  # another console may have gone

    def open_wall(self, wish: Wish | None = None) -> None:
        """Ask where it is read from and show it; the one that is there comes forward."""
        if self.wall is not None:
            self.wall.come_forward()
            return
        made = self.wall = Wall(self._base, shy=True, screens=self._screens)
        made.asked.connect(self.show_list)
        made.gone.connect(self._gone)
        console = self._console
        for signal in (console.actor.acted, console.rules.acted, console.imports.reported):
            signal.connect(made.feed.refresh)
        made.open(wish or Wish(), ask=wish is None)

    def show_list(self, state: ViewState) -> None:
        """Bring the console forward with this list."""
        self._console.queue.show(state)
        window = self._window
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()
        window.parts.queue.setFocus()

    def stop(self) -> None:
        """The console ends, and what stands beside it."""
        self.bell.close()
        if self.wall is not None:
            self.wall.window.close()

    def _gone(self) -> None:
        self.wall = None

    def _rung(self, asked: dict[str, Any]) -> None:
        if (state := checked(asked.get("show"))) is not None:
            self.show_list(state)
        elif isinstance(wish := asked.get("wallboard"), dict):
            self.open_wall(_wish(wish))


def _wish(asked: dict[str, Any]) -> Wish:
    """What is usable of a wish that came from outside."""
    numbers = {name: asked.get(name, 0) for name in Wish._fields}
    usable = all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers.values())
    return Wish(**{**numbers, "screen": int(numbers["screen"])}) if usable else Wish()
