"""What the sync does to the replica: `Replica.sync`.

Every method is one transaction, or a few that each leave the replica whole. They belong to the sync
thread; the desk goes on reading and writing meanwhile, and goes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from tierline.domain.log import Line, Offer
from tierline.domain.policy_book import PolicyBook
from tierline.storage import (
    absorbing,
    answering,
    applying,
    attention,
    joining,
    leasing,
    meeting,
    numbers,
    offering,
    parking,
    rewinding,
)
from tierline.storage.chain_points import read_points
from tierline.storage.meeting import Met
from tierline.storage.store import Store
from tierline.storage.sync_meta import read_state
from tierline.storage.sync_records import (
    Applied,
    Aside,
    BrokenChainError,
    Rewound,
    SyncCounts,
    SyncState,
)
from tierline.storage.taking import Taking

__all__ = [
    "Applied",
    "Aside",
    "BrokenChainError",
    "Rewound",
    "SyncCounts",
    "SyncState",
    "Syncing",
]


class Syncing:
    """The replica as a copy of the hub's log, with this console's own acts behind it.

    Any method raises WorldError when the disk refuses; what was done before stays done.
    """

    def __init__(self, store: Store, book: Callable[[], PolicyBook]) -> None:
        """Work on this file; `book` gives the desk's policies as they are now."""
        self._store = store
        self._book = book

    def state(self) -> SyncState:
        """Where the desk stands with its hub."""
        with self._store.reading() as connection:
            return read_state(connection)

    def join(
        self,
        url: str,
        hub_id: str,
        login: str,
        console_id: str,
        *,
        founded: datetime | None = None,
        met: Met | None = None,
    ) -> None:
        """Belong to a hub from now; all that was ever done here will be offered to it.

        The first copy comes next (`SyncState.boot` is "begin"). Ticket numbers are the hub's now.
        What came from another hub before is kept as orphans. With the console id that the desk has
        already only the first copy begins anew.

        `founded` (aware) is for the desk that founds the hub: its clients, contacts, people and
        policies are offered too (the hub wants an admin for most of them). An entry that the hub
        has already stays the hub's. `met` is what it said of people: their roles are the hub's,
        and what it was not told of one's own person is offered to it.
        """
        place = joining.Place(url, hub_id, login, console_id)
        joining.join(self._store, self._book(), place, founded, met)

    def greeted(
        self, timeline: int, safe_seq: int, seq: int | None = None, role: str = ""
    ) -> Applied:
        """Note what the hub said of itself; `seq` is where its log ends, `role` one's own there.

        Lines of others that an answer told ahead of the cursor, and that this server does not have,
        become orphans. `Applied.missing` are the tickets that were not fetched before the program
        ended.
        """
        applied = rewinding.greeted(self._store, self._book(), timeline, safe_seq, seq)
        return applied.and_then(meeting.keep_role(self._store, role))

    def offers(self, limit: int) -> tuple[Offer, ...]:
        """The next acts to go out, in the order of their numbers, merged onto what is here."""
        return offering.offers(self._store, self._book(), limit)

    def answered(self, answers: Iterable[answering.Answered]) -> Applied:
        """Take in what the hub said to the last offers; of what it said "later" nothing changes."""
        return answering.answered(self._store, self._book(), answers)

    def apply(self, lines: Sequence[Line], cursor: int, chain: str, safe_seq: int) -> Applied:
        """Take in a page of the log: lines after the cursor, the new cursor and the hash there.

        Lines that are here already change nothing. With no lines the cursor moves all the same
        (this is how a first copy begins).

        Raises:
            BrokenChainError: they do not follow on what is here; nothing was taken in.
        """
        return applying.apply(self._store, self._book(), lines, (cursor, chain), safe_seq)

    def reoffer(self, last_cseq: int) -> int:
        """Offer the acts above the last number that the hub has counted again; how many."""
        return rewinding.reoffer(self._store, self._book(), last_cseq)

    def mint(self, console_id: str) -> int:
        """Be another console from now: what waits is numbered anew from 1; how many acts wait."""
        return rewinding.mint(self._store, console_id)

    def chain_points(self, most: int) -> tuple[tuple[int, str], ...]:
        """Lines and their hashes, the newest first; without line 0 (`log.GENESIS`)."""
        with self._store.reading() as connection:
            return read_points(connection, most)

    def rewind(self, seq: int, chain: str) -> Rewound:
        """Go back to a line: my later acts wait again, lines of others become orphans."""
        return rewinding.rewind(self._store, self._book(), seq, chain)

    def absorb(
        self,
        rows: Sequence[tuple[str, int, str]],
        lines: Sequence[Line],
        after: str | None = None,
        done: int = 0,
        total: int = 0,
    ) -> Applied:
        """Take in whole tickets: (id, last line, row) each, and the lines of their histories.

        `after` is given for a part of the first copy: where it goes on, "" when that part is over.
        It counts when all of them are here, so an interrupted call is made again.
        """
        applied = absorbing.absorb(self._store, self._book(), rows, lines)
        if after is not None:
            absorbing.go_on(self._store, after, done, total)
        return applied

    def absorb_directory(self, lines: Sequence[Line]) -> Applied:
        """Take in a part of the directory; no lines at all end that part of the first copy."""
        with self._store.writing_calmly() as connection:
            taking = Taking(connection, self._book())
            taking.take(lines)
        state = self.state()
        if state.boot == "directory":
            after = lines[-1].ticket_id if lines else ""
            absorbing.go_on(self._store, after, state.boot_done, state.boot_total)
        return taking.applied

    def unpark(self) -> Applied:
        """Take in what waited for a newer program and is understood by this one."""
        return parking.unpark(self._store, self._book())

    def counts(self) -> SyncCounts:
        """How much waits, and how much needs a person."""
        return attention.counts(self._store)

    def pending_of(self, ids: Sequence[str]) -> dict[str, int]:
        """How many acts wait on each of these tickets; those without any are left out."""
        return attention.pending_of(self._store, ids)

    def aside(self) -> tuple[Aside, ...]:
        """The acts that the hub refused and nobody has dealt with, the oldest first."""
        return attention.aside(self._store)

    def resend(self, op_id: str) -> str:
        """Offer a refused act once more as it was written; the id of the new act, "" for none."""
        return attention.resend(self._store, self._book(), op_id)

    def keep_as_note(self, op_id: str) -> str:
        """Offer what was typed in a refused act as a note instead; its id, "" for none."""
        return attention.keep_as_note(self._store, self._book(), op_id)

    def withdraw(self, op_id: str) -> bool:
        """Let a refused act be; its text stays in the journal. Whether there was one."""
        return attention.withdraw(self._store, self._book(), op_id)

    def lease(self, prefix: str, first: int, last: int) -> Applied:
        """Take a block of ticket numbers; tickets logged without one get theirs."""
        return leasing.lease(self._store, self._book(), prefix, first, last)

    def numbers_left(self, prefix: str) -> int:
        """How many numbers of the hub's are left for new tickets."""
        with self._store.reading() as connection:
            return numbers.numbers_left(connection, prefix)
