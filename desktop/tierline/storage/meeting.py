"""Whom the hub knows when a desk joins: its word counts, the desk adds what nobody told it yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from tierline.storage.directory_lines import record_entries
from tierline.storage.entries import AnyEntry, id_of, put_entries
from tierline.storage.records import Person
from tierline.storage.store import Store
from tierline.storage.sync_meta import read_state
from tierline.storage.sync_records import Applied

_FIELDS = tuple(
    each for each in Person.__struct_fields__ if each not in ("id", "role", "present", "gone")
)
_OWN = "SELECT state FROM person WHERE id = ?"


class Met(NamedTuple):
    """What the hub said to who joins, and when (aware): their role there, whom it knows."""

    at: datetime
    role: str = ""
    people: tuple[Person, ...] = ()


def meet(connection: Connection, login: str, met: Met) -> None:
    """Have one's own entry as the hub has it; what it was not told of one is offered to it."""
    _take_role(connection, login, met.role)
    mine = _own(connection, login) or Person(id=login, name=login)
    add(connection, [mine], met)


def add(connection: Connection, entries: Iterable[AnyEntry], met: Met) -> list[AnyEntry]:
    """Offer what the hub was not told of people it knows; the entries it knows nothing of."""
    known = {id_of(each): each for each in met.people}
    others: list[AnyEntry] = []
    for entry in entries:
        theirs = known.get(id_of(entry))
        if theirs is None or not isinstance(entry, Person):
            others.append(entry)
            continue
        whole = _completed(theirs, entry)
        put_entries(connection, [whole])
        if whole != theirs:
            record_entries(connection, [whole], met.at)
    return others


def keep_role(store: Store, role: str) -> Applied:
    """Have the role that the hub says one has in one's own entry."""
    with store.reading() as connection:
        mine = _own(connection, read_state(connection).login)
    if mine is None or role in ("", mine.role):
        return Applied()
    with store.writing_calmly() as connection:
        _take_role(connection, mine.id, role)
    return Applied(directory=True)


def _take_role(connection: Connection, login: str, role: str) -> None:
    mine = _own(connection, login)
    if mine is not None and role:
        put_entries(connection, [replace(mine, role=role)])


def _own(connection: Connection, login: str) -> Person | None:
    raw = connection.exec_driver_sql(_OWN, (login,)).scalar()
    return None if raw is None else msgspec.json.decode(raw, type=Person)


def _completed(theirs: Person, mine: Person) -> Person:
    """The hub's entry, with what it leaves at its default as this desk has it."""
    usual = Person(id=theirs.id, name=theirs.id)
    untold = (each for each in _FIELDS if getattr(theirs, each) == getattr(usual, each))
    return replace(theirs, **{each: getattr(mine, each) for each in untold})
