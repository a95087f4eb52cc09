"""A field that takes the key that is pressed, instead of what it would write."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from tierline.domain.tongue import tr
from tierline.present.acts import keycap
from tierline.widgets.sheets.fields import Field
from tierline.widgets.theme import ThemeHub

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_HELD = _SHIFT | Qt.KeyboardModifier.KeypadModifier
_BARE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_CLEARS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
# These move in a sheet, send it or close it: whoever cannot use a mouse needs them.
_MOVES = frozenset(
    (
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    )
)


def key_text(event: QKeyEvent) -> str:
    """The key as `present.acts` writes it: "T", "Shift+E", "?", "Ctrl+K", "F5"; "" for none."""
    key = Qt.Key(event.key())
    if key in (*_BARE, *_MOVES):
        return ""
    if event.modifiers() & ~_HELD or not event.text().strip():
        return QKeySequence(event.keyCombination()).toString(
            QKeySequence.SequenceFormat.PortableText
        )
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return f"Shift+{chr(key)}" if event.modifiers() & _SHIFT else chr(key)
    return event.text().upper() if event.text().isprintable() else ""


class _Catcher(QLineEdit):
    """`pressed(key)`, "" for Backspace and Del."""

    pressed = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Keys of the window are not run here: one of them may be what is wanted."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the key; what moves in the sheet goes on to it."""
        key = Qt.Key(event.key())
        if key in _CLEARS:
            self.pressed.emit("")
        elif key in _MOVES:
            event.ignore()
        elif text := key_text(event):
            self.pressed.emit(text)


class KeyField(Field):
    """Shows the key as its cap has it; `caught(key)` when another was pressed, "" for none."""

    caught = Signal(str)

    def __init__(self, hub: ThemeHub, word: str, hint: str = tr("press it; Del for none")) -> None:
        """Without a key."""
        self.entry = _Catcher()
        self.entry.setReadOnly(True)
        super().__init__(hub, word, self.entry, hint)
        self._key = ""
        self.entry.pressed.connect(self._pressed)

    def text(self) -> str:
        """The key, as `present.acts` writes it."""
        return self._key

    def put(self, text: str) -> None:
        """Show this key; it then counts as not edited."""
        self._key = text
        self.entry.setText(keycap(text))
        self.edited = False
        self.changed.emit()

    def _pressed(self, key: str) -> None:
        self._key = key
        self.entry.setText(keycap(key))
        self._touched()
        self.caught.emit(key)
