"""Every key, in groups; the help that ? opens in every window, and where keys are changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout

from tierline.domain.macros import Macro
from tierline.domain.tongue import tr
from tierline.present.acts import ACTS, GO, GO_KEY, TICKET, WINDOW, Act, keycap
from tierline.present.bindings import MACRO, Keys, holder
from tierline.present.view_state import WORDS
from tierline.present.wishes import Bind
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.key_field import KeyField
from tierline.widgets.sheets.palette_entries import Row
from tierline.widgets.sheets.palette_look import PaletteLook
from tierline.widgets.sheets.parts import Ground, line
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet

WIDTH, TWO_COLUMNS = 860, 640
MOVING = (
    (tr("Move in the list"), ("↑", "↓")),
    (tr("Move in the list, letters"), ("J", "K")),
    (tr("Open the ticket"), ("Enter",)),
    (tr("Select a row"), ("X",)),
    (tr("Extend the selection"), ("Shift ↑", "Shift ↓")),
    (tr("Select all rows"), ("Ctrl A",)),
    (tr("Send what was written"), ("Ctrl Enter",)),
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeysSheet(Sheet):
    """Two lists made of the table of acts. Enter on one asks for its new key: `Bind(act, keys)`."""

    def __init__(self, ground: Ground) -> None:
        """Built hidden."""
        super().__init__(ground, "keys", tr("All keys"), WIDTH)
        self._keys: Keys = {}
        self._macros: tuple[Macro, ...] = ()
        self.chip.hide()
        self.about.setText(
            tr(
                "Letters act while the list or the ticket’s head has the focus. Enter "
                "changes a key."
            )
        )
        self.left = RowList(self.hub, PaletteLook(self.hub), tr("Keys for the ticket"))
        self.right = RowList(self.hub, PaletteLook(self.hub), tr("Keys for the window"))
        self._at = self.left
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for list_ in (self.left, self.right):
            list_.digits = False
            self.columns.addWidget(list_, 1, Qt.AlignmentFlag.AlignTop)
            list_.picked.connect(lambda _, list_=list_: self._picked(list_))
            list_.ran.connect(lambda _: self.ask())
        self.key = KeyField(self.hub, tr("New key"))
        self.key.caught.connect(self._caught)
        self.rows.addWidget(self.key)
        self.rows.addLayout(self.columns)
        self.spacing.change((8, 8, 8, 12), 8)
        tools = line(self.hub, 6)
        for word, act in ((tr("As usual"), self.usual), (tr("All as usual"), self.all_usual)):
            button = Button(word, self.hub, kind=Kind.SMALL)
            button.clicked.connect(act)
            tools.addWidget(button)
        self.before.addLayout(tools)
        self.cancel.hide()
        self.primary.setText(tr("Close"))
        self.primary.set_key("Esc")

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """`keys` are those in force, else the usual ones; `chosen` is the act to stand at."""
        del view
        self._keys = more.get("keys") or {act.name: act.keys for act in ACTS.values()}
        self._macros = tuple(more.get("macros", ()))
        self.key.hide()
        self._list()
        self._at = self.left
        super().begin(None, more)
        self._choose(str(more.get("chosen", "")))

    def first(self) -> RowList:
        """The list that was left last, which arrows walk through."""
        return self._at

    def kept(self) -> dict[str, str]:
        """Nothing is typed here."""
        return {}

    def send(self) -> None:
        """Enter closes."""
        self.dismiss()

    def ask(self) -> None:
        """Ask for the new key of what is chosen."""
        row = self._at.choice()
        if row is None or row.value not in ACTS:
            return
        self.key.set_word(
            tr("New key for {text}", text=row.text), tr("press it; Del for none, Tab goes back")
        )
        self.key.put(next(iter(self._keys.get(row.value, ())), ""))
        self.key.show_error("")
        self.key.show()
        self.place()
        self.key.focus()
        self.scroller.verticalScrollBar().setValue(0)

    def usual(self) -> None:
        """The chosen act has its usual keys again."""
        row = self._at.choice()
        if row is not None and row.value in ACTS:
            self.wished.emit(Bind(row.value, None))

    def all_usual(self) -> None:
        """Every act has its usual keys again."""
        self.wished.emit(Bind("", None))

    def arrange(self, width: int) -> None:
        """Side by side where there is room."""
        way = QBoxLayout.Direction
        wide = width >= self.hub.px(TWO_COLUMNS)
        self.columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.columns.setSpacing(self.hub.px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter asks for a key, Del takes it off."""
        row = self._at.choice() if self.left.hasFocus() or self.right.hasFocus() else None
        if row is not None and row.value in ACTS and event.key() in _ENTER:
            self.ask()
        elif row is not None and row.value in ACTS and event.key() == Qt.Key.Key_Delete:
            self.wished.emit(Bind(row.value, ()))
        else:
            super().keyPressEvent(event)

    def _caught(self, key: str) -> None:
        row = self._at.choice()
        if row is None:
            return
        taken = holder(key, row.value, self._keys, self._macros) if key else ""
        if taken:
            said = tr(
                "{keycap} is taken: {taken}. Press another key, or take it off there.",
                keycap=keycap(key),
                taken=taken,
            )
            self.key.show_error(said)
            self.place()
            return
        self.wished.emit(Bind(row.value, (key,) if key else ()))

    def _picked(self, list_: RowList) -> None:
        if list_.chosen() >= 0:
            self._at = list_

    def _choose(self, name: str) -> None:
        for list_ in (self.left, self.right):
            at = next((n for n, row in enumerate(list_.rows) if name and row.value == name), -1)
            if at >= 0:
                list_.choose(at)
                list_.setFocus()

    def _list(self) -> None:
        moving = [Row(word, "key", word, "chevron-right", keys=told) for word, told in MOVING]
        going = [
            Row(WORDS[view], "key", view, "inbox", keys=(GO_KEY, key)) for key, view in GO.items()
        ]
        macros = [
            Row(each.name, "key", MACRO + each.id, "workflow", keys=self._caps(MACRO + each.id))
            for each in self._macros
        ]
        left = [Row(tr("Ticket")), *self._acts(TICKET)]
        left += [Row(tr("Macros")), *macros] if macros else []
        self.left.put([*left, Row(tr("Ticket, without a key")), *self._acts(TICKET, keyed=False)])
        right = [
            Row(tr("List")),
            *moving,
            Row(tr("Window")),
            *self._acts(WINDOW),
            Row(tr("Go to")),
            *going,
        ]
        self.right.put([*right, Row(tr("Window, without a key")), *self._acts(WINDOW, keyed=False)])

    def _acts(self, acts: tuple[Act, ...], *, keyed: bool = True) -> list[Row]:
        return [
            Row(act.word, "key", act.name, act.icon, keys=self._caps(act.name))
            for act in acts
            if bool(self._keys.get(act.name)) is keyed
        ]

    def _caps(self, name: str) -> tuple[str, ...]:
        return tuple(map(keycap, self._keys.get(name, ())))
