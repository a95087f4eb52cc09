"""What stands in the rail: groups and views, by name, sign and count."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from tierline.desk.queues import Count
from tierline.storage.records import SavedView

SAVED, GROUP = "saved", "Saved views"


# Views that stand in the rail by themselves while there is something in them.
CALLING = ("conflicts", "theirs")


class Item(NamedTuple):
    """One row; without a view it is a group's head. `icon` may be "line:2" or "priority:1"."""

    view: str
    word: str
    icon: str = ""
    group: str = ""


_VIEWS = (
    Item("my", "My work", "user-round"),
    Item("unassigned", "Unassigned", "user-round-x"),
    Item("all", "All open", "inbox"),
    Item("", "Lines"),
    Item("tier:1", "1st line", "line:1", "Lines"),
    Item("tier:2", "2nd line", "line:2", "Lines"),
    Item("tier:3", "3rd line", "line:3", "Lines"),
    Item("theirs", "Clients’ own", "building-2", "Lines"),
    Item("", "Priority"),
    Item("priority:1", "Critical", "priority:1", "Priority"),
    Item("priority:2", "High", "priority:2", "Priority"),
    Item("priority:3", "Normal", "priority:3", "Priority"),
    Item("priority:4", "Low", "priority:4", "Priority"),
    Item("", "Time"),
    Item("due", "Due soon", "clock-alert", "Time"),
    Item("waiting", "Waiting", "circle-pause", "Time"),
    Item("escalated", "Escalated", "arrow-up-right", "Time"),
    Item("conflicts", "Conflicts", "git-compare", "Time"),
    Item("resolved", "Resolved", "check-check", "Time"),
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
        if each.group == "Priority" and each.view != chosen:
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
    parts += [f"{count.over} over"] if count.over else []
    parts += [f"{count.soon} due soon"] if count.soon else []
    return ", ".join(parts)
