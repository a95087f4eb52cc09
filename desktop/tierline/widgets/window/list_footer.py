"""Below the list: the keys that help now, or the ten seconds of undo, or one line of welcome."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from tierline.domain.tongue import tr
from tierline.present.messages import Message
from tierline.present.undo import UndoLine
from tierline.widgets.controls import Button, Kind
from tierline.widgets.key_hints import Hints, KeyHints
from tierline.widgets.theme import ThemeHub
from tierline.widgets.window.lines import Bar, Glyph, Shrinking, Word

HEIGHT, NOTE_MS = 28, 8_000
MOVE: Hints = (("↑", ""), ("↓", tr("move")), ("Enter", tr("open")), ("T", tr("take")))
MOVE += (("E", tr("escalate")), ("F6", tr("next pane")), ("?", tr("all keys")))
WELCOME: Hints = (
    ("T", tr("takes a ticket")),
    ("E", tr("escalates it")),
    ("Ctrl K", tr("finds anything")),
)
WELCOME += (("F9", tr("logs a SEV 1")),)


class Line(QWidget):
    """One line of a stack: an icon, a text, a button with its key, and whatever comes after."""

    def __init__(self, hub: ThemeHub, icon: str, ink: str, button: Button) -> None:
        """The text is told later."""
        super().__init__()
        self.button, self.text = button, Shrinking(hub, "second")
        self.glyph, self.after = Glyph(hub, icon, ink), Word(hub, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(hub.px(8))
        for part in (self.glyph, self.text, self.button, self.after):
            row.addWidget(part)
        row.addStretch(1)


class ListFooter(Bar):
    """`undo_asked()`, `stop_asked()`, `welcome_dismissed()`.

    What passes by is spoken to a screen reader too.
    """

    undo_asked = Signal()
    stop_asked = Signal()
    welcome_dismissed = Signal()

    def __init__(self, hub: ThemeHub) -> None:
        """Shows the keys."""
        super().__init__(hub, "pane", HEIGHT, line="top", pad=16)
        self._line: UndoLine | None = None
        self._welcoming = False
        self._hints = KeyHints(hub, MOVE)
        self._undo = Line(
            hub, "undo-2", "ink2", Button(tr("Undo"), hub, key="Ctrl Z", kind=Kind.LINK)
        )
        self._many = Line(hub, "hourglass", "ink2", Button(tr("Stop"), hub, kind=Kind.LINK))
        self._running = False
        self._note = Line(hub, "triangle-alert", "soon", Button("", hub, icon="x", kind=Kind.FLAT))
        self._welcome = KeyHints(hub, WELCOME)
        self._shut = Button("", hub, icon="x", kind=Kind.FLAT)
        self.range = Word(hub, "quiet")
        self._stack = QStackedLayout()
        for page in (self._hints, self._undo, self._many, self._note, self._welcome):
            self._stack.addWidget(page)
        self.row.addLayout(self._stack, 1)
        self.row.addWidget(self._shut)
        self.row.addWidget(self.range)
        self._noting = QTimer(self)
        self._noting.setSingleShot(True)
        self._noting.timeout.connect(self._settle)
        self._shut.setAccessibleName(tr("Dismiss"))
        self._shut.hide()
        self._note.button.setAccessibleName(tr("Dismiss"))
        self._undo.button.clicked.connect(self.undo_asked)
        self._many.button.clicked.connect(self.stop_asked)
        self._note.button.clicked.connect(self._noting_over)
        self._shut.clicked.connect(self._dismiss)

    def tell_range(self, first: int, last: int, total: int) -> None:
        """Which rows are in sight: "1 to 15 of 47"."""
        self.range.tell(
            tr("{first:,} to {last:,} of {total:,}", first=first, last=last, total=total).replace(
                ",", "\u202f"
            )
            if total
            else ""
        )

    def offer_undo(self, line: UndoLine | None, now: float) -> None:
        """Show what can be taken back, or that nothing can."""
        self._line = line
        if line is not None:
            self._noting.stop()
            self.tick(now)
            self._speak(tr("{text} Undo with Ctrl Z.", text=line.text))
        self._settle()

    def tell_progress(self, done: int, total: int) -> None:
        """How far a long run is; (0, 0) when it is over. Spoken when it begins, at no step."""
        if total and not self._running:
            self._speak(tr("Acting on {total} tickets.", total=total))
        self._running = bool(total)
        self._many.text.tell(tr("{done} of {total} tickets done", done=done, total=total))
        self._many.after.tell(tr("What is done can be undone in one"))
        self._settle()

    def tick(self, now: float) -> None:
        """A second passed: the undo line counts."""
        if self._line is not None:
            self._undo.text.tell(self._line.text)
            self._undo.after.tell(f"{self._line.seconds(now)} s")

    def pass_by(self, message: Message) -> None:
        """Show a message for eight seconds, or until it is dismissed."""
        self._note.text.tell(str(message))
        self._note.text.setToolTip(str(message))
        self._noting.start(NOTE_MS)
        self._speak(str(message))
        self._settle()

    def welcome(self, shown: bool) -> None:
        """Show the one line of a first run, or not."""
        self._welcoming = shown
        self._settle()

    def _settle(self) -> None:
        page: QWidget = self._welcome if self._welcoming else self._hints
        if self._line is not None:
            page = self._undo
        if self._running:
            page = self._many
        if self._noting.isActive():
            page = self._note
        self._stack.setCurrentWidget(page)
        self._shut.setVisible(page is self._welcome)

    def _noting_over(self) -> None:
        self._noting.stop()
        self._settle()

    def _dismiss(self) -> None:
        self.welcome(False)
        self.welcome_dismissed.emit()

    def _speak(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
