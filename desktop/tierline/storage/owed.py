"""Tickets on which something is owed beside the work: a message still to be sent, an open task."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from sqlalchemy import text

from tierline.domain.events import Messaged, decode_events
from tierline.domain.ticket import Ticket
from tierline.storage.instants import to_us
from tierline.storage.store import Store

# What a ticket does not have is not in its JSON, and within a string a quote is escaped: so these
# find the tickets that have some, and nothing that a client wrote is taken for it.
_LETTERS = """instr(state, '"outbox":[') > 0"""
_TASKS = """instr(state, '"tasks":[') > 0"""
OWED = (
    f"CREATE INDEX ticket_letters ON ticket (rid) WHERE {_LETTERS}",
    f"CREATE INDEX ticket_tasks ON ticket (rid) WHERE {_TASKS}",
)
# The history of a ticket has one or two acts that name a key: only those are read and decoded.
_MESSAGES = text(
    "SELECT journal.ticket_id, journal.events FROM json_each(:asked) AS asked "
    "CROSS JOIN journal ON journal.ticket_id = json_extract(asked.value, '$[0]') "
    "WHERE instr(journal.events, json_extract(asked.value, '$[1]')) > 0 ORDER BY journal.seq"
)
# Who is about to send a letter says so first: its key, and until when (microseconds UTC).
_TIME_OVER = text(
    "DELETE FROM meta WHERE key >= 'letter/' AND key < 'letter0' AND CAST(value AS INTEGER) <= :now"
)
_TAKE = text("INSERT OR IGNORE INTO meta (key, value) VALUES (:key, :until)")
_GIVE_BACK = text("DELETE FROM meta WHERE key = :key")
_STATE = text("SELECT state FROM ticket WHERE id = :id")
Key = tuple[str, str]
_ticket = msgspec.json.Decoder(Ticket)


class Owed:
    """Reads whole tickets, ended ones too: a closing message and a feedback task come last."""

    def __init__(self, store: Store) -> None:
        """Read from this file."""
        self._store = store

    def letters(self) -> Iterator[Ticket]:
        """Tickets with a message to the contact that has not gone out (see `Ticket.outbox`)."""
        return self._where(_LETTERS)

    def tasks(self) -> Iterator[Ticket]:
        """Tickets with an open task for someone of a role (see `Ticket.tasks`)."""
        return self._where(_TASKS)

    def unfinished(self) -> Iterator[Ticket]:
        """Tickets that are open or resolved, or have a message that has not gone out."""
        return self._where(f"ended IN ('', 'resolved') OR {_LETTERS}")

    def prompted(self, assignee: str) -> Iterator[Ticket]:
        """Open tickets of a person on which a rule has asked something (see `Ticket.prompts`)."""
        query = text(
            "SELECT state FROM ticket WHERE ended = '' AND assignee = :me "
            """AND instr(state, '"prompts":[') > 0"""
        )
        with self._store.reading() as connection:
            for state in connection.scalars(query, {"me": assignee}):
                yield _ticket.decode(state)

    def counts(self) -> tuple[int, int]:
        """How many messages are to be sent, and how many tasks are open."""
        with self._store.reading() as connection:
            letters, tasks = (
                connection.scalar(
                    text(
                        f"SELECT coalesce(sum(json_array_length(state, '$.{name}')), 0) "
                        f"FROM ticket WHERE {condition}"
                    )
                )
                for name, condition in (("outbox", _LETTERS), ("tasks", _TASKS))
            )
        return int(letters or 0), int(tasks or 0)

    def messages(self, keys: Iterable[Key]) -> dict[Key, Messaged]:
        """The messages of these keys, each the ticket's id and the key on that ticket."""
        wanted = set(keys)
        asked = json.dumps(sorted(wanted))
        with self._store.reading() as connection:
            rows = connection.execute(_MESSAGES, {"asked": asked}).all()
        found = ((row.ticket_id, event) for row in rows for event in decode_events(row.events))
        said = ((ticket_id, event) for ticket_id, event in found if isinstance(event, Messaged))
        return {
            (ticket_id, event.key): event
            for ticket_id, event in said
            if (ticket_id, event.key) in wanted
        }

    def take(self, key: Key, now: datetime, until: datetime) -> bool:
        """Take a letter, so that nobody else sends it before `until`; on the disk when this is so.

        False when it is not to be sent any more, or someone has it and their time is not over.
        """
        with self._store.writing() as connection:
            state = connection.scalar(_STATE, {"id": key[0]})
            if state is None or not _to_send(_ticket.decode(state), key[1]):
                return False
            connection.execute(_TIME_OVER, {"now": to_us(now)})
            taken = connection.execute(_TAKE, {"key": _letter(key), "until": str(to_us(until))})
            return taken.rowcount == 1

    def give_back(self, key: Key) -> None:
        """Let go of a letter that was taken: what became of it is said on its ticket."""
        with self._store.writing() as connection:
            connection.execute(_GIVE_BACK, {"key": _letter(key)})

    def _where(self, condition: str) -> Iterator[Ticket]:
        # The condition is written as the index has it, or SQLite would read every ticket.
        query = text(f"SELECT state FROM ticket WHERE {condition} ORDER BY rid")
        with self._store.reading() as connection:
            for state in connection.scalars(query):
                yield _ticket.decode(state)


def _to_send(ticket: Ticket, key: str) -> bool:
    return any(each.key == key and each.delivery == "to send" for each in ticket.outbox)


def _letter(key: Key) -> str:
    return f"letter/{key[0]}/{key[1]}"
