"""Between structs and table rows: the one place that knows which column holds what."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row as SqlRow

from tierline.domain.clocks import Deadline
from tierline.domain.events import Operation, decode_events, encode_events
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.instants import from_us, maybe_instant, maybe_us, to_us
from tierline.storage.records import Listed, Projection, Recorded, Stored
from tierline.storage.schema import ticket as table

_encode = msgspec.json.Encoder().encode
_tickets = msgspec.json.Decoder(Ticket)
_deadlines = msgspec.json.Decoder(tuple[Deadline, ...])
AnyRow = SqlRow[*tuple[Any, ...]]


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A ticket as it travels beside the log; not in it, since the log alone is believed.

    `partial`: who wrote it could not read all of the ticket's lines. It is good for reports; a
    console tells the ticket from its lines.
    """

    state: Ticket
    deadlines: tuple[Deadline, ...] = ()
    phase: str = ""
    act_at: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    rule_at: datetime | None = None
    partial: bool = False

    @classmethod
    def of(cls, projection: Projection, *, partial: bool) -> Row:
        """The row of what is stored here."""
        told = {name: getattr(projection, name) for name in _PROJECTED}
        return cls(state=projection.ticket, partial=partial, **told)

    def projection(self) -> Projection:
        """What is stored here of it."""
        return Projection(ticket=self.state, **{n: getattr(self, n) for n in _PROJECTED})


class PartialRowError(msgspec.ValidationError):
    """The row was written by a program that could not read all of the ticket's lines."""


_PROJECTED = Row.__struct_fields__[1:-1]
_rows = msgspec.json.Decoder(Row)
_LAST_DIGITS = re.compile(r"\d{1,18}$")

TICKET_COLUMNS = tuple(column.name for column in table.columns)
LISTED_COLUMNS = tuple(
    name for name in Listed.__struct_fields__ if name in TICKET_COLUMNS and name != "deadlines"
)


def number_digits(number: str) -> int | None:
    """The figure a ticket number ends in, by which people call it: 12376 of "CS0012376"."""
    found = _LAST_DIGITS.search(number)
    return int(found.group()) if found else None


def ticket_row(rid: int, seq: int, projection: Projection, hub_seq: int = 0) -> dict[str, Any]:
    """The column values of a ticket, in the table's order."""
    ticket = projection.ticket
    return {
        "rid": rid,
        "id": ticket.id,
        "number": ticket.number,
        "digits": number_digits(ticket.number),
        "seq": seq,
        "priority": ticket.priority,
        "tier": ticket.tier,
        "status": ticket.status,
        "phase": projection.phase,
        "ended": ticket.ended,
        "status_why": ticket.status_why[:500],
        "subject": ticket.subject,
        "client": ticket.client,
        "contact": ticket.contact,
        "assignee": ticket.assignee,
        "team": ticket.group,
        "channel": ticket.channel,
        "type": ticket.type,
        "policy": ticket.policy,
        "escalated": int(len(ticket.tiers) > 1),
        "replied": int(ticket.replied),
        "first_contact": int(ticket.first_contact),
        "timer_by": ticket.timer_by,
        "until": maybe_us(ticket.until),
        "logged_at": to_us(ticket.logged_at),
        "changed_at": to_us(ticket.changed_at),
        "resolved_at": maybe_us(ticket.resolved_at),
        "act_at": maybe_us(projection.act_at),
        "due_at": maybe_us(projection.due_at),
        "warn_at": maybe_us(projection.warn_at),
        "source": ticket.source or None,
        "external_id": ticket.external_id or None,
        "deadlines": _encode(projection.deadlines).decode(),
        "state": encoded(ticket),
        "rule_at": maybe_us(projection.rule_at),
        "hub_seq": hub_seq,
    }


def encoded(ticket: Ticket) -> str:
    """A ticket as its `state` column has it."""
    return _encode(ticket).decode()


def wire_row(projection: Projection, *, partial: bool = False) -> str:
    """A ticket's row as the hub keeps it and other consoles start from: JSON, instants as ISO."""
    return _encode(Row.of(projection, partial=partial)).decode()


def projection_of(row: str) -> Projection:
    """What `wire_row` made.

    Raises:
        PartialRowError: its writer did not know all of the ticket's history.
        msgspec.DecodeError: it is no row of a ticket that this version can read.
    """
    found = _rows.decode(row)
    if found.partial:
        raise PartialRowError(tr("the row is not of all lines"))
    return found.projection()


def journal_row(seq: int, cseq: int, base_seq: int, op: Operation) -> tuple[Any, ...]:
    """The values of a journal row, without its state."""
    events = encode_events(op.events).decode()
    return (seq, op.op_id, cseq, op.ticket_id, op.kind, op.v, base_seq, to_us(op.at), op.by, events)


def recorded(row: AnyRow) -> Recorded:
    """A journal row as the rest of the program sees it: its events as the log has them."""
    payload = row.events if row.merged is None else row.merged
    operation = Operation(
        op_id=row.op_id,
        ticket_id=row.ticket_id,
        kind=row.kind,
        at=from_us(row.at),
        events=() if "/" in row.ticket_id else decode_events(payload),  # "/": of the directory
        by=row.by,
        v=row.v,
    )
    return Recorded(
        row.seq,
        row.cseq,
        row.base_seq,
        row.state,
        operation,
        mine=bool(row.mine),
        hub_seq=row.hub_seq or 0,
        seen_seq=row.seen_seq,
    )


def stored(row: AnyRow) -> Stored:
    """A ticket row with its whole state."""
    ticket, found = _tickets.decode(row.state), _deadlines.decode(row.deadlines)
    rule_at = maybe_instant(row.rule_at)
    return Stored(row.seq, ticket, found, row.phase, rule_at, row.hub_seq)


def listed(row: AnyRow) -> Listed:
    """A ticket row as narrow as a queue needs it."""
    values = row._mapping  # noqa: SLF001 - SQLAlchemy documents it as public
    told = {name: values[name] for name in LISTED_COLUMNS}
    told |= {
        "until": maybe_instant(row.until),
        "logged_at": from_us(row.logged_at),
        "act_at": maybe_instant(row.act_at),
        "due_at": maybe_instant(row.due_at),
        "replied": bool(row.replied),
    }
    return Listed(**told, deadlines=_deadlines.decode(row.deadlines))


def deadlines_of(raw: str) -> tuple[Deadline, ...]:
    """The deadlines column by itself."""
    return _deadlines.decode(raw)
