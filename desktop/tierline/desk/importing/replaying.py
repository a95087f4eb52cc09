"""A history that Tierline exported, put on another desk act by act, with its own ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tierline.domain import events as ev
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import fold_operations, undone_operations
from tierline.domain.tongue import tr
from tierline.storage.projection import all_words, project
from tierline.storage.records import Imported
from tierline.storage.replica import Replica

HISTORY = "tierline-history"


class BadHistoryError(ValueError):
    """What is told is no history; the message says why."""


def operation_of(values: Mapping[str, str]) -> ev.Operation:
    """The act of a row.

    Raises:
        BadHistoryError: it is none.
    """
    told = {
        "op_id": values.get("op_id", ""),
        "ticket_id": values.get("external_id", ""),
        "kind": values.get("kind", ""),
        "at": values.get("updated_at", "").replace(" ", "T"),
        "by": values.get("updated_by", ""),
        "v": values.get("v", ""),
    }
    try:
        events = ev.decode_events(values.get("events", ""))
        operation = msgspec.convert(told | {"events": ()}, ev.Operation, strict=False)
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError) as failure:
        raise BadHistoryError(
            tr("its act cannot be read ({failure})", failure=failure)
        ) from failure
    if not operation.op_id or operation.at.tzinfo is None or not events:
        raise BadHistoryError(tr("its act has no id, no instant with a zone, or no events"))
    return msgspec.structs.replace(operation, events=events)


def replayed(
    replica: Replica, book: PolicyBook, told: Sequence[ev.Operation], number: str
) -> Imported | None:
    """What of a ticket's acts the desk does not have; None when it has them all.

    `number` is the one the ticket gets here, should another one have its own.

    Raises:
        BadHistoryError: the acts make no ticket.
    """
    known = tuple(r.operation for r in replica.tickets.operations(told[0].ticket_id))
    ids = {op.op_id for op in known}
    fresh = [_numbered(op, number) for op in told if op.op_id not in ids]
    if not fresh:
        return None
    everything = (*known, *fresh)
    try:
        ticket = fold_operations(everything)
    except (ValueError, TypeError) as failure:
        raise BadHistoryError(
            tr("its acts make no ticket ({failure})", failure=failure)
        ) from failure
    undone = undone_operations(everything)
    kept = (event for op in everything if op.op_id not in undone for event in op.events)
    words = all_words(ticket, kept)
    return Imported(tuple(fresh), project(ticket, book.get(ticket.policy), words))


def _numbered(operation: ev.Operation, number: str) -> ev.Operation:
    """The same act, under the number that is free here."""
    events = tuple(
        msgspec.structs.replace(event, number=number)
        if isinstance(event, ev.Logged) and event.number != number
        else event
        for event in operation.events
    )
    return msgspec.structs.replace(operation, events=events)
