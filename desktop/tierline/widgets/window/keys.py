"""Which key asks for which act, and when: letters never fire while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tierline.present.acts import GO, GO_KEY, is_single
from tierline.widgets.overlay import Overlay

GO_MS = 1_500
_TYPING = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
# What the window must still do while a dialog is open: the strip stays usable under it, and a
# major incident waits for no question.
_ALWAYS = ("next_warning", "previous_warning", "sev1")


class Keys(QObject):
    """Says `asked(act)` and `went(view)`.

    Keys with Ctrl or F work everywhere in the window but under a dialog; letters only where
    `at_rest(widget)` says that nobody types.
    """

    asked = Signal(str)
    went = Signal(str)
    waiting_for_view = Signal(bool)

    def __init__(
        self, window: QWidget, keys: dict[str, tuple[str, ...]], at_rest: Callable[[QWidget], bool]
    ) -> None:
        """Listens at once; `window` must hand its key presses to `press`."""
        super().__init__(window)
        self._at_rest = at_rest
        self._singles: dict[str, str] = {}
        self._shortcuts: list[QShortcut] = []
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.setInterval(GO_MS)
        self._going.timeout.connect(lambda: self._listen_for_view(False))
        self._window = window
        self.learn(keys)

    def learn(self, keys: dict[str, tuple[str, ...]]) -> None:
        """From now on these keys ask for these acts."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts.clear()
        self._singles.clear()
        for name, sequences in keys.items():
            self._learn(self._window, name, sequences)

    def press(self, event: QKeyEvent) -> bool:
        """Whether a key that nobody else wanted was one of ours."""
        focus = QApplication.focusWidget()
        if focus is None or is_typing(focus) or not self._at_rest(focus):
            return False
        key = _name(event)
        if self._going.isActive():
            self._listen_for_view(False)
            if key in GO:
                self.went.emit(GO[key])
                return True
        if key == GO_KEY:
            self._listen_for_view(True)
            return True
        if key in self._singles:
            self.asked.emit(self._singles[key])
            return True
        return False

    def _learn(self, window: QWidget, name: str, sequences: Iterable[str]) -> None:
        for key in sequences:
            if is_single(key) or key == "Esc":
                self._singles[key] = name
                continue
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.setAutoRepeat(name.endswith(("pane", "warning")))
            shortcut.activated.connect(self._asking(name))
            self._shortcuts.append(shortcut)

    def _asking(self, name: str) -> Callable[[], None]:
        def ask() -> None:
            if name in _ALWAYS or not under_dialog(QApplication.focusWidget()):
                self.asked.emit(name)

        return ask

    def _listen_for_view(self, listening: bool) -> None:
        if listening:
            self._going.start()
        else:
            self._going.stop()
        self.waiting_for_view.emit(listening)


def is_typing(widget: QWidget) -> bool:
    """Whether letters pressed on this widget are text."""
    return isinstance(widget, _TYPING) or widget.testAttribute(
        Qt.WidgetAttribute.WA_InputMethodEnabled
    )


def under_dialog(widget: QWidget | None) -> bool:
    """Whether this widget is part of an open dialog."""
    while widget is not None:
        if isinstance(widget, Overlay):
            return True
        widget = widget.parentWidget()
    return False


def _name(event: QKeyEvent) -> str:
    """The key as `acts` writes it: "T", "Shift+E", "?", "Esc"; "" with Ctrl, Alt or Meta."""
    if event.type() != QEvent.Type.KeyPress or event.modifiers() & ~(_SHIFT | _KEYPAD):
        return ""
    key = Qt.Key(event.key())
    if key == Qt.Key.Key_Escape:
        return "Esc"
    text = event.text().upper()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        letter = chr(key)
        return f"Shift+{letter}" if event.modifiers() & _SHIFT else letter
    return text if len(text) == 1 and text.isprintable() else ""
