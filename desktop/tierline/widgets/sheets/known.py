"""While a call is logged: open tickets it may be about, and whom the new one could go to."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tierline.desk.duplicates import Duplicate, duplicates
from tierline.desk.suggesting import for_new
from tierline.domain import commands as cmd
from tierline.domain.tongue import tr
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, column, label, line
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.tick import Tick

KEY = "Ctrl+J"


class KnownBand(QWidget):
    """Hidden until something is alike. `join_asked(duplicate)`: Ctrl J adds the call to it."""

    join_asked = Signal(object)

    def __init__(self, ground: Ground, sheet: QWidget) -> None:
        """The key works anywhere in `sheet`."""
        super().__init__()
        hub = self._hub = ground.hub
        self._desk = ground.desk
        self._asked: tuple[str, str, str] = ("", "", "")
        self._found: list[Duplicate] = []
        self.list = RowList(hub, ItemLook(hub), tr("Open tickets it may be about"))
        self.list.digits = False
        self.join = Button(tr("Add the call to it"), hub, key="Ctrl J", kind=Kind.SMALL)
        head = line(hub, 8)
        head.addWidget(label(tr("Known already?"), "label"), 1)
        head.addWidget(self.join)
        box = column(hub, 6)
        box.addLayout(head)
        box.addWidget(framed(self.list, hub))
        self.setLayout(box)
        self.join.clicked.connect(self._ask)
        self.list.picked.connect(lambda _: self._name())
        shortcut = QShortcut(QKeySequence(KEY), sheet)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._ask)
        self.hide()

    def look(self, client: str, contact: str, subject: str, *, critical: bool = False) -> None:
        """Look again, when it is about something else than before."""
        asked = (client.strip(), contact.strip(), subject.strip())
        if asked == self._asked:
            return
        self._asked = asked
        self._found = duplicates(self._desk, *asked, critical=critical)
        rows = [Item(d.ticket_id, d.subject, f"{d.number}, {d.why}", "", "inbox") for d in
                self._found]  # fmt: skip
        self.list.put(rows, 0 if rows else -1)
        self.setVisible(bool(rows))
        self._name()

    def forget(self) -> None:
        """Begin with nothing."""
        self._asked, self._found = ("", "", ""), []
        self.list.put([])
        self.hide()

    @property
    def chosen(self) -> Duplicate | None:
        """The one that is marked."""
        row: Item | None = self.list.choice()
        return next((each for each in self._found if row and each.ticket_id == row.key), None)

    def _name(self) -> None:
        chosen = self.chosen
        self.join.setText(
            tr("Add the call to {number}", number=chosen.number)
            if chosen
            else tr("Add the call to it")
        )
        self.join.updateGeometry()

    def _ask(self) -> None:
        if self.isVisible() and self.chosen is not None:
            self.join_asked.emit(self.chosen)


class GiveTick(Tick):
    """Offers to give the new ticket to whom it suits best, with the reason; never ticked by us."""

    def __init__(self, ground: Ground) -> None:
        """Hidden while nobody is suggested."""
        super().__init__(ground.hub, "", tr("Give it to"))
        self._desk, self.person = ground.desk, ""
        self.hide()

    def look(self, command: cmd.Log) -> None:
        """Suggest somebody for what is filled in so far."""
        found = for_new(self._desk, command)
        person = found.person.id if found else ""
        if person != self.person:
            self.person = person
            with QSignalBlocker(self):
                self.setChecked(False)
        if found is not None:
            self.setText(f"{found.person.name}: {found.reason}")
            self.setAccessibleName(
                tr("Give it to {name}, {reason}", name=found.person.name, reason=found.reason)
            )
        self.setVisible(found is not None)

    @property
    def assignee(self) -> str:
        """Who gets it, "" for nobody."""
        return self.person if self.isChecked() and not self.isHidden() else ""
