"""What the tray says of the desk: one state for the icon, one line for the pointer, a few to open.

The most urgent thing gives the icon its shape; nothing is told by colour alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.when import when
from tierline.domain.tongue import tr

Mark = Literal["over", "soon", "offline", "quiet", ""]
MOST = 127
"""Characters that Windows shows of a tray icon's line."""


class TrayState(NamedTuple):
    """Counts of my warnings and of the desk; instants are aware UTC, None for "not so"."""

    over: int = 0
    soon: int = 0
    unassigned: int = 0
    unsent: int = 0
    offline: datetime | None = None
    quiet: datetime | None = None

    @property
    def mark(self) -> Mark:
        """The shape on the icon."""
        if self.over:
            return "over"
        if self.soon:
            return "soon"
        if self.offline is not None:
            return "offline"
        return "quiet" if self.quiet is not None else ""


class TrayLine(NamedTuple):
    """One line of the menu; the view and filter it opens ("" for no view: it only tells)."""

    text: str
    view: str = ""
    filter: str = ""


def lines(state: TrayState, now: datetime, zone: ZoneInfo) -> list[TrayLine]:
    """What there is to tell, the most urgent first; "Nothing is due" when there is nothing."""
    told = []
    if state.over:
        told.append(TrayLine(tr("{n} over", "{n} over", state.over), "all", "is:over"))
    if state.soon:
        told.append(TrayLine(tr("{n} due soon", "{n} due soon", state.soon), "due"))
    if not told:
        told.append(TrayLine(tr("Nothing is due")))
    if state.unassigned:
        text = tr("{n} unassigned", "{n} unassigned", state.unassigned)
        told.append(TrayLine(text, "unassigned"))
    if state.unsent:
        told.append(TrayLine(tr("{n} changes unsent", "{n} change unsent", state.unsent)))
    if state.offline is not None:
        told.append(TrayLine(tr("Offline since {at}", at=when(state.offline, now, zone))))
    if state.quiet is not None:
        told.append(TrayLine(quiet_words(state.quiet, now, zone)))
    return told


def tip(state: TrayState, now: datetime, zone: ZoneInfo) -> str:
    """All of it on one line, short enough for every system."""
    text = tr("Tierline: {names}", names=", ".join(line.text for line in lines(state, now, zone)))
    return text if len(text) <= MOST else f"{text[: MOST - 1].rstrip()}…"


def quiet_words(until: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Until when nobody is disturbed: "Do not disturb until 14:30"."""
    return tr("Do not disturb until {at}", at=when(until, now, zone))


def length(minutes: int) -> str:
    """How long nobody is disturbed, in words: "30 minutes", "2 hours"."""
    if minutes < 60:
        return tr("{n} minutes", "{n} minute", minutes)
    return tr("{n} hours", "{n} hour", minutes // 60)


def from_epoch(seconds: float) -> datetime | None:
    """An instant of epoch seconds, None for 0."""
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
