"""Every macro in order: run on the open ticket, changed, made anew, shared, dropped."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tierline.domain.macros import Macro
from tierline.domain.tongue import tr
from tierline.present.acts import keycap
from tierline.present.wishes import Compose, Rehearse
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.item_look import Item
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.shelf_sheet import ShelfSheet, whose


class MacrosSheet(ShelfSheet[Macro]):
    """Enter shows what one would do; New… and Change… open it as it is written."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        none = tr(
            "There is no macro yet. New… begins one; it can also be made of what you did last."
        )
        super().__init__(ground, "macros", tr("Macros"), none)
        change, self.newer = (
            Button(word, self.hub, kind=Kind.SMALL) for word in (tr("Change…"), tr("New…"))
        )
        change.clicked.connect(self.change)
        self.newer.clicked.connect(self.new)
        self.of_chosen.append(change)
        for button in (change, self.newer):
            self.tools.insertWidget(0, button)

    def first(self) -> QWidget:
        """The list, or the beginning of one."""
        return super().first() if self.entries() else self.newer

    def entries(self) -> tuple[Macro, ...]:
        """As the desk has them."""
        return self.desk.replica.templates.macros(self.desk.me)

    def item(self, entry: Macro) -> Item:
        """Its name over how many steps it has, and its key."""
        under = tr("{n} steps", "{n} step", len(entry.steps))
        if entry.key:
            under = tr("{steps}, key {key}", steps=under, key=keycap(entry.key))
        return Item(entry.id, entry.name, under, whose(self.desk, entry), "workflow")

    def run(self, entry: Macro) -> None:
        """Show what it would do."""
        self.wished.emit(Rehearse(entry.id))

    def change(self) -> None:
        """Write at the chosen one."""
        if self.entry is not None:
            self.wished.emit(Compose(self.entry))

    def new(self) -> None:
        """Begin another."""
        self.wished.emit(Compose(None))
