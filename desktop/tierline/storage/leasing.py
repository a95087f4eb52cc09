"""A block of numbers from the hub: tickets that were told under one of ours get their real one."""

from __future__ import annotations

from uuid import UUID, uuid5

from sqlalchemy import Connection

from tierline.domain import events as ev
from tierline.domain.log import FORMAT
from tierline.domain.policy_book import PolicyBook
from tierline.storage.instants import to_us
from tierline.storage.journal import Act, append, entries_by_id
from tierline.storage.numbers import add_block, leased_number
from tierline.storage.store import Store
from tierline.storage.sync_records import Applied
from tierline.storage.taking import Taking
from tierline.storage.tickets import read_stored

KIND = "number"
_NAMESPACE = UUID("7a0f2b31-94a7-5f0c-9d0e-0b7f5c0a6f11")
# A ticket has the id of the act that logged it; only who logged it gives it another number.
_WAITING = (
    "SELECT ticket.id FROM ticket JOIN journal ON journal.op_id = ticket.id "
    "WHERE ticket.number GLOB ? AND journal.mine = 1 ORDER BY ticket.rid"
)


def lease(store: Store, book: PolicyBook, prefix: str, first: int, last: int) -> Applied:
    """As `Syncing.lease`."""
    with store.writing_calmly() as connection:
        add_block(connection, prefix, first, last)
        pattern = f"{prefix.replace('[', '[[]').replace('*', '[*]').replace('?', '[?]')}-*-*"
        found = connection.exec_driver_sql(_WAITING, (pattern,))
        told = [each for each in found.scalars().all() if _number(connection, each, prefix)]
        taking = Taking(connection, book)
        taking.tell_anew(told)
    return taking.applied


def _number(connection: Connection, ticket_id: str, prefix: str) -> bool:
    stored, op_id = read_stored(connection, ticket_id), str(uuid5(_NAMESPACE, ticket_id))
    # One that the hub refused is a person's to deal with: it is not made again.
    if stored is None or entries_by_id(connection, (op_id,)):
        return False
    number = leased_number(connection, prefix)
    if not number:
        return False
    event = ev.Numbered(at=stored.ticket.logged_at, number=number)
    act = Act(
        op_id=op_id,
        ticket_id=ticket_id,
        kind=KIND,
        v=FORMAT,
        at=to_us(event.at),
        by="",
        events=ev.encode_events((event,)).decode(),
        seen_seq=stored.hub_seq,
    )
    append(connection, (act,))
    return True
