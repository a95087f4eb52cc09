"""What waits, and what needs a person: acts that were refused, and what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from tierline.domain import events as ev
from tierline.domain.policy_book import PolicyBook
from tierline.storage.identifiers import new_id
from tierline.storage.instants import from_us
from tierline.storage.journal import ODD, Act, Entry, append, entries_where
from tierline.storage.predicting import written
from tierline.storage.store import Store
from tierline.storage.sync_records import Aside, SyncCounts
from tierline.storage.taking import Taking
from tierline.storage.tickets import read_stored

_ODD = f"FROM journal INDEXED BY journal_odd WHERE {ODD} AND state ="
_COUNTS = (
    "SELECT (SELECT count(*) FROM journal INDEXED BY journal_waiting WHERE state = 'pending' "
    f"AND hub_seq IS NULL), (SELECT count(*) {_ODD} 'aside'), (SELECT count(*) {_ODD} 'parked'), "
    """(SELECT count(*) FROM ticket WHERE instr(state, '"conflicts":[') > 0)"""
)
_PENDING = (
    "SELECT ticket_id, count(*) FROM journal INDEXED BY journal_waiting WHERE state = 'pending' "
    "AND hub_seq IS NULL AND ticket_id IN (SELECT value FROM json_each(?)) GROUP BY ticket_id"
)
_WITHDRAWN = "UPDATE journal SET state = 'withdrawn' WHERE seq = ?"
_TEXTS = ("subject", "description", "text", "steps", "handover", "reason")


def counts(store: Store) -> SyncCounts:
    """As `Syncing.counts`."""
    with store.reading() as connection:
        pending, aside_, parked, conflicts = connection.exec_driver_sql(_COUNTS).one()
    return SyncCounts(pending=pending, aside=aside_, parked=parked, conflicts=conflicts)


def pending_of(store: Store, ids: Sequence[str]) -> dict[str, int]:
    """As `Syncing.pending_of`."""
    with store.reading() as connection:
        found = connection.exec_driver_sql(_PENDING, (json.dumps(list(ids)),))
        return {row[0]: row[1] for row in found}


def aside(store: Store) -> tuple[Aside, ...]:
    """As `Syncing.aside`."""
    with store.reading() as connection:
        found = entries_where(connection, f"{ODD} AND state = 'aside' ORDER BY at, seq", ())
        return tuple(_told(connection, entry) for entry in found)


def resend(store: Store, book: PolicyBook, op_id: str) -> str:
    """As `Syncing.resend`."""
    with store.writing_calmly() as connection:
        entry = _refused(connection, op_id)
        return _instead(connection, book, entry, entry.kind, entry.events) if entry else ""


def keep_as_note(store: Store, book: PolicyBook, op_id: str) -> str:
    """As `Syncing.keep_as_note`."""
    with store.writing_calmly() as connection:
        entry = _refused(connection, op_id)
        if entry is None or "/" in entry.ticket_id:
            return ""
        note = ev.Noted(at=from_us(entry.at), by=entry.by, text=_text(entry) or entry.kind)
        return _instead(connection, book, entry, "note", ev.encode_events((note,)).decode())


def withdraw(store: Store, book: PolicyBook, op_id: str) -> bool:
    """As `Syncing.withdraw`."""
    with store.writing_calmly() as connection:
        entry = _refused(connection, op_id)
        if entry is None:
            return False
        connection.exec_driver_sql(_WITHDRAWN, (entry.seq,))
        Taking(connection, book).tell_anew((entry.ticket_id,))
    return True


def _refused(connection: Connection, op_id: str) -> Entry | None:
    found = entries_where(connection, "op_id = ? AND state = 'aside'", (op_id,))
    return found[0] if found else None


def _instead(connection: Connection, book: PolicyBook, entry: Entry, kind: str, events: str) -> str:
    """Offer another act in place of a refused one, whose number the hub has counted."""
    connection.exec_driver_sql(_WITHDRAWN, (entry.seq,))
    stored = read_stored(connection, entry.ticket_id)
    act = Act(
        op_id=new_id(),
        ticket_id=entry.ticket_id,
        kind=kind,
        v=entry.v,
        at=entry.at,
        by=entry.by,
        events=events,
        seen_seq=stored.hub_seq if stored else 0,
    )
    append(connection, (act,))
    Taking(connection, book).tell_anew((entry.ticket_id,))
    return act.op_id


def _told(connection: Connection, entry: Entry) -> Aside:
    stored = read_stored(connection, entry.ticket_id)
    return Aside(
        op_id=entry.op_id,
        ticket_id=entry.ticket_id,
        number=stored.ticket.number if stored else entry.ticket_id,
        kind=entry.kind,
        at=from_us(entry.at),
        by=entry.by,
        text=_text(entry),
        why=entry.why,
    )


def _text(entry: Entry) -> str:
    """Everything that was typed in an act."""
    told = [
        getattr(event, name, "")
        for event in written(entry)
        for name in (("name", *_TEXTS) if isinstance(event, ev.Attached) else _TEXTS)
    ]
    return "\n".join(text for text in told if text)
