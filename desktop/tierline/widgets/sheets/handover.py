"""The hand-over: what was tried (ticked, from the notes of this line) and one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from tierline.desk.escalating import Tried
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import TextField
from tierline.widgets.sheets.parts import column, frame, label, line
from tierline.widgets.sheets.tick import Tick
from tierline.widgets.theme import ThemeHub

MOST = 8


class HandoverField(TextField):
    """A sentence for whoever takes over; above it the lines that go along when ticked."""

    def __init__(self, hub: ThemeHub) -> None:
        """Nothing tried until `offer`."""
        super().__init__(
            hub, tr("Hand-over note"), tr("one sentence is needed, the rest is on the ticket"), 4
        )
        self._ticks: list[tuple[Tick, Tried]] = []
        self._card: QFrame = frame("list")
        self._box = column(hub, 0, (10, 5, 10, 5))
        self._card.setLayout(self._box)
        self.box.insertWidget(1, self._card)
        self.worked, self.saved = label("", "small"), label("", "small")
        under = line(hub, 8)
        under.addWidget(self.worked)
        under.addStretch(1)
        under.addWidget(self.saved)
        holder = QWidget()
        holder.setLayout(under)
        self.box.addWidget(holder)

    def offer(self, tried: Sequence[Tried]) -> None:
        """Show what was tried on this line, all ticked; the latest few when there are many."""
        for tick, _ in self._ticks:
            tick.hide()
            tick.deleteLater()
        self._ticks = []
        for each in tried[-MOST:]:
            tick = Tick(self.hub, each.text, each.when)
            tick.setChecked(True)
            self._ticks.append((tick, each))
            self._box.addWidget(tick)
        self._card.setVisible(bool(self._ticks))

    def tried(self) -> tuple[str, ...]:
        """The lines that are ticked."""
        return tuple(each.text for tick, each in self._ticks if tick.isChecked())
