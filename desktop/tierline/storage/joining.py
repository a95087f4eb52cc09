"""A desk joins a hub, with all that was done on it, or goes on alone."""

from __future__ import annotations

from datetime import datetime

from tierline.storage.directory_lines import record_entries
from tierline.storage.entries import KINDS, decoded
from tierline.storage.numbers import forget_blocks
from tierline.storage.store import Store
from tierline.storage.sync_meta import forget_state, write_state


def join(store: Store, url: str, hub_id: str, login: str, console_id: str) -> None:
    """As `Syncing.join`."""
    with store.writing_calmly() as connection:
        forget_state(connection)
        forget_blocks(connection)
        write_state(
            connection,
            url=url,
            hub_id=hub_id,
            login=login,
            console_id=console_id,
            boot="begin",
        )


def leave(store: Store) -> None:
    """As `Syncing.leave`."""
    with store.writing_calmly() as connection:
        forget_state(connection)


def share_directory(store: Store, now: datetime) -> int:
    """As `Syncing.share_directory`."""
    with store.writing_calmly() as connection:
        found = [
            entry
            for kind in KINDS
            for raw in connection.exec_driver_sql(f"SELECT state FROM {kind}").scalars()
            if (entry := decoded(kind, raw))
        ]
        record_entries(connection, found, now, brought=True)
    return len(found)
