"""What the hub said to a batch of offers, written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import Connection

from tierline.domain.log import Line
from tierline.domain.policy_book import PolicyBook
from tierline.storage.journal import Entry, entries_where
from tierline.storage.store import Store
from tierline.storage.sync_meta import console_of
from tierline.storage.sync_records import Applied
from tierline.storage.taking import Taking

_OURS = "mine = 1 AND state = 'pending' AND cseq BETWEEN ? AND ?"
_ACKED = (
    "UPDATE journal SET state = 'acked', console_id = ?, hub_seq = coalesce(hub_seq, ?) "
    "WHERE seq = ?"
)
_REACHED = "UPDATE ticket SET hub_seq = max(hub_seq, ?) WHERE id = ?"
_ASIDE = "UPDATE journal SET state = 'aside', why = ? WHERE seq = ?"
_A_LINE = "UPDATE journal SET state = 'acked' WHERE seq = ?"


class Answered(Protocol):
    """What is looked at of an answer; see `sync.hub.Answer`."""

    @property
    def cseq(self) -> int:
        """The number of the offer."""

    @property
    def outcome(self) -> str:
        """taken, known, stale, refused or later."""

    @property
    def seq(self) -> int:
        """Which line it is."""

    @property
    def why(self) -> str:
        """Why it was refused."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """What its author had not seen."""


def answered(store: Store, book: PolicyBook, answers: Iterable[Answered]) -> Applied:
    """As `Syncing.answered`."""
    told = {answer.cseq: answer for answer in answers}
    if not told:
        return Applied()
    with store.writing_calmly() as connection:
        taking = Taking(connection, book)
        found = entries_where(connection, _OURS, (min(told), max(told)))
        entries = [entry for entry in found if entry.cseq in told]
        _ack(connection, [(each, told[each.cseq]) for each in entries])
        anew, aside = set(), 0
        for entry in entries:
            answer = told[entry.cseq]
            if answer.outcome == "refused" and entry.hub_seq is not None:
                # A rule's act: another console's, offered at a better moment, is the line.
                connection.exec_driver_sql(_A_LINE, (entry.seq,))
                anew.add(entry.ticket_id)
            elif answer.outcome == "refused":
                connection.exec_driver_sql(_ASIDE, (answer.why, entry.seq))
                anew.add(entry.ticket_id)
                aside += 1
            elif answer.outcome == "known" and "/" in entry.ticket_id:
                anew.add(entry.ticket_id)
        for answer in told.values():
            if answer.lines:
                taking.take(answer.lines)
        taking.tell_anew(sorted(anew))
        touched = dict.fromkeys(e.ticket_id for e in entries if "/" not in e.ticket_id)
    return Applied(tickets=tuple(touched), aside=aside).and_then(taking.applied)


def _ack(connection: Connection, answers: Iterable[tuple[Entry, Answered]]) -> None:
    """Note which acts the hub has, and their lines."""
    console = console_of(connection)
    acked: list[tuple[str, int | None, int]] = []
    reached: list[tuple[int, str]] = []
    for entry, answer in answers:
        if answer.outcome == "taken":
            acked.append((console, answer.seq, entry.seq))
            reached.append((answer.seq, entry.ticket_id))
        elif answer.outcome == "known":
            # It may be another console's line, with lines before it that are not here yet: its
            # place is told when the log is read so far. In the directory nothing stands on those,
            # and a first copy brings each entry's last line alone.
            place = answer.seq if "/" in entry.ticket_id else None
            acked.append((console, place, entry.seq))
    if acked:
        connection.exec_driver_sql(_ACKED, acked)
    if reached:
        connection.exec_driver_sql(_REACHED, reached)
