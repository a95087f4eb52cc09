"""Labelled controls that can say what is wrong with them, right where it is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tierline.widgets import icons
from tierline.widgets.sheets.parts import column, dress, label, line
from tierline.widgets.theme import ThemeHub

LONGEST_LINE = 1000


class Field(QWidget):
    """A word, a hint, a control, and below it the error when there is one.

    `edited` tells that a person changed it (and not the program). What is `secret` is never kept.
    """

    changed = Signal()
    secret = False

    def __init__(
        self,
        hub: ThemeHub,
        word: str,
        control: QWidget,
        hint: str = "",
        holder: QWidget | None = None,
    ) -> None:
        """Label `control` (which may stand in a `holder`); the word is also its spoken name."""
        super().__init__()
        self.hub, self.word, self.control, self.edited = hub, word, control, False
        self.explained = ""  # what it is for, read aloud while nothing is wrong
        self._word, self.hint = label(word, "label"), label(hint, "small")
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._word.setBuddy(control)
        for words in (self._word, self.hint):
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.head = line(hub, 8)
        self.head.addWidget(self._word)
        self.head.addWidget(self.hint, 1, Qt.AlignmentFlag.AlignBottom)
        self.box: QVBoxLayout = column(hub, 6)
        self.box.addLayout(self.head)
        self.box.addWidget(holder or control)
        self.box.addWidget(self.error)
        self.setLayout(self.box)
        # Only now that they have a parent: shown without one, a label is a window of its own.
        self.set_word(word, hint)

    def set_word(self, word: str, hint: str = "") -> None:
        """Say something else above the control."""
        self.word = word
        self._word.setText(word)
        self._word.setVisible(bool(word))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.control.setAccessibleName(f"{word}, {hint}" if hint else word)

    def show_error(self, text: str) -> None:
        """Say what is wrong below the control; "" takes it back."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.control.setAccessibleDescription(text or self.explained)
        dress(self.control, "bad", "true" if text else "false")

    def focus(self) -> None:
        """Put the keyboard into the control."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self) -> str:
        """What was written, without blanks around it."""
        return ""

    def put(self, text: str) -> None:
        """Fill it in; it then counts as not edited."""

    def restore(self, text: str) -> None:
        """Fill in what a person had typed before."""
        self.put(text)
        self.edited = True

    def _touched(self) -> None:
        self.edited = True
        self.show_error("")
        self.changed.emit()


class LineField(Field):
    """One line of text."""

    def __init__(self, hub: ThemeHub, word: str, hint: str = "", placeholder: str = "") -> None:
        """Empty at first."""
        self.entry = QLineEdit()
        self.entry.setMaxLength(LONGEST_LINE)
        self.entry.setPlaceholderText(placeholder)
        super().__init__(hub, word, self.entry, hint)
        self.entry.textEdited.connect(self._touched)

    def text(self) -> str:
        """What was written, without blanks around it."""
        return self.entry.text().strip()

    def put(self, text: str) -> None:
        """Fill it in; it then counts as not edited."""
        self.entry.setText(text)
        self.edited = False
        self.changed.emit()


class SecretField(LineField):
    """One line that nobody can read, copy or find again."""

    secret = True

    def __init__(self, hub: ThemeHub, word: str, hint: str = "", most: int = 12) -> None:
        """Empty at first; `most` characters."""
        super().__init__(hub, word, hint)
        self.entry.setEchoMode(QLineEdit.EchoMode.Password)
        self.entry.setMaxLength(most)
        hints = Qt.InputMethodHint
        self.entry.setInputMethodHints(
            hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText
        )


class TextField(Field):
    """Several lines of plain text; Tab leaves it."""

    def __init__(self, hub: ThemeHub, word: str, hint: str = "", lines: int = 4) -> None:
        """Empty at first, `lines` lines high."""
        self.entry = QPlainTextEdit()
        self.entry.setTabChangesFocus(True)
        self._lines, self._filling = lines, False
        super().__init__(hub, word, self.entry, hint)
        self.entry.textChanged.connect(self._typed)
        hub.changed.connect(self._size)
        self._size()

    def text(self) -> str:
        """What was written, without blanks around it."""
        return self.entry.toPlainText().strip()

    def put(self, text: str) -> None:
        """Fill it in; it then counts as not edited."""
        if text != self.entry.toPlainText():
            self._filling = True
            self.entry.setPlainText(text)
            self.entry.moveCursor(QTextCursor.MoveOperation.End)  # who types goes on from there
            self._filling = False
        self.edited = False
        self.changed.emit()

    def _typed(self) -> None:
        if not self._filling:
            self._touched()

    def _size(self) -> None:
        self.entry.setFixedHeight(self.hub.px(18 * self._lines + 14))


class Choice(QComboBox):
    """A drop-down with our chevron; a wheel passing over it changes nothing."""

    def __init__(self, hub: ThemeHub) -> None:
        """Without values at first."""
        super().__init__()
        self._hub = hub
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The box as the style sheet has it, and the chevron at its end."""
        super().paintEvent(event)
        painter, size = QPainter(self), self._hub.px(14)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self._hub.px(8) if mirrored else self.width() - size - self._hub.px(8)
        ink = self._hub.theme.ink2
        icons.draw(painter, "chevron-down", left, (self.height() - size) / 2, size, ink)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """A wheel that scrolls the form must not change a value it passes over."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(Field):
    """One of a few known values, as a drop-down."""

    def __init__(self, hub: ThemeHub, word: str, hint: str = "") -> None:
        """Without values until `offer`."""
        self.entry = Choice(hub)
        super().__init__(hub, word, self.entry, hint)
        self.entry.activated.connect(self._touched)

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Offer these (key, word) pairs; the first is chosen."""
        self.entry.clear()
        for key, word in choices:
            self.entry.addItem(word, key)
        self.edited = False

    def text(self) -> str:
        """The key of what is chosen, "" for none."""
        return str(self.entry.currentData() or "")

    def put(self, text: str) -> None:
        """Choose by key."""
        at = self.entry.findData(text)
        if at >= 0:
            self.entry.setCurrentIndex(at)
        self.edited = False
        self.changed.emit()


def note(text: str = "", role: str = "quiet") -> QLabel:
    """A wrapped line of quiet text between fields."""
    return label(text, role, wrap=True)
