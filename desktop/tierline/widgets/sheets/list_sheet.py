"""The sheets that are a list of things waiting on tickets, worked through one after the other."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tierline.domain.tongue import tr
from tierline.widgets.controls import Button
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.rows import Look, RowList
from tierline.widgets.sheets.sheet import Sheet


class ListSheet(Sheet):
    """Enter in the list opens the ticket of what is chosen; nothing here is kept as a draft.

    What was seen to makes room for the next one. Subclasses fill `list` in `_read` and say whose
    ticket it is in `chosen_ticket`.
    """

    def __init__(
        self, ground: Ground, kind: str, title: str, look: Look, high: int, wide: int
    ) -> None:
        """Built hidden; the list is `high` at most, both sizes at 100 %."""
        super().__init__(ground, kind, title, wide)
        self.list = RowList(self.hub, look, title, high)
        self.list.digits = False
        self.opener = Button(tr("Open the ticket"), self.hub, key="Enter")
        self.opener.clicked.connect(self.open_ticket)
        self.chip.hide()
        self.cancel.setText(tr("Close"))
        self.list.picked.connect(lambda _: self.picked())
        self.list.ran.connect(lambda _: self.open_ticket())

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """All that waits, as it is at this moment; `view` is of no interest."""
        del view
        self._read()
        super().begin(None, more)

    def first(self) -> RowList:
        """The list."""
        return self.list

    def kept(self) -> dict[str, str]:
        """Nothing of this is a draft."""
        return {}

    def chosen_ticket(self) -> str:
        """The id of the ticket that the chosen one is on, "" when none is chosen."""
        raise NotImplementedError

    def picked(self) -> None:
        """Another one is chosen."""
        self.renew()

    def granted(self) -> None:
        """The next one, which takes its place."""
        self._read()
        self.renew()

    def open_ticket(self) -> None:
        """Show its ticket."""
        if ticket_id := self.chosen_ticket():
            self.dismiss()
            self.chosen.emit("ticket", ticket_id)

    def renew(self) -> None:
        """A ticket can be opened once one is chosen."""
        self.opener.setEnabled(bool(self.chosen_ticket()))
        super().renew()
        self.lack.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter in the list opens; only Ctrl Enter does what the sheet is for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self.open_ticket()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        """Nothing of this is a draft."""

    def _read(self) -> None:
        raise NotImplementedError
