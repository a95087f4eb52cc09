"""The directory's entries: which kinds there are, what each is known by, how one is put."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, get_args

import msgspec
from sqlalchemy import Connection

from tierline.domain.log import directory_id
from tierline.domain.macros import Macro
from tierline.storage.records import Client, Contact, Person, PolicyText, SavedView, Template

AnyEntry = Person | Client | Contact | PolicyText | SavedView | Macro


class Kind(NamedTuple):
    """A kind of entry: its struct, and the columns of its table that are its key or beside it.

    Views and macros are both a "template": every hub takes that kind, also an older one.
    """

    struct: Any
    keys: tuple[str, ...]
    others: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "person": Kind(Person, ("id",), ("name",)),
    "client": Kind(Client, ("name",)),
    "contact": Kind(Contact, ("client", "name")),
    "policy": Kind(PolicyText, ("name",)),
    "template": Kind(Template, ("id",)),
}
_NAMES = {
    struct: name
    for name, kind in KINDS.items()
    for struct in (get_args(kind.struct) or (kind.struct,))
}


def put_entries(connection: Connection, entries: Iterable[AnyEntry]) -> None:
    """Add entries, or replace those of the same key."""
    values: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        name = kind_of(entry)
        columns = (*KINDS[name].keys, *KINDS[name].others)
        row = (*(getattr(entry, column) for column in columns), encoded(entry))
        values.setdefault(name, []).append(row)
    for name, rows in values.items():
        connection.exec_driver_sql(_PUT[name], rows)


def drop_entries(connection: Connection, entries: Iterable[AnyEntry]) -> None:
    """Take entries away that are still exactly these."""
    for entry in entries:
        name = kind_of(entry)
        keys = " AND ".join(f"{key} = ?" for key in KINDS[name].keys)
        values = (*(getattr(entry, key) for key in KINDS[name].keys), encoded(entry))
        connection.exec_driver_sql(f"DELETE FROM {name} WHERE {keys} AND state = ?", values)


def travels(entry: AnyEntry) -> bool:
    """Whether it is everybody's; a view or a macro of one's own stays on this computer."""
    return not isinstance(entry, SavedView | Macro) or entry.shared


def kind_of(entry: AnyEntry) -> str:
    """What kind of entry that is, as the log names it."""
    return _NAMES[type(entry)]


def id_of(entry: AnyEntry) -> str:
    """Under which id an entry is in the log; two spellings of a name are one entry."""
    name = kind_of(entry)
    keys = (str(getattr(entry, key)).casefold() for key in KINDS[name].keys)
    return directory_id(name, *(key.replace("%", "%25").replace("/", "%2F") for key in keys))


def encoded(entry: AnyEntry) -> str:
    """An entry as its table and the log keep it."""
    return msgspec.json.encode(entry).decode()


def decoded(kind: str, payload: str) -> AnyEntry | None:
    """The entry of a payload, None for one that this version cannot read."""
    try:
        found: AnyEntry = msgspec.json.decode(payload, type=KINDS[kind].struct)
    except (KeyError, msgspec.ValidationError, msgspec.DecodeError):
        return None
    return found


def _upsert(name: str, kind: Kind) -> str:
    columns = (*kind.keys, *kind.others, "state")
    changes = ", ".join(f"{column} = excluded.{column}" for column in (*kind.others, "state"))
    return (
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({', '.join(kind.keys)}) DO UPDATE SET {changes}"
    )


_PUT = {name: _upsert(name, kind) for name, kind in KINDS.items()}
