"""Somebody in front of a console: presses keys and types; what they read is in `eyes`."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desks import TurnedClock
from tests.stories.eyes import Eyes
from tierline.app.console import Composition

PATIENCE = 60_000
PACE = 0.3  # seconds a key: 40 words a minute


class Technician(Eyes):
    """Has one window, and no mouse. `turned` hears when they turn to their keyboard."""

    def __init__(
        self,
        name: str,
        qtbot: QtBot,
        clock: TurnedClock,
        made: Callable[[], Composition | None],
        front: Callable[[], QWidget],
    ) -> None:
        """Every key takes its time on the `clock`; `screens` are those seen, in their order."""
        super().__init__(made, front)
        self.name, self._qtbot, self._clock = name, qtbot, clock
        self.keys = 0
        self.screens: list[str] = []
        self.pressed: list[str] = []
        self.turned: Callable[[Technician], None] = lambda _: None

    def turns_to_the_console(self) -> None:
        """This window has the keyboard from now on."""
        self.turned(self)
        window = self.front()
        if not window.isActiveWindow() and QApplication.activeModalWidget() is None:
            window.activateWindow()
            self._qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
        self._waits()

    def presses(self, *keys: str) -> None:
        """Each as it is written on its key-cap: "Ctrl N", "F9", "1"."""
        self.turns_to_the_console()
        for key in keys:
            found = QKeySequence(key.replace(" ", "+"))[0]  # type: ignore[index] # not in the stubs
            self._takes_time(key, 1)
            QTest.keyClick(self._window(), found.key(), found.keyboardModifiers())
            self._waits()

    def types(self, text: str) -> None:
        """Letter by letter, where the keyboard is; plain ASCII."""
        self.turns_to_the_console()
        self._takes_time(f"“{text}”", len(text))
        for letter in text:
            QTest.keyClick(self._window(), letter)
        self._waits()

    def pastes(self, text: str) -> None:
        """What was copied elsewhere."""
        QApplication.clipboard().setText(text)
        self.presses("Ctrl V")

    def goes_to(self, field: str) -> None:
        """Tabs on to the field of the open sheet that is called so."""
        for _ in range(40):
            if self.here.startswith(field):
                break
            self.presses("Tab")
        assert self.here.startswith(field), self.here

    def writes(self, field: str, text: str) -> None:
        """Tabs on to the field of the open sheet that is called so, and types there."""
        self.goes_to(field)
        self.types(text)

    def commands(self, words: str) -> None:
        """Does what has no key of its own: by the palette."""
        self.presses("Ctrl K")
        self.types(f">{words}")
        assert words.lower() in self.offered.lower(), self.offered
        self.presses("Return")

    def opens(self, number: str) -> None:
        """Goes to a ticket by its number."""
        self.presses("Ctrl K")
        self.types(f"#{number}")
        self.presses("Return")
        assert number in self.head

    def waits_for(self, so: Callable[[], bool]) -> None:
        """Until something is to be seen, which others do."""

        def seen() -> bool:
            self.looks_up()
            return so()

        self._qtbot.waitUntil(seen, timeout=PATIENCE)

    def stays(self) -> None:
        """The console is awake and takes notice of that, whatever else there is to notice."""
        made = self._made()
        if made is not None:
            made.console.pulse.beaten.emit()

    def touches(self) -> None:
        """A key that does nothing: somebody is at work here."""
        self.turns_to_the_console()
        QTest.keyClick(self._window(), Qt.Key.Key_Shift)

    def looks_up(self) -> None:
        """The console takes notice of the time and of what others did, as it does by itself."""
        made = self._made()
        if made is not None:
            made.ticker.tick.emit(self._clock.now.timestamp())
            made.console.pulse.beat()
        self._waits()

    def _takes_time(self, pressed: str, keys: int) -> None:
        self.pressed.append(pressed)
        self.keys += keys
        self._clock.turn(seconds=keys * PACE)

    def _window(self) -> QWindow:
        """Where the system brings keys: the window, or the menu or dialog that is open over it."""
        over = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        handle = (over or self.front()).windowHandle()
        assert handle is not None
        return handle

    def _waits(self) -> None:
        """Until nothing is on its way to the storage thread or back."""
        for _ in range(2):
            QApplication.processEvents()
            self._qtbot.waitUntil(self._idle, timeout=PATIENCE)
        QApplication.processEvents()
        if self.screens[-1:] != [self.screen]:
            self.screens.append(self.screen)

    def _idle(self) -> bool:
        made = self._made()
        return made is None or made.tasks.idle
