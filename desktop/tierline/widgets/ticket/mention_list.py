"""Completes "@" and the beginning of a name in a note: a short list above the caret, by keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout

from tierline.domain.tongue import tr
from tierline.storage.records import Person
from tierline.widgets.sheets.options import Option, OptionLook
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.theme import ThemeHub

_BEGUN = re.compile(r"(?:^|(?<=[^\w@]))@([\w.\-]*)$")
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_OURS = (*_TAKES, *_MOVES, Qt.Key.Key_Escape)
WIDTH, MOST, HIGH = 260, 6, 204
Alike = Callable[[str, int], Sequence[Person]]


class MentionList(QFrame):
    """Enter or Tab takes the one that is marked, Esc closes; the id is what stands in the text."""

    def __init__(self, hub: ThemeHub, box: QPlainTextEdit) -> None:
        """Hidden until somebody types "@" in `box`."""
        super().__init__(box.window())
        self._hub, self._box = hub, box
        self._alike: Alike = lambda _typed, _most: ()
        self.setProperty("role", "list")
        self.list = RowList(hub, OptionLook(hub), tr("People to mention"), HIGH)
        self.list.digits = False
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.list)
        self.list.clicked.connect(lambda _: self._take())
        box.textChanged.connect(self._look)
        box.installEventFilter(self)
        self.hide()

    def offer(self, alike: Alike) -> None:
        """Find people by the beginning of a name with this."""
        self._alike = alike

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The keys of the list, while it is open; leaving the text closes it."""
        if self.isVisible() and event.type() == QEvent.Type.FocusOut:
            self.hide()
        if self.isVisible() and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if event.type() == QEvent.Type.ShortcutOverride and key in _OURS:
                event.accept()  # no shortcut of the window may take it: it comes as a press
                return True
            if event.type() != QEvent.Type.KeyPress:
                return super().eventFilter(watched, event)
            if key in _MOVES:
                self.list.step(_MOVES[key])
                return True
            if key in _TAKES and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._take()
                return True
            if key == Qt.Key.Key_Escape:
                self.hide()
                return True
        return super().eventFilter(watched, event)

    def _begun(self) -> str | None:
        """What was typed behind the "@" before the caret; None where there is none."""
        cursor = self._box.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _BEGUN.search(before)
        return found[1] if found and not cursor.hasSelection() else None

    def _look(self) -> None:
        typed = self._begun() if self._box.hasFocus() else None
        people = self._alike(typed, MOST) if typed is not None else ()
        if not people:
            self.hide()
            return
        self.list.put([Option(p.id, p.name, f"@{p.id}") for p in people], 0)
        self._place()
        self.show()
        self.raise_()
        self._box.setAccessibleDescription(tr("{name}, Enter mentions", name=people[0].name))

    def _place(self) -> None:
        px, window = self._hub.px, self._box.window()
        self.setParent(window)
        wide = min(px(WIDTH), window.width() - px(16))
        high = self.list.heightForWidth(wide - 8) + 8
        caret = self._box.cursorRect()
        spot = self._box.viewport().mapTo(window, QPoint(caret.left(), caret.top()))
        left = max(px(8), min(spot.x(), window.width() - wide - px(8)))
        self.setGeometry(left, max(0, spot.y() - high - px(4)), wide, high)

    def _take(self) -> None:
        row, typed = self.list.choice(), self._begun()
        self.hide()
        if row is None or typed is None:
            return
        cursor = self._box.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed)
        )
        cursor.insertText(f"{row.key} ")
