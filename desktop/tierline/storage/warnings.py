"""What people answered to warnings: snoozed until when, acknowledged by whom."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from tierline.storage.instants import maybe_instant, maybe_us
from tierline.storage.schema import warning
from tierline.storage.store import Store


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to the warning of a ticket's clock at a level ("over", "soon"). Instants UTC."""

    ticket_id: str
    clock: str
    level: str
    until: datetime | None = None
    acknowledged_at: datetime | None = None
    by: str = ""
    reason: str = ""


class Warned:
    """The latest answer to each warning, kept across restarts and seen by every console here."""

    def __init__(self, store: Store) -> None:
        """Keep answers in this file."""
        self._store = store

    def answers(self) -> dict[tuple[str, str, str], Answer]:
        """Every answer by (ticket id, clock, level)."""
        with self._store.reading() as connection:
            found = [
                Answer(
                    ticket_id=row.ticket_id,
                    clock=row.clock,
                    level=row.level,
                    until=maybe_instant(row.until),
                    acknowledged_at=maybe_instant(row.acknowledged_at),
                    by=row.by,
                    reason=row.reason,
                )
                for row in connection.execute(select(warning))
            ]
        return {(one.ticket_id, one.clock, one.level): one for one in found}

    def answer(self, one: Answer) -> None:
        """Keep an answer in place of an earlier one to the same warning."""
        values = {
            "ticket_id": one.ticket_id,
            "clock": one.clock,
            "level": one.level,
            "until": maybe_us(one.until),
            "acknowledged_at": maybe_us(one.acknowledged_at),
            "by": one.by,
            "reason": one.reason,
        }
        keys = ["ticket_id", "clock", "level"]
        statement = insert(warning).values(values)
        with self._store.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
