"""What an empty list says: why it is empty, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from tierline.desk.queues import Count
from tierline.desk.warnings import Card
from tierline.domain.tongue import tr
from tierline.present.view_state import ViewState

_NONE = Count()
_TAKES = tr(" T takes the top of Unassigned ({}).")
_BEGIN = tr(" Ctrl N logs a ticket.")
_LOG = tr("No tickets. Ctrl N logs one; Import… brings them from elsewhere (Ctrl K).")
_TEXTS = {
    "unassigned": tr("Nothing is unassigned. Everything has someone on it."),
    "waiting": tr("Nothing waits for anybody."),
    "escalated": tr("Nothing is escalated."),
    "conflicts": tr("Nothing is in conflict. Every change found its place."),
    "resolved": tr("Nothing is resolved and waiting for its confirmation."),
    "all": _LOG,
    "everything": _LOG,
}


def empty_text(
    state: ViewState, counts: Mapping[str, Count], coming: Card | None, zone: ZoneInfo
) -> str:
    """One or two sentences for this view; times of day in `zone`."""
    if state.filter:
        return tr("No ticket matches. Clear filter (Esc).")
    if state.view == "my":
        free = counts.get("unassigned", _NONE).total
        return tr("Nothing assigned to you.") + (_TAKES.format(free) if free else _BEGIN)
    if state.view == "due":
        due = coming.countdown.due if coming else None
        return tr("Nothing due soon.") + (
            tr(" Next at {astimezone:%H:%M}.", astimezone=due.astimezone(zone)) if due else ""
        )
    return _TEXTS.get(state.view, tr("No open ticket in this view."))
