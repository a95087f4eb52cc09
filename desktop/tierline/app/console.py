"""The console put together: application, look, presenter, window; and taken apart in order."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tierline.desk.desk import Desk
from tierline.looping import Loop, run
from tierline.present.console import ConsolePresenter
from tierline.present.messages import Message, Messages, Severity
from tierline.present.pulse import Live
from tierline.present.tasks import Tasks
from tierline.present.ticker import Ticker
from tierline.system.settings import Settings
from tierline.widgets import fonts
from tierline.widgets.theme import Mode, ThemeHub
from tierline.widgets.window.main import MainWindow

FIRST_PAINT = "TIERLINE_FIRST_PAINT"


class Composition:
    """Everything a console is made of, and the order in which it starts and stops."""

    def __init__(
        self, app: QApplication, desk: Desk, settings: Settings, live: Live | None = None
    ) -> None:
        """Built, not shown."""
        fonts.load()
        mode = settings.get("theme", str(Mode.SYSTEM))
        self.hub = ThemeHub(
            app, mode if mode in set(Mode) else Mode.SYSTEM, settings.get("scale", 100)
        )
        self.ticker = Ticker(lambda: desk.clock().timestamp(), app)
        self.messages = Messages(time.monotonic)
        self.tasks = Tasks(self.messages)
        self.console = ConsolePresenter(desk, self.tasks, self.messages, live)
        self.window = MainWindow(self.hub, self.ticker, self.console, settings)
        self._desk, self._settings = desk, settings

    def show(self) -> None:
        """The window with its queue; the rest is read once that is painted."""
        self.window.first_painted.connect(self._painted)
        self.window.open()

    def begin(self, loop: Loop) -> None:
        """The loop runs: tasks may."""
        self.tasks.begin(loop)
        if not self.console.queue.model.rowCount():
            self.console.start()
        if self._settings.problem:
            self.messages.say(Message(self._settings.problem, "", Severity.SOON))

    def end(self) -> None:
        """No beat, no task, no thread; all that was asked for is on the disk; the file is free."""
        self.console.stop()
        self.tasks.close()
        self.window.hide()
        self._desk.replica.close()

    def report(self, error: BaseException) -> None:
        """An error that nobody caught: into the log with all details, to the person in words."""
        self.messages.failed("doing something in the background", error)

    def _painted(self) -> None:
        QTimer.singleShot(0, self.console.start)


def run_console(desk: Desk, settings: Settings, *, live: Live | None = None) -> int:
    """Open the console on a desk and stay until it is closed; the exit code.

    `live` is called every two seconds on the storage thread with the desk's time, acts on the
    desk like other people would, and answers the ids of the tickets it changed.
    """
    app = application()
    made = Composition(app, desk, settings, live)
    if os.environ.get(FIRST_PAINT):
        made.window.first_painted.connect(_say_when)
    made.show()
    return run(app, made.begin, made.end, made.report)


def application() -> QApplication:
    """The one application object, named and with its icon."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("tierline")
    app.setApplicationDisplayName("Tierline")
    app.setDesktopFileName("tierline")
    return app


def _say_when() -> None:
    """For the bench: print when the first row was painted (epoch seconds), and quit.

    Said after the paint event, when the row is on the way to the screen.
    """

    def say() -> None:
        sys.stdout.write(f"first paint {time.time():.6f}\n")
        sys.stdout.flush()
        QApplication.quit()

    QTimer.singleShot(0, say)
