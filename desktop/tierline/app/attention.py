"""What reaches a person outside the window: pop-ups, sound, the tray, a ticket from anywhere.

None of it is needed: a console without tray and pop-ups shows everything in its window.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tierline.desk.taskbar import KIND
from tierline.present.console import ConsolePresenter
from tierline.present.popups import Popups
from tierline.present.taskbar import Taskbar
from tierline.present.tray_feed import TrayFeed
from tierline.present.view_state import ViewState
from tierline.system.choices import KEEP_RUNNING, POPUPS
from tierline.system.desktop_checks import NOTIFICATIONS, TRAY, around
from tierline.system.findings import Check
from tierline.system.notifier import Courier, Way
from tierline.system.settings import Settings
from tierline.widgets.theme import ThemeHub
from tierline.widgets.tray.tray import Tray
from tierline.widgets.window.main import MainWindow

if TYPE_CHECKING:
    from tierline.widgets.tray.create import CreateWindow


class Attention(QObject):
    """Wired when it is built; nothing is shown before `start`."""

    def __init__(
        self,
        hub: ThemeHub,
        window: MainWindow,
        console: ConsolePresenter,
        settings: Settings,
        way: Way,
    ) -> None:
        """`way` shows pop-ups on this desktop."""
        super().__init__(window)
        self._hub, self._window, self._console, self._settings = hub, window, console, settings
        desk, self._leaving, self._way = console.desk, False, way
        self.quiet = window.deeds.quiet
        courier = Courier(way)
        self.popups = Popups(console.alarms, courier, self.quiet, settings, console.tasks, self)
        self.taskbar = Taskbar(desk, console.tasks, console.actor, self)
        self.tray = Tray(window, desk.clock, desk.zone)
        self.feed = TrayFeed(console.facts, console.sync, self.quiet, self)
        self._create: CreateWindow | None = None
        self._alarms()
        self._in_the_tray()
        window.stays = self._stays
        window.closed.connect(self._closed)

    def start(self) -> None:
        """The first picture is painted: look for a tray, now and every minute."""
        self._look()
        self._console.pulse.minute.connect(self._look)
        self._console.machine.watch()

    def stop(self) -> None:
        """The program ends, or another person sits down."""
        self._leaving = True
        self.popups.stop()
        self.tray.put_away()
        QApplication.setQuitOnLastWindowClosed(True)
        if self._create is not None:
            self._create.close()

    @property
    def create(self) -> CreateWindow:
        """The small window for a ticket, made when it is first wanted."""
        if self._create is None:
            # Nobody waits at the start for a window that few open.
            from tierline.widgets.tray.create import CreateWindow  # noqa: PLC0415

            made = self._create = CreateWindow(self._hub, self._console.desk)
            made.created.connect(self.taskbar.create)
            made.drafted.connect(lambda text: self._console.ticket.keep_draft("", KIND, text))
            made.opened.connect(self._open_ticket)
            self.taskbar.created.connect(made.done)
            self.taskbar.refused.connect(made.refused)
        return self._create

    def relied(self) -> Iterator[Check]:
        """What of the desktop the person counts on, looked at; may take seconds, on any thread."""
        wanted = set()
        if self._settings.of(POPUPS) != "none" and not self.tray.there:
            wanted.add(NOTIFICATIONS)
        if self._settings.of(KEEP_RUNNING):
            wanted.add(TRAY)
        if wanted:
            yield from (check for check in around(self._way) if check.name in wanted)

    def leave(self) -> None:
        """Quit, whatever closing the window does otherwise."""
        self._leaving = True
        self._window.close()

    def _alarms(self) -> None:
        popups, alarms = self.popups, self._console.alarms
        alarms.raised.connect(popups.show)
        alarms.withdrawn.connect(popups.withdraw)
        alarms.held_back = lambda p1: self.quiet.holds_back(p1=p1)
        self.quiet.changed.connect(lambda _: alarms.look())
        popups.balloon = self.tray.balloon
        popups.flashed.connect(lambda: QApplication.alert(self._window))
        popups.beeped.connect(QApplication.beep)
        popups.trouble_changed.connect(lambda _: self._console.machine.watch())
        self._window.deeds.prefer.heard.append(self._preferred)

    def _in_the_tray(self) -> None:
        tray = self.tray
        self._window.deeds.has_tray = lambda: tray.there
        self.feed.changed.connect(tray.tell)
        tray.tell(self.feed.state)
        tray.create_asked.connect(self._come_to_create)
        tray.open_asked.connect(self._window.come)
        tray.quit_asked.connect(self.leave)
        tray.viewed.connect(self._view)
        tray.quieted.connect(self._quieten)
        tray.there_changed.connect(self._tray_changed)

    def _come_to_create(self) -> None:
        self.create.come()

    def _look(self) -> None:
        self.quiet.look()
        self.tray.look()
        if self._console.machine.missing:
            self._console.machine.watch()  # it may have come

    def _stays(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        return not self._leaving and self.tray.there and self._settings.of(KEEP_RUNNING)

    def _tray_changed(self, there: bool) -> None:
        self._tell_end()
        self._console.machine.watch()
        if not there and self._window.isHidden() and not self._others():
            self._window.come()  # nobody could get back to it otherwise

    def _tell_end(self) -> None:
        """In the tray the program goes on without a window, also when the small one closes."""
        stays = self.tray.there and self._settings.of(KEEP_RUNNING)
        QApplication.setQuitOnLastWindowClosed(not stays)

    def _others(self) -> bool:
        """Whether another window of ours can be seen: field mode, a wallboard."""
        return any(each.isVisible() for each in QApplication.topLevelWidgets())

    def _preferred(self, key: str) -> None:
        del key
        self._tell_end()
        self._console.machine.watch()

    def _closed(self) -> None:
        if not QApplication.quitOnLastWindowClosed():
            QApplication.quit()

    def _quieten(self, minutes: int) -> None:
        if minutes:
            self.quiet.begin(minutes)
        else:
            self.quiet.end()

    def _view(self, view: str, filter_: str) -> None:
        self._window.come()
        self._console.queue.show(ViewState(view, filter_))

    def _open_ticket(self, ticket_id: str) -> None:
        self._window.come()
        self._window.wiring.open_ticket(ticket_id)
