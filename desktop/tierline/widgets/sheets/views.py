"""Keep a filter as a view of the rail."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from tierline.desk.filters import KEYS, parse_filter
from tierline.domain.errors import Refusal
from tierline.widgets.sheets.fields import LineField, note
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.sheet import Sheet


class SaveViewSheet(Sheet):
    """`view_asked(name, filter, order)`; says how many tickets the filter finds now."""

    view_asked = Signal(str, str, str)

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "save_view", "Save this view", 520)
        self._sort = ""
        self.chip.hide()
        self.about.setText("A filter and an order, one key away in the rail.")
        self.name = LineField(self.hub, "Name", "as it stands in the rail")
        self.filter = LineField(self.hub, "Filter", "empty is every open ticket")
        self.found = note()
        self.add("name", self.name)
        self.add("filter", self.filter)
        self.rows.addWidget(self.found)
        self.rows.addWidget(note(f"Keys: {', '.join(KEYS)}."))
        self.primary.setText("Save view")

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """With the filter and order of the list."""
        del view
        self._sort = str(more.get("sort", ""))
        self.name.put("")
        self.filter.put(str(more.get("filter", "")))
        super().begin(None, more)

    def kept(self) -> dict[str, str]:
        """Nothing: the filter is in the list still."""
        return {}

    def lacks(self) -> list[tuple[str, str]]:
        """A name, and a filter that can be understood."""
        found = [] if self.name.text() else [("name", "a name")]
        return [*found, ("filter", "a filter that can be read")] if self._wrong() else found

    def renew(self) -> None:
        """Say what the filter finds, or what is wrong with it."""
        wrong = self._wrong()
        self.filter.show_error(str(wrong) if wrong else "")
        answer = [] if wrong else self.desk.ids("all", self.filter.text())
        count = 0 if isinstance(answer, Refusal) else len(answer)
        self.found.setText(f"Finds {count} open ticket{'s' * (count != 1)} now.")
        super().renew()

    def send(self) -> None:
        """Ask for it."""
        if self.lacks():
            super().send()
        else:
            self.view_asked.emit(self.name.text(), self.filter.text(), self._sort)

    def _wrong(self) -> Refusal | None:
        answer = parse_filter(self.filter.text(), self.desk.asker())
        return answer if isinstance(answer, Refusal) else None
