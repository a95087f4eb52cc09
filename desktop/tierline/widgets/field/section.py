"""A part of a visit's page: a card with its word, and what every part is made of."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tierline.widgets.sheets.fields import LineField
from tierline.widgets.sheets.parts import column, dress, label, line
from tierline.widgets.theme import ThemeHub


class Section(QFrame):
    """A card; `rows` is where its parts go."""

    def __init__(self, hub: ThemeHub, title: str) -> None:
        """With its word, and nothing else yet."""
        super().__init__()
        self.hub = hub
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.rows: QVBoxLayout = column(hub, 8, (14, 12, 14, 12))
        self.head: QHBoxLayout = line(hub, 8)
        self.title = label(title, "head")
        self.head.addWidget(self.title, 1)
        self.rows.addLayout(self.head)
        self.setLayout(self.rows)

    def words(self, text: str = "", role: str = "") -> QLabel:
        """Wrapped words at the end, hidden while there are none."""
        made = label(text, role, wrap=True)
        self.rows.addWidget(made)
        made.setVisible(bool(text))
        return made


def say(words: QLabel, text: str) -> None:
    """Other words; none take no room."""
    words.setText(text)
    words.setVisible(bool(text))


def emptied(layout: QVBoxLayout) -> None:
    """Take everything out of a column of widgets, for good."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def bigger(field: LineField) -> None:
    """Let a field be met by a thumb, at every text size."""
    dress(field.entry, "thumb", "true")


def holder(hub: ThemeHub, *parts: QWidget, gap: int = 8) -> QWidget:
    """Parts side by side, each as wide as there is room."""
    made = QWidget()
    row = line(hub, gap)
    for part in parts:
        row.addWidget(part, 1)
    made.setLayout(row)
    return made
