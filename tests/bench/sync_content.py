"""A hub's log filled in seconds: open tickets with three notes each, their rows, a directory.

A few hundred tickets are worked out as a console does it; the others are these under other ids and
numbers. The chain is a real one, so a console that pulls the lines believes them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tests.bench import reference
from tests.fakes.books import bundled_book
from tests.sync.hubs.server_place import Server
from tierline.domain import events as ev
from tierline.domain.log import GENESIS, Line, chain
from tierline.domain.ticket import Ticket, fold_operations
from tierline.storage.entries import encoded, id_of, kind_of
from tierline.storage.instants import to_us
from tierline.storage.projection import project
from tierline.storage.records import Client, Projection
from tierline.storage.rows import wire_row

NOTES, FOUNDER = 3, "founder"
_PATTERNS, _SEED = 300, 20_261_126
_BOOK = bundled_book()
_ID, _NUMBER = "00000000-0000-7000-8000-000000000000", "CS0000000"
_LOG = (
    "COPY tierline.log (seq, op_id, console_id, cseq, ticket_id, kind, v, author, at, received_at,"
    " base_seq, seen_seq, payload, chain, restricted, hidden) FROM STDIN"
)
_TICKET = (
    "COPY tierline.ticket (id, last_seq, open, restricted, number, subject, client, contact,"
    ' status, priority, tier, policy, logged_at, due_at, "row") FROM STDIN'
)
_NUMBERS = "INSERT INTO tierline.number SELECT lower(number), id FROM tierline.ticket"
_DIRECTORY = (
    "INSERT INTO tierline.directory SELECT ticket_id, seq FROM tierline.log"
    " WHERE ticket_id LIKE '%/%'"
)
_HUB = "UPDATE tierline.hub SET seq = %s, chain = %s, announced_seq = %s"


class Pattern(NamedTuple):
    """A ticket worked out, and the kinds, instants and payloads of its lines."""

    projection: Projection
    lines: tuple[tuple[str, int, str, str], ...]


class Made(NamedTuple):
    """A ticket of the hub: its id, its last line, and the ticket itself."""

    id: str
    seq: int
    ticket: Ticket


class Content(NamedTuple):
    """What a hub was filled with."""

    seq: int
    chain: str
    tickets: tuple[Made, ...]


def fill(place: Server, tickets: int, age: float = 2_000.0) -> Content:
    """Put so many open tickets into an empty hub, and the reference desk's directory.

    `age` is how old a ticket is, in minutes on the mean: most of the older ones are overdue.
    """
    filling = _Filling(tickets, age)
    with place.as_keeper() as base:
        with base.cursor() as cursor, cursor.copy(_LOG) as copy:
            for block in filling.log():
                copy.write(block)
        with base.cursor() as cursor, cursor.copy(_TICKET) as copy:
            for block in filling.rows():
                copy.write(block)
        base.execute(_NUMBERS)
        base.execute(_DIRECTORY)
        base.execute("INSERT INTO tierline.lease VALUES ('CS', %s)", (tickets + 1,))
        base.execute(_HUB, (filling.seq, filling.chain, filling.seq))
        base.execute("ANALYZE")
    return Content(filling.seq, filling.chain, tuple(filling.made))


def ticket_of(pattern: Pattern, ident: str, number: str) -> Ticket:
    """The ticket of a pattern under another id."""
    from msgspec.structs import replace  # noqa: PLC0415

    return replace(pattern.projection.ticket, id=ident, number=number)


class _Filling:
    """The text that COPY takes; `log` is to be read before `rows`."""

    def __init__(self, tickets: int, age: float) -> None:
        self._tickets = tickets
        self._patterns = list(_patterns(age))
        self.seq, self.chain = 0, GENESIS
        self.made: list[Made] = []

    def log(self) -> Iterator[str]:
        at = to_us(datetime.now(UTC) - timedelta(days=90))
        for entry in _entries():
            yield self._line(id_of(entry), kind_of(entry), at, encoded(entry), FOUNDER, "")
        for n in range(self._tickets):
            pattern = self._patterns[n % _PATTERNS]
            ident, number = _ident(n), f"CS{n + 1:07d}"
            for kind, at, author, payload in pattern.lines:
                told = payload.replace(_NUMBER, number)
                yield self._line(ident, kind, at, told, author, ident if kind == "log" else "")
            self.made.append(Made(ident, self.seq, ticket_of(pattern, ident, number)))

    def rows(self) -> Iterator[str]:
        patterns = [(each.projection, wire_row(each.projection)) for each in self._patterns]
        for n, made in enumerate(self.made):
            told, row = patterns[n % _PATTERNS]
            t = made.ticket
            due = told.due_at.isoformat() if told.due_at else "\\N"
            values = (
                *(made.id, made.seq, "t", "f", t.number, t.subject, t.client, t.contact, t.status),
                *(t.priority, t.tier, t.policy, t.logged_at.isoformat(), due),
                row.replace(_ID, made.id).replace(_NUMBER, t.number),
            )
            yield "\t".join(map(str, values)) + "\n"

    def _line(self, ident: str, kind: str, at: int, told: str, author: str, op_id: str) -> str:
        self.seq += 1
        line = Line(
            seq=self.seq,
            op_id=op_id or f"01900000-0001-7000-8000-{self.seq:012x}",
            console_id=FOUNDER,
            cseq=self.seq,
            ticket_id=ident,
            kind=kind,
            v=1,
            author=author,
            at=at,
            received_at=at,
            base_seq=0,
            seen_seq=0,
            payload=told,
            chain="",
        )
        self.chain = chain(self.chain, line)
        return (
            f"{line.seq}\t{line.op_id}\t{FOUNDER}\t{line.seq}\t{ident}\t{kind}\t1\t{author}\t{at}"
            f"\t{at}\t0\t0\t{told}\t{self.chain}\tf\tf\n"
        )


def _ident(n: int) -> str:
    return f"01900000-0000-7000-8000-{n + 1:012x}"


def _entries() -> Iterator[ev.AnyEvent]:
    rng = random.Random(_SEED)
    yield from reference._people(rng)
    yield from (Client(name=name, policy=_BOOK.default) for name in reference.CLIENTS)
    yield from reference._contacts()


def _patterns(age: float) -> Iterator[Pattern]:
    rng = random.Random(_SEED)
    for _ in range(_PATTERNS):
        history = list(_history(rng, age))
        ticket = fold_operations(history)
        lines = tuple(
            (op.kind, to_us(op.at), op.by, ev.encode_events(op.events).decode()) for op in history
        )
        assert "\\" not in "".join(line[3] for line in lines)
        yield Pattern(project(ticket, _BOOK.get(ticket.policy)), lines)


def _history(rng: random.Random, mean: float) -> Iterator[ev.Operation]:
    policy = _BOOK.get(_BOOK.default)
    age = timedelta(minutes=rng.expovariate(1 / mean) + 5)
    at, who = datetime.now(UTC) - age, rng.choice(reference.PEOPLE)
    new = reference._logged(rng, -1, at, policy.name, policy.statuses("new")[0])
    yield _act("log", new, "intake")
    for turn in range(NOTES):
        text = " ".join(rng.choices(reference._WORDS, k=12))
        said = ev.Noted(at=at + age / (NOTES + 1) * (turn + 1), by=who, text=text)
        yield _act("note", said, who)


def _act(kind: str, event: ev.AnyEvent, who: str) -> ev.Operation:
    return ev.Operation(op_id=_ID, ticket_id=_ID, kind=kind, at=event.at, events=(event,), by=who)
