"""The desk as it stood at an instant: its queues and its search, answered from a copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tierline.desk.desk import Desk
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import fold_operations, undone_operations
from tierline.storage.past import changed_since, copy_back_to
from tierline.storage.projection import all_words, project
from tierline.storage.records import Projection
from tierline.storage.replica import FILE, Replica

_BATCH = 1_000


@contextmanager
def as_it_stood(desk: Desk) -> Iterator[Desk]:
    """The desk to ask as of its clock: itself, or a copy put back when something came since.

    Acts belong on the desk itself: the copy is thrown away.

    Raises:
        WorldError: the disk refused the copy.
    """
    now = desk.clock()
    if not changed_since(desk.replica.path, now):
        yield desk
        return
    with TemporaryDirectory(prefix="tierline-") as name:
        replica = _put_back(desk.replica, desk.book, Path(name), now)
        try:
            yield Desk(replica, desk.book, desk.me, desk.clock, desk.zone)
        finally:
            replica.close()


def _put_back(replica: Replica, book: PolicyBook, folder: Path, now: datetime) -> Replica:
    ids = copy_back_to(replica.path, folder / FILE, now)
    past = Replica.open(folder, now)
    for start in range(0, len(ids), _BATCH):
        then = [_then(past, book, each, now) for each in ids[start : start + _BATCH]]
        with past.writing() as writing:
            writing.project(then)
    return past


def _then(past: Replica, book: PolicyBook, ticket_id: str, now: datetime) -> tuple[int, Projection]:
    """A ticket as its history up to then leaves it, with the row that is to be replaced."""
    history = past.tickets.operations(ticket_id)
    earlier = [each.operation for each in history if each.operation.at <= now]
    undone = undone_operations(earlier)
    ticket = fold_operations(earlier)
    events = (event for op in earlier if op.op_id not in undone for event in op.events)
    words = all_words(ticket, events)
    stored = past.tickets.get(ticket_id)
    assert stored is not None
    return stored.seq, project(ticket, book.get(ticket.policy), words)
