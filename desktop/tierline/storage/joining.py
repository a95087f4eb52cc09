"""A desk joins a hub, with all that was done on it, or goes on alone."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from tierline.domain.policy_book import PolicyBook
from tierline.storage.directory_lines import record_entries
from tierline.storage.entries import KINDS, decoded
from tierline.storage.meeting import Met, add, meet
from tierline.storage.numbers import forget_blocks
from tierline.storage.rewinding import begin_anew
from tierline.storage.store import Store
from tierline.storage.sync_meta import forget_state, read_state, write_state


class Place(NamedTuple):
    """Where a desk belongs: which hub, where it is, under whose login and which console id."""

    url: str
    hub_id: str
    login: str
    console_id: str


def join(
    store: Store, book: PolicyBook, place: Place, founded: datetime | None, met: Met | None
) -> None:
    """As `Syncing.join`."""
    with store.writing_calmly() as connection:
        if read_state(connection).console_id != place.console_id:
            begin_anew(connection, book)
        forget_state(connection)
        forget_blocks(connection)
        write_state(connection, **place._asdict(), boot="begin")
        if met is not None:
            meet(connection, place.login, met)
        if founded is not None:
            _share_directory(connection, founded, met or Met(founded))


def _share_directory(connection: Connection, now: datetime, met: Met) -> None:
    """Offer every entry of the directory."""
    found = [
        entry
        for kind in KINDS
        for raw in connection.exec_driver_sql(f"SELECT state FROM {kind}").scalars()
        if (entry := decoded(kind, raw))
    ]
    record_entries(connection, add(connection, found, met), now, brought=True)
