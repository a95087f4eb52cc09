"""A list of what people keep, views or macros, to be renamed, ordered, shared and dropped."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tierline.desk.desk import Desk
from tierline.domain.macros import Macro
from tierline.domain.tongue import tr
from tierline.present.wishes import Drop, Keep, Move, TakeBack
from tierline.storage.records import SavedView, Template
from tierline.widgets.controls import Button, Kind
from tierline.widgets.sheets.fields import LineField, note
from tierline.widgets.sheets.item_look import Item, ItemLook
from tierline.widgets.sheets.options import framed
from tierline.widgets.sheets.parts import Ground, label, line
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.sheets.sheet import Sheet
from tierline.widgets.sheets.tick import Tick

_One = TypeVar("_One", SavedView, Macro)
SHARED = tr("Everybody at the desk has it")
LIST, WIDTH = 276, 600
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ShelfSheet(Sheet, Generic[_One]):
    """Each change is wished for at once and can be undone; `entry` is what is chosen."""

    def __init__(self, ground: Ground, kind: str, title: str, none: str) -> None:
        """Built hidden; `none` is said where there is nothing to list."""
        super().__init__(ground, kind, title, WIDTH)
        self._entries: tuple[_One, ...] = ()
        self.chip.hide()
        self.about.setText(tr("Del drops, Alt ↑ and Alt ↓ move, Ctrl Z takes back."))
        self.list = RowList(self.hub, ItemLook(self.hub), title, LIST)
        self.list.digits = False
        self.none = label(none, "quiet", wrap=True)
        self.framed = framed(self.list, self.hub)
        self.name = LineField(self.hub, tr("Name"))
        self.shared = Tick(self.hub, SHARED)
        self.why_mine = note()
        self.enroll("name", self.name)
        self.tools, self.of_chosen = line(self.hub, 6), list[Button]()
        for word, key, act in (
            (tr("Up"), "Alt ↑", lambda: self._move(-1)),
            (tr("Down"), "Alt ↓", lambda: self._move(1)),
            (tr("Drop"), "Del", self.drop),
        ):
            button = Button(word, self.hub, key=key, kind=Kind.SMALL)
            button.clicked.connect(act)
            self.tools.addWidget(button)
            self.of_chosen.append(button)
        self.tools.addStretch(1)
        self.rows.addWidget(self.framed)
        self.rows.addWidget(self.none)
        self.rows.addLayout(self.tools)
        for part in (self.name, self.shared, self.why_mine):
            self.rows.addWidget(part)
        self.cancel.setText(tr("Close"))
        self.primary.setText(tr("Save changes"))
        self.list.picked.connect(lambda _: self._show())
        self.list.ran.connect(lambda _: self._run_chosen())
        self.shared.toggled.connect(lambda _: self.renew())

    # What a subclass says

    def entries(self) -> tuple[_One, ...]:
        """All of them, in their order."""
        raise NotImplementedError

    def item(self, entry: _One) -> Item:
        """One of them as a row."""
        raise NotImplementedError

    def run(self, entry: _One) -> None:
        """What Enter does with one."""
        raise NotImplementedError

    # The rest

    def begin(self, view: Any, more: dict[str, Any]) -> None:  # noqa: ANN401 - the base's signature
        """With `chosen`, an id, chosen."""
        del view
        self.read(str(more.get("chosen", "")))
        super().begin(None, more)

    def first(self) -> QWidget:
        """The list; where there is none yet, the way out."""
        return self.list if self._entries else self.cancel

    def kept(self) -> dict[str, str]:
        """Nothing of this is a draft."""
        return {}

    @property
    def entry(self) -> _One | None:
        """What is chosen."""
        at = self.list.chosen()
        return self._entries[at] if 0 <= at < len(self._entries) else None

    def lacks(self) -> list[tuple[str, str]]:
        """A change, and a name."""
        if self.entry is None:
            return [("", tr("one that is chosen"))]
        if not self.name.text():
            return [("name", tr("a name"))]
        same = (self.name.text(), self.shared.isChecked()) == (self.entry.name, self.entry.shared)
        return [("name", tr("a change"))] if same else []

    def renew(self) -> None:
        """The button waits quietly for a change."""
        super().renew()
        self.lack.setText("")

    def send(self) -> None:
        """Ask for the name and for whom it is."""
        if self.entry is not None and not self.lacks():
            told = {"name": self.name.text(), "shared": self.shared.isChecked()}
            self.wished.emit(Keep(replace(self.entry, **told)))

    def granted(self) -> None:
        """As it is now; the keyboard stays where it was."""
        kept = self.entry.id if self.entry else ""
        self.trouble.setText("")
        self.read(kept)
        self.renew()

    def drop(self) -> None:
        """Take the chosen one away."""
        if self.entry is not None:
            self.wished.emit(Drop(self.entry.id))

    def read(self, chosen: str) -> None:
        """All of them anew; the one of that id chosen, else the one in its place."""
        at = max(self.list.chosen(), 0)
        self._entries = self.entries()
        ids = [each.id for each in self._entries]
        at = ids.index(chosen) if chosen in ids else min(at, len(ids) - 1)
        self.list.put([self.item(each) for each in self._entries], at)
        self._show()

    def event(self, event: QEvent) -> bool:
        """What was just done here can be taken back from here."""
        wanted = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and _takes_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter, Del and Alt with the arrows are for the chosen one."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if _takes_back(event):
            self.wished.emit(TakeBack())
        elif held & Qt.KeyboardModifier.AltModifier and key in _MOVES:
            self._move(_MOVES[key])
        elif self.list.hasFocus() and key == Qt.Key.Key_Delete:
            self.drop()
        elif self.list.hasFocus() and key in _ENTER and not held & ~_KEYPAD:
            self._run_chosen()
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        if self.entry is not None:
            self.wished.emit(Move(self.entry.id, by))

    def _run_chosen(self) -> None:
        if self.entry is not None:
            self.run(self.entry)

    def _keep(self) -> None:
        """Nothing of this is a draft."""

    def _show(self) -> None:
        entry, why = self.entry, only_mine(self.desk)
        for part in (self.framed, self.name, self.shared):
            part.setVisible(entry is not None)
        for button in self.of_chosen:
            button.setEnabled(entry is not None)
        self.none.setVisible(entry is None)
        self.name.put(entry.name if entry else "")
        self.shared.setChecked(bool(entry and entry.shared))
        self.shared.setEnabled(not why)
        self.name.entry.setReadOnly(bool(why and entry and entry.shared))
        self.why_mine.setText(why)
        self.why_mine.setVisible(bool(why) and entry is not None)
        self.renew()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _takes_back(event: QKeyEvent) -> bool:
    control = Qt.KeyboardModifier.ControlModifier
    return event.key() == Qt.Key.Key_Z and event.modifiers() == control


def whose(desk: Desk, entry: Template) -> str:
    """For whom one is, in a word or two."""
    if entry.shared:
        return "everybody"
    return "mine" if entry.owner == desk.me else tr("this computer")


def only_mine(desk: Desk) -> str:
    """Why this person cannot share, "" when they can."""
    if desk.shelf.may_share(desk.me):
        return ""
    return tr("On a shared desk only leads change what everybody has. Yours stay on this computer.")
