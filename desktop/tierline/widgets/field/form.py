"""A question on a page of its own: a word to go back, fields, and one large button at the thumb."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QVBoxLayout, QWidget

from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.widgets.field.big import BigButton, Tone
from tierline.widgets.field.section import say
from tierline.widgets.sheets.fields import Field
from tierline.widgets.sheets.parts import Scroll, Spacing, column, frame, label, line
from tierline.widgets.theme import ThemeHub

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormPage(QWidget):
    """`closed()` when it is left without an answer. What is wrong is said at its field."""

    closed = Signal()

    def __init__(self, hub: ThemeHub, title: str, verb: str, icon: str = "") -> None:
        """Empty of fields."""
        super().__init__()
        self.hub, self.fields = hub, dict[str, Field]()
        self.back = BigButton("", hub, icon="arrow-left", tone=Tone.QUIET)
        self.back.setAccessibleName(tr("Back, Esc"))
        self.back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.title = label(title, "sheet-title", wrap=True)
        self.about = label("", "second", wrap=True)
        head = frame("win")
        top = line(hub, 8, (6, 6, 14, 6))
        words = column(hub, 0)
        words.addWidget(self.title)
        words.addWidget(self.about)
        top.addWidget(self.back)
        top.addLayout(words, 1)
        head.setLayout(top)
        inside = QWidget()
        self.rows = QVBoxLayout(inside)
        Spacing(self.rows, hub, (14, 14, 14, 14), 12)
        self.area = Scroll(inside)
        self.send_button = BigButton(verb, hub, icon=icon, key="Ctrl Enter", tone=Tone.GO)
        self.trouble = label("", "error", wrap=True)
        self.lack = label("", "quiet", wrap=True)
        foot = frame("win")
        bottom = column(hub, 6, (14, 10, 14, 12))
        bottom.addWidget(self.trouble)
        bottom.addWidget(self.lack)
        bottom.addWidget(self.send_button)
        foot.setLayout(bottom)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self.area, 1)
        outer.addWidget(foot)
        self.trouble.hide()
        self.setAccessibleName(title)
        self.back.clicked.connect(self.closed)
        self.send_button.clicked.connect(self.send)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.send)

    def lacks(self) -> str:
        """What is still needed, "" for nothing."""
        return ""

    def submit(self) -> None:
        """Hand on what was said; only asked for when nothing lacks."""
        raise NotImplementedError

    def add(self, name: str, field: Field) -> None:
        """Put a field at the end; refusals call it by this name."""
        self.fields[name] = field
        self.rows.addWidget(field)
        field.changed.connect(self.renew)

    def begin(self, title: str, about: str) -> None:
        """Ask anew."""
        self.title.setText(title)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.setAccessibleName(title)
        self._blame("")
        for field in self.fields.values():
            field.show_error("")
        self.area.verticalScrollBar().setValue(0)
        self.renew()

    def renew(self) -> None:
        """Say what lacks."""
        missing = self.lacks()
        self.send_button.setEnabled(not missing)
        words = tr("Still needed: {what}.", what=missing) if missing else ""
        self.send_button.setAccessibleDescription(words)
        say(self.lack, words)
        self._blame("")

    def send(self) -> None:
        """Hand on, once nothing lacks."""
        if not self.lacks():
            self.submit()

    def refused(self, refusal: Refusal) -> None:
        """Why it was not done, at the field it is about; nothing typed is lost."""
        field = self.fields.get(refusal.field)
        if field is None:
            self._blame(str(refusal).strip())
            return
        field.show_error(str(refusal).strip())
        field.focus()
        self.area.ensureWidgetVisible(field)

    def first(self) -> None:
        """The keyboard goes to the first field."""
        chosen = next(iter(self.fields.values()), None)
        if chosen is not None:
            chosen.focus()
        else:
            self.send_button.setFocus()

    def event(self, event: QEvent) -> bool:
        """Letters typed here are ours, before any key of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if not held and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses what has the focus, or sends; Esc goes back; letters go nowhere else."""
        if event.key() in _ENTER:
            focused = QApplication.focusWidget()
            if isinstance(focused, QAbstractButton) and focused is not self.send_button:
                focused.click()
            else:
                self.send()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not (event.text() and event.text().isprintable()):
            super().keyPressEvent(event)

    def _blame(self, text: str) -> None:
        say(self.trouble, text)


def choices(hub: ThemeHub, words: dict[str, str]) -> dict[str, BigButton]:
    """Buttons of which one is on, by key."""
    made = {key: BigButton(word, hub) for key, word in words.items()}
    for button in made.values():
        button.setCheckable(True)
        button.setAutoExclusive(True)
    return made
