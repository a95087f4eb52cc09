"""Keys with what they do, on one line: as many as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from tierline.widgets.keycap import KeyCap
from tierline.widgets.sheets.parts import label
from tierline.widgets.theme import ThemeHub

Hints = tuple[tuple[str, str], ...]


class KeyHints(QWidget):
    """Key-caps with their words; those at the end go first when there is no room."""

    def __init__(self, hub: ThemeHub, hints: Hints) -> None:
        """Show these keys in this order; a key without a word belongs to the next."""
        super().__init__()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(hub.px(6))
        self._pairs: list[tuple[KeyCap, QLabel]] = []
        for key, word in hints:
            pair = (KeyCap(key, hub), label(word, "quiet"))
            self._pairs.append(pair)
            row.addWidget(pair[0])
            if word:
                row.addWidget(pair[1])
                row.addSpacing(hub.px(8))
        row.addStretch(1)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """None is needed: every key stands on the page of all keys as well."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show those that fit as a whole."""
        super().resizeEvent(event)
        used, gap, room = 0, self._row.spacing(), self.width()
        for cap, word in self._pairs:
            parts = [cap, word] if word.text() else [cap]
            used += sum(part.sizeHint().width() + gap for part in parts)
            for part in parts:
                part.setVisible(used - gap <= room)
            used += 2 * gap if len(parts) > 1 else 0
