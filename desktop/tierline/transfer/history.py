"""Rows of one ticket to the operations of its history: one for each row, and its logging first.

Where a source tells a moment that no row shows (a snapshot's resolving and closing), an inferred
operation stands at that moment. Nothing is placed before it was known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from tierline.domain import events as ev
from tierline.domain.judging import first_status
from tierline.domain.ticket import Ticket, evolve
from tierline.transfer.changes import Change, changed_events
from tierline.transfer.meanings import Meanings
from tierline.transfer.rows import Reader, SourceRow, Values

LOG, ROW, INFERRED = "log", "import", "infer"
_SPACE = uuid5(NAMESPACE_URL, "tierline:import")
_ENDS = {"resolved": ("resolved",), "closed": ("resolved", "closed")}
_PASSED = {"resolved": ("resolved", "closed", "cancelled"), "closed": ("closed", "cancelled")}
_LONG = ("description",)  # kept by their events alone, never a second time among the facts


@lru_cache(maxsize=64)
def _ticket_id(source: str, external_id: str) -> str:
    return str(uuid5(_SPACE, f"{source}\n{external_id}"))


class Name(NamedTuple):
    """Which ticket: its source, the id it has there, and the number it has here."""

    source: str
    external_id: str
    number: str

    @property
    def ticket_id(self) -> str:
        """The same for the same ticket of the same source, wherever it is imported."""
        return _ticket_id(self.source, self.external_id)


class Teller:
    """Tells the history of one ticket, row by row, folding it on the way."""

    def __init__(self, name: Name, meanings: Meanings, reader: Reader, turn: int = 0) -> None:
        """`turn` counts how often the history was told anew; operations of each have own ids."""
        self.name, self._meanings, self._reader = name, meanings, reader
        self.ticket: Ticket | None = None
        self.values: Values = {}
        self._ticket_id = name.ticket_id
        self._space = UUID(self._ticket_id).bytes
        self.turn = turn

    def resume(self, ticket: Ticket, values: Values) -> None:
        """Go on where an earlier import stopped."""
        self.ticket, self.values = ticket, dict(values)

    def tell(self, rows: Iterable[SourceRow], until: datetime | None = None) -> list[ev.Operation]:
        """The operations of the rows (in order) up to an instant; all of them when it is None."""
        told: list[ev.Operation] = []
        for row in rows:
            for operation in self._operations(row):
                if until is not None and operation.at > until:
                    return told
                told.append(operation)
                for event in operation.events:
                    self.ticket = evolve(self.ticket, event, self._ticket_id)
        return told

    def _operations(self, row: SourceRow) -> Iterator[ev.Operation]:
        """Made one by one, each from the ticket that the one before has left."""
        if self.ticket is None:
            yield self._logged(row)
        assert self.ticket is not None
        status, meanings = self._status(row.values), self._meanings
        phase = meanings.phase(status) if status else ""
        values = self._reader.as_known(row, ended=phase in ("resolved", "closed", "cancelled"))
        yield from self._inferred(row, values, phase)
        yield self._row(row, values, status)

    def _status(self, told: Values) -> str:
        """The row's state in our words; where a source has no states, its dates tell the end."""
        meanings = self._meanings
        if state := told.get("state", ""):
            return meanings.status(state, told.get("state_detail", ""))
        if "state" in told or "state" in self.values:
            return ""
        ended = next((each for each in ("closed", "resolved") if told.get(f"{each}_at")), "")
        return first_status(meanings.policy, ended) if ended else ""

    def _logged(self, row: SourceRow) -> ev.Operation:
        """The ticket as it was when it was opened: what its first row says without its course."""
        told, meanings = row.values, self._meanings
        opened = [self._reader.instant(told, name) for name in ("opened_at", "created_at")]
        impact, urgency = (meanings.level(each, told.get(each, "")) for each in _LEVELS)
        event = ev.Logged(
            at=next((at for at in opened if at), row.at),
            by=told.get("opened_by", ""),
            number=self.name.number,
            subject=meanings.subject(told),
            policy=meanings.policy.name,
            channel=meanings.channel(told.get("channel", "")),
            status=first_status(meanings.policy, "new"),
            priority=meanings.priority(told.get("priority", ""), impact, urgency),
            tier=meanings.line(told.get("group", ""), told.get("tier", "")),
            description=told.get("description", ""),
            type=meanings.type(told.get("type", "")),
            client=told.get("client", ""),
            contact=told.get("contact", ""),
            contact_reach=told.get("contact_reach", ""),
            impact=impact,
            urgency=urgency,
            category=told.get("category", ""),
            details=meanings.details(told),
            source=self.name.source,
            external_id=self.name.external_id,
        )
        return self.operation(LOG, event.at, "", (event,), event.by)

    def _inferred(self, row: SourceRow, values: Values, phase: str) -> Iterator[ev.Operation]:
        """The moments before this row that it dates: resolved, and closed when it is that."""
        for ended in _ENDS.get(phase, ()):
            at = self._reader.instant(values, f"{ended}_at")
            assert self.ticket is not None
            if (
                at is None
                or self.ticket.ended in _PASSED[ended]
                or not self.ticket.changed_at <= at < row.at
            ):
                continue
            status, by = first_status(self._meanings.policy, ended), values.get(f"{ended}_by", "")
            event: ev.AnyEvent = ev.Closed(at=at, by=by, status=status)
            if ended == "resolved":
                steps = values.get("steps", "")
                event = ev.Resolved(at=at, by=by, status=status, steps=steps)
            yield self.operation(INFERRED, at, row.key, (event,), by)

    def _row(self, row: SourceRow, values: Values, status: str) -> ev.Operation:
        assert self.ticket is not None
        before, first = self.values, not self.values
        news = {k: v for k, v in values.items() if before.get(k, "") != v or (first and v)}
        at, by = max(row.at, self.ticket.logged_at), values.get("updated_by", "")
        change = Change(self.ticket, before, values, news, status, at, by)
        events = changed_events(change, self._meanings)
        facts = {name: value for name, value in news.items() if name not in _LONG}
        self.values = before | values
        return self.operation(ROW, at, row.key, with_facts(events, facts, at, by), by)

    def operation(
        self, kind: str, at: datetime, key: str, events: tuple[ev.AnyEvent, ...], by: str = ""
    ) -> ev.Operation:
        """An operation whose id is the same whenever the same is told of the same row."""
        content = ev.encode_events(events)
        op_id = _uuid5(
            self._space, f"{self.turn}\n{kind}\n{key}\n".encode("utf-8", "replace"), content
        )
        return ev.Operation(
            op_id=op_id, ticket_id=self._ticket_id, kind=kind, at=at, events=events, by=by
        )


def _uuid5(space: bytes, *parts: bytes) -> str:
    """What `uuid.uuid5` gives, without its objects: an import makes a hundred thousand."""
    made = hashlib.sha1(space, usedforsecurity=False)
    for part in parts:
        made.update(part)
    text = made.hexdigest()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


_LEVELS = ("impact", "urgency")


def with_facts(
    events: list[ev.AnyEvent], facts: Values, at: datetime, by: str
) -> tuple[ev.AnyEvent, ...]:
    """The events, the first of which carries what the source told besides."""
    first, rest = (events[0], events[1:]) if events else (ev.Detailed(at=at, by=by), [])
    fields = {name: getattr(first, name) for name in first.__struct_fields__ if name != "facts"}
    return (type(first)(**fields, facts=facts), *rest)


def known_rows(operations: Iterable[ev.Operation], reader: Reader) -> list[SourceRow]:
    """The rows that an earlier import told, put together again from its operations."""
    values: Values = {}
    rows = []
    for operation in operations:
        for event in operation.events:
            if isinstance(event, ev.Logged | ev.Detailed) and event.description:
                values["description"] = event.description
            values.update(event.facts)
        if operation.kind == ROW:
            rows.append(reader.again(dict(values)))
    return rows
