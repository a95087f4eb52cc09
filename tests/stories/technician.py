"""Somebody in front of a console: presses keys, types, and says what is to be read there.

What is read is what a screen reader says, so a story cannot see what a person could not.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.desks import TurnedClock
from tierline.app.console import Composition
from tierline.present.queue_model import SPOKEN
from tierline.widgets.sheets.points import Points
from tierline.widgets.window.parts import Parts

_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
PATIENCE = 60_000
PACE = 0.3  # seconds a key: 40 words a minute


class Technician:
    """Has one window; `made` answers its console, None while the page of a first run is shown."""

    def __init__(
        self,
        qtbot: QtBot,
        clock: TurnedClock,
        made: Callable[[], Composition | None],
        front: Callable[[], QWidget],
    ) -> None:
        """`front` is the window that is looked at; every key takes its time on the `clock`."""
        self._qtbot, self._clock, self._made, self._front = qtbot, clock, made, front
        self.keys = 0

    def turns_to_the_console(self) -> None:
        """This window has the keyboard from now on."""
        window = self._front()
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
        self._waits()

    def presses(self, *keys: str) -> None:
        """Each as it is written on its key-cap: "Ctrl N", "F9", "1"."""
        for key in keys:
            found = QKeySequence(key.replace(" ", "+"))[0]
            self._takes_time(1)
            QTest.keyClick(self._focus(), found.key(), found.keyboardModifiers())
            self._waits()

    def types(self, text: str) -> None:
        """Letter by letter, where the keyboard is."""
        self._takes_time(len(text))
        QTest.keyClicks(self._focus(), text)
        self._waits()

    def writes(self, field: str, text: str) -> None:
        """Tabs on to the field of the open sheet that is called so, and types there."""
        for _ in range(40):
            if self.here.startswith(field):
                break
            self.presses("Tab")
        assert self.here.startswith(field), self.here
        self.types(text)

    def waits_for(self, so: Callable[[], bool]) -> None:
        """Until something is to be seen, which others do."""
        self._qtbot.waitUntil(so, timeout=PATIENCE)
        self._waits()

    # What is to be read

    @property
    def here(self) -> str:
        """What the keyboard is on, as it is spoken."""
        focus = QApplication.focusWidget()
        return focus.accessibleName() if focus is not None else ""

    @property
    def rows(self) -> list[str]:
        """The tickets of the list, each as one sentence."""
        model = self._console.console.queue.model
        return [str(model.data(model.index(row, 0), SPOKEN)) for row in range(model.rowCount())]

    @property
    def empty_list(self) -> str:
        """What stands in the list in place of tickets."""
        return self._parts.queue._empty_text

    @property
    def head(self) -> str:
        """The head of the ticket that is open."""
        return self._parts.ticket.head.accessibleName()

    @property
    def clocks(self) -> str:
        """Its clocks."""
        return self._parts.ticket.clocks.accessibleName()

    @property
    def history(self) -> list[str]:
        """Its timeline, oldest first."""
        return _sentences(self._parts.ticket.timeline.model())

    @property
    def bands(self) -> str:
        """What stands between the clocks and the timeline, and is missing."""
        ticket = self._parts.ticket
        shown = (
            part for part in (ticket.missing, ticket.flags, ticket.between) if part.isVisible()
        )
        return "\n".join(part.accessibleName() for part in shown)

    @property
    def sheet(self) -> str:
        """The sheet that is open, by its name; "" for none."""
        found = self._parts.book.current
        return found.accessibleName() if found is not None else ""

    @property
    def words(self) -> str:
        """All words of the open sheet."""
        found = self._parts.book.current
        labels = found.findChildren(QLabel) if found is not None else []
        return "\n".join(each.text() for each in labels if each.isVisible())

    @property
    def promises(self) -> str:
        """What the open sheet says will happen, and what may follow."""
        found = self._parts.book.current
        points = found.findChildren(Points) if found is not None else []
        return "\n".join(each.accessibleName() for each in points)

    @property
    def offered(self) -> str:
        """What is highlighted below the line that is typed in."""
        focus = QApplication.focusWidget()
        return focus.accessibleDescription() if focus is not None else ""

    @property
    def written(self) -> str:
        """The text in the composer."""
        composer = self._parts.ticket.composer
        return composer.text(composer.kind)

    @property
    def foot(self) -> str:
        """The line below the list: what was done, or what is to be known."""
        footer = self._parts.footer
        shown = footer._stack.currentWidget()
        lines = (footer._undo, footer._note)
        return next((line.text.text() for line in lines if line is shown), "keys")

    @property
    def warnings(self) -> list[str]:
        """The cards of the strip."""
        cards = self._parts.strip._cards
        return [card.accessibleName() for card in cards if card.isVisible()]

    @property
    def timer(self) -> str:
        """The work timer in the status bar, "" while it does not run."""
        shown = self._parts.status.timer
        return shown.accessibleName() if shown.isVisible() else ""

    @property
    def _console(self) -> Composition:
        made = self._made()
        assert made is not None, "the console is not there yet"
        return made

    @property
    def _parts(self) -> Parts:
        return self._console.window.parts

    def _takes_time(self, keys: int) -> None:
        self.keys += keys
        self._clock.turn(seconds=keys * PACE)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._front()

    def _waits(self) -> None:
        """Until nothing is on its way to the storage thread or back."""
        for _ in range(2):
            QApplication.processEvents()
            self._qtbot.waitUntil(self._idle, timeout=PATIENCE)
        QApplication.processEvents()

    def _idle(self) -> bool:
        made = self._made()
        return made is None or made.tasks.idle


def _sentences(model: QAbstractItemModel) -> list[str]:
    rows = range(model.rowCount())
    return [str(model.data(model.index(row, 0), _SPOKEN)) for row in rows]
