"""Reads the desk's file past the program, quickly: what is really on the disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

import msgspec

from tierline.domain import events as ev
from tierline.domain.clocks import Deadline
from tierline.domain.ticket import Ticket

_ticket = msgspec.json.Decoder(Ticket).decode
_deadlines = msgspec.json.Decoder(tuple[Deadline, ...]).decode


class Seen(NamedTuple):
    """A ticket and its clocks as they are stored."""

    ticket: Ticket
    deadlines: tuple[Deadline, ...]


class Eyes:
    """A third program, which only looks."""

    def __init__(self, file: Path) -> None:
        """Open the file."""
        self._file = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)

    def ticket(self, ticket_id: str) -> Seen:
        """The ticket of that id."""
        query = "SELECT state, deadlines FROM ticket WHERE id = ?"
        state, deadlines = self._file.execute(query, (ticket_id,)).fetchone()
        return Seen(_ticket(state), _deadlines(deadlines))

    def events(self, op_id: str) -> tuple[ev.AnyEvent, ...]:
        """What an act consists of."""
        query = "SELECT events FROM journal WHERE op_id = ?"
        return ev.decode_events(self._file.execute(query, (op_id,)).fetchone()[0])

    def last(self, ticket_id: str) -> tuple[str, str, tuple[ev.AnyEvent, ...]]:
        """Id, kind and events of the latest act on a ticket."""
        query = "SELECT op_id, kind, events FROM journal WHERE ticket_id = ? ORDER BY seq DESC"
        op_id, kind, events = self._file.execute(query + " LIMIT 1", (ticket_id,)).fetchone()
        return op_id, kind, ev.decode_events(events)

    def close(self) -> None:
        """Look no more."""
        self._file.close()
