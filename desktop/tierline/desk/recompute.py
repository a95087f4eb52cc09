"""All clocks of all open tickets anew: what a changed policy means for work in hand."""

from __future__ import annotations

from tierline.desk.projection import project
from tierline.domain.policy_book import PolicyBook
from tierline.storage.records import Projection
from tierline.storage.replica import Replica

_BATCH = 1_000


def changed_projections(replica: Replica, book: PolicyBook) -> list[Projection]:
    """The open tickets whose clocks come out differently from what is stored."""
    changed = []
    for stored in replica.tickets.open():
        after = project(stored.ticket, book.get(stored.ticket.policy))
        if (after.deadlines, after.phase) != (stored.deadlines, stored.phase):
            changed.append(after)
    return changed


def recompute(replica: Replica, book: PolicyBook) -> int:
    """Store what came out differently, a thousand tickets a transaction; how many those were.

    Raises:
        WorldError: the disk refused; run it again when it is mended.
    """
    changed = changed_projections(replica, book)
    for start in range(0, len(changed), _BATCH):
        with replica.writing() as writing:
            writing.project(changed[start : start + _BATCH])
    return len(changed)
