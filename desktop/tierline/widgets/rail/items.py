"""What stands in the rail: groups and views, by name, sign and count."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from tierline.desk.queues import Count
from tierline.domain.tongue import tr
from tierline.storage.records import SavedView

SAVED, GROUP = "saved", tr("Saved views")


# Views that stand in the rail by themselves while there is something in them.
CALLING = ("conflicts", "theirs")


class Item(NamedTuple):
    """One row; without a view it is a group's head. `icon` may be "line:2" or "priority:1"."""

    view: str
    word: str
    icon: str = ""
    group: str = ""


_VIEWS = (
    Item("my", tr("My work"), "user-round"),
    Item("unassigned", tr("Unassigned"), "user-round-x"),
    Item("all", tr("All open"), "inbox"),
    Item("", tr("Lines")),
    Item("tier:1", tr("1st line"), "line:1", tr("Lines")),
    Item("tier:2", tr("2nd line"), "line:2", tr("Lines")),
    Item("tier:3", tr("3rd line"), "line:3", tr("Lines")),
    Item("theirs", tr("Clients’ own"), "building-2", tr("Lines")),
    Item("", tr("Priority")),
    Item("priority:1", tr("Critical"), "priority:1", tr("Priority")),
    Item("priority:2", tr("High"), "priority:2", tr("Priority")),
    Item("priority:3", tr("Normal"), "priority:3", tr("Priority")),
    Item("priority:4", tr("Low"), "priority:4", tr("Priority")),
    Item("", tr("Time")),
    Item("due", tr("Due soon"), "clock-alert", tr("Time")),
    Item("waiting", tr("Waiting"), "circle-pause", tr("Time")),
    Item("escalated", tr("Escalated"), "arrow-up-right", tr("Time")),
    Item("conflicts", tr("Conflicts"), "git-compare", tr("Time")),
    Item("resolved", tr("Resolved"), "check-check", tr("Time")),
)
_ONLY_WHEN_CHOSEN = ("escalated", *CALLING)


def wide_items(saved: Sequence[SavedView], chosen: str, calling: Container[str] = ()) -> list[Item]:
    """The rail in full; what is seldom needed is there when it is chosen, or `calling`."""
    items = [
        each
        for each in _VIEWS
        if each.view not in _ONLY_WHEN_CHOSEN or each.view == chosen or each.view in calling
    ]
    if saved:
        items.append(Item("", GROUP))
        items += [
            Item(f"saved:{v.id}", v.name, "users-round" if v.shared else "bookmark", GROUP)
            for v in saved
        ]
    return items


def compact_items(
    saved: Sequence[SavedView], chosen: str, calling: Container[str] = ()
) -> list[Item]:
    """Icon and count only: priorities only where one is chosen, saved views behind one icon."""
    items: list[Item] = []
    for each in wide_items((), chosen, calling):
        if each.group == tr("Priority") and each.view != chosen:
            continue
        if not each.view:
            continue
        if items and items[-1].group != each.group:
            items.append(Item("", ""))
        items.append(each)
    if saved:
        items += [Item("", ""), Item(SAVED, GROUP, "bookmark", GROUP)]
    return items


def sentence(item: Item, count: Count) -> str:
    """The row for a screen reader: "All open, 47 tickets, 2 over, 4 due soon"."""
    if not item.view:
        return item.word
    unit = "view" if item.view == SAVED else "ticket"
    parts = [item.word, f"{count.total} {unit}{'' if count.total == 1 else 's'}"]
    parts += [tr("{over} over", over=count.over)] if count.over else []
    parts += [tr("{soon} due soon", soon=count.soon)] if count.soon else []
    return ", ".join(parts)
