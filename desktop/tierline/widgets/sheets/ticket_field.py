"""Another ticket, chosen by number or words; what is likeliest is offered before one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from tierline.desk.other_tickets import Other, others
from tierline.domain.tongue import tr
from tierline.widgets.sheets.fields import LineField
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, label
from tierline.widgets.sheets.rows import RowList

_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_HINT = tr("number or words, ↑ ↓ to choose")


class TicketField(LineField):
    """A line that searches, over the list of what it found; arrows move in the list."""

    def __init__(self, ground: Ground, word: str, most: int = 190) -> None:
        """Empty until `offer`."""
        super().__init__(ground.hub, word, _HINT, tr("CS0012376, or what it is about"))
        self._desk, self._this = ground.desk, ""
        self._likely: Sequence[Other] = ()
        self.list = RowList(ground.hub, ItemLook(ground.hub), word, most)
        self.list.digits = False
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.none = label(tr("No other ticket has these words."), "quiet")
        self.box.addWidget(framed(self.list, ground.hub))
        self.box.addWidget(self.none)
        self.entry.installEventFilter(self)
        self.list.picked.connect(lambda _: self.changed.emit())
        self.changed.connect(self._announce)
        self.entry.textEdited.connect(lambda _: self._search())

    def offer(self, this: str, likely: Sequence[Other], chosen: str = "") -> None:
        """Anything but the ticket `this`; these are offered while nothing is typed."""
        self._this, self._likely = this, likely
        self.entry.setText(chosen)
        self.edited = False
        self._search()

    def other(self) -> Other | None:
        """The ticket that is chosen."""
        row: Item | None = self.list.choice()
        return next((each for each in self._found if row and each.id == row.key), None)

    def restore(self, text: str) -> None:
        """Search again for what was typed."""
        super().restore(text)
        self._search()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Up and down move in the list while the line has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = _MOVES.get(Qt.Key(event.key()))
            if by is not None:
                self.list.step(by)
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        typed = self.text()
        self._found = others(self._desk, typed, self._this) if typed else tuple(self._likely)
        rows = [
            Item(each.id, each.subject, f"{each.number}, {each.about}", each.why,
                 priority=each.priority)
            for each in self._found
        ]  # fmt: skip
        self.list.put(rows, 0 if rows else -1)
        self.none.setText(
            tr("No other ticket has these words.") if typed else tr("Type what it is.")
        )
        self.none.setVisible(not rows)
        self.changed.emit()

    def _announce(self) -> None:
        row = self.list.choice()
        self.entry.setAccessibleDescription(self.list.sentence(row) if row else "")
