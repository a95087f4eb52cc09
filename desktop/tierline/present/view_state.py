"""Which queue is looked at, narrowed and ordered how: one value, remembered between runs."""

from __future__ import annotations

from typing import NamedTuple

from tierline.desk.queues import VIEWS, known_sort
from tierline.domain.tongue import tr
from tierline.storage.records import SavedView
from tierline.system.settings import Settings

HOME = "all"
WORDS = {
    "my": tr("My work"),
    "unassigned": tr("Unassigned"),
    "all": tr("All open"),
    "tier:1": tr("1st line"),
    "tier:2": tr("2nd line"),
    "tier:3": tr("3rd line"),
    "priority:1": "P1 Critical",
    "priority:2": "P2 High",
    "priority:3": "P3 Normal",
    "priority:4": "P4 Low",
    "due": tr("Due soon"),
    "waiting": tr("Waiting"),
    "escalated": tr("Escalated"),
    "conflicts": tr("Conflicts"),
    "resolved": tr("Resolved"),
    "everything": tr("All tickets"),
}
ORDERS = {
    "next": tr("Next action first"),
    "priority": tr("Priority"),
    "number": tr("Number"),
    "subject": tr("Subject"),
    "client": tr("Client"),
    "status": tr("Status"),
    "tier": tr("Line"),
    "assignee": tr("Assignee"),
    "logged": tr("Logged"),
    "changed": tr("Changed"),
    "resolved": tr("Resolved at"),
}


class ViewState(NamedTuple):
    """A view of `desk.queues.VIEWS` or "saved:<id>", a filter, and an order ("" is its own)."""

    view: str = HOME
    filter: str = ""
    sort: str = ""
    descending: bool = False

    def order_word(self, own: str = "next") -> str:
        """What the sort chip says."""
        return order_word(self.sort or own)

    def sorted_by(self, key: str) -> ViewState:
        """By that order; asked for again, the other way round."""
        again = self.sort == key
        return self._replace(sort=key, descending=again and not self.descending)


def order_word(sort: str) -> str:
    """An order in words, whichever way round; "" is that of a view by itself."""
    key = sort.lstrip("-") or "next"
    return ORDERS.get(key, key)


def view_word(view: str, saved: tuple[SavedView, ...]) -> str:
    """The name of a view as the list's header has it."""
    named = {f"saved:{each.id}": each.name for each in saved}
    return named.get(view) or WORDS.get(view, view)


_AS_FILTER = {
    "my": "is:mine",
    "unassigned": "is:unassigned",
    "waiting": "is:waiting",
    "escalated": "is:escalated",
    "resolved": "is:resolved",
    "everything": "is:any",
}


def whole_filter(state: ViewState, saved: tuple[SavedView, ...]) -> str:
    """View and filter as one filter, so that it can be kept as a view of its own."""
    of_saved = {f"saved:{each.id}": each.filter for each in saved}
    figures = state.view if state.view.startswith(("tier:", "priority:")) else ""
    base = of_saved.get(state.view) or _AS_FILTER.get(state.view, figures)
    return f"{base} {state.filter}".strip()


def remembered(settings: Settings) -> ViewState:
    """Where the last run left off; anything that makes no sense now is left out."""
    view, sort = settings.get("view", HOME), settings.get("sort", "")
    known = view in VIEWS or view.startswith("saved:")
    return ViewState(
        view if known else HOME,
        "",
        sort if known_sort(sort) else "",
        settings.get("descending", False),
    )


def remember(settings: Settings, state: ViewState) -> None:
    """Keep it for the next run; a filter is of the moment and is not kept."""
    settings.put("view", state.view)
    settings.put("sort", state.sort)
    settings.put("descending", state.descending)
