"""Who is who: names for ids, completion for the forms, and whom to hand a ticket to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.records import Client, Contact, Person
from tierline.storage.replica import Replica

NOBODY = "Nobody"
_Named = TypeVar("_Named", Client, Contact)


class Candidate(NamedTuple):
    """Someone a ticket can go to: how many of its words are their skills, and what they hold."""

    person: Person
    skill: int
    load: int
    shared: tuple[str, ...]


class People:
    """The directory as the desk asks it. People are cached until `refresh`."""

    def __init__(self, replica: Replica, zone: ZoneInfo) -> None:
        """Read from this replica; `zone` is the desk's."""
        self._replica = replica
        self.zone = zone
        self._by_id: dict[str, Person] | None = None

    def refresh(self) -> None:
        """Forget what was cached (the directory changed)."""
        self._by_id = None

    def get(self, person_id: str) -> Person | None:
        """Who that id is."""
        if self._by_id is None:
            self._by_id = {p.id.casefold(): p for p in self._replica.directory.people()}
        return self._by_id.get(person_id.casefold())

    def ids(self) -> frozenset[str]:
        """The ids of those who work here, in small letters: whom a note can mention."""
        self.get("")
        return frozenset(key for key, p in (self._by_id or {}).items() if not p.gone)

    def alike(self, typed: str, limit: int) -> list[Person]:
        """Who works here and has a name or an id that begins so: whom a note can mention."""
        wanted = typed.casefold()
        here = (p for p in self._replica.directory.people() if not p.gone)
        found = [
            p
            for p in here
            if p.id.casefold().startswith(wanted)
            or any(part.startswith(wanted) for part in p.name.casefold().split())
        ]
        return sorted(found, key=lambda p: (not p.present, p.name))[:limit]

    def name(self, person_id: str) -> str:
        """Full name of an id; a name nobody has here is shown as it is."""
        person = self.get(person_id)
        return person.name if person else person_id

    def short(self, person_id: str) -> str:
        """The name as a queue column has it: "Mira O."."""
        person = self.get(person_id)
        if person is None:
            return person_id
        first, _, last = person.name.rpartition(" ")
        return f"{first} {last[0]}." if first else person.name

    def first(self, person_id: str) -> str:
        """First name, as the timeline says it."""
        person = self.get(person_id)
        return person.name.split(" ")[0] if person else person_id

    def clients(self, typed: str, limit: int = 8) -> list[Client]:
        """Clients for a typed beginning: directory first, then names that tickets carry."""
        known = _ranked(self._replica.directory.clients(), typed)
        names = {client.name.casefold() for client in known}
        others = self._replica.queues.names("client", typed, limit) if typed else []
        more = [Client(name=name) for name in others if name.casefold() not in names]
        return [*known, *more][:limit]

    def contacts(self, client: str, typed: str, limit: int = 8) -> list[Contact]:
        """Contacts of a client ("" for all) for a typed beginning."""
        return _ranked(self._replica.directory.contacts(client), typed)[:limit]

    def assignable(self, tier: int | None = None) -> list[Person]:
        """Our people of a line (of all lines for None), those present first."""
        here = (p for p in self._replica.directory.people() if not p.gone)
        everyone = [p for p in here if p.owner == "us"]
        fitting = [p for p in everyone if tier is None or p.tier == tier]
        return sorted(fitting, key=lambda p: (not p.present, p.name))

    def load(self) -> dict[str, int]:
        """How many open tickets each person holds, by id."""
        return self._replica.queues.load()

    def room(self, tier: int, load: dict[str, int]) -> str:
        """Who of a line is present and holds the least: "Ines has room, 6 open"; "" for nobody."""
        there = [person for person in self.assignable(tier) if person.present]
        freest = min(there, key=lambda person: load.get(person.id, 0), default=None)
        if freest is None:
            return ""
        return tr(
            "{first} has room, {load} open",
            first=self.first(freest.id),
            load=load.get(freest.id, 0),
        )

    def candidates(self, ticket: Ticket, tier: int, *, theirs: bool = False) -> list[Candidate]:
        """Whom to escalate to: by skill match, presence, then the fewest open tickets.

        A ticket that asks for a certificate is offered to its holders only; on a line that is
        `theirs` it is the client's own people.
        """
        asked = ticket.details.get("certificate", "").casefold()
        everyone = self._own(ticket.client, tier) if theirs else self.assignable(tier)
        fitting = [p for p in everyone if not asked or _holds(p, asked)]
        found = self.among(ticket, fitting)
        return sorted(found, key=lambda c: (-c.skill, not c.person.present, c.load, c.person.name))

    def _own(self, client: str, tier: int) -> list[Person]:
        """The people of a co-managed client on that line."""
        here = (p for p in self._replica.directory.people() if not p.gone)
        return [p for p in here if p.owner.casefold() == client.casefold() and p.tier == tier]

    def among(self, ticket: Ticket, people: Iterable[Person]) -> list[Candidate]:
        """These people as they fit a ticket, in their order."""
        load = self._replica.queues.load()
        words = f"{ticket.subject} {ticket.category} {ticket.description}".casefold()
        return [_candidate(person, words, load) for person in people]


def _candidate(person: Person, words: str, load: dict[str, int]) -> Candidate:
    shared = tuple(skill for skill in person.skills if skill.casefold() in words)
    return Candidate(person, len(shared), load.get(person.id, 0), shared)


def _holds(person: Person, certificate: str) -> bool:
    return certificate in (held.casefold() for held in (*person.certificates, *person.skills))


def _ranked(entries: Iterable[_Named], typed: str) -> list[_Named]:
    """Entries whose name begins with what was typed, then those with a later word that does."""
    wanted = typed.strip().casefold()
    starts: list[_Named] = []
    inside: list[_Named] = []
    for entry in entries:
        name = entry.name.casefold()
        if name.startswith(wanted):
            starts.append(entry)
        elif f" {wanted}" in name:
            inside.append(entry)
    return starts + inside
