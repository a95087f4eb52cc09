"""Whether somebody is at this console: keys and the pointer, listened to while a timer runs."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from tierline.desk.when import when
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.present.console import ConsolePresenter
from tierline.present.idleness import Absence, Idleness
from tierline.present.messages import Message, Severity
from tierline.present.wishes import Act
from tierline.system.settings import Settings
from tierline.widgets.window.parts import Parts

_TOPIC, _REST = "absence", tr("The timer went on. Nothing is guessed.")
_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)


class Presence(QObject):
    """Asks what an absence was for; while that is not answered, a line says so."""

    def __init__(
        self, window: QWidget, parts: Parts, console: ConsolePresenter, settings: Settings
    ) -> None:
        """Listens once a timer runs."""
        super().__init__(window)
        self._window, self._parts, self._console = window, parts, console
        self._listened: QWindow | None = None
        self._asked: Absence | None = None
        self.idleness = Idleness(lambda: console.desk.clock().timestamp(), settings, self)
        self.idleness.listening_changed.connect(self._listen)
        self.idleness.returned.connect(self._ask)
        console.facts.timer_changed.connect(self._follow)
        console.process.granted.connect(self._granted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice, and let everything pass."""
        del watched
        if event.type() in _TOUCHES:
            self.idleness.touch()
        return False

    def _follow(self, timer: object) -> None:
        known = self._console.facts.known
        self.idleness.follow(known.timer if known else None)
        if timer is None:
            self._answered()

    def _granted(self, wish: object, _message: str) -> None:
        """An answer was carried out: the line that waits for it goes."""
        if self._asked is None or not isinstance(wish, Act):
            return
        if isinstance(wish.command, cmd.KeepTimer | cmd.StopTimer):
            self._answered()

    def _answered(self) -> None:
        self._asked = None
        self._parts.bands.withdraw(_TOPIC)

    def _listen(self, listening: bool) -> None:
        # The system's own window sees each key and move once; widgets would see them many times.
        handle = self._window.windowHandle()
        if self._listened is not None:
            self._listened.removeEventFilter(self)
        self._listened = handle if listening else None
        if self._listened is not None:
            self._listened.installEventFilter(self)

    def _ask(self, absence: Absence) -> None:
        """Ask at once, unless something else is being written: then a line waits for it."""
        if self._asked is not None:
            # Unanswered yet: it is one absence, from where it began.
            absence = absence._replace(since=self._asked.since)
        self._asked = absence
        desk = self._console.desk
        since = when(datetime.fromtimestamp(absence.since, UTC), desk.clock(), desk.zone)
        what = tr("Were you working on {number} since {since}?", number=absence.number, since=since)
        self._console.messages.say(
            Message(
                what, _REST, Severity.SOON, tr("Answer"), self.open, question=True, topic=_TOPIC
            )
        )
        if self._parts.book.current is None:
            self.open()

    def open(self) -> None:
        """Put the question again."""
        if self._asked is not None:
            self._parts.book.open("idle", None, absence=self._asked)
