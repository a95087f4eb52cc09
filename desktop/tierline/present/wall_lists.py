"""The list behind each tile of the wallboard: as many tickets as the tile counts."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from tierline.desk.queues import VIEWS, known_sort
from tierline.domain.tongue import tr
from tierline.present.view_state import ViewState


class Tile(IntEnum):
    """A tile of the wallboard, by the key that opens the list behind it."""

    NEXT = 1
    OPEN = 2
    KEPT = 3
    NOBODY = 4
    UNTOUCHED = 5
    PEOPLE = 6
    TREND = 7


_LISTS = {
    Tile.NEXT: ViewState("all"),  # in its own order: what is over, then what is next
    Tile.OPEN: ViewState("all", "", "priority"),
    Tile.KEPT: ViewState(
        "everything", tr("resolved:today status:resolved,closed"), "resolved", True
    ),
    Tile.NOBODY: ViewState("unassigned"),
    Tile.UNTOUCHED: ViewState("all", "status:new"),
    Tile.PEOPLE: ViewState("all", "", "assignee"),
    Tile.TREND: ViewState("everything", "logged:today", "logged", True),
}


def list_of(tile: Tile) -> ViewState:
    """What the console shows for a tile."""
    return _LISTS[tile]


def checked(told: object) -> ViewState | None:
    """A list that another program asks for (a `ViewState` as a dict), None where it is none."""
    fields = told if isinstance(told, dict) else {}
    texts: list[Any] = [fields.get(name, "") for name in ("view", "filter", "sort")]
    if not all(isinstance(text, str) for text in texts):
        return None
    view, filter_, sort = texts
    if not (view in VIEWS or view.startswith("saved:")) or (sort and not known_sort(sort)):
        return None
    return ViewState(view, filter_, sort, fields.get("descending") is True)
