"""Marks on the entries of a timeline: what has not gone out yet, and what is in conflict."""

from __future__ import annotations

from collections.abc import Iterable

from tierline.desk.timeline import Entry
from tierline.domain.ticket import Ticket
from tierline.storage.records import Recorded

UNSENT, CONFLICT = "unsent", "conflict"


def unsent_acts(history: Iterable[Recorded]) -> frozenset[str]:
    """Ids of the acts that no hub has yet."""
    return frozenset(each.operation.op_id for each in history if each.state == "pending")


def marked(
    entries: Iterable[Entry], ticket: Ticket, unsent: frozenset[str] = frozenset()
) -> tuple[Entry, ...]:
    """The entries with their marks; one that waits to go out says so before all else."""
    open_ones = {each.key for each in ticket.conflicts}
    return tuple(_marked(each, open_ones, unsent) for each in entries)


def _marked(entry: Entry, conflicts: set[str], unsent: frozenset[str]) -> Entry:
    if not entry.op_id:
        return entry
    if entry.op_id in unsent:
        return entry._replace(mark=UNSENT)
    return entry._replace(mark=CONFLICT) if entry.op_id in conflicts else entry
