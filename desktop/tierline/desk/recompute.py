"""All clocks of all open tickets anew: what a changed policy means for work in hand."""

from __future__ import annotations

from tierline.domain.policy_book import PolicyBook
from tierline.storage.projection import project
from tierline.storage.records import Projection
from tierline.storage.refold import current
from tierline.storage.replica import Replica

_BATCH = 1_000


def changed_projections(replica: Replica, book: PolicyBook) -> list[tuple[int, Projection]]:
    """The open tickets whose clocks come out differently, with the `seq` they were read at."""
    changed = []
    for stored in replica.tickets.open():
        ticket = current(stored, replica.tickets.operations)
        after = project(ticket, book.get(ticket.policy))
        told = (after.deadlines, after.phase, after.rule_at)
        if told != (stored.deadlines, stored.phase, stored.rule_at):
            changed.append((stored.seq, after))
    return changed


def recompute(replica: Replica, book: PolicyBook) -> int:
    """Store what came out differently, a thousand tickets a transaction; how many those were.

    A ticket that someone acts on meanwhile is left to that act, which knows the policy too.

    Raises:
        WorldError: the disk refused; run it again when it is mended.
    """
    changed = changed_projections(replica, book)
    stored = 0
    for start in range(0, len(changed), _BATCH):
        with replica.writing() as writing:
            stored += writing.project(changed[start : start + _BATCH])
    return stored
