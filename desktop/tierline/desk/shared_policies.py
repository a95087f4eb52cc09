"""Policies that came with the shared desk: they count before those of this machine's folder."""

from __future__ import annotations

import logging
from datetime import date

from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.policy_check import PolicyError, load
from tierline.domain.tongue import tr
from tierline.storage.records import PolicyText
from tierline.storage.replica import Replica

_log = logging.getLogger(__name__)


def take(replica: Replica, book: PolicyBook, today: date) -> tuple[str, ...]:
    """Put those that are in force by now into the book; the names of the ones that changed it.

    One that this version cannot read leaves what was there before: a desk must open without a
    network, and whoever sent it has checked it with a newer program.
    """
    taken = []
    for each in replica.directory.policies():
        if _later(each, today):
            continue
        try:
            policy = Policy(load(each.text, tr("{name} of the shared desk", name=each.name)))
        except PolicyError as wrong:
            _log.warning("the shared policy %s is not understood: %s", each.name, wrong)
            continue
        if not book.knows(policy.name) or book.get(policy.name).file != policy.file:
            book.put(policy)
            taken.append(policy.name)
    return tuple(taken)


def _later(each: PolicyText, today: date) -> bool:
    try:
        return date.fromisoformat(each.effective) > today
    except ValueError:
        return False
