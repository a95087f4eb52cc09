"""Lines of a newer program: kept as they came, taken in as soon as this one understands them."""

from __future__ import annotations

from tierline.domain.log import FORMAT
from tierline.domain.policy_book import PolicyBook
from tierline.storage.entries import KINDS, decoded
from tierline.storage.folding import read_events
from tierline.storage.journal import ODD, Entry, entries_where
from tierline.storage.store import Store
from tierline.storage.sync_records import Applied
from tierline.storage.taking import Taking

_PARKED = f"{ODD} AND state = 'parked' ORDER BY hub_seq"
_TAKEN_IN = "UPDATE journal SET state = 'acked' WHERE seq = ?"


def unpark(store: Store, book: PolicyBook) -> Applied:
    """As `Syncing.unpark`."""
    with store.reading() as connection:
        found = [e for e in entries_where(connection, _PARKED, ()) if _understood(e)]
    if not found:
        return Applied()
    with store.writing_calmly() as connection:
        for entry in found:
            connection.exec_driver_sql(_TAKEN_IN, (entry.seq,))
        taking = Taking(connection, book)
        taking.tell_anew(entry.ticket_id for entry in found)
    return taking.applied


def _understood(entry: Entry) -> bool:
    if entry.v > FORMAT:
        return False
    if "/" in entry.ticket_id:
        return entry.kind not in KINDS or decoded(entry.kind, entry.payload) is not None
    return read_events(entry.payload) is not None
