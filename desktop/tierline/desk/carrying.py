"""What a contact says on a merged ticket is put on the one that goes on: nobody waits unheard.

It may have been said before the merge and been left unanswered, or after it on a console that did
not know. Whatever console looks first does it, under the same id everywhere: it is done once on
each ticket, also where some knew of one merge and others of two.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from tierline.domain import events as ev
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket, evolve
from tierline.storage.projection import more_words, project
from tierline.storage.refold import current
from tierline.storage.replica import Replica
from tierline.storage.writing import Writing

KIND = "carry"
RULE = "merged tickets"
_NAMESPACE = UUID("5a0f0c86-3c2f-5f6c-9a53-0f0f5b6f2f11")


def carry(replica: Replica, book: PolicyBook, now: datetime) -> tuple[str, ...]:
    """Carry every word that waits on a merged ticket; ids of the tickets that changed.

    `now` is aware. A millisecond when nothing waits.
    """
    changed: list[str] = []
    for ticket in replica.told.merged_waiting():
        into = goes_on(replica, ticket)
        if into is not None and into.id != ticket.id and ticket.changed_at <= now:
            with replica.writing() as writing:
                changed += _carry(writing, book, ticket.id, into.id, now)
    return tuple(changed)


def goes_on(replica: Replica, ticket: Ticket) -> Ticket | None:
    """The ticket that goes on with a merged one, itself when it was not merged.

    None when that is not here (restricted, or not fetched yet).
    """
    seen, at = {ticket.id}, ticket
    while into := next((tie.other for tie in at.links if tie.how == "into"), ""):
        stored = replica.tickets.get(into)
        if stored is None or into in seen:
            return None
        seen.add(into)
        at = stored.ticket
    return at


def _carry(
    writing: Writing, book: PolicyBook, merged: str, into: str, now: datetime
) -> tuple[str, ...]:
    stored, other = writing.stored(merged), writing.stored(into)
    if stored is None or other is None or stored.ticket.waiting_since is None:
        return ()
    here, there = current(stored, writing.operations), current(other, writing.operations)
    history = (op.operation for op in writing.operations(merged))
    last = [e for op in history for e in op.events if _said(e)][-1:]
    if not last:
        return ()
    at = last[0].at
    text = f"On {here.number}, which was merged into this one: {getattr(last[0], 'text', '')}"
    channel = getattr(last[0], "channel", "mail")
    # Words that were carried here keep the name of where they were said.
    named = last[0].key if isinstance(last[0], ev.Messaged) and last[0].rule == RULE else ""
    key = named or f"{merged}/{at.isoformat()}"
    said = ev.Messaged(
        at=at, rule=RULE, text=text.strip(), channel=channel, direction="in", key=key
    )
    told = ev.Carried(at=now, rule=RULE, other=there.id, number=there.number)
    for ticket, event, side in ((there, said, "there"), (here, told, "here")):
        op_id = str(uuid5(_NAMESPACE, f"{key}/{side}/{ticket.id}"))
        if op_id not in writing.known_operations([op_id]):
            _record(writing, book, ticket, event, op_id, now)
    return merged, into


def _record(
    writing: Writing,
    book: PolicyBook,
    ticket: Ticket,
    event: ev.AnyEvent,
    op_id: str,
    now: datetime,
) -> None:
    after = evolve(ticket, event)
    act = ev.Operation(op_id=op_id, ticket_id=ticket.id, kind=KIND, at=now, events=(event,))
    words = more_words(after, (event,))
    stored = writing.stored(ticket.id)
    assert stored is not None
    writing.record(act, project(after, book.get(after.policy), words), base_seq=stored.seq)


def _said(event: ev.AnyEvent) -> bool:
    if isinstance(event, ev.Messaged):
        return event.direction == "in"
    return isinstance(event, ev.Disputed | ev.Complained)
