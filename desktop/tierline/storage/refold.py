"""A ticket as this version folds it, where an older one stored it and rules have not looked yet."""

from __future__ import annotations

from collections.abc import Callable

from tierline.domain.ticket import Ticket, begun, fold_operations
from tierline.storage.instants import from_us
from tierline.storage.records import Recorded, Stored

_NOT_YET = from_us(0)


def not_yet(stored: Stored) -> bool:
    """Whether a migration left the ticket to be worked out again."""
    return stored.rule_at == _NOT_YET


def current(stored: Stored, history: Callable[[str], tuple[Recorded, ...]]) -> Ticket:
    """The stored ticket; folded anew from its history when the stored one lacks what is new."""
    if not not_yet(stored):
        return stored.ticket
    operations = [each.operation for each in history(stored.ticket.id)]
    return fold_operations(operations) if begun(operations) else stored.ticket
