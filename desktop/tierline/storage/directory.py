"""Clients, contacts and people: the desk's address book."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Select, Table, select, text
from sqlalchemy.dialects.sqlite import insert

from tierline.storage.records import Client, Contact, Person
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

    def put_people(self, entries: Iterable[Person]) -> None:
        """Add people, or replace those of the same id."""
        self._put(person, [{"id": e.id, "name": e.name, "state": _text(e)} for e in entries])

    def put_clients(self, entries: Iterable[Client]) -> None:
        """Add clients, or replace those of the same name."""
        self._put(client, [{"name": e.name, "state": _text(e)} for e in entries])

    def put_contacts(self, entries: Iterable[Contact]) -> None:
        """Add contacts, or replace those of the same client and name."""
        with self._store.writing() as connection:
            put_contacts(connection, entries)

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

    def _put(self, table: Table, rows: list[dict[str, str]]) -> None:
        with self._store.writing() as connection:
            _put(connection, table, rows)

    def _read(self, query: Select[str], kind: type[_Entry]) -> tuple[_Entry, ...]:
        with self._store.reading() as connection:
            return tuple(msgspec.json.decode(raw, type=kind) for raw in connection.scalars(query))


def read_contact(connection: Connection, client_name: str, name: str) -> Contact | None:
    """One contact of a client, seen from inside a transaction or out of it."""
    raw = connection.scalar(_CONTACT, {"client": client_name, "name": name})
    return None if raw is None else msgspec.json.decode(raw, type=Contact)


def put_contacts(connection: Connection, entries: Iterable[Contact]) -> None:
    """Add or replace contacts inside a transaction."""
    rows = [{"client": e.client, "name": e.name, "state": _text(e)} for e in entries]
    _put(connection, contact, rows)


def _put(connection: Connection, table: Table, rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes), rows)


def _text(entry: Person | Client | Contact) -> str:
    return msgspec.json.encode(entry).decode()
