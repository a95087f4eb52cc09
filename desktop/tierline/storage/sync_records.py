"""What the sync hears from the replica: where it stands, what it took in, what needs a person."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from tierline.domain.errors import WorldError
from tierline.domain.log import GENESIS

Boot = Literal["", "begin", "directory", "open", "ended", "done"]


class BrokenChainError(WorldError):
    """The lines do not follow on those that are here: the hub has another history."""


class SyncState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a desk stands with its hub; the defaults are those of a desk without one.

    `cursor` is the last line taken in and `chain` its hash. Lines up to `safe_seq` are on a backup
    of the hub's; this desk's journal keeps them all the same. `last_cseq` is the last number given
    to an act of this console. `seen_timeline` is the highest the hub ever told. `boot` is the part
    of the first copy that comes next ("" and "done": none does), `boot_after` the id it goes on
    from, `boot_done` of `boot_total` tickets are here.
    """

    hub_id: str = ""
    url: str = ""
    login: str = ""
    console_id: str = ""
    seen_timeline: int = 0
    cursor: int = 0
    chain: str = GENESIS
    safe_seq: int = 0
    last_cseq: int = 0
    boot: Boot = ""
    boot_after: str = ""
    boot_done: int = 0
    boot_total: int = 0


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """What came of lines or answers.

    `tickets` are the ids of those that may look different now, `conflicts` of those on which two
    people's acts have just met. `missing` are ids of tickets that have news and are not here:
    fetch their histories and absorb them. `directory` says that an entry changed, `policies` which
    policies did. `parked` lines wait for a newer program, `aside` acts were refused just now.
    """

    tickets: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    directory: bool = False
    parked: int = 0
    aside: int = 0

    def and_then(self, more: Applied) -> Applied:
        """This, and what came of the next ones."""
        names = ("tickets", "conflicts", "missing", "policies")
        both = {n: tuple(dict.fromkeys((*getattr(self, n), *getattr(more, n)))) for n in names}
        return Applied(
            **both,
            directory=self.directory or more.directory,
            parked=self.parked + more.parked,
            aside=self.aside + more.aside,
        )


class Rewound(msgspec.Struct, frozen=True, kw_only=True):
    """What a hub that went back in time had lost: acts of this console, and lines of others.

    `tickets` are the ids of the tickets they were on.
    """

    mine: int = 0
    orphans: int = 0
    tickets: tuple[str, ...] = ()


class SyncCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Acts that wait, acts that were refused, lines kept for later, tickets with a conflict."""

    pending: int = 0
    aside: int = 0
    parked: int = 0
    conflicts: int = 0


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """An act that the hub refused: what was written, and why it was not taken. `at` is UTC.

    `number` is the ticket's, the entry's id for one of the directory.
    """

    op_id: str
    ticket_id: str
    number: str
    kind: str
    at: datetime
    by: str
    text: str
    why: str
