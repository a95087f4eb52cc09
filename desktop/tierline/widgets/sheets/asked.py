"""The details a policy asks for when a ticket is logged: a line each, made as they are needed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from tierline.domain.policy_file import FieldTable
from tierline.widgets.sheets.fields import LineField
from tierline.widgets.sheets.parts import column
from tierline.widgets.theme import ThemeHub


class AskedFields(QWidget):
    """Lines by the policy's names; a line that is asked for again still has its text."""

    def __init__(self, hub: ThemeHub) -> None:
        """Ask for nothing yet."""
        super().__init__()
        self._hub = hub
        self._box = column(hub, 12)
        self._lines: dict[str, LineField] = {}
        self.setLayout(self._box)

    def put(self, wanted: Mapping[str, FieldTable]) -> dict[str, LineField]:
        """Ask for these and no others; answers the lines that are new."""
        new = {}
        for name, table in wanted.items():
            if name not in self._lines:
                new[name] = self._lines[name] = LineField(self._hub, table.word)
                self._box.addWidget(new[name])
            self._lines[name].set_word(table.word, table.help.lower() or "needed")
        for name, field in self._lines.items():
            field.setVisible(name in wanted)
        return new

    def text(self, name: str) -> str:
        """What was written for a name, "" when it is not asked."""
        field = self._lines.get(name)
        return field.text() if field is not None and not field.isHidden() else ""

    def details(self) -> dict[str, str]:
        """Everything that was written, but the ticket's own fields."""
        told = {name: self.text(name) for name in self._lines if name != "category"}
        return {name: text for name, text in told.items() if text}
