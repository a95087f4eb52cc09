"""Clients, contacts and people: the desk's address book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Select, select, text

from tierline.storage.directory_lines import record_entries
from tierline.storage.entries import AnyEntry, put_entries
from tierline.storage.records import Client, Contact, Person, PolicyText
from tierline.storage.schema import client, contact, person
from tierline.storage.store import Store

_Entry = TypeVar("_Entry", Person, Client, Contact)
_CONTACT = select(contact.c.state).where(
    contact.c.client == text(":client"), contact.c.name == text(":name")
)


class Directory:
    """Row by row, the last writer wins; tickets keep the names they were logged with."""

    def __init__(self, store: Store) -> None:
        """Keep the directory in this file."""
        self._store = store

    def put_people(self, entries: Iterable[Person], at: datetime | None = None) -> None:
        """Add people, or replace those of the same id.

        `at` (aware) is when somebody does it: on a desk with a hub it goes to the others too.
        """
        self._put(entries, at)

    def put_clients(self, entries: Iterable[Client], at: datetime | None = None) -> None:
        """Add clients, or replace those of the same name; `at` as in `put_people`."""
        self._put(entries, at)

    def put_contacts(self, entries: Iterable[Contact], at: datetime | None = None) -> None:
        """Add contacts, or replace those of the same client and name; `at` as in `put_people`."""
        self._put(entries, at)

    def put_policies(self, entries: Iterable[PolicyText], at: datetime | None = None) -> None:
        """Add policies of the desk, or replace those of the same name; `at` as in `put_people`."""
        self._put(entries, at)

    def policies(self) -> tuple[PolicyText, ...]:
        """The policies that the desk was given, by name; those in its folder are not among them."""
        with self._store.reading() as connection:
            found = connection.exec_driver_sql("SELECT state FROM policy ORDER BY name").scalars()
            return tuple(msgspec.json.decode(raw, type=PolicyText) for raw in found)

    def people(self) -> tuple[Person, ...]:
        """Everyone who works tickets, by name."""
        return self._read(select(person.c.state).order_by(person.c.name), Person)

    def person(self, id_or_name: str) -> Person | None:
        """Who that is, by id or by name."""
        wanted = (person.c.id == id_or_name) | (person.c.name == id_or_name)
        return next(iter(self._read(select(person.c.state).where(wanted), Person)), None)

    def clients(self) -> tuple[Client, ...]:
        """Every client, by name."""
        return self._read(select(client.c.state).order_by(client.c.name), Client)

    def client(self, name: str) -> Client | None:
        """The client of that name."""
        query = select(client.c.state).where(client.c.name == name)
        return next(iter(self._read(query, Client)), None)

    def contacts(self, client_name: str = "") -> tuple[Contact, ...]:
        """The contacts of a client (of all of them for ""), by name."""
        query = select(contact.c.state).order_by(contact.c.name)
        return self._read(
            query.where(contact.c.client == client_name) if client_name else query, Contact
        )

    def contact(self, client_name: str, name: str) -> Contact | None:
        """One contact of a client."""
        with self._store.reading() as connection:
            return read_contact(connection, client_name, name)

    def _put(self, entries: Iterable[AnyEntry], at: datetime | None) -> None:
        with self._store.writing() as connection:
            put(connection, tuple(entries), at)

    def _read(self, query: Select[str], kind: type[_Entry]) -> tuple[_Entry, ...]:
        with self._store.reading() as connection:
            return tuple(msgspec.json.decode(raw, type=kind) for raw in connection.scalars(query))


def read_contact(connection: Connection, client_name: str, name: str) -> Contact | None:
    """One contact of a client, seen from inside a transaction or out of it."""
    raw = connection.scalar(_CONTACT, {"client": client_name, "name": name})
    return None if raw is None else msgspec.json.decode(raw, type=Contact)


def put(connection: Connection, entries: Sequence[AnyEntry], at: datetime | None) -> None:
    """Add or replace entries inside a transaction; `at` as in `Directory.put_people`."""
    put_entries(connection, entries)
    if at is not None:
        record_entries(connection, entries, at)
