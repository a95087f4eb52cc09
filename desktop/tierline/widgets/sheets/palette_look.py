"""How the palette paints its lines: headings, and what can be run with its keys."""

from __future__ import annotations

from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.keycap import keycap_width
from tierline.widgets.sheets.ink import Ink
from tierline.widgets.sheets.palette_entries import Row
from tierline.widgets.theme import ThemeHub

LINE, HEADING = 34, 28


class PaletteLook:
    """Icon or chip, text with the typed letters marked, note and keys at the end."""

    def __init__(self, hub: ThemeHub) -> None:
        """Read sizes from this hub at every paint."""
        self._hub = hub

    def height(self, row: Row, width: int) -> int:
        """One line each."""
        del width
        return self._hub.px(LINE if row.what else HEADING)

    def paint(self, ink: Ink, row: Row, *, chosen: bool) -> None:
        """The line."""
        del chosen
        hub, theme, whole = self._hub, ink.theme, ink.whole
        if not row.what:
            box = ink.box(hub.px(12), hub.px(6), whole.width() - hub.px(24), hub.px(18))
            ink.text(box, row.text, 11, theme.ink3, fonts.SEMIBOLD)
            return
        middle, x, high = whole.center().y(), float(hub.px(12)), whole.height()
        words = theme.ink3 if row.reason else theme.ink
        if row.priority:
            x += ink.priority(x, middle, row.priority) + hub.px(10)
        else:
            ink.icon(x, middle, row.icon or "chevron-right", 15, words)
            x += hub.px(26)
        right = whole.width() - hub.px(12)
        for key in reversed(row.keys if not row.reason else ()):
            right -= keycap_width(key, hub)
            ink.key(right, middle, key)
            right -= hub.px(8)
        note = row.reason or row.note
        most = whole.width() * (0.55 if row.reason else 0.4)
        wide = min(fonts.width(note, hub.px(12)) + 2, most)
        ink.text(ink.box(right - wide, 0, wide, high), note, 12, theme.ink3, end=True)
        room = max(right - wide - x - hub.px(12), 1)
        ink.marked(ink.box(x, 0, room, high), row.text, 13, words, row.spans)

    def sentence(self, row: Row) -> str:
        """Text, note or reason, keys."""
        reason = tr("not now: {reason}", reason=row.reason) if row.reason else row.note
        parts = (row.text, reason, " then ".join(row.keys))
        return ", ".join(part for part in parts if part)

    def rests(self, row: Row) -> bool:
        """Headings are passed over; what cannot be run is not, so that its reason can be heard."""
        return not row.what
