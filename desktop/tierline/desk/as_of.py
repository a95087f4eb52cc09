"""A ticket as it stood at an instant: as stored when that is now, else folded from its history."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tierline.domain.clocks import Deadline, deadlines
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket, begun, fold_operations
from tierline.storage.records import Recorded
from tierline.storage.replica import Replica


class Opened(NamedTuple):
    """A ticket with its clocks and the history that led there; `seq` is its latest act's row."""

    seq: int
    ticket: Ticket
    deadlines: tuple[Deadline, ...]
    history: tuple[Recorded, ...]


def opened(replica: Replica, book: PolicyBook, ticket_id: str, now: datetime) -> Opened | None:
    """The ticket as of `now` (aware); None for an unknown id, or one not logged by then."""
    stored = replica.tickets.get(ticket_id)
    if stored is None:
        return None
    history = replica.tickets.operations(ticket_id)
    if now >= stored.ticket.changed_at:
        return Opened(stored.seq, stored.ticket, stored.deadlines, history)
    then = tuple(each for each in history if each.operation.at <= now)
    if not begun(each.operation for each in then):
        return None
    ticket = fold_operations([each.operation for each in then])
    return Opened(then[-1].seq, ticket, deadlines(ticket, book.get(ticket.policy)), then)
