"""How a desk stands with its hub before that was asked: what its own file knows."""

from __future__ import annotations

from datetime import datetime

from tierline.desk.desk import Desk
from tierline.desk.hub_clock import HubClock
from tierline.desk.shared_policies import take
from tierline.storage.replica import Replica
from tierline.sync.status import SyncStatus

OFFSET, LAST, ROLE = "hub_offset", "hub_last_sync", "hub_role"


def joined(replica: Replica) -> bool:
    """Whether this desk has a hub."""
    return bool(replica.sync.state().url)


def standing(replica: Replica) -> SyncStatus:
    """What the replica itself knows."""
    state = replica.sync.state()
    if not state.url:
        return SyncStatus()
    counts = replica.sync.counts()
    return SyncStatus(
        link="offline",
        hub=state.url,
        login=state.login,
        role=replica.meta(ROLE),
        last_sync=_last(replica),
        pending=counts.pending,
        aside=counts.aside,
        parked=counts.parked,
        conflicts=counts.conflicts,
        done=state.boot_done,
        total=state.boot_total,
        offset=_number(replica.meta(OFFSET)),
    )


def _last(replica: Replica) -> datetime | None:
    known = replica.meta(LAST)
    return datetime.fromisoformat(known) if known else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def take_place(desk: Desk) -> Desk:
    """The desk as one of many, if it is joined: its person, its time and its policies.

    Answers the desk itself for one that is alone.
    """
    stands = standing(desk.replica)
    if stands.link == "alone":
        return desk
    clock = HubClock(desk.clock, stands.offset)
    take(desk.replica, desk.book, clock().astimezone(desk.zone).date())
    made = Desk(desk.replica, desk.book, stands.login or desk.me, clock)
    made.standing = stands
    return made
