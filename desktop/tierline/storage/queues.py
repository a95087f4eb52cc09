"""Ordered ids and counts of queues, straight from the index; never a row more than asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    Boolean,
    ColumnElement,
    and_,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.sql.elements import UnaryExpression

from tierline.domain.clocks import Deadline
from tierline.storage.fulltext import matching
from tierline.storage.instants import from_us, to_us
from tierline.storage.rows import AnyRow, deadlines_of
from tierline.storage.schema import THEIRS, ticket
from tierline.storage.store import Store

_c = ticket.c
_LONGEST = 1_000_000
# Whoever has no clock is ordered by priority alone, and there not judged comes last.
_URGENCY = case((_c.act_at.is_(None), func.nullif(_c.priority, 0)), else_=_c.priority)
SORTS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "next": (_c.act_at, _URGENCY, _c.number),
    "priority": (func.nullif(_c.priority, 0), _c.act_at, _c.number),  # not judged comes last
    "number": (_c.number,),
    "subject": (_c.subject.collate("NOCASE"), _c.number),
    "client": (_c.client.collate("NOCASE"), _c.act_at, _c.number),
    "status": (_c.phase, _c.status, _c.act_at, _c.number),
    "tier": (_c.tier, _c.act_at, _c.number),
    "assignee": (_c.assignee.collate("NOCASE"), _c.act_at, _c.number),
    "logged": (_c.logged_at, _c.number),
    "changed": (_c.changed_at, _c.number),
    "resolved": (_c.resolved_at, _c.number),
}


class Where(NamedTuple):
    """One condition on a ticket: any of `values`; a `not_` one keeps the others instead.

    "is" compares whole (case does not matter), "has" looks inside, "before" and "after" compare
    instants; "soon" means past a warning and not over at the instant given, "hot" soon or over,
    "conflict" that two people's acts have met and nobody has answered yet.
    """

    column: str
    how: Literal["is", "has", "before", "after", "soon", "hot", "conflict"]
    values: tuple[str | int | datetime, ...]
    not_: bool = False


OPEN = Where("ended", "is", ("",))
OURS = Where("phase", "is", (THEIRS,), not_=True)


class Tally(NamedTuple):
    """How many open tickets share these marks, and how many of them are over."""

    tier: int
    priority: int
    mine: bool
    free: bool
    waiting: bool
    escalated: bool
    total: int
    over: int


class Warm(NamedTuple):
    """An open ticket that is not over and has a clock past its warning, maybe in closed hours."""

    id: str
    tier: int
    priority: int
    mine: bool
    free: bool
    waiting: bool
    escalated: bool
    deadlines: tuple[Deadline, ...]


# Grouped in the order of the index, so that nothing is sorted.
_TALLY = text(
    "SELECT tier, priority, assignee, phase, escalated, "
    "count(*), coalesce(sum(due_at < :now), 0) FROM ticket INDEXED BY ticket_tally "
    f"WHERE ended = '' AND phase <> '{THEIRS}' "
    "GROUP BY tier, priority, assignee, phase, escalated"
)
# Word for word as the partial index has it, which serves it.
_MET = literal_column("instr(ticket.state, '\"conflicts\":[') > 0", Boolean)
_LOAD = text(
    "SELECT assignee, count(*) FROM ticket INDEXED BY ticket_held WHERE ended = '' GROUP BY 1"
)
_WARM = text(
    "SELECT id, tier, priority, assignee = :me, assignee = '', phase = 'waiting', escalated, "
    "deadlines FROM ticket WHERE ended = '' AND warn_at <= :now "
    "AND (due_at IS NULL OR due_at >= :now)"
)


_THRESHOLD = text(
    "SELECT min(soonest) FROM ("
    "SELECT min(warn_at) AS soonest FROM ticket WHERE ended = '' AND warn_at > :now UNION ALL "
    "SELECT min(due_at) FROM ticket INDEXED BY ticket_tally WHERE ended = '' AND due_at > :now)"
)

# Asked for at every tick of every console, so these are built once.
_RULED = text("SELECT id FROM ticket WHERE rule_at <= :now ORDER BY rule_at LIMIT :limit")
_NEXT_RULE = text("SELECT min(rule_at) FROM ticket WHERE rule_at IS NOT NULL")


class Queues:
    """Queries over tickets. Every answer is ids or numbers; rows are fetched for what is shown."""

    def __init__(self, store: Store) -> None:
        """Read from this file."""
        self._store = store

    def ids(
        self,
        wheres: Sequence[Where],
        *,
        words: str = "",
        sort: str = "next",
        descending: bool = False,
        limit: int = _LONGEST,
    ) -> list[str]:
        """Ids of the tickets that meet all conditions, in the order of `SORTS[sort]`."""
        query = select(_c.id).where(*_conditions(wheres, words))
        query = query.order_by(*_order(sort, descending=descending)).limit(limit)
        with self._store.reading() as connection:
            return list(connection.scalars(query))

    def count(
        self, wheres: Sequence[Where], *, words: str, now: datetime, among: Sequence[str] = ()
    ) -> tuple[int, int, int]:
        """How many meet all conditions, how many of them are over at `now`, how many in `among`."""
        hits = _c.id.in_(select(text("value")).select_from(text("json_each(:among)")))
        figures = select(
            func.count(),
            func.coalesce(func.sum(_c.due_at < to_us(now)), 0),
            func.coalesce(func.sum(hits), 0) if among else text("0"),
        ).select_from(ticket)
        query = figures.where(*_conditions(wheres, words))
        with self._store.reading() as connection:
            given = {"among": json.dumps(list(among))} if among else {}
            total, over, inside = connection.execute(query, given).one()
        return int(total), int(over), int(inside)

    def tallies(self, me: str, now: datetime) -> list[Tally]:
        """Open tickets by their marks, and how many of each are over at `now`."""
        sums: dict[tuple[int, int, bool, bool, bool, bool], list[int]] = {}
        with self._store.reading() as connection:
            for tier, priority, holder, phase, escalated, total, over in connection.execute(
                _TALLY, {"now": to_us(now)}
            ):
                waits = phase == "waiting"
                marks = (tier, priority, holder == me, not holder, waits, bool(escalated))
                held = sums.setdefault(marks, [0, 0])
                held[0] += total
                held[1] += over
        return [Tally(*marks, *figures) for marks, figures in sums.items()]

    def warm(self, me: str, now: datetime) -> list[Warm]:
        """Open tickets past a warning at `now` and not over."""
        with self._store.reading() as connection:
            found = connection.execute(_WARM, {"me": me, "now": to_us(now)})
            return [_warm(row) for row in found]

    def next_threshold(self, now: datetime) -> datetime | None:
        """The first instant after `now` at which an open ticket passes a warning or a deadline."""
        with self._store.reading() as connection:
            found = connection.scalar(_THRESHOLD, {"now": to_us(now)})
        return None if found is None else from_us(found)

    def ruled(self, now: datetime, limit: int) -> list[str]:
        """Ids of the tickets on which a rule acts by `now`, the longest overdue first."""
        with self._store.reading() as connection:
            return list(connection.scalars(_RULED, {"now": to_us(now), "limit": limit}))

    def next_rule(self) -> datetime | None:
        """When some rule acts next on any ticket; in the past when one is overdue."""
        with self._store.reading() as connection:
            found = connection.scalar(_NEXT_RULE)
        return None if found is None else from_us(found)

    def resolved(self) -> int:
        """How many tickets are resolved and not closed."""
        query = select(func.count()).select_from(ticket).where(_c.ended == "resolved")
        with self._store.reading() as connection:
            return int(connection.scalar(query) or 0)

    def resolved_between(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Tickets resolved in [start, end), and how many of them on first contact."""
        query = select(func.count(), func.coalesce(func.sum(_c.first_contact), 0)).where(
            _c.ended.in_(("resolved", "closed")),
            _c.resolved_at >= to_us(start),
            _c.resolved_at < to_us(end),
        )
        with self._store.reading() as connection:
            total, first = connection.execute(query).one()
        return int(total), int(first)

    def timed_by(self, person: str) -> list[str]:
        """Ids of the tickets on which a person's work timer runs."""
        query = select(_c.id).where(_c.timer_by == person, _c.timer_by != "")
        with self._store.reading() as connection:
            return list(connection.scalars(query))

    def load(self) -> dict[str, int]:
        """How many open tickets each person holds."""
        with self._store.reading() as connection:
            return {who: int(n) for who, n in connection.execute(_LOAD) if who}

    def names(self, column: str, start: str, limit: int) -> list[str]:
        """Names that tickets carry in a column ("client", "contact", "assignee"), by prefix."""
        named = _c[column]
        query = select(named).where(named != "", named.istartswith(start, autoescape=True))
        with self._store.reading() as connection:
            found = query.group_by(named).order_by(func.count().desc()).limit(limit)
            return list(connection.scalars(found))


def _warm(row: AnyRow) -> Warm:
    cells = tuple(row)
    return Warm._make((*cells[:-1], deadlines_of(cells[-1])))


def _order(sort: str, *, descending: bool) -> list[UnaryExpression[Any]]:
    columns = SORTS[sort]
    if descending:
        return [column.desc().nulls_last() for column in columns]
    return [column.asc().nulls_last() for column in columns]


def _conditions(wheres: Sequence[Where], words: str) -> list[ColumnElement[bool]]:
    made = [_condition(where) for where in wheres]
    if words.strip():
        made.append(matching(words))
    return made or [true()]


def _condition(where: Where) -> ColumnElement[bool]:
    column = _c[where.column or "due_at"]
    made = _compared(column, where) if where.values else true()
    return not_(made) if where.not_ else made


def _compared(column: ColumnElement[Any], where: Where) -> ColumnElement[bool]:
    instants = [to_us(value) for value in where.values if isinstance(value, datetime)]
    match where.how:
        case "before":
            return and_(column.is_not(None), column < instants[0])
        case "after":
            return and_(column.is_not(None), column >= instants[0])
        case "soon":
            return and_(_warned(instants[0]), _c.due_at >= instants[0])
        case "hot":
            over = and_(_c.due_at.is_not(None), _c.due_at < instants[0])
            return or_(over, _warned(instants[0]))
        case "conflict":
            return _MET
        case "has":
            return or_(*(column.icontains(str(v), autoescape=True) for v in where.values))
        case "is":
            return _is(column, where.values)


def _warned(instant: int) -> ColumnElement[bool]:
    # Said in full, so that its opposite holds for tickets without any clock too.
    return and_(_c.warn_at.is_not(None), _c.due_at.is_not(None), _c.warn_at <= instant)


def _is(column: ColumnElement[Any], values: tuple[object, ...]) -> ColumnElement[bool]:
    # Only `ended` decides which index serves, and its values are ours: compare it as it is.
    if column is _c.ended or all(isinstance(value, int) for value in values):
        return column == values[0] if len(values) == 1 else column.in_(values)
    return column.collate("NOCASE").in_(values)
