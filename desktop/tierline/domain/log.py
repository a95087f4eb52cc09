"""The shared log: what a console offers to the hub, and the lines the hub has put in order.

Everybody folds the same lines in the same order, so everybody sees the same desk. Instants are
INTEGER microseconds UTC here and payloads are text, so that Python, SQLite and PostgreSQL hash the
very same bytes and a line that this version cannot read is kept as it came.
"""

from __future__ import annotations

import hashlib

import msgspec

GENESIS = "0" * 64  # the chain before the first line
FORMAT = 1  # of operations: `v` of everything this version writes
DIRECTORY = frozenset({"person", "client", "contact", "policy", "template"})
VOID = "void"  # a rule's act that came too late: it takes its place in the log and does nothing


class Offer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act on its way to the hub.

    `cseq` counts a console's offers 1, 2, 3 … without holes. `base_seq` is the ticket's last line
    that the act stands on (the hub compares it), `seen_seq` the last line its author was shown.
    `payload` is the JSON of its events after the merge (of the entry, for the directory), `row`
    the JSON of the ticket it leads to (`storage.rows.wire_row`), "" for the directory.
    """

    op_id: str
    cseq: int
    ticket_id: str
    kind: str
    at: int
    payload: str
    base_seq: int = 0
    seen_seq: int = 0
    v: int = FORMAT
    row: str = ""
    number: str = ""
    open: bool = True
    restricted: bool = False


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the log. `author` is the login that wrote it, `chain` ties it to all before.

    `at` is the console's instant, never later than `received_at`, the hub's own.
    """

    seq: int
    op_id: str
    console_id: str
    cseq: int
    ticket_id: str
    kind: str
    v: int
    author: str
    at: int
    received_at: int
    base_seq: int
    seen_seq: int
    payload: str
    chain: str
    restricted: bool = False


def chain(before: str, line: Line) -> str:
    """The hash (hex SHA-256) of the line that follows `before`; `line.chain` is not looked at.

    The payload goes in by its own hash, so that one that had to be erased leaves the chain whole.
    """
    parts = (
        before,
        str(line.seq),
        line.op_id,
        line.console_id,
        str(line.cseq),
        line.ticket_id,
        line.kind,
        str(line.v),
        line.author,
        str(line.at),
        str(line.received_at),
        str(line.base_seq),
        str(line.seen_seq),
        str(int(line.restricted)),
        hashlib.sha256(line.payload.encode()).hexdigest(),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def directory_id(kind: str, *key: str) -> str:
    """Under which id an entry of the directory is in the log: "contact/Marrowby Foods/Ann Lee"."""
    return "/".join((kind, *key))
