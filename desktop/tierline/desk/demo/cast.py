"""Who and what the demo is made of: people, clients, contacts and stories, as data files tell."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tierline.storage.records import Client, Contact, Person
from tierline.system import assets


class Story(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of trouble: what the contact says, what we plan, try and tell, what mended it.

    `line` is the furthest line that meets it; `sectors` limits it to some trades ("" of none).
    """

    subject: str
    says: str
    plan: str
    tried: tuple[str, ...]
    news: tuple[str, ...]
    steps: str
    category: str = ""
    back: tuple[str, ...] = ()
    kind: str = "incident"
    impact: int = 3
    urgency: int = 2
    line: int = 1
    channels: tuple[str, ...] = ("mail", "portal", "phone")
    sectors: tuple[str, ...] = ()
    handover: str = ""
    ask: str = ""
    needs: str = ""
    vendor: str = ""
    quick: bool = False


class Customer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A client as the file tells it; contacts are (name, title, last digits of the phone)."""

    name: str
    policy: str
    sector: str
    city: str
    zone: str
    phone: str
    mail: str
    computer: str
    weight: float
    hours: float
    allowance: str
    duties: tuple[str, ...]
    notes: str
    contacts: tuple[tuple[str, str, str], ...]

    def client(self, policy: str) -> Client:
        """The directory's entry, under its own or another policy."""
        return Client(
            name=self.name,
            policy=policy,
            zone=self.zone,
            city=self.city,
            phone=f"{self.phone}00",
            allowance_hours=self.hours,
            allowance_word=self.allowance,
            duties=self.duties,
            notes=self.notes,
        )

    def people(self) -> tuple[Contact, ...]:
        """The directory's entries of its contacts."""
        return tuple(
            Contact(
                client=self.name,
                name=name,
                title=title,
                phone=f"{self.phone}{digits}",
                mail=f"{name.lower().replace('dr ', '').replace(' ', '.')}@{self.mail}",
                computer=f"{self.computer}-{int(digits) + 10:03d}",
                vip=title.startswith(("Partner", "Owner", "Director", "Managing")),
            )
            for name, title, digits in self.contacts
        )


class Team(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"first": "from"}):
    """When a team is in: local hours [first, to)."""

    zone: str
    first: int
    to: int


class Colleague(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Someone of the desk as the file tells it; `weight` is their share of the work."""

    id: str
    name: str
    tier: int
    team: str
    skills: tuple[str, ...]
    phone: str
    role: str = "technician"
    certificates: tuple[str, ...] = ()
    weight: float = 1.0

    def person(self, *, present: bool) -> Person:
        """The directory's entry."""
        return Person(
            id=self.id,
            name=self.name,
            tier=self.tier,
            role=self.role,
            skills=self.skills,
            certificates=self.certificates,
            team=self.team,
            present=present,
            phone=self.phone,
            mail=f"{self.name.lower().replace(' ', '.')}@tierline.example",
        )


class Cast(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything the demo's files tell. `phrases` are what is said whatever the trouble.

    `me` is who sits at the demo, `policy` the one that gives the desk its zone and goals.
    """

    me: str
    policy: str
    teams: dict[str, Team]
    people: tuple[Colleague, ...]
    clients: tuple[Customer, ...]
    stories: tuple[Story, ...]
    phrases: dict[str, tuple[str, ...]]

    def colleague(self, person: str) -> Colleague | None:
        """Who of the desk that id is."""
        return next((each for each in self.people if each.id == person), None)

    def customer(self, name: str) -> Customer | None:
        """The client of that name."""
        return next((each for each in self.clients if each.name == name), None)

    def story(self, subject: str) -> Story | None:
        """The story a ticket's subject belongs to, None for a ticket of somebody's own."""
        return next((each for each in self.stories if each.subject == subject), None)


@cache
def load_cast() -> Cast:
    """Read the demo's files, once.

    Raises:
        OSError, tomllib.TOMLDecodeError, msgspec.ValidationError: the program is not whole.
    """
    folder = assets.path("demo")
    told = {**_read(folder / "people.toml"), **_read(folder / "clients.toml")}
    told["phrases"] = _read(folder / "phrases.toml")
    told["stories"] = [
        {"category": file["category"], **story}
        for file in map(_read, sorted((folder / "stories").glob("*.toml")))
        for story in file["stories"]
    ]
    return msgspec.convert(told, Cast)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
