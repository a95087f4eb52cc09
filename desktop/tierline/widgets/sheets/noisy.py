"""The noisiest alarms of a week, for whoever sets the policy: how many, how many in time."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from tierline.desk.alarms.noisy import Noisy
from tierline.desk.ticket_view import TicketView
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import note
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.sheet import Sheet

MOST = 12
_HEADS = (tr("Alarm"), tr("Policy"), tr("How many"), tr("In time"), tr("Not over yet"))
_NOTHING = tr("No clock reached a threshold in the last seven days.")
_MEANING = tr(
    "In time: the clock was stopped before its breach. An alarm that comes "
    "often and is seldom in time comes too late, or is nobody’s; the "
    "thresholds are in the policy’s file, under alarms."
)


class NoisySheet(Sheet):
    """A table to read; `rules` come with it, since counting them takes a while."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "noisy", tr("Noisiest alarms of the week"), 680)
        self.chip.hide()
        self.about.setText(tr("The last seven days, from the history of the whole desk."))
        self.said = note(_MEANING)
        self.table = QWidget()
        self.cells = QGridLayout(self.table)
        self.cells.setContentsMargins(0, 0, 0, 0)
        self.cells.setColumnStretch(0, 1)
        self.rows.addWidget(self.table)
        self.rows.addWidget(self.said)
        self.cancel.hide()
        self.primary.setText(tr("Close"))
        self.primary.set_key("Esc")

    def begin(self, view: TicketView | None, more: dict[str, Any]) -> None:
        """Show what was counted; it is of no ticket."""
        del view
        self._list(more.get("rules", ()))
        super().begin(None, more)

    def kept(self) -> dict[str, str]:
        """Nothing is typed here."""
        return {}

    def first(self) -> QWidget:
        """The only button."""
        return self.primary

    def send(self) -> None:
        """Enter closes."""
        self.dismiss()

    def _list(self, rules: tuple[Noisy, ...]) -> None:
        while (item := self.cells.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.table.setVisible(bool(rules))
        self.said.setText(_MEANING if rules else _NOTHING)
        for column, word in enumerate(_HEADS):
            self._put(0, column, label(word, "small"))
        for row, each in enumerate(rules[:MOST], 1):
            told = (each.words, each.policy, each.times, each.in_time, each.waiting)
            for column, value in enumerate(told):
                self._put(row, column, label(str(value)))

    def _put(self, row: int, column: int, cell: QLabel) -> None:
        figures = column > 1
        side = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
        self.cells.setHorizontalSpacing(self.hub.px(20))
        self.cells.setVerticalSpacing(self.hub.px(6))
        self.cells.addWidget(cell, row, column, side)
