"""What happened on the desk in a stretch of hours: what came, what was resolved, and how well."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import TextClause, text

from tierline.domain.clocks import Deadline
from tierline.storage.instants import to_us
from tierline.storage.rows import deadlines_of
from tierline.storage.store import Store

_SECOND = 1_000_000
# What was logged since then has changed since then, and that is what there is an index of.
_CAME = text(
    "SELECT (logged_at - :start) / :step, count(*) FROM ticket "
    "WHERE changed_at >= :start AND logged_at >= :start AND logged_at < :end GROUP BY 1"
)
_WENT = text(
    "SELECT (resolved_at - :start) / :step, count(*) FROM ticket "
    "WHERE ended IN ('resolved', 'closed') AND resolved_at >= :start AND resolved_at < :end "
    "GROUP BY 1"
)
_ENDED = text(
    "SELECT priority, deadlines FROM ticket "
    "WHERE ended IN ('resolved', 'closed') AND resolved_at >= :start AND resolved_at < :end"
)
_NEW = text(
    "SELECT count(*), coalesce(sum(due_at < :now), 0) FROM ticket INDEXED BY ticket_tally "
    "WHERE ended = '' AND phase = 'new'"
)
_OUT = text(
    "SELECT DISTINCT assignee FROM ticket INDEXED BY ticket_open "
    "WHERE ended = '' AND assignee <> '' AND status IN (SELECT value FROM json_each(:statuses))"
)


class Ended(NamedTuple):
    """A ticket that was resolved, with the clocks it ended with."""

    priority: int
    deadlines: tuple[Deadline, ...]


class Today:
    """Figures of the tickets of [start, end), both aware; a few milliseconds for a day."""

    def __init__(self, store: Store) -> None:
        """Read from this file."""
        self._store = store

    def came(self, start: datetime, end: datetime, step: timedelta) -> dict[int, int]:
        """How many tickets were logged in each step from `start`; steps without any are left out.

        A ticket that was imported counts on the day it was logged first.
        """
        return self._steps(_CAME, start, end, step)

    def went(self, start: datetime, end: datetime, step: timedelta) -> dict[int, int]:
        """How many were resolved in each step, and stayed so, re-opened ones left out."""
        return self._steps(_WENT, start, end, step)

    def ended(self, start: datetime, end: datetime) -> tuple[Ended, ...]:
        """The tickets that `went` counts."""
        with self._store.reading() as connection:
            rows = connection.execute(_ENDED, {"start": to_us(start), "end": to_us(end)})
            return tuple(Ended(priority, deadlines_of(raw)) for priority, raw in rows)

    def untouched(self, now: datetime) -> tuple[int, int]:
        """Open tickets that nobody has looked at yet, and how many of them are over at `now`."""
        with self._store.reading() as connection:
            total, over = connection.execute(_NEW, {"now": to_us(now)}).one()
        return int(total), int(over)

    def out(self, statuses: Iterable[str]) -> frozenset[str]:
        """Who holds an open ticket in one of these statuses, by id."""
        with self._store.reading() as connection:
            found = connection.scalars(_OUT, {"statuses": json.dumps(sorted(statuses))})
            return frozenset(found)

    def _steps(
        self, query: TextClause, start: datetime, end: datetime, step: timedelta
    ) -> dict[int, int]:
        wide = int(step.total_seconds()) * _SECOND
        told = {"start": to_us(start), "end": to_us(end), "step": wide}
        with self._store.reading() as connection:
            return {int(slot): int(many) for slot, many in connection.execute(query, told)}
