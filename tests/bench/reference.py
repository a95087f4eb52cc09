"""The reference desk of the benches: 50,000 tickets, 5,000 of them open, 500,000 notes. Seeded.

Built once into the temp folder and reused; `python -m tests.bench.reference` builds it by itself.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zlib import crc32

from tests.fakes.books import bundled_book
from tierline.domain import events as ev
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket, fold_operations
from tierline.storage.projection import all_words, project
from tierline.storage.records import Client, Contact, Imported, Person, Projection
from tierline.storage.replica import Replica

NOW = datetime(2026, 11, 5, 3, 42, 8, tzinfo=UTC)
TICKETS, OPEN, NOTES = 50_000, 5_000, 500_000
_SEED, _BATCH = 20_261_105, 1_000
_WORDS = (
    "printer queue stuck vpn drops login locked password reset mailbox full rule hides mail "
    "scanner offline dispatch label blank pages laptop recovery key board room sound screen "
    "flickers backup ended errors certificate warning till cellar door invoice folder shared "
    "remote desktop partners gateway session stale policy clocks compare router cable replaced "
    "restart service update driver license expired install request starter leaver access badge "
    "phone handset transfer voicemail outage internet slow excel macro crash teams meeting audio"
).split()
_STEMS = ("Brackenfold", "Marrowby", "Quillham", "Pellow", "Tamsin", "Kestrel", "Loxhaven", "Orde")
_TAILS = ("Dental", "Foods", "Freight", "Legal", "Wines", "School", "Property", "Works")
_FIRST = ("Mira", "Tobias", "Priya", "Ravi", "Ines", "Callum", "Hana", "Dana", "Wes", "Elspeth")
_LAST = ("Okonedo", "Lund", "Rao", "Sato", "Marlow", "Prior", "Quill", "Voss", "Dray", "Ferro")
CLIENTS = tuple(f"{stem} {tail}" for stem in _STEMS for tail in _TAILS)
PEOPLE = tuple(f"{first.lower()}.{last.lower()}" for first in _FIRST[:8] for last in _LAST[:5])


def reference_desk(book: PolicyBook, tickets: int = TICKETS) -> Path:
    """A folder of one's own with a copy of the desk (building it takes about a minute, once)."""
    scale = tickets / TICKETS
    made = Path(tempfile.gettempdir()) / f"tierline-reference-{tickets}-{_SEED}-{_shape():08x}"
    if not (made / "ready").exists():
        shutil.rmtree(made, ignore_errors=True)
        build(made, book, tickets, int(OPEN * scale), int(NOTES * scale))
        (made / "ready").touch()
    return made


def _shape() -> int:
    """What a stored ticket is made of: a desk of an older version would be folded at each look."""
    return crc32(" ".join((*Ticket.__struct_fields__, *Projection.__struct_fields__)).encode())


def build(folder: Path, book: PolicyBook, tickets: int, open_: int, notes: int) -> None:
    """Fill an empty folder with a desk; the same figures make the same desk."""
    rng = random.Random(_SEED)
    replica = Replica.open(folder, NOW)
    replica.directory.put_people(_people(rng))
    replica.directory.put_clients(Client(name=name, policy=book.default) for name in CLIENTS)
    replica.directory.put_contacts(_contacts())
    batch: list[Imported] = []
    for number in range(tickets):
        is_open = number >= tickets - open_
        batch.append(_ticket(rng, number, book, notes // tickets, is_open=is_open))
        if len(batch) == _BATCH:
            replica.imports.bring(batch)
            batch.clear()
    replica.imports.bring(batch)
    replica.close()


def _ticket(
    rng: random.Random, number: int, book: PolicyBook, notes: int, *, is_open: bool
) -> Imported:
    operations = tuple(_history(rng, number, book, notes, is_open=is_open))
    ticket = fold_operations(operations)
    words = all_words(ticket, (event for op in operations for event in op.events))
    return Imported(operations, project(ticket, book.get(ticket.policy), words))


def _history(
    rng: random.Random, number: int, book: PolicyBook, notes: int, *, is_open: bool
) -> Iterator[ev.Operation]:
    policy = book.get(book.default)
    ticket_id = _id(rng)
    age = timedelta(minutes=rng.expovariate(1 / 2_000) + 1) if is_open else _old(rng)
    at, step = NOW - age, age / (notes + 4)
    who = rng.choice(PEOPLE)

    def act(kind: str, *events: ev.AnyEvent) -> ev.Operation:
        made = _id(rng) if kind != "log" else ticket_id
        return ev.Operation(
            op_id=made, ticket_id=ticket_id, kind=kind, at=events[0].at, events=events, by=who
        )

    new = policy.statuses("new")[0]
    yield act("log", _logged(rng, number, at, policy.name, new))
    if rng.random() < 0.85:
        working = policy.statuses("active")[-1]
        taken = ev.Assigned(at=at + step, by=who, assignee=who)
        yield act("take", taken, ev.StatusChanged(at=at + step, by=who, status=working))
    for turn in range(notes):
        said = at + step * (turn + 2)
        text = " ".join(rng.choices(_WORDS, k=12))
        if turn == 3:
            yield act("message", ev.Messaged(at=said, by=who, text=text, to="contact"))
        else:
            yield act("note", ev.Noted(at=said, by=who, text=text))
    last = NOW - step
    if not is_open:
        done = policy.statuses("resolved")[0]
        yield act("resolve", ev.Resolved(at=last, by=who, status=done, steps="Restarted it."))
        shut = policy.statuses("closed")[0]
        yield act("close", ev.Closed(at=last, by=who, status=shut))
    elif rng.random() < 0.2:
        waiting = rng.choice(policy.statuses("waiting"))
        yield act("changestatus", ev.StatusChanged(at=last, by=who, status=waiting, reason="parts"))


def _logged(rng: random.Random, number: int, at: datetime, policy: str, status: str) -> ev.Logged:
    client = rng.choice(CLIENTS)
    return ev.Logged(
        at=at,
        by="intake",
        number=f"CS{number + 1:07d}",
        subject=" ".join(rng.choices(_WORDS, k=5)).capitalize(),
        description=" ".join(rng.choices(_WORDS, k=20)),
        policy=policy,
        channel=rng.choice(("mail", "phone", "portal")),
        status=status,
        priority=rng.choices((1, 2, 3, 4), (1, 8, 27, 11))[0],
        tier=rng.choices((1, 2, 3), (26, 15, 6))[0],
        client=client,
        contact=f"{rng.choice(_FIRST)} {rng.choice(_LAST)}",
    )


def _old(rng: random.Random) -> timedelta:
    return timedelta(days=rng.uniform(10, 700))


def _id(rng: random.Random) -> str:
    return str(UUID(int=rng.getrandbits(128), version=4))


def _people(rng: random.Random) -> Iterator[Person]:
    for who in PEOPLE:
        first, last = who.split(".")
        skills = tuple(rng.sample(_WORDS, 4))
        name = f"{first.capitalize()} {last.capitalize()}"
        yield Person(id=who, name=name, tier=rng.choice((1, 1, 2, 3)), skills=skills)


def _contacts() -> Iterator[Contact]:
    for client in CLIENTS:
        for first in _FIRST:
            for last in _LAST[:3]:
                yield Contact(client=client, name=f"{first} {last}", phone="(02) 5550 0142")


if __name__ == "__main__":
    print(reference_desk(bundled_book()))
