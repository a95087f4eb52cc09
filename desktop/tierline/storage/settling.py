"""An act that is here and has come back as a line: where its place in the log is, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection

from tierline.domain.log import Line
from tierline.storage.journal import Entry

_SETTLED = (
    "UPDATE journal SET state = ?, console_id = ?, hub_seq = ?, merged = ?, why = '' WHERE seq = ?"
)


class Settled(NamedTuple):
    """What changed of a row; `anew` when its ticket has to be told anew for that."""

    anew: bool


def settle(
    connection: Connection, entry: Entry, line: Line, console: str, *, readable: bool
) -> Settled | None:
    """Note that a row is this line; None when that was noted before.

    The line may be another console's: a rule makes the same act everywhere. What was to go out
    under a number of this console stays pending then, since the hub still has to count the number.
    """
    own = line.console_id == console and line.cseq == entry.cseq
    state = "pending" if entry.state == "pending" and not own else "acked"
    if not readable and not entry.mine:
        state = "parked"
    merged = None if line.payload == entry.events else line.payload
    told = (state, line.console_id, line.seq, merged)
    if told == (entry.state, entry.console_id, entry.hub_seq, entry.merged):
        return None
    connection.exec_driver_sql(_SETTLED, (*told, entry.seq))
    # It stood behind the log, where it need not have been among others in the log's order.
    moved = entry.hub_seq != line.seq
    return Settled(moved or not entry.live or merged != entry.merged)


def row_of(seq: int, line: Line, state: str) -> tuple[Any, ...]:
    """A line of another console as a row of the journal."""
    return (
        *(seq, line.op_id, -seq, line.ticket_id, line.kind, line.v, line.base_seq, line.at),
        *(line.author, line.payload, state, 0, line.console_id, line.seq, line.seen_seq),
        *(None, ""),
    )


def in_log_order(lines: Iterable[Line]) -> list[Line]:
    """The lines as the hub put them."""
    return sorted(lines, key=lambda line: line.seq)
