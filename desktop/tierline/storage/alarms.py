"""What each person was told of the alarms at this console: kept, so that a restart repeats none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert

from tierline.domain.ticket import Ticket
from tierline.storage.instants import from_us, maybe_instant, maybe_us, to_us
from tierline.storage.schema_alarms import ANSWERED, alarm, notice
from tierline.storage.store import Store

KEPT = timedelta(days=35)
_ticket = msgspec.json.Decoder(Ticket)
_ANSWERED = text(f"SELECT state FROM ticket WHERE {ANSWERED} AND ended = '' ORDER BY rid")


class Key(NamedTuple):
    """An alarm: this run of this clock of this ticket at this threshold of its policy."""

    ticket_id: str
    clock: str
    run: str
    threshold: str


class Told(NamedTuple):
    """That a person was told an alarm, by which notice; when it went, and came back. UTC."""

    notice: str
    at: datetime
    gone_at: datetime | None = None
    back_at: datetime | None = None


class Popped(NamedTuple):
    """A pop-up: its key and level, when (UTC), and whether it counts against the budget.

    `how` is the way by which it was delivered ("" while nobody said), `problem` what went wrong.
    """

    key: str
    level: str
    at: datetime
    counts: bool
    how: str = ""
    problem: str = ""


class Memory(NamedTuple):
    """What one person was told: alarms, and the pop-ups of the last hours, oldest first."""

    told: Mapping[Key, Told]
    popped: tuple[Popped, ...] = ()


class Alarms:
    """Reads and keeps the memory, person by person."""

    def __init__(self, store: Store) -> None:
        """Keep it in this file."""
        self._store = store

    def answered(self) -> Iterator[Ticket]:
        """Open tickets of which an alarm was snoozed or acknowledged (`Ticket.alarm_answers`)."""
        with self._store.reading() as connection:
            for state in connection.scalars(_ANSWERED):
                yield _ticket.decode(state)

    def memory(self, person: str, since: datetime) -> Memory:
        """All alarms that a person was told, and their pop-ups since then."""
        with self._store.reading() as connection:
            return _memory(connection, person, since)

    @contextmanager
    def telling(self, person: str, since: datetime) -> Iterator[tuple[Memory, Telling]]:
        """The memory, and a way to change it, in one transaction: no other program comes between.

        Raises:
            WorldError: it could not be written; nothing was.
        """
        with self._store.writing() as connection:
            yield _memory(connection, person, since), Telling(connection, person)

    def delivered(self, person: str, key: str, how: str, problem: str) -> None:
        """Keep by which way a pop-up was shown, and what was wrong with it ("" for nothing)."""
        statement = update(notice).where(notice.c.person == person, notice.c.key == key)
        with self._store.writing() as connection:
            connection.execute(statement.values(how=how, problem=problem))

    def pop_ups(self, person: str, since: datetime) -> tuple[Popped, ...]:
        """The pop-ups of a person since then, oldest first."""
        with self._store.reading() as connection:
            return _popped(connection, person, since)


class Telling:
    """Changes to one person's memory, inside a transaction."""

    def __init__(self, connection: Connection, person: str) -> None:
        """Write by this connection."""
        self._connection = connection
        self._person = person

    def keep(self, told: Mapping[Key, Told]) -> None:
        """These alarms were told, went or came back."""
        values = [
            {
                **key._asdict(),
                "person": self._person,
                "notice": each.notice,
                "told_at": to_us(each.at),
                "gone_at": maybe_us(each.gone_at),
                "back_at": maybe_us(each.back_at),
            }
            for key, each in told.items()
        ]
        if values:
            self._connection.execute(insert(alarm).prefix_with("OR REPLACE"), values)

    def forget(self, keys: Sequence[Key]) -> None:
        """These are told anew when they come back."""
        for key in keys:
            named = [alarm.c[name] == value for name, value in key._asdict().items()]
            self._connection.execute(delete(alarm).where(alarm.c.person == self._person, *named))

    def pop(self, popped: Sequence[Popped]) -> None:
        """These pop-ups are on their way."""
        values = [
            {
                "person": self._person,
                "key": each.key,
                "level": each.level,
                "at": to_us(each.at),
                "counts": int(each.counts),
                "how": each.how,
                "problem": each.problem,
            }
            for each in popped
        ]
        if values:
            self._connection.execute(insert(notice).prefix_with("OR REPLACE"), values)

    def tidy(self, now: datetime) -> None:
        """Let go of what is too old to matter."""
        old = to_us(now - KEPT)
        self._connection.execute(delete(alarm).where(alarm.c.gone_at < old))
        self._connection.execute(delete(notice).where(notice.c.at < old))


def _memory(connection: Connection, person: str, since: datetime) -> Memory:
    found = connection.execute(select(alarm).where(alarm.c.person == person))
    told = {
        Key(row.ticket_id, row.clock, row.run, row.threshold): Told(
            row.notice,
            from_us(row.told_at),
            maybe_instant(row.gone_at),
            maybe_instant(row.back_at),
        )
        for row in found
    }
    return Memory(told, _popped(connection, person, since))


def _popped(connection: Connection, person: str, since: datetime) -> tuple[Popped, ...]:
    query = select(notice).where(notice.c.person == person, notice.c.at >= to_us(since))
    return tuple(
        Popped(row.key, row.level, from_us(row.at), bool(row.counts), row.how, row.problem)
        for row in connection.execute(query.order_by(notice.c.at, notice.c.key))
    )
