"""Tickets put where their histories lead: their rows, their words for search, their old numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from tierline.domain.ticket import Ticket
from tierline.storage import rows
from tierline.storage.instants import to_us
from tierline.storage.records import Projection, Words

_INDEXED_CHARACTERS = 65_536
_TICKET = (
    f"INSERT INTO ticket ({', '.join(rows.TICKET_COLUMNS)}) "
    f"VALUES ({', '.join('?' * len(rows.TICKET_COLUMNS))}) "
    "ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in rows.TICKET_COLUMNS if name not in "rid id")
)
_SAID = "UPDATE ticket SET state = ?, changed_at = ?, seq = ?, hub_seq = ? WHERE rid = ?"
_NEW_WORDS = (
    "INSERT INTO words (rowid, number, subject, client, contact, text) VALUES (?, ?, ?, ?, ?, ?)"
)
_MORE_WORDS = (
    "UPDATE words SET subject = ?, client = ?, contact = ?, "
    f"text = substr(text || char(10) || ?, -{_INDEXED_CHARACTERS}) WHERE rowid = ?"
)
_OTHER_WORDS = "UPDATE words SET subject = ?, client = ?, contact = ?, text = ? WHERE rowid = ?"
_OTHER_NUMBER = "UPDATE words SET number = ? WHERE rowid = ?"
_ALIAS = "INSERT OR IGNORE INTO alias (number, ticket_id) VALUES (?, ?)"
_IMPORTED = "INSERT OR IGNORE INTO known_import (source, external_id, ticket_id) VALUES (?, ?, ?)"


class Place(NamedTuple):
    """Where a ticket is stored, and how far its history had come."""

    rid: int
    seq: int
    hub_seq: int
    number: str


class Quiet(NamedTuple):
    """A ticket on which something was said and nothing else changed: its clocks stay as stored."""

    ticket: Ticket
    seq: int
    hub_seq: int
    words: Words | None


class Reached(NamedTuple):
    """A ticket where its history leads; a `seq` or `hub_seq` of None stays as it is.

    `numbers` are others that it was told under.
    """

    projection: Projection
    seq: int | None = None
    hub_seq: int | None = None
    numbers: tuple[str, ...] = ()


def places_of(connection: Connection, ids: Iterable[str]) -> dict[str, Place]:
    """The places of those tickets that are here."""
    query = (
        "SELECT id, rid, seq, hub_seq, number FROM ticket "
        "WHERE id IN (SELECT value FROM json_each(?))"
    )
    found = connection.exec_driver_sql(query, (json.dumps(list(ids)),))
    return {row[0]: Place(*row[1:]) for row in found}


def store(connection: Connection, reached: Sequence[Reached], places: Mapping[str, Place]) -> None:
    """Write tickets down; those without a place are new here."""
    if not reached:
        return
    free = int(connection.exec_driver_sql("SELECT max(rid) FROM ticket").scalar() or 0)
    values, fresh, told, words = [], [], [], []
    brought = [
        (ticket.source, ticket.external_id, ticket.id)
        for ticket in (each.projection.ticket for each in reached)
        if ticket.source and ticket.external_id and ticket.id not in places
    ]
    for each in reached:
        place = places.get(each.projection.ticket.id)
        if place is None:
            free += 1
            place = Place(free, 0, 0, each.projection.ticket.number)
            fresh.append(_document(free, each.projection))
        else:
            _renumber(connection, place, each.projection)
            words.append((place.rid, each.projection.words))
        seq = place.seq if each.seq is None else each.seq
        hub_seq = place.hub_seq if each.hub_seq is None else each.hub_seq
        told += [(n, each.projection.ticket.id) for n in (*each.numbers, place.number)]
        values.append(tuple(rows.ticket_row(place.rid, seq, each.projection, hub_seq).values()))
    connection.exec_driver_sql(_TICKET, values)
    if fresh:
        connection.exec_driver_sql(_NEW_WORDS, fresh)
    if brought:
        connection.exec_driver_sql(_IMPORTED, brought)
    _put_words(connection, words)
    now = {each.projection.ticket.id: each.projection.ticket.number for each in reached}
    if others := [(number, ticket_id) for number, ticket_id in told if number != now[ticket_id]]:
        connection.exec_driver_sql(_ALIAS, others)


def store_quiet(connection: Connection, told: Sequence[Quiet], places: Mapping[str, Place]) -> None:
    """Write down what was said on tickets that are here; hardly an index is touched for it."""
    values = [
        (rows.encoded(each.ticket), to_us(each.ticket.changed_at), each.seq, each.hub_seq, rid)
        for each in told
        for rid in (places[each.ticket.id].rid,)
    ]
    if values:
        connection.exec_driver_sql(_SAID, values)
    _put_words(connection, [(places[each.ticket.id].rid, each.words) for each in told])


def drop(connection: Connection, ids: Sequence[str]) -> None:
    """Take tickets from the desk whose whole history was lost with their hub."""
    places = places_of(connection, ids)
    for table in ("alias", "known_import"):
        gone = f"DELETE FROM {table} WHERE ticket_id IN (SELECT value FROM json_each(?))"
        connection.exec_driver_sql(gone, (json.dumps(list(places)),))
    for place in places.values():
        connection.exec_driver_sql("DELETE FROM words WHERE rowid = ?", (place.rid,))
        connection.exec_driver_sql("DELETE FROM ticket WHERE rid = ?", (place.rid,))


def _renumber(connection: Connection, place: Place, projection: Projection) -> None:
    if projection.ticket.number != place.number:
        connection.exec_driver_sql(_OTHER_NUMBER, (projection.ticket.number, place.rid))


def _put_words(connection: Connection, told: Iterable[tuple[int, Words | None]]) -> None:
    """Let tickets be found by these words too, or by these instead."""
    more: list[tuple[str | int, ...]] = []
    others: list[tuple[str | int, ...]] = []
    for rid, words in told:
        if words is not None:
            body = words.text[:_INDEXED_CHARACTERS]
            values = (words.subject, words.client, words.contact, body, rid)
            (more if words.append else others).append(values)
    for statement, rows_ in ((_MORE_WORDS, more), (_OTHER_WORDS, others)):
        if rows_:
            connection.exec_driver_sql(statement, rows_)


def _document(rid: int, projection: Projection) -> tuple[object, ...]:
    ticket = projection.ticket
    words = projection.words or Words(ticket.subject, ticket.client, ticket.contact, "")
    body = words.text[:_INDEXED_CHARACTERS]
    return (rid, ticket.number, words.subject, words.client, words.contact, body)
