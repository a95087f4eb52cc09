"""What a hub in memory knows: the ledger that `judging` reads and adds to, copied as a whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from tierline.domain.log import DIRECTORY, GENESIS, Line, Offer
from tierline.sync.hub import Answer, Presence
from tierline.sync.hubs.judging import Known, Standing
from tierline.sync.hubs.rights import Role
from tierline.sync.hubs.terms import (
    ALIVE_US,
    PRESENT_US,
    Terms,
    findable,
    hold_off_ms,
    leased_number,
)


class Seat(NamedTuple):
    """A console: whose it is and how far it has come."""

    login: str
    last_cseq: int = 0
    version: str = ""
    name: str = ""
    seen: int = 0


class Row(NamedTuple):
    """A ticket's present state, as the console that wrote it last sent it."""

    last_seq: int
    row: str
    open: bool


@dataclass
class State:
    """A `judging.Ledger`; `lines[n]` is line n + 1."""

    hub_id: str
    timeline: int = 1
    safe_seq: int = 0
    terms: Terms = field(default_factory=Terms)
    lines: list[Line] = field(default_factory=list)
    seqs: dict[str, int] = field(default_factory=dict)
    of_ticket: dict[str, list[int]] = field(default_factory=dict)
    tickets: dict[str, Row] = field(default_factory=dict)
    restricted: set[str] = field(default_factory=set)
    directory: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, frozenset[str]] = field(default_factory=dict)
    answers: dict[tuple[str, int], tuple[str, Answer]] = field(default_factory=dict)
    refused: list[tuple[str, Offer, str]] = field(default_factory=list)
    consoles: dict[str, Seat] = field(default_factory=dict)
    leases: dict[str, int] = field(default_factory=dict)
    blocks: list[tuple[str, int, int, str]] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    proven: set[str] = field(default_factory=set)
    people: dict[str, Role] = field(default_factory=dict)
    presence: dict[str, tuple[int, tuple[Presence, ...]]] = field(default_factory=dict)

    def copied(self) -> State:
        """All of it, so that changes on one side are not seen on the other."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        copies = {n: v.copy() if hasattr(v, "copy") else v for n, v in values.items()}
        copies["of_ticket"] = {key: seqs.copy() for key, seqs in self.of_ticket.items()}
        return State(**copies)

    def head(self) -> tuple[int, str]:
        """As `Ledger.head`."""
        return len(self.lines), self.lines[-1].chain if self.lines else GENESIS

    def chain_at(self, seq: int) -> str:
        """The hash at a line, "" when there is none."""
        if seq == 0:
            return GENESIS
        return self.lines[seq - 1].chain if 0 < seq <= len(self.lines) else ""

    def console(self, console_id: str, login: str) -> Known:
        """As `Ledger.console`."""
        seat = self.consoles.setdefault(console_id, Seat(login))
        return Known(seat.login, seat.last_cseq, seat.version)

    def recorded(self, console_id: str, cseq: int) -> tuple[str, Answer] | None:
        """As `Ledger.recorded`."""
        return self.answers.get((console_id, cseq))

    def line_of(self, op_id: str) -> int:
        """As `Ledger.line_of`."""
        return self.seqs.get(op_id, 0)

    def standing(self, ticket_id: str) -> Standing:
        """As `Ledger.standing`."""
        seqs = self.of_ticket.get(ticket_id)
        return Standing(seqs[-1] if seqs else 0, ticket_id in self.restricted)

    def moved(self, ticket_id: str, base_seq: int, console_id: str) -> bool:
        """As `Ledger.moved`."""
        return any(line.console_id != console_id for line in self.after(ticket_id, base_seq))

    def after(self, ticket_id: str, base_seq: int) -> tuple[Line, ...]:
        """As `Ledger.after`."""
        seqs = self.of_ticket.get(ticket_id, [])
        return tuple(self.lines[seq - 1] for seq in seqs[bisect_right(seqs, base_seq) :])

    def entry(self, entry_id: str) -> str:
        """As `Ledger.entry`."""
        seq = self.directory.get(entry_id, 0)
        return self.lines[seq - 1].payload if seq else ""

    def role_of(self, login: str) -> Role:
        """As `Ledger.role_of`."""
        return self.people.get(login, "")

    def append(self, line: Line, offer: Offer) -> None:
        """As `Ledger.append`."""
        self.lines.append(line)
        self.seqs[line.op_id] = line.seq
        self.of_ticket.setdefault(line.ticket_id, []).append(line.seq)
        answer = Answer(cseq=line.cseq, outcome="known", seq=line.seq)
        self._count(line.console_id, offer, answer)
        if line.kind in DIRECTORY:
            self.directory[line.ticket_id] = line.seq
            return
        self._write_row(line, offer)

    def keep(self, console_id: str, offer: Offer, answer: Answer) -> None:
        """As `Ledger.keep`."""
        self._count(console_id, offer, answer)
        if answer.outcome == "refused":
            self.refused.append((console_id, offer, answer.why))

    def hold_off_ms(self, now: int) -> int:
        """How long announcements are held together at the moment."""
        seen = sum(seat.seen > now - ALIVE_US for seat in self.consoles.values())
        return hold_off_ms(seen)

    def present(self, console_id: str, tickets: set[str], now: int) -> Iterator[Presence]:
        """Who else has these tickets open."""
        for other, (at, viewed) in sorted(self.presence.items()):
            if other != console_id and at > now - PRESENT_US:
                yield from (each for each in viewed if each.ticket_id in tickets)

    def _count(self, console_id: str, offer: Offer, answer: Answer) -> None:
        self.answers[console_id, offer.cseq] = (offer.op_id, answer)
        self.consoles[console_id] = self.consoles[console_id]._replace(last_cseq=offer.cseq)

    def _write_row(self, line: Line, offer: Offer) -> None:
        if offer.row:
            self.tickets[line.ticket_id] = Row(line.seq, offer.row, offer.open)
        else:
            known = self.tickets[line.ticket_id]
            self.tickets[line.ticket_id] = known._replace(last_seq=line.seq)
        if line.restricted:
            self.restricted.add(line.ticket_id)
        else:
            self.restricted.discard(line.ticket_id)
        if findable(offer.number):
            key = offer.number.casefold()
            self.numbers[key] = self.numbers.get(key, frozenset()) | {line.ticket_id}
        if len(self.of_ticket[line.ticket_id]) == 1 and (leased := leased_number(offer.number)):
            prefix, figure = leased
            self.leases[prefix] = max(self.leases.get(prefix, 1), figure + 1)
