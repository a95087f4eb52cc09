"""Every key, in three groups; the help that ? opens in every window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from tierline.present.acts import GO, GO_KEY, TICKET, WINDOW, Act, keycap
from tierline.present.view_state import WORDS
from tierline.widgets.sheets.palette_entries import Row
from tierline.widgets.sheets.palette_look import PaletteLook
from tierline.widgets.sheets.parts import Ground
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

Keys = Mapping[str, tuple[str, ...]]
WIDTH, TWO_COLUMNS = 860, 640
MOVING = (
    ("Move in the list", ("↑", "↓")),
    ("Move in the list, letters", ("J", "K")),
    ("Open the ticket", ("Enter",)),
    ("Select a row", ("X",)),
    ("Extend the selection", ("Shift ↑", "Shift ↓")),
    ("Send what was written", ("Ctrl Enter",)),
)


class KeysSheet(Sheet):
    """Two lists to read; nothing to change here."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "keys", "All keys", WIDTH)
        self.chip.hide()
        self.about.setText("Letters act while the list or the ticket’s head has the focus.")
        self.left = RowList(self.hub, PaletteLook(self.hub), "Keys for the ticket")
        self.right = RowList(self.hub, PaletteLook(self.hub), "Keys for the window")
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for list_ in (self.left, self.right):
            list_.digits = False
            self.columns.addWidget(list_, 1, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(self.columns)
        self.spacing.change((8, 8, 8, 12), 0)
        self.cancel.hide()
        self.primary.setText("Close")
        self.primary.set_key("Esc")

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """The same for every ticket; `keys` are those in force, else the usual ones."""
        del view
        usual = {act.name: act.keys for act in (*TICKET, *WINDOW)}
        self._list(more.get("keys") or usual)
        super().begin(None, more)

    def _list(self, keys: Keys) -> None:
        moving = [Row(word, "key", word, "chevron-right", keys=told) for word, told in MOVING]
        going = [
            Row(WORDS[view], "key", view, "inbox", keys=(GO_KEY, key)) for key, view in GO.items()
        ]
        window = [Row("Window"), *_acts(WINDOW, keys)]
        self.left.put([Row("Ticket"), *_acts(TICKET, keys)])
        self.right.put([Row("List"), *moving, *window, Row("Go to"), *going])

    def first(self) -> RowList:
        """The first list, which arrows walk through."""
        return self.left

    def kept(self) -> dict[str, str]:
        """Nothing is typed here."""
        return {}

    def send(self) -> None:
        """Enter closes."""
        self.dismiss()

    def arrange(self, width: int) -> None:
        """Side by side where there is room."""
        way = QBoxLayout.Direction
        wide = width >= self.hub.px(TWO_COLUMNS)
        self.columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.columns.setSpacing(self.hub.px(8))


def _acts(acts: tuple[Act, ...], keys: Keys) -> list[Row]:
    return [
        Row(act.word, "key", act.name, act.icon, keys=tuple(map(keycap, keys[act.name])))
        for act in acts
        if keys[act.name]
    ]
