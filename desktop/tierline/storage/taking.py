"""Lines of the hub's log, taken into the journal and into the tickets they are about.

A ticket on which nothing of this console waits simply grows by its new lines. Every other one is
told anew from its journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection

from tierline.domain.events import Conflicted, Logged, Restricted
from tierline.domain.log import FORMAT, Line
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import grown
from tierline.storage import journal
from tierline.storage.directory_lines import DirectoryLines
from tierline.storage.folding import Events, numbers_in, read_events, taken_back
from tierline.storage.missing import note_missing, read_missing
from tierline.storage.projecting import Quiet, Reached, places_of, store, store_quiet
from tierline.storage.projection import all_words, more_words, project
from tierline.storage.records import Stored
from tierline.storage.refold import not_yet
from tierline.storage.retelling import Retelling
from tierline.storage.settling import row_of, settle
from tierline.storage.sync_meta import console_of
from tierline.storage.sync_records import Applied
from tierline.storage.tickets import read_all_stored
from tierline.storage.undone_ahead import note_ahead, noted_ahead

_REACHED = "UPDATE ticket SET hub_seq = max(hub_seq, ?) WHERE id = ?"


class News(NamedTuple):
    """A line that was not here, the row it becomes, its events (None: not of this version)."""

    line: Line
    seq: int
    events: Events | None


class Taking:
    """Takes lines in inside one transaction; `applied` tells what came of them."""

    def __init__(self, connection: Connection, book: PolicyBook) -> None:
        """Read and write through this transaction."""
        self._connection = connection
        self._book = book
        self._console = console_of(connection)
        self._seq = journal.last_seq(connection)
        self._retelling = Retelling(connection, book)
        self._directory = DirectoryLines(connection)
        self._touched: dict[str, None] = {}
        self._missing: dict[str, None] = {}
        self._conflicts: set[str] = set()
        self._parked = 0

    @property
    def applied(self) -> Applied:
        """What has come of it so far."""
        return Applied(
            tickets=tuple(self._touched),
            conflicts=tuple(sorted(self._conflicts | self._retelling.conflicts)),
            missing=tuple(self._missing),
            policies=tuple(self._directory.policies),
            directory=self._directory.changed,
            parked=self._parked + self._directory.parked,
        )

    def take(self, lines: Sequence[Line], *, whole: bool = False) -> None:
        """Take lines in; with `whole` they are their tickets' histories from the first line on."""
        if not lines:
            return
        known = journal.entries_by_id(self._connection, (line.op_id for line in lines))
        if tickets := [line for line in lines if "/" not in line.ticket_id]:
            self._take_tickets(tickets, known, whole=whole)
        if entries := [line for line in lines if "/" in line.ticket_id]:
            self._directory.take(entries, known, self._console)
            self._seq = journal.last_seq(self._connection)

    def tell_anew(self, ids: Iterable[str]) -> None:
        """Work tickets, and entries of the directory, out from their journal once more."""
        told = dict.fromkeys(ids)
        self._touched |= dict.fromkeys(each for each in told if "/" not in each)
        self._retelling.tell(each for each in told if "/" not in each)
        self._directory.put(each for each in told if "/" in each)

    def _take_tickets(
        self, lines: Sequence[Line], known: Mapping[str, journal.Entry], *, whole: bool
    ) -> None:
        ids = dict.fromkeys(line.ticket_id for line in lines)
        stored = read_all_stored(self._connection, ids)
        waiting = journal.waiting_tickets(self._connection, ids)
        news: dict[str, list[News]] = {}
        # Lines that came before their ticket did have had no effect on it yet.
        anew = dict.fromkeys(journal.tickets_with_rows(self._connection, ids.keys() - stored))
        told = {line.op_id: readable(line) for line in lines}
        opening = set() if whole else self._opening(told)
        holed = set() if whole else {each.op_id for each in _behind_holes(lines, stored, opening)}
        for line in lines:
            entry = known.get(line.op_id)
            if line.op_id in holed:
                self._missing[line.ticket_id] = None
                # Acted on with a hole it would seem as if its author had seen what is not here.
                if line.ticket_id in stored and not (entry and entry.mine):
                    continue
            if entry is not None:
                self._settle(entry, line, anew, readable=told[line.op_id] is not None)
                continue
            fresh = News(line, self._seq + 1, told[line.op_id])
            if line.ticket_id in news:
                news[line.ticket_id].append(fresh)
            elif whole or line.ticket_id in stored or _begins(fresh):
                news[line.ticket_id] = [fresh]
            else:
                self._missing[line.ticket_id] = None
                if line.ticket_id not in anew:
                    continue
                # A line further on may bring it back to life: it must not be shown with a hole.
                news[line.ticket_id] = [fresh]
            self._seq += 1
        if not whole:
            # The hub may have kept it back when it was asked: news may mean that it no longer does.
            self._missing |= dict.fromkeys(ids.keys() & set(read_missing(self._connection)))
        note_missing(self._connection, self._missing)
        self._insert(news)
        anew |= dict.fromkeys(self._turned_round([n for found in news.values() for n in found]))
        self._tell(news, stored, waiting, anew)

    def _opening(self, told: Mapping[str, Events | None]) -> set[str]:
        """Acts that let all read a ticket, or may: they take back what is not here."""
        back = {op_id: taken_back(events) for op_id, events in told.items() if events}
        asked = {each for several in back.values() for each in several} - told.keys()
        gone = asked - journal.entries_by_id(self._connection, asked).keys() if asked else set()
        return {
            op_id
            for op_id, events in told.items()
            if not gone.isdisjoint(back.get(op_id, ()))
            or any(isinstance(event, Restricted) and not event.on for event in events or ())
        }

    def _settle(
        self, entry: journal.Entry, line: Line, anew: dict[str, None], *, readable: bool
    ) -> None:
        settled = settle(self._connection, entry, line, self._console, readable=readable)
        if settled is None:
            return
        self._connection.exec_driver_sql(_REACHED, (line.seq, line.ticket_id))
        self._touched[line.ticket_id] = None
        if settled.anew:
            anew[line.ticket_id] = None

    def _turned_round(self, found: Sequence[News]) -> list[str]:
        """Tickets with acts that lines before them have taken back; such lines are remembered."""
        ahead = noted_ahead(self._connection, (each.line.op_id for each in found))
        if undone := [op_id for each in found for op_id in taken_back(each.events or ())]:
            note_ahead(self._connection, undone)
        return [each.line.ticket_id for each in found if each.line.op_id in ahead]

    def _insert(self, news: Mapping[str, list[News]]) -> None:
        found = [each for several in news.values() for each in several]
        states = ["parked" if each.events is None else "acked" for each in found]
        self._parked += states.count("parked")
        rows = zip(found, states, strict=True)
        journal.insert(self._connection, [row_of(n.seq, n.line, state) for n, state in rows])

    def _tell(
        self,
        news: Mapping[str, list[News]],
        stored: Mapping[str, Stored],
        waiting: set[str],
        anew: dict[str, None],
    ) -> None:
        reached: list[Reached] = []
        quiet: list[Quiet] = []
        for ticket_id, found in news.items():
            grows = ticket_id not in anew and ticket_id not in waiting
            told = self._grown(ticket_id, stored.get(ticket_id), found) if grows else None
            if isinstance(told, Quiet):
                quiet.append(told)
            elif isinstance(told, Reached):
                reached.append(told)
            else:
                anew[ticket_id] = None
        self._touched |= dict.fromkeys(news)
        places = places_of(self._connection, news)
        store(self._connection, reached, places)
        store_quiet(self._connection, quiet, places)
        self.tell_anew(anew)

    def _grown(
        self, ticket_id: str, before: Stored | None, found: list[News]
    ) -> Reached | Quiet | None:
        """The ticket some lines further on; None when it has to be told anew."""
        if before is not None and (not_yet(before) or found[0].line.seq <= before.hub_seq):
            return None
        happened = [event for each in found for event in each.events or ()]
        if taken_back(happened):
            return None
        ticket = before.ticket if before else None
        for each in found:
            after = grown(ticket, each.events or (), ticket_id)
            if after is None or (each.events and after is ticket):
                return None
            ticket = after
        assert ticket is not None
        if any(isinstance(event, Conflicted) for event in happened):
            self._conflicts.add(ticket_id)
        seq, line = found[-1].seq, found[-1].line.seq
        words = more_words(ticket, happened) if before else all_words(ticket, happened)
        if before and replace(ticket, changed_at=before.ticket.changed_at) == before.ticket:
            return Quiet(ticket, seq, line, words)
        projection = project(ticket, self._book.get(ticket.policy), words)
        return Reached(projection, seq=seq, hub_seq=line, numbers=numbers_in(happened))


def readable(line: Line) -> Events | None:
    """A line's events; None when they are of a newer version, or no events at all."""
    return None if line.v > FORMAT else read_events(line.payload)


def _begins(news: News) -> bool:
    """Whether a ticket that is not here begins with this line (or may, for all we can read)."""
    return news.events is None or any(isinstance(event, Logged) for event in news.events)


def _behind_holes(
    lines: Sequence[Line], stored: Mapping[str, Stored], opening: set[str]
) -> Iterator[Line]:
    """Lines of tickets of which others before them may not be here.

    Those were kept from this login while the ticket was restricted: somebody stood on one that is
    not here, or the line makes it `opening` to all. (Who wrote several at once stood behind none
    of them.) Of such a ticket there may be rows that the hub has lost, and no ticket.
    """
    reached = {ticket_id: each.hub_seq for ticket_id, each in stored.items()}
    holed: set[str] = set()
    for line in lines:
        hole = line.op_id in opening or line.base_seq > reached.get(line.ticket_id, 0)
        if hole or line.ticket_id in holed:
            holed.add(line.ticket_id)
            yield line
        reached[line.ticket_id] = max(reached.get(line.ticket_id, 0), line.seq)
