"""The icon in the tray: state at a glance, the acts that are wanted from anywhere.

Many desktops have no tray, and some get one only after the program began: `look` finds out. What
the tray offers can be done in the window as well.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from tierline.desk.tray_words import TrayLine, TrayState, length, lines, tip
from tierline.domain.tongue import tr
from tierline.present.quiet import MINUTES
from tierline.system.notifier import Popup
from tierline.widgets.tray.mark import icon

_ICONS = {
    "critical": QSystemTrayIcon.MessageIcon.Critical,
    "normal": QSystemTrayIcon.MessageIcon.Warning,
    "low": QSystemTrayIcon.MessageIcon.Information,
}
_BALLOON_MS = 10_000


class Tray(QObject):
    """`create_asked`, `open_asked`, `quit_asked`, `viewed(view, filter)`, `quieted(minutes or 0)`.

    `there_changed(bool)` when an icon came or went.
    """

    create_asked = Signal()
    open_asked = Signal()
    quit_asked = Signal()
    viewed = Signal(str, str)
    quieted = Signal(int)
    there_changed = Signal(bool)

    def __init__(
        self,
        window: QWidget,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        """Nothing is shown before `look`; `now` gives aware time."""
        super().__init__(window)
        self._now, self._zone, self._available = now, zone, available
        self._state = TrayState()
        self.icon: QSystemTrayIcon | None = None
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill)

    @property
    def there(self) -> bool:
        """Whether there is an icon to be seen."""
        return self.icon is not None

    def look(self) -> None:
        """Show the icon where there is a tray by now."""
        there = self._available()
        if there and self.icon is None:
            made = self.icon = QSystemTrayIcon(icon(self._state.mark), self)
            made.setContextMenu(self.menu)
            made.activated.connect(self._activated)
            self._fill()
            self.tell(self._state)
            made.show()
            self.there_changed.emit(True)
        elif not there and self.icon is not None:
            self.put_away()
            self.there_changed.emit(False)

    def tell(self, state: TrayState) -> None:
        """Another state."""
        self._state = state
        if self.icon is not None:
            self.icon.setIcon(icon(state.mark))
            self.icon.setToolTip(tip(state, self._now(), self._zone))

    def balloon(self, popup: Popup) -> bool:
        """Show a pop-up at the icon; whether that can be done here."""
        if self.icon is None or not self.icon.supportsMessages():
            return False
        self.icon.showMessage(popup.title, popup.body, _ICONS[popup.urgency], _BALLOON_MS)
        return True

    def put_away(self) -> None:
        """No icon any more."""
        if self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        click = QSystemTrayIcon.ActivationReason
        if reason in (click.Trigger, click.DoubleClick):
            self.open_asked.emit()

    def _fill(self) -> None:
        """The lines as of now: the menu is read when it opens."""
        menu = self.menu
        menu.clear()
        for line in lines(self._state, self._now(), self._zone):
            action = menu.addAction(line.text)
            action.setEnabled(bool(line.view))
            action.triggered.connect(partial(self._view, line))
        menu.addSeparator()
        menu.addAction(tr("Create ticket…")).triggered.connect(self.create_asked)
        self._quiet(menu)
        menu.addSeparator()
        menu.addAction(tr("Open Tierline")).triggered.connect(self.open_asked)
        menu.addAction(tr("Quit Tierline")).triggered.connect(self.quit_asked)

    def _quiet(self, menu: QMenu) -> None:
        if self._state.quiet is not None:
            action = menu.addAction(tr("Disturb me again"))
            action.triggered.connect(partial(self._quieten, 0))
            return
        inside = menu.addMenu(tr("Do not disturb"))
        for minutes in MINUTES:
            action = inside.addAction(length(minutes))
            action.triggered.connect(partial(self._quieten, minutes))

    def _view(self, line: TrayLine, *_: object) -> None:
        self.viewed.emit(line.view, line.filter)

    def _quieten(self, minutes: int, *_: object) -> None:
        self.quieted.emit(minutes)
