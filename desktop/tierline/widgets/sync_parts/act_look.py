"""How lists of acts are drawn: a heading per ticket, below it each act with its time and words."""

from __future__ import annotations

from typing import NamedTuple

from tierline.widgets import fonts
from tierline.widgets.sheets.ink import Ink, lines_high
from tierline.widgets.theme import ThemeHub

HEAD, ROW, TEXT_AT, TIME_AT, END, MOST = 34, 26, 112, 34, 12, 3


class ActRow(NamedTuple):
    """One row; a heading has no `icon`. `key` is a ticket's id or an act's."""

    key: str
    ticket_id: str
    words: str
    text: str = ""
    time: str = ""
    icon: str = ""
    priority: int = 0


class ActLook:
    """Paints them; headings are passed over by the arrows."""

    def __init__(self, hub: ThemeHub) -> None:
        """Read sizes from this hub at every paint."""
        self._hub = hub

    def height(self, row: ActRow, width: int) -> int:
        """One line, and those that the words need below it."""
        px = self._hub.px
        if not row.icon:
            return px(HEAD)
        room = width - px(TEXT_AT + END)
        lines = min(lines_high(row.text, 12, self._hub, room), px(16 * MOST)) if row.text else 0
        return px(ROW) + lines + (px(4) if row.text else 0)

    def paint(self, ink: Ink, row: ActRow, *, chosen: bool) -> None:
        """Heading: chip, number and subject. Act: icon, time, what, and the text below."""
        hub, theme, whole = self._hub, ink.theme, ink.whole
        if not row.icon:
            self._paint_head(ink, row)
            return
        middle = whole.top() + hub.px(ROW) / 2
        ink.icon(hub.px(12), middle, row.icon, 14, theme.ink2)
        high, right = hub.px(ROW), whole.width() - hub.px(END)
        ink.text(ink.box(hub.px(TIME_AT), 0, hub.px(74), high), row.time, 12, theme.ink3)
        weight = fonts.SEMIBOLD if chosen else fonts.MEDIUM
        x = hub.px(TEXT_AT)
        ink.text(ink.box(x, 0, right - x, high), row.words, 12, theme.ink, weight)
        if row.text:
            box = ink.box(x, high - hub.px(2), right - x, whole.height() - high - hub.px(2))
            ink.painter.save()
            ink.painter.setClipRect(box)
            ink.wrapped(box, row.text, 12, theme.ink2)
            ink.painter.restore()

    def _paint_head(self, ink: Ink, row: ActRow) -> None:
        hub, theme, whole = self._hub, ink.theme, ink.whole
        middle, x = whole.center().y() + hub.px(2), float(hub.px(12))
        if row.priority:
            x += ink.priority(x, middle, row.priority) + hub.px(8)
        high = whole.height() + hub.px(4)
        wide = ink.text(
            ink.box(x, 0, whole.width() - x, high), row.words, 12, theme.ink, fonts.SEMIBOLD
        )
        x += wide + hub.px(8)
        room = max(whole.width() - x - hub.px(END), 1)
        ink.text(ink.box(x, 0, room, high), row.text, 12, theme.ink2)

    def sentence(self, row: ActRow) -> str:
        """The row as it is read aloud."""
        parts = (f"P{row.priority}" if row.priority else "", row.words, row.text, row.time)
        return ", ".join(part for part in parts if part)

    def rests(self, row: ActRow) -> bool:
        """Headings cannot be chosen."""
        return not row.icon
