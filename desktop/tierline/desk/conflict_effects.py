"""What either side of a conflict does to the deadline that it moves."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.when import when
from tierline.domain import events as ev
from tierline.domain.clocks import Deadline, deadlines
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket, evolve

_MOVES = ("priority", "status", "type")


class Effects(NamedTuple):
    """For what was lost "fix would be due Fri 09:21", for what stands "fix due 13:21"; or ""."""

    lost: str = ""
    kept: str = ""


def effects(
    ticket: Ticket, policy: Policy, conflict: ev.Conflicted, now: datetime, zone: ZoneInfo
) -> Effects:
    """Recompute the clocks with the lost value and name the longest of those that it moves."""
    if conflict.what not in _MOVES:
        return Effects()
    other = ticket
    for event in conflict.events:
        other = evolve(other, event)
    stands = {each.name: each for each in deadlines(ticket, policy) if not each.stopped}
    moved = [each for each in deadlines(other, policy) if _moves(each, stands.get(each.name))]
    if not moved:
        return Effects()
    lost = max(moved, key=lambda each: each.required)
    kept = stands[lost.name]
    word = lost.word.lower()
    return Effects(f"{word} would be {_due(lost, now, zone)}", f"{word} {_due(kept, now, zone)}")


def _moves(lost: Deadline, kept: Deadline | None) -> bool:
    return kept is not None and (lost.stopped, lost.due) != (kept.stopped, kept.due)


def _due(deadline: Deadline, now: datetime, zone: ZoneInfo) -> str:
    if deadline.stopped:
        return "met"
    return f"due {when(deadline.due, now, zone)}" if deadline.due else "on hold"
