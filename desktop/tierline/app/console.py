"""The console put together: application, look, presenter, window; and taken apart in order."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tierline.app.attention import Attention
from tierline.app.first_paint import told_when_painted
from tierline.app.garbage import Garbage
from tierline.app.language import speak
from tierline.app.standing import take_place
from tierline.desk.desk import Desk
from tierline.desk.first_run import Start, begin, is_new
from tierline.domain.tongue import tr
from tierline.looping import Loop, run
from tierline.present.console import ConsolePresenter
from tierline.present.join_run import JoinRun
from tierline.present.messages import Message, Messages, Severity
from tierline.present.pulse import Live
from tierline.present.sync_state import Engine
from tierline.present.tasks import Tasks
from tierline.present.ticker import Ticker
from tierline.system.choices import START, TEXT_SIZE
from tierline.system.findings import Check
from tierline.system.notifier import Way, system_way
from tierline.system.secrets import Secret
from tierline.system.settings import Settings
from tierline.widgets import fonts
from tierline.widgets.theme import Mode, ThemeHub
from tierline.widgets.window.main import MainWindow
from tierline.widgets.window.seen import seen

if TYPE_CHECKING:
    from tierline.app.beside import Beside
    from tierline.app.field import FieldMode
    from tierline.app.hubs import Door

BESIDE_MS = 1_500  # after the first picture, when nobody waits for anything any more
SHEETS_MS = 150  # after the ticket and the counts came; F9 must find its sheet ready


class Composition:
    """Everything a console is made of, and the order in which it starts and stops."""

    def __init__(
        self,
        hub: ThemeHub,
        desk: Desk,
        settings: Settings,
        live: Live | None = None,
        engine: Engine | None = None,
        way: Way | None = None,
    ) -> None:
        """Built, not shown; `engine` syncs a joined desk once the first picture is painted.

        `way` shows pop-ups on the desktop; without one there is no tray either.
        """
        self.hub, self._desk, self._settings = hub, desk, settings
        self.ticker = Ticker(lambda: desk.clock().timestamp(), hub)
        self.messages = Messages(time.monotonic)
        self.tasks = Tasks(self.messages)
        self.console = ConsolePresenter(desk, self.tasks, self.messages, live)
        self.window = MainWindow(self.hub, self.ticker, self.console, settings)
        self.garbage = Garbage(self.tasks, self.console.pulse.beaten)
        self.field: FieldMode | None = None
        self.window.deeds.field_asked.connect(self.open_field)
        if engine is not None:
            self.console.sync.attach(engine, desk.standing)
        self._beside: Beside | None = None
        self.window.deeds.wall_asked.connect(self._open_wall)
        self._rested = QTimer(self.window, singleShot=True)
        self._rested.timeout.connect(self._look_beside)
        self.attention: Attention | None = None
        if way is not None:
            self.attention = Attention(self.hub, self.window, self.console, settings, way)
        relied = self.attention.relied if self.attention is not None else tuple
        self.console.machine.attach(self._rounds, self._seen, relied)

    def show(self, *, field: bool = False) -> None:
        """The window with its queue; the rest is read once that is painted. Or field mode's."""
        if field:
            self.open_field()
            QTimer.singleShot(0, self.garbage.begin)
            return
        self.window.first_painted.connect(self._painted)
        self.window.open()

    def begin(self, loop: Loop) -> None:
        """The loop runs: tasks may."""
        self.tasks.begin(loop)
        if not self.console.queue.model.rowCount():
            self._start()
        if self._settings.problem:
            self.messages.say(Message(self._settings.problem, "", Severity.SOON))

    def end(self) -> None:
        """No beat, no task, no thread; all that was asked for is on the disk."""
        self._rested.stop()
        if self._beside is not None:
            self._beside.stop()
        self.console.stop()
        self.garbage.end()
        if self.attention is not None:
            self.attention.stop()
        self.window.put_away()
        if self.field is not None:
            self.field.stop()
        self.tasks.close()
        self.window.hide()

    def _rounds(self) -> Iterator[Check]:
        from tierline.app.checking import rounds  # noqa: PLC0415 - only who asks the doctor

        return rounds(self._desk.replica.path.parent, self._settings)

    def _seen(self) -> Iterator[Check]:
        from tierline.app.checking import hub_of  # noqa: PLC0415 - as above

        yield from seen()
        yield from hub_of(self.console.sync.status)

    def open_field(self) -> FieldMode:
        """The engineer's small window, made when it is first asked for."""
        if self.field is None:
            from tierline.app.field import FieldMode  # noqa: PLC0415

            told = (self.window, self.console, self._settings)
            self.field = FieldMode(self.hub, self.ticker, *told)
        self.field.open()
        return self.field

    def report(self, error: BaseException) -> None:
        """An error that nobody caught: into the log with all details, to the person in words."""
        self.messages.failed(tr("doing something in the background"), error)

    def _start(self) -> None:
        self.console.start()
        if self.attention is not None:
            self.attention.start()

    def _painted(self) -> None:
        self.garbage.begin()
        QTimer.singleShot(0, self._start)
        QTimer.singleShot(SHEETS_MS, self.window.parts.book.wake)
        self._rested.start(BESIDE_MS)

    def _look_beside(self) -> Beside:
        """Listen to other programs, and be ready for a wallboard; the start does without."""
        if self._beside is None:
            from tierline.app.beside import Beside  # noqa: PLC0415

            told = (self.window, self.console, self._settings)
            self._beside = Beside(self.hub, self.ticker, *told)
        return self._beside

    def _open_wall(self) -> None:
        self._look_beside().open_wall()


class Session:
    """From the start of the application to its end: the first run's page, then the console."""

    def __init__(
        self,
        app: QApplication,
        desk: Desk,
        settings: Settings,
        live: Live | None = None,
        door: Door | None = None,
        way: Way | None = None,
        *,
        field: bool = False,
    ) -> None:
        """Nothing is shown yet; `door` is one that has let this desk into its hub already.

        `way` shows pop-ups. `field` begins in field mode, as the settings may have it too.
        """
        self.app, self._settings, self._live, self._door = app, settings, live, door
        self._field = field or settings.of(START) == "field"
        self._way = way
        alone = desk.standing.link == "alone"
        usual = self._people().get(self._key(desk), desk.me) if alone else desk.me
        self.desk = self._at(desk, usual)
        self.hub = look(app, settings)
        self.made: Composition | None = None
        self._loop: Loop | None = None
        self.on_made: Callable[[Composition], object] | None = None

    def show(self) -> None:
        """The console; on an empty desk of one's own the page that asks how to begin."""
        alone = self.desk.standing.link == "alone" and self.desk.replica.kind != "demo"
        if alone and is_new(self.desk) and not self._begun_before():
            self._ask()
        else:
            self.compose(self.desk)

    def compose(self, desk: Desk) -> Composition:
        """Put the console together on this desk and show it."""
        self.desk = desk
        made = self.made = Composition(
            self.hub, desk, self._settings, self._live, self._engine(desk), self._way
        )
        made.window.me_changed.connect(self._sit_down)
        if self.on_made is not None:
            self.on_made(made)
        made.show(field=self._field)
        if self._loop is not None:
            made.begin(self._loop)
        return made

    def _engine(self, desk: Desk) -> Engine | None:
        if desk.standing.link == "alone":
            return None
        # Only a shared desk waits for its parts.
        from tierline.app.syncing import HubEngine  # noqa: PLC0415

        return HubEngine(desk, self._door)

    def begin(self, loop: Loop) -> None:
        """The loop runs."""
        self._loop = loop
        if self.made is not None:
            self.made.begin(loop)

    def end(self) -> None:
        """Everything stops, in order; last of all the file is let go."""
        if self.made is not None:
            self.made.end()
        self.desk.replica.close()

    def report(self, error: BaseException) -> None:
        """An error that nobody caught."""
        if self.made is not None:
            self.made.report(error)
        else:
            sys.__excepthook__(type(error), error, error.__traceback__)

    def _sit_down(self, person: str) -> None:
        """Another person sits down here: the same desk, seen and acted on as theirs."""
        if self.desk.standing.link != "alone" and self.made is not None:
            what = tr("This desk is {login}’s on the shared one.", login=self.desk.standing.login)
            self.made.messages.note(
                what, tr("Another person joins with a desk of their own: --data.")
            )
            return
        self._settings.put("people", self._people() | {self._key(self.desk): person})
        QTimer.singleShot(0, self._compose_anew)

    def _compose_anew(self) -> None:
        before = self.made
        made = self.compose(self._at(self.desk, self._people()[self._key(self.desk)]))
        if before is not None:
            made.window.setGeometry(before.window.geometry())
            if before.attention is not None:
                before.attention.stop()  # its window closes, the program does not end
            before.window.close()
            before.end()
            before.window.deleteLater()

    def _people(self) -> dict[str, str]:
        return self._settings.get("people", {})

    def _key(self, desk: Desk) -> str:
        return str(desk.replica.path)

    def _at(self, desk: Desk, me: str) -> Desk:
        if me == desk.me:
            return desk
        return Desk(desk.replica, desk.book, me, desk.clock, desk.zone)

    def _begun_before(self) -> bool:
        return str(self.desk.replica.path) in self._settings.get("begun", [])

    def _ask(self) -> None:
        # Only a first run pays for loading it.
        from tierline.widgets.first_run.page import FirstRun  # noqa: PLC0415
        from tierline.widgets.window import memory, menus  # noqa: PLC0415

        page = FirstRun(self.hub, self.desk)
        page.theme_chosen.connect(lambda mode: menus.set_mode(self.hub, self._settings, mode))
        page.scale_chosen.connect(lambda size: menus.set_scale(self.hub, self._settings, size))
        page.begun.connect(self._answered)
        page.joined.asked.connect(self._join)
        page.resize(memory.first_size(page))
        page.show()
        page.start.setFocus()
        self.page = page

    def _join(self, url: str, login: str, secret: Secret, keep: bool) -> None:
        """In a thread: the page stays as it is until the hub has let us in, or not."""
        from tierline.app.hubs import Door, whole  # noqa: PLC0415 - only one who joins
        from tierline.app.joining import join  # noqa: PLC0415

        run, desk = JoinRun(self.page), self.desk

        def work() -> None:
            address = whole(url, login)
            self._door = Door(address)
            self._door.give(secret, keep=keep)
            join(desk.replica, address, self._door, desk.clock())

        run.failed.connect(self.page.join_failed)
        run.done.connect(self._joined)
        run.start(work)

    def _joined(self) -> None:
        self.compose(take_place(self.desk))
        self.page.close()

    def _open_demo(self) -> None:
        """The page stays, and says so, until the demo's own window is there."""
        from tierline.app.demo_start import DemoStart  # noqa: PLC0415 - as the page

        demo = DemoStart(self.page)
        demo.opened.connect(self.page.close)
        demo.opened.connect(self.app.quit)
        demo.failed.connect(self.page.demo_failed)
        demo.start(program("demo"))

    def _answered(self, way: str, start: Start) -> None:
        if way == "demo":
            self._open_demo()
            return
        begun: list[str] = self._settings.get("begun", [])
        self._settings.put("begun", [*begun, str(self.desk.replica.path)])
        made = self.compose(begin(self.desk, start))
        self.page.close()
        if way == "import":
            made.window.deeds.do("import")


def run_console(
    desk: Desk,
    settings: Settings,
    *,
    live: Live | None = None,
    door: Door | None = None,
    language: str = "",
    field: bool = False,
) -> int:
    """Open the console on a desk (or `field` mode) and stay until it is closed; the exit code.

    `live` is called every two seconds on the storage thread with the desk's time, acts on the
    desk like other people would, and answers the ids of the tickets it changed. A
    `language` goes before that of the settings, this once.
    """
    gc.disable()  # until the first picture: that takes a tenth of a start
    app = application()
    speak(app, language or settings.get("language", ""))
    session = Session(app, desk, settings, live, door, system_way(), field=field)
    if painted := told_when_painted():
        session.on_made = lambda made: made.window.first_painted.connect(painted)
    session.show()
    return run(app, session.begin, session.end, session.report)


def application() -> QApplication:
    """The one application object, by its name."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("tierline")
    app.setApplicationDisplayName("Tierline")
    app.setDesktopFileName("tierline")
    return app


def look(app: QApplication, settings: Settings) -> ThemeHub:
    """The fonts, theme and text size that the person chose."""
    fonts.load()
    mode = settings.get("theme", str(Mode.SYSTEM))
    return ThemeHub(app, mode if mode in set(Mode) else Mode.SYSTEM, settings.of(TEXT_SIZE))


def program(*command: str) -> tuple[str, list[str]]:
    """How this very program is started anew with a command: frozen, or by its interpreter."""
    if getattr(sys, "frozen", False):
        return sys.executable, list(command)
    return sys.executable, ["-m", "tierline", *command]
