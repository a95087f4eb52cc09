"""Tickets told anew from their journal: the log first, this console's own acts merged behind it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket
from tierline.storage.journal import Entry, entries_of
from tierline.storage.predicting import Leads, Prediction, Step, predict
from tierline.storage.projecting import Reached, drop, places_of, store
from tierline.storage.projection import all_words, project
from tierline.storage.tickets import read_stored
from tierline.storage.voiding import void

_MERGED = "UPDATE journal SET merged = ? WHERE seq = ?"


class Retelling:
    """Works out tickets inside one transaction; `conflicts` are those on which acts have met."""

    def __init__(self, connection: Connection, book: PolicyBook) -> None:
        """Read and write through this transaction."""
        self._connection = connection
        self._book = book
        self._leads = Leads(connection)
        self.conflicts: set[str] = set()

    def tell(self, ticket_ids: Iterable[str]) -> None:
        """Put these tickets where their histories lead; one whose whole history is lost goes."""
        reached, gone = [], []
        for ticket_id, entries in entries_of(self._connection, ticket_ids).items():
            if not any(entry.live or entry.mine for entry in entries):
                gone.append(ticket_id)
                continue
            told = self._told(ticket_id, entries)
            if told is not None:
                reached.append(told)
        if reached:
            ids = [each.projection.ticket.id for each in reached]
            store(self._connection, reached, places_of(self._connection, ids))
        if gone:
            drop(self._connection, gone)

    def _told(self, ticket_id: str, entries: list[Entry]) -> Reached | None:
        prediction = predict(ticket_id, entries, self._book, self._leads)
        for step in prediction.steps:
            if step.changed:
                self._keep(step)
        ticket = prediction.ticket
        if ticket is None:
            return None
        if ticket.conflicts:
            self._compare(ticket)
        return reached_by(ticket, prediction, entries, self._book)

    def _keep(self, step: Step) -> None:
        if step.void:
            void(self._connection, step.entry)
        else:
            self._connection.exec_driver_sql(_MERGED, (step.merged, step.entry.seq))

    def _compare(self, ticket: Ticket) -> None:
        stored = read_stored(self._connection, ticket.id)
        known = {each.key for each in stored.ticket.conflicts} if stored else set()
        if any(each.key not in known for each in ticket.conflicts):
            self.conflicts.add(ticket.id)


def reached_by(
    ticket: Ticket, prediction: Prediction, entries: list[Entry], book: PolicyBook
) -> Reached:
    """A predicted ticket as it is stored."""
    words = all_words(ticket, prediction.folding.kept())
    return Reached(
        project(ticket, book.get(ticket.policy), words),
        seq=max(entry.seq for entry in entries),
        hub_seq=max(entry.hub_seq or 0 for entry in entries),
        numbers=prediction.folding.told_numbers(),
    )
