"""What other tickets are to this one, in words; and what was written on those merged into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tierline.desk.team_sayings import HOW
from tierline.desk.timeline import Entry, timeline
from tierline.domain.policy_book import PolicyBook
from tierline.domain.team_events import How
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.replica import Replica

_WRITTEN = ("note", "in", "out", "file", "time")


class LinkWords(NamedTuple):
    """Another ticket as this one shows it; `word` is what it is to this one: "child of".

    `ticket_id` is "" when it is not on this desk. `contact` is who else waits, on a merged one.
    """

    how: How
    word: str
    ticket_id: str
    number: str
    subject: str
    status: str
    contact: str = ""

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        about = f"{self.subject}, {self.status.lower()}" if self.subject else tr("not on this desk")
        return f"{self.word[:1].upper()}{self.word[1:]} {self.number}: {about}"


def links_of(replica: Replica, book: PolicyBook, ticket: Ticket) -> tuple[LinkWords, ...]:
    """The links of a ticket, merges first."""
    found = [_words(replica, book, tie.how, tie.other, tie.number, ticket) for tie in ticket.links]
    order = list(HOW)[::-1]
    return tuple(sorted(found, key=lambda each: (order.index(each.how), each.number)))


def merged_entries(
    replica: Replica,
    book: PolicyBook,
    ticket: Ticket,
    name: Callable[[str], str],
    first: Callable[[str], str],
) -> tuple[Entry, ...]:
    """What was written on the tickets merged into this one, and into those; each names its own."""
    entries: list[Entry] = []
    for merged in _merged(replica, ticket, {ticket.id}):
        history = replica.tickets.operations(merged.id)
        told = timeline(history, (), book.get(merged.policy), name, first)
        entries += [
            each._replace(
                verb=tr("{verb}, on {number}", verb=each.verb, number=merged.number),
                op_id="",
                message="",
            )
            for each in told
            if each.kind in _WRITTEN or each.verb.startswith("logged it")
        ]
    return tuple(entries)


def _merged(replica: Replica, ticket: Ticket, seen: set[str]) -> Iterator[Ticket]:
    for tie in ticket.links:
        stored = replica.tickets.get(tie.other) if tie.how == "from" else None
        if stored is None or stored.ticket.id in seen or not _is_in(stored.ticket, ticket):
            continue
        seen.add(stored.ticket.id)
        yield stored.ticket
        yield from _merged(replica, stored.ticket, seen)


def _is_in(merged: Ticket, ticket: Ticket) -> bool:
    """Whether it really was: its own history may have gone on, when two met."""
    return any(tie.how == "into" and tie.other == ticket.id for tie in merged.links)


def _words(
    replica: Replica, book: PolicyBook, how: How, other: str, number: str, ticket: Ticket
) -> LinkWords:
    stored = replica.tickets.get(other)
    if stored is None:
        return LinkWords(how, HOW[how], "", number, "", "")
    found = stored.ticket
    status = book.get(found.policy).status(found.status).word
    word = HOW[how]
    if how == "from" and not _is_in(found, ticket):
        word = tr("not merged after all, work went on:")
    contact = found.contact if how == "from" and found.contact != ticket.contact else ""
    return LinkWords(how, word, found.id, found.number, found.subject, status, contact)
