"""The morning of an engineer in field mode, up to where the power fails; run as a program.

`python -m tests.stories.field_morning FOLDER NOW` works the first visit, says "ready" once the
last word typed is on the disk, and goes on until it is killed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes.desks import TurnedClock, open_desk
from tierline.app.console import Composition, application, look
from tierline.app.standing import take_place
from tierline.looping import make_loop
from tierline.system.settings import Settings

HALF_A_NOTE = "Ports 3 to 9 are dead, the uplink"
CTRL = Qt.KeyboardModifier.ControlModifier


class Morning:
    """Ravi at his first visit; `now` is turned as he works."""

    def __init__(self, folder: Path, now: datetime) -> None:
        """Field mode is open on his day."""
        self.app: QApplication = application()
        self.clock = TurnedClock(now)
        self.desk = take_place(open_desk(folder, "ravi", self.clock))
        settings = Settings(folder / "settings.json")
        self.made = Composition(look(self.app, settings), self.desk, settings)
        self.made.show(field=True)
        self.made.begin(make_loop(self.app))
        self.window = self.made.open_field().window
        self.until(lambda: bool(self.window.day.cards))

    def work(self) -> None:
        """Set out, arrive, fit a part, begin a note."""
        page = self.window.page
        self.window.day.cards[0].click()
        self.until(page.isVisible)
        page.steps.go.click()
        self.until(lambda: page.steps.go.text() == "I am on site")
        self.clock.turn(minutes=25)
        page.steps.go.click()
        self.until(lambda: page.steps.go.text() == "Leave site")
        self.clock.turn(minutes=15)
        page.parts.add.click()
        self.settle()
        QTest.keyClicks(self.window.part.part.entry, "Switch, 24 ports")
        QTest.keyClicks(self.window.part.serial.entry, "FOC-1188")
        self.window.part.send()
        self.until(lambda: bool(page.field and page.field.parts))
        QTest.keyClicks(page.notes.field.entry, HALF_A_NOTE)
        self.until(lambda: "Draft saved" in page.notes.saved.text())

    def settle(self) -> None:
        """Until nothing is on its way."""
        self.until(lambda: self.made.tasks.idle)

    def until(self, so: Callable[[], bool]) -> None:
        """Go on with the loop until it is so."""
        while not (so() and self.made.tasks.idle):
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)


def main() -> None:
    """Work, say so, and wait for the end."""
    morning = Morning(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
    morning.work()
    sys.stdout.write(f"ready {morning.clock.now.isoformat()}\n")
    sys.stdout.flush()
    morning.until(lambda: False)


if __name__ == "__main__":
    main()
