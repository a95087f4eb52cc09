"""The mark on the entries of a timeline of what has not gone out yet."""

from __future__ import annotations

from collections.abc import Iterable

from tierline.desk.timeline import Entry
from tierline.storage.records import Recorded

UNSENT = "unsent"


def unsent_acts(history: Iterable[Recorded]) -> frozenset[str]:
    """Ids of the acts that no hub has yet."""
    return frozenset(each.operation.op_id for each in history if each.state == "pending")


def marked(entries: Iterable[Entry], unsent: frozenset[str] = frozenset()) -> tuple[Entry, ...]:
    """The entries with the mark of those that wait to go out, which comes before any other."""
    return tuple(e._replace(mark=UNSENT) if e.op_id in unsent else e for e in entries)
