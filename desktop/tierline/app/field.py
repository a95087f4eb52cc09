"""Field mode beside a console, or in its place: one presenter, one desk, two windows."""

from __future__ import annotations

from PySide6.QtCore import QObject

from tierline.present.console import ConsolePresenter
from tierline.present.ticker import Ticker
from tierline.system.settings import Settings
from tierline.widgets.field.window import FieldWindow
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window import menus
from tierline.widgets.window.main import MainWindow


class FieldMode(QObject):
    """Makes the small window when it is first asked for; `open` brings it forward."""

    def __init__(
        self,
        hub: ThemeHub,
        ticker: Ticker,
        main: MainWindow,
        console: ConsolePresenter,
        settings: Settings,
    ) -> None:
        """Built, not shown."""
        super().__init__(main)
        self._hub, self._main, self._settings = hub, main, settings
        self._console = console
        self.window = FieldWindow(hub, ticker, console, settings)
        self.window.console_asked.connect(self._to_console)
        self.window.chosen.connect(self._chose)

    def open(self) -> None:
        """Show it, or bring it forward."""
        if not self.window.isVisible():
            self.window.open()
        self.window.raise_()
        self.window.activateWindow()

    def stop(self) -> None:
        """The program ends: what was typed is handed on."""
        if self.window.isVisible():
            self.window.put_away()
        self.window.hide()
        self.window.deleteLater()

    def _to_console(self, ticket_id: str, act: str) -> None:
        """The console comes forward, with this ticket or this act."""
        main = self._main
        if not main.isVisible():
            main.open()
        main.raise_()
        main.activateWindow()
        if ticket_id:
            main.wiring.open_ticket(ticket_id)
        if act:
            main.deeds.do(act)

    def _chose(self, what: str, value: str) -> None:
        if what == "scale":
            menus.set_scale(self._hub, self._settings, int(value))
        else:
            menus.set_mode(self._hub, self._settings, value)
