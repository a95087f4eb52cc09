"""Rows of two lines about something on a ticket: a message to send, a task to see to."""

from __future__ import annotations

from typing import NamedTuple

from tierline.widgets import fonts
from tierline.widgets.sheets.ink import Ink
from tierline.widgets.theme import ThemeHub

HIGH = 46


class Item(NamedTuple):
    """One row: an icon or a chip, two lines, a quiet word at the end; `alarm` is a failed one."""

    key: str
    text: str
    under: str
    end: str
    icon: str = ""
    priority: int = 0
    alarm: bool = False


class ItemLook:
    """How such rows are painted."""

    def __init__(self, hub: ThemeHub) -> None:
        """Read sizes from this hub at every paint."""
        self._hub = hub

    def height(self, row: Item, width: int) -> int:
        """Two lines."""
        del row, width
        return self._hub.px(HIGH)

    def paint(self, ink: Ink, row: Item, *, chosen: bool) -> None:
        """Mark, words above each other, the time at the end."""
        hub, theme, whole = self._hub, ink.theme, ink.whole
        middle, x = whole.center().y(), float(hub.px(12))
        if row.priority:
            x += ink.priority(x, middle, row.priority) + hub.px(10)
        else:
            ink.icon(x, middle, row.icon, 16, theme.now if row.alarm else theme.ink2)
            x += hub.px(26)
        wide = fonts.width(row.end, hub.px(12)) + 2
        right = whole.width() - hub.px(12) - wide
        ink.text(ink.box(right, hub.px(5), wide, hub.px(18)), row.end, 12, theme.ink3, end=True)
        room = max(right - x - hub.px(8), 1)
        weight = fonts.MEDIUM if chosen else fonts.REGULAR
        ink.text(ink.box(x, hub.px(5), room, hub.px(18)), row.text, 13, theme.ink, weight)
        room = whole.width() - x - hub.px(12)
        quiet = theme.now if row.alarm else theme.ink3
        ink.text(ink.box(x, hub.px(24), room, hub.px(16)), row.under, 12, quiet)

    def sentence(self, row: Item) -> str:
        """Both lines and the end."""
        parts = (f"P{row.priority}" if row.priority else "", row.text, row.under, row.end)
        return ", ".join(part for part in parts if part)

    def rests(self, row: Item) -> bool:
        """Every row can be chosen."""
        del row
        return False
