"""An act that did not happen: it takes its number and its place in the log, and does nothing."""

from __future__ import annotations

from uuid import UUID, uuid5

from sqlalchemy import Connection

from tierline.domain.log import VOID
from tierline.storage.journal import Entry
from tierline.storage.sync_meta import console_of

_NAMESPACE = UUID("0d3c7f5e-31c6-5b0e-8a5d-6f0f7f1f2a90")
_KNOWN = "SELECT 1 FROM journal WHERE op_id = ? AND seq != ?"
_VOIDED = (
    "UPDATE journal SET op_id = ?, kind = ?, merged = '[]', state = 'pending', why = '' "
    "WHERE seq = ?"
)


def void(connection: Connection, entry: Entry) -> None:
    """Make a row of this console such an act, under another id: its own may be used again.

    What was written stays in the row.
    """
    name = f"{entry.op_id}/{VOID}/{console_of(connection)}/{entry.cseq}"
    op_id = _id(name)
    # A copy of this desk may have told the same already: it is another console's act from now on.
    while connection.exec_driver_sql(_KNOWN, (op_id, entry.seq)).first():
        name += "/again"
        op_id = _id(name)
    connection.exec_driver_sql(_VOIDED, (op_id, VOID, entry.seq))


def _id(name: str) -> str:
    return str(uuid5(_NAMESPACE, name))
