"""Acts on their way to the hub, in the order of their numbers, each behind all that is here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from tierline.domain.log import DIRECTORY, Offer
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket
from tierline.storage.journal import Entry, entries_of, entries_where
from tierline.storage.predicting import Leads, Prediction, predict
from tierline.storage.projection import project
from tierline.storage.retelling import Retelling
from tierline.storage.rows import wire_row
from tierline.storage.store import Store

_NEXT = "state = 'pending' AND cseq > 0 ORDER BY cseq LIMIT ?"


def offers(store: Store, book: PolicyBook, limit: int) -> tuple[Offer, ...]:
    """As `Syncing.offers`."""
    with store.reading() as connection:
        batch = _Batch(connection, book, limit)
    if batch.changed:
        # Someone acted on what they had not been shown: that is merged, and seen here too.
        with store.writing_calmly() as connection:
            Retelling(connection, book).tell(batch.changed)
        with store.reading() as connection:
            batch = _Batch(connection, book, limit)
    return tuple(batch.offers())


class _Batch:
    """The next acts to offer and the tickets they are on."""

    def __init__(self, connection: Connection, book: PolicyBook, limit: int) -> None:
        self._book = book
        self._next = entries_where(connection, _NEXT, (limit,))
        leads = Leads(connection)
        ids = dict.fromkeys(each.ticket_id for each in self._next if each.kind not in DIRECTORY)
        self._entries = entries_of(connection, ids)
        self._found: dict[str, Prediction] = {
            ticket_id: predict(ticket_id, self._up_to_here(entries), book, leads)
            for ticket_id, entries in self._entries.items()
            if "/" not in ticket_id
        }

    def _up_to_here(self, entries: Sequence[Entry]) -> list[Entry]:
        """Without the acts of later batches: what is offered now does not stand on them."""
        last = self._next[-1].cseq
        return [entry for entry in entries if not entry.waits or entry.cseq <= last]

    @property
    def changed(self) -> list[str]:
        """Tickets on which the journal has something else than what would be offered."""
        found = self._found.items()
        return [each for each, told in found if any(step.changed for step in told.steps)]

    def offers(self) -> Iterator[Offer]:
        """One offer for each."""
        after = {step.entry.seq: step.after for told in self._found.values() for step in told.steps}
        for entry in self._next:
            if entry.kind in DIRECTORY:
                yield self._plain(entry)
            else:
                yield self._offer(entry, after.get(entry.seq))

    def _offer(self, entry: Entry, ticket: Ticket | None) -> Offer:
        entries = self._entries[entry.ticket_id]
        base = max((e.hub_seq or 0 for e in entries if e.state != "orphan"), default=0)
        if ticket is None:
            return self._plain(entry, base)
        return Offer(
            op_id=entry.op_id,
            cseq=entry.cseq,
            ticket_id=entry.ticket_id,
            kind=entry.kind,
            at=entry.at,
            payload=entry.payload,
            base_seq=base,
            seen_seq=entry.seen_seq,
            v=entry.v,
            row=self._row(ticket, entries),
            number=ticket.number,
            open=ticket.open,
            restricted=ticket.restricted,
        )

    def _plain(self, entry: Entry, base_seq: int = 0) -> Offer:
        return Offer(
            op_id=entry.op_id,
            cseq=entry.cseq,
            ticket_id=entry.ticket_id,
            kind=entry.kind,
            at=entry.at,
            payload=entry.payload,
            base_seq=base_seq,
            seen_seq=entry.seen_seq,
            v=entry.v,
        )

    def _row(self, ticket: Ticket, entries: Sequence[Entry]) -> str:
        """The ticket's row, marked when lines are in it that this version cannot read."""
        partial = any(entry.state == "parked" for entry in entries)
        return wire_row(project(ticket, self._book.get(ticket.policy)), partial=partial)
