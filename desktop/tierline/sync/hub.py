"""What a hub does, whoever keeps it: PostgreSQL, a SQLite file, or memory.

The hub only orders and checks. It never merges, never waits for a console, and keeps no lock across
a network round trip. All calls are blocking and belong to the sync thread. Instants are INTEGER
microseconds UTC of the hub's clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from tierline.domain.log import Line, Offer
from tierline.sync.blobs import BlobHub

Taken = Literal["taken", "known", "stale", "refused", "later"]
Trouble = Literal["", "gap", "forked", "revoked", "outdated"]


class Console(msgspec.Struct, frozen=True, kw_only=True):
    """Who is calling: a console's id (UUIDv7, minted by it), the program's version, its machine."""

    console_id: str
    version: str
    name: str = ""


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """The hub's greeting; with it a console knows whether this is the hub it knew, and unharmed.

    `chain` is the hub's hash at the cursor the console named ("" when the log is not that long).
    `last_cseq` is the last offer of this console that the hub has (taken or refused). A lower
    `timeline` than one seen before is a primary that was replaced. Lines up to `safe_seq` are on a
    backup. `least` is the oldest program version that may still write new acts; a backlog is taken
    from any. `first_seq` is the oldest line still in the log.
    """

    hub_id: str
    timeline: int
    seq: int
    chain: str
    last_cseq: int
    safe_seq: int
    schema: int
    now: int
    login: str
    role: str
    least: str = ""
    first_seq: int = 1
    hold_off_ms: int = 0


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one offer.

    taken: it is line `seq`. known: it was line `seq` already (perhaps another console's: rules make
    the same act everywhere). stale: the ticket has moved on; `lines` are those after `base_seq`,
    merge and offer again. refused: kept by the hub with `why`, and counted; it is no line.
    later: not looked at, since one before it was stale.
    """

    cseq: int
    outcome: Taken
    seq: int = 0
    why: str = ""
    lines: tuple[Line, ...] = ()


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """The answers in the order of the offers; none when there was trouble with the console itself.

    gap: offers between `last_cseq` and the first one are missing (the hub forgot them: offer them
    again). forked: that cseq was another act (this replica is a copy or an old image: mint a new
    console id and offer again). revoked: this login may not write any more. outdated: new acts
    need a newer program; a backlog begun before is still taken.
    """

    answers: tuple[Answer, ...]
    seq: int
    last_cseq: int
    trouble: Trouble = ""
    why: str = ""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Lines after a cursor, in order; `cursor` is where to go on, `seq` where the log ends.

    The cursor may jump over lines that this login may not read. `last_cseq` as in `Hello`.
    """

    lines: tuple[Line, ...]
    cursor: int
    chain: str
    seq: int
    last_cseq: int
    safe_seq: int


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Some tickets as they stand, with their whole histories, for a console that starts.

    `rows` are (ticket id, last seq, row JSON); `lines` the histories of these tickets and no other.
    `after` is the id to go on from, "" at the end. `total` is how many tickets the hub has for this
    login, open and ended, told with a first page; 0 with the others.
    """

    rows: tuple[tuple[str, int, str], ...]
    lines: tuple[Line, ...]
    after: str
    total: int = 0


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody has a ticket open; `mode` is "reading" or "writing"."""

    ticket_id: str
    login: str
    mode: str


class Beat(msgspec.Struct, frozen=True, kw_only=True):
    """Liveness, poll, clock probe and presence in one answer."""

    now: int
    seq: int
    last_cseq: int
    safe_seq: int
    hold_off_ms: int
    present: tuple[Presence, ...] = ()


class News(msgspec.Struct, frozen=True, kw_only=True):
    """Something was added to the log after `before`; `lines` when they were small enough to say."""

    before: int
    seq: int
    lines: tuple[Line, ...] = ()
    chain: str = ""


class Hub(BlobHub, Protocol):
    """An open session with a hub.

    Raises (any method):
        HubDownError: no answer, or the connection broke; whether a push was taken is unknown.
        HubError: an answer that will be the same next time (see `sync.errors`).
    """

    def hello(self, console: Console, cursor: int) -> Hello:
        """Introduce a console (registered on its first visit) whose last known line is `cursor`."""

    def push(self, console_id: str, offers: Sequence[Offer]) -> Pushed:
        """Put acts in order, all in one transaction that is durable when this returns.

        The first stale offer ends the batch: the rest are answered "later".
        """

    def pull(self, console_id: str, cursor: int, limit: int = 500) -> Page:
        """Lines after `cursor`."""

    def chain_at(self, seq: int) -> str:
        """The hash at a line, "" when there is none: to find the last line both sides have."""

    def snapshot(self, after: str = "", limit: int = 2000, *, ended: bool = False) -> Snapshot:
        """Open tickets (or ended ones) by id, for a start that is useful from its first chunk."""

    def histories(self, ticket_ids: Sequence[str]) -> Snapshot:
        """Some tickets by id (old ones, on demand)."""

    def directory(self, after: str = "", limit: int = 2000) -> tuple[Line, ...]:
        """The newest line of each entry of the directory, ordered by id, after that id."""

    def find(self, number: str) -> tuple[str, ...]:
        """Ids of the tickets of a number, for one that is not in the replica."""

    def lease(self, console_id: str, prefix: str, size: int = 50) -> tuple[int, int]:
        """First and last of a block of ticket numbers that nobody else gets."""

    def beat(self, console_id: str, viewing: Sequence[Presence] = ()) -> Beat:
        """Say that this console is here, and what its person is looking at."""

    def wait(self, seconds: float) -> tuple[News, ...]:
        """Sleep until something was added to the log, at most so long; () when nothing was.

        `wake` (from any thread) ends it early.
        """

    def wake(self) -> None:
        """End a `wait` in another thread."""

    def close(self) -> None:
        """End the session; a second call does nothing."""
