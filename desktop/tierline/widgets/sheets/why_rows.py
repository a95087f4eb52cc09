"""The two tables of an explanation: how it adds up, and what it counts on."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.explain_facts import Fact
from tierline.desk.explain_sum import SumRow
from tierline.widgets import fonts
from tierline.widgets.sheets.ink import Ink, lines_high
from tierline.widgets.theme import ThemeHub

HIGH = 27
_STRONG = ("left", "due")


class SumLook:
    """Label, note, figure at the end."""

    def __init__(self, hub: ThemeHub) -> None:
        """Read sizes from this hub at every paint."""
        self._hub = hub

    def height(self, row: SumRow, width: int) -> int:
        """As many lines as the label needs beside its note and its figure."""
        words = lines_high(row.label, 13, self._hub, self._label(row, width))
        return max(self._hub.px(HIGH), words + self._hub.px(10))

    def paint(self, ink: Ink, row: SumRow, *, chosen: bool) -> None:
        """One row of the sum, with a line below it."""
        del chosen
        hub, theme, whole = self._hub, ink.theme, ink.whole
        weight = fonts.SEMIBOLD if row.kind in _STRONG else fonts.REGULAR
        pad, high = hub.px(10), whole.height()
        label = self._label(row, int(whole.width()))
        ink.wrapped(ink.box(pad, 0, label, high), row.label, 13, theme.ink, weight)
        value = fonts.width(row.value, hub.px(13), fonts.SEMIBOLD) + 2
        right = whole.width() - pad - value
        ink.text(ink.box(right, 0, value, high), row.value, 13, theme.ink, fonts.SEMIBOLD, end=True)
        start = pad + label + hub.px(8)
        room = max(right - start - hub.px(8), 1)
        ink.text(ink.box(start, 0, room, high), row.note, 12, theme.ink3)
        underline(ink)

    def sentence(self, row: SumRow) -> str:
        """The row read aloud."""
        return ", ".join(part for part in (row.label, row.value, row.note) if part)

    def rests(self, row: SumRow) -> bool:
        """Rows can be walked through to be read."""
        del row
        return False

    def _label(self, row: SumRow, width: int) -> int:
        value = fonts.width(row.value, self._hub.px(13), fonts.SEMIBOLD)
        note = fonts.width(row.note, self._hub.px(12))
        room = width - value - self._hub.px(46) - min(note, width * 0.34)
        return int(max(room, width * 0.3) if row.note else width - value - self._hub.px(30))


class PairLook:
    """A quiet word, and what is said for it."""

    def __init__(self, hub: ThemeHub, first: int = 92) -> None:
        """`first` is the width of the quiet word, design px."""
        self._hub, self._first = hub, first

    def height(self, row: Fact, width: int) -> int:
        """As many lines as the text needs."""
        room = width - self._hub.px(self._first + 30)
        return max(self._hub.px(HIGH), lines_high(row.text, 13, self._hub, room) + self._hub.px(10))

    def paint(self, ink: Ink, row: Fact, *, chosen: bool) -> None:
        """Both, with a line below."""
        del chosen
        hub, theme, high = self._hub, ink.theme, ink.whole.height()
        ink.text(ink.box(hub.px(10), 0, hub.px(self._first), high), row.label, 13, theme.ink3)
        start = hub.px(self._first + 20)
        room = ink.whole.width() - start - hub.px(10)
        ink.wrapped(ink.box(start, 0, room, high), row.text, 13, theme.ink)
        underline(ink)

    def sentence(self, row: Fact) -> str:
        """The row read aloud."""
        return f"{row.label}: {row.text}"

    def rests(self, row: Fact) -> bool:
        """Rows can be walked through to be read."""
        del row
        return False


class KeyRow(NamedTuple):
    """A line of the legend."""

    kind: str
    words: str


def underline(ink: Ink) -> None:
    """The thin line between two rows."""
    whole = ink.whole
    box = ink.box(0, whole.height() - 1, whole.width(), 1)
    ink.painter.fillRect(box, ink.theme.line2)
