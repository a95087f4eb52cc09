"""How one row of the timeline is laid out at a width: prepared once, painted many times."""

from __future__ import annotations

from typing import NamedTuple

from tierline.domain.tongue import tr
from tierline.widgets import fonts
from tierline.widgets.theme import ThemeHub
from tierline.widgets.ticket.entry_rows import AWAY, Row, Teller
from tierline.widgets.ticket.prose import plain
from tierline.widgets.ticket.wrapped import Run, Wrapped, wrap

PAD, ICON_AT, TEXT_AT, LINE = 16, 64, 86, 16
ABOVE, BELOW, DAY = 4, 4, 28
BOX_PAD, BOX_ABOVE, BOX_RISE = 10, 3, 6
CHIP, CHIP_PAD, CHIP_ICON, CHIP_GAP = 17, 5, 12, 4
_SHORT = 200
_INLINE = ("change", "time", "file")
_DELIVERIES = {
    "to send": ("send", "soon"),
    "failed": ("octagon-alert", "now"),
    "sent by hand": ("check", ""),
    "sent": ("check", ""),
}
_MARKS = {
    "unsent": ("cloud-upload", tr("not sent yet"), ""),
    "conflict": ("git-compare", tr("in conflict"), ""),
    "lost": ("git-compare", tr("did not stand"), ""),
}
_QUIET = ("note", "out", "in", "clock")


class Chip(NamedTuple):
    """A small mark behind the words; `left` counts from the start of the text.

    `tone` "soon" or "now" is for what someone has to act on.
    """

    icon: str
    text: str
    left: float
    top: float
    wide: float
    tone: str = ""


class Plan(NamedTuple):
    """Where the parts of a row are, px from its top; `box` frames the body."""

    row: Row
    high: int
    time: str
    head: Wrapped | None
    head_top: float
    chips: tuple[Chip, ...]
    body: Wrapped | None
    body_top: float
    box: bool


class Planner:
    """Plans rows for one width, theme and text scale; make a new one when any of them changes."""

    def __init__(
        self, hub: ThemeHub, wide: int, teller: Teller, policy: str, *, mirrored: bool
    ) -> None:
        """`wide` is the width of the list, `policy` the label that rule chips carry."""
        self._hub, self._teller, self._policy = hub, teller, policy
        self._mirrored = mirrored
        self._room = max(wide - hub.px(TEXT_AT) - hub.px(PAD), hub.px(60))

    @property
    def room(self) -> int:
        """How wide the text column is, px."""
        return self._room

    def plan(self, row: Row) -> Plan:
        """Lay out one row."""
        px = self._hub.px
        top = float(px(ABOVE) + (px(DAY) if row.day else 0))
        if row.kind in ("more", "earlier"):
            head = self._wrap([Run(row.text, self._hub.theme.acc)])
            return Plan(row, px(2 * ABOVE + LINE), "", head, px(ABOVE), (), None, 0, box=False)
        if row.kind == "text":
            return self._further(row)
        inline = self._inline(row)
        head = self._wrap(self._head(row, inline=inline))
        chips, head_high = self._chips(row, head, top)
        body, body_top, high = None, 0.0, top + head_high
        box = row.entry.kind == "out"
        if row.text and not inline:
            body, body_top, high = self._body(row, high, box=box)
        time = self._teller.time(row.entry)
        high_px = round(high) + px(BELOW)
        return Plan(row, high_px, time, head, top, chips, body, body_top, box=box)

    def _further(self, row: Row) -> Plan:
        box = row.entry.kind == "out"
        body, top, high = self._body(row, 0.0, box=box)
        return Plan(row, round(high), "", None, 0, (), body, top, box=box)

    def _inline(self, row: Row) -> bool:
        """Whether what was written fits on the line of the verb."""
        entry, text, px = row.entry, row.text, self._hub.px(12)
        if entry.kind not in _INLINE or not text or "\n" in text or len(text) > _SHORT:
            return False
        said = f"{self._teller.who(entry)} {entry.verb}: {text}"
        return fonts.width(said, px, fonts.MEDIUM) < self._room * 2

    def _head(self, row: Row, *, inline: bool) -> list[Run]:
        theme, entry = self._hub.theme, row.entry
        who = plain(self._teller.who(entry)[:_SHORT])
        verb = plain(entry.verb[:_SHORT]).replace("\n", " ")
        quiet = entry.undone or entry.kind in _QUIET or not who
        ink = theme.ink3 if quiet else theme.ink
        runs = []
        if who:
            name = theme.ink3 if entry.undone else theme.ink
            runs.append(Run(who, name, fonts.SEMIBOLD, entry.undone))
        verb = f" {verb}" if who else verb[:1].upper() + verb[1:]
        runs.append(Run(verb + (": " if inline else ""), ink, struck=entry.undone))
        if inline:
            runs.append(
                Run(row.text, theme.ink3 if entry.undone else theme.ink, struck=entry.undone)
            )
        return runs

    def _chips(self, row: Row, head: Wrapped, top: float) -> tuple[tuple[Chip, ...], float]:
        """The marks after the last line of the head, and how high the head is with them."""
        entry, px = row.entry, self._hub.px
        wanted: list[tuple[str, str, str]] = []
        if entry.delivery and not entry.undone:
            icon, tone = _DELIVERIES.get(entry.delivery, ("mail", ""))
            wanted.append((icon, entry.delivery, tone))
        if entry.rule:
            # A rule's own words name its policy; what other tools called a rule may not.
            named = entry.rule if "," in entry.rule else f"{entry.rule}, {self._policy}"
            wanted.append(("scale", plain(named[:80]), ""))
        if entry.undone:
            wanted.append(("undo-2", "undone", ""))
        if entry.away and not entry.undone:
            wanted.append(("cloud-off", AWAY, ""))
        if entry.mark:
            wanted.append(_MARKS[entry.mark])
        found, left, line = [], head.end + px(6), top + head.high - px(LINE)
        for icon, text, tone in wanted:
            inside = fonts.width(text, px(11)) + px(2 * CHIP_PAD + CHIP_ICON + CHIP_GAP) + 4
            wide = min(inside, self._room)
            if left + wide > self._room and left > 0:
                left, line = 0.0, line + px(LINE + 4)
            found.append(Chip(icon, text, left, line + (px(LINE) - px(CHIP)) / 2, wide, tone))
            left += wide + px(4)
        return tuple(found), line + px(LINE) - top

    def _body(self, row: Row, top: float, *, box: bool) -> tuple[Wrapped, float, float]:
        px, theme, entry = self._hub.px, self._hub.theme, row.entry
        ink = theme.ink3 if entry.undone else theme.ink
        runs = [Run(row.text, ink, struck=entry.undone)]
        if not box:
            body = self._wrap(runs)
            return body, top, top + body.high
        body = self._wrap(runs, self._room - 2 * px(BOX_PAD))
        start = top + px(BOX_ABOVE) + px(BOX_RISE)
        return body, start, start + body.high + px(BOX_RISE) + px(2)

    def _wrap(self, runs: list[Run], room: float | None = None) -> Wrapped:
        px = self._hub.px
        wide = self._room if room is None else room
        return wrap(runs, px(12), px(LINE), wide, mirrored=self._mirrored)
