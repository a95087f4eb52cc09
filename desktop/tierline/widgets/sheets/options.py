"""Rows to choose from by a digit: a radio, a key-cap, a text, and a quiet word at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QWidget

from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.sheets.fields import Field
from tierline.widgets.sheets.ink import RADIO, Ink, lines_high
from tierline.widgets.sheets.parts import column, frame
from tierline.widgets.sheets.rows import RowList
from tierline.widgets.theme import ThemeHub

KEYS, MOST_KEYS = "keys", 9  # as a hint: which digits choose


class Option(NamedTuple):
    """One choice: its key for the program, its words, a quiet word at the end, its digit."""

    key: str
    text: str
    note: str = ""
    digit: str = ""
    icon: str = ""


class OptionLook:
    """How options are painted."""

    def __init__(self, hub: ThemeHub) -> None:
        """Read sizes from this hub at every paint."""
        self._hub = hub

    def height(self, row: Option, width: int) -> int:
        """One line, or as many as the words need."""
        hub = self._hub
        words = lines_high(row.text, 13, hub, width - self._start(row) - self._end(row))
        return max(hub.px(33), words + hub.px(14))

    def paint(self, ink: Ink, row: Option, *, chosen: bool) -> None:
        """Radio, key, icon, words, note."""
        hub, theme, middle = self._hub, ink.theme, ink.whole.center().y()
        ink.radio(hub.px(10), middle, on=chosen)
        x: float = hub.px(10 + RADIO + 10)
        if row.digit.strip():
            ink.key(x, middle, row.digit)
        x += hub.px(26) if row.digit else 0
        if row.icon:
            x += ink.icon(x, middle, row.icon, 14, theme.ink2) + hub.px(7)
        high, weight = ink.whole.height(), fonts.MEDIUM if chosen else fonts.REGULAR
        room = ink.whole.width() - x - self._end(row)
        ink.wrapped(ink.box(x, 0, room, high), row.text, 13, theme.ink, weight)
        if row.note:
            wide = self._end(row) - hub.px(10)
            box = ink.box(ink.whole.width() - wide - hub.px(10), 0, wide, high)
            ink.text(box, row.note, 12, theme.ink3, end=True)

    def sentence(self, row: Option) -> str:
        """Words and note."""
        return ", ".join(part for part in (row.text, row.note) if part)

    def rests(self, row: Option) -> bool:
        """Every option can be chosen."""
        del row
        return False

    def _start(self, row: Option) -> int:
        return self._hub.px(10 + RADIO + 10 + (26 if row.digit else 0) + (21 if row.icon else 0))

    def _end(self, row: Option) -> int:
        if not row.note:
            return self._hub.px(10)
        return round(fonts.width(row.note, self._hub.px(12))) + self._hub.px(22)


class OptionField(Field):
    """A labelled list of options in a frame; `text()` is the key of the chosen one."""

    def __init__(self, hub: ThemeHub, word: str, hint: str = "") -> None:
        """Empty until `offer`; the hint `KEYS` names the digits that choose."""
        self._keyed = hint == KEYS
        self.list = RowList(hub, OptionLook(hub), word)
        super().__init__(hub, word, self.list, hint, framed(self.list, hub))
        self.list.picked.connect(self._picked)
        self._filling = False

    def offer(self, options: Sequence[Option], chosen: str = "") -> None:
        """Show these, numbered if several; `chosen` is the key of the one that is chosen."""
        several = len(options) > 1
        numbered = [
            o._replace(digit=(str(at) if at <= MOST_KEYS else " ") if several else "")
            for at, o in enumerate(options, start=1)
        ]
        if self._keyed:
            self.set_word(self.word, keys_words(len(options)))
        keys = [option.key for option in options]
        self._filling = True
        self.list.put(numbered, keys.index(chosen) if chosen in keys else -1)
        self._filling = False
        self.edited = False

    def text(self) -> str:
        """The key of the chosen option, "" for none."""
        row = self.list.choice()
        return row.key if row else ""

    def put(self, text: str) -> None:
        """Choose by key."""
        self._filling = True
        keys = [row.key for row in self.list.rows]
        self.list.choose(keys.index(text) if text in keys else -1)
        self._filling = False
        self.edited = False
        self.changed.emit()

    def _picked(self, row: int) -> None:
        del row
        if not self._filling:
            self._touched()


def keys_words(count: int) -> str:
    """Which digits choose among so many: "keys 1 and 2", "keys 1 to 6", "" for fewer than two."""
    if count < 2:
        return ""
    return tr("keys 1 and 2") if count == 2 else tr("keys 1 to {min}", min=min(count, MOST_KEYS))


def framed(inside: QWidget, hub: ThemeHub) -> QFrame:
    """A rounded frame around a list, as the design has them."""
    made = frame("list")
    box = column(hub, 0, (4, 4, 4, 4))
    box.addWidget(inside)
    made.setLayout(box)
    return made
