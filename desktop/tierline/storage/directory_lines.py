"""The directory in the log: an entry is put as a whole, the last line counts, the others are kept.

An entry's id ("contact/marrowby foods/ann lee") stands where a ticket's does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from tierline.domain.log import FORMAT, VOID, Line
from tierline.storage import journal
from tierline.storage.entries import (
    KINDS,
    AnyEntry,
    decoded,
    drop_entries,
    encoded,
    id_of,
    kind_of,
    put_entries,
    travels,
)
from tierline.storage.identifiers import new_id
from tierline.storage.instants import to_us
from tierline.storage.records import PolicyText
from tierline.storage.settling import row_of, settle
from tierline.storage.sync_meta import read_state
from tierline.storage.voiding import void

BROUGHT = -1  # `base_seq` of the entries a desk brings when it joins: they give way to the hub's
_HUB = "SELECT value FROM meta WHERE key = 'sync_hub_id'"
_THESE = "ticket_id IN (SELECT value FROM json_each(?))"
_GIVE_WAY = (
    f"{_THESE} AND state = 'pending' AND hub_seq IS NULL AND kind <> 'void' "
    f"AND base_seq = {BROUGHT}"
)
# A policy stays for the tickets that are under it, even when the hub has lost its line.
_GONE = (
    f"{_THESE} AND (state IN ('aside', 'withdrawn') AND mine = 1"
    " OR state = 'orphan' AND kind <> 'policy')"
)
_COUNT = f"{_THESE} AND {journal.LIVE} AND kind <> 'void' ORDER BY {journal.ORDER}"


class DirectoryLines:
    """Takes lines of the directory in, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write through this transaction."""
        self._connection = connection
        self.changed = False
        self.parked = 0
        self.policies: dict[str, None] = {}

    def take(self, lines: Sequence[Line], known: Mapping[str, journal.Entry], console: str) -> None:
        """Take lines in, then put every entry they are about as it counts now."""
        seq, rows, fresh = journal.last_seq(self._connection), [], []
        for line in lines:
            entry = known.get(line.op_id)
            if entry is not None:
                settle(self._connection, entry, line, console, readable=_readable(line))
            elif line.kind != VOID:
                seq += 1
                state = "acked" if _readable(line) else "parked"
                self.parked += state == "parked"
                rows.append(row_of(seq, line, state))
                fresh.append(line.ticket_id)
        self._give_way(fresh)
        journal.insert(self._connection, rows)
        self.put(line.ticket_id for line in lines)

    def put(self, ids: Iterable[str]) -> None:
        """Put entries as the last act that counts left them.

        One that was only refused goes, and one of which the hub has lost all: whoever put it
        tells it anew.
        """
        ids = list(ids)
        last = {row.ticket_id: row for row in self._rows(_COUNT, ids)}
        found = [(row.ticket_id, decoded(row.kind, row.payload)) for row in last.values()]
        # One under a name that is not its own would outlive what is said under its own.
        entries = [entry for name, entry in found if entry is not None and id_of(entry) == name]
        put_entries(self._connection, entries)
        self.changed |= bool(entries)
        named = (entry.name for entry in entries if isinstance(entry, PolicyText))
        self.policies |= dict.fromkeys(named)
        refused = self._rows(_GONE, (each for each in ids if each not in last))
        gone = [entry for row in refused if (entry := decoded(row.kind, row.events))]
        drop_entries(self._connection, gone)
        self.changed |= bool(gone)

    def _give_way(self, ids: Iterable[str]) -> None:
        for row in self._rows(_GIVE_WAY, ids):
            void(self._connection, row)

    def _rows(self, condition: str, ids: Iterable[str]) -> list[journal.Entry]:
        told = json.dumps(list(dict.fromkeys(ids)))
        return journal.entries_where(self._connection, condition, (told,)) if told != "[]" else []


def record_entries(
    connection: Connection, entries: Iterable[AnyEntry], at: datetime, *, brought: bool = False
) -> None:
    """Write down that someone put these entries, so that they travel; nothing without a hub.

    What is somebody's own is left out.
    """
    if not connection.exec_driver_sql(_HUB).scalar():
        return
    login = read_state(connection).login
    base = BROUGHT if brought else 0
    acts = (
        journal.Act(
            op_id=new_id(),
            ticket_id=id_of(entry),
            kind=kind_of(entry),
            v=FORMAT,
            at=to_us(at),
            by=login,
            events=encoded(entry),
            base_seq=base,
        )
        for entry in entries
        if travels(entry)
    )
    journal.append(connection, acts)


def _readable(line: Line) -> bool:
    if line.v > FORMAT:
        return False
    return line.kind not in KINDS or decoded(line.kind, line.payload) is not None
