"""The sync of a joined desk in this program: one of all that have the desk open does it."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from tierline.app.hubs import Door, this_console, whole
from tierline.desk.desk import Desk
from tierline.desk.hub_clock import HubClock
from tierline.domain.errors import Refusal, WorldError
from tierline.domain.policy_book import PolicyBook
from tierline.storage.replica import Replica
from tierline.storage.sync_records import Applied, SyncState
from tierline.storage.turn import SyncTurn
from tierline.sync.hub import Presence
from tierline.sync.runner import Listener, Sync
from tierline.sync.status import SyncStatus
from tierline.system.secrets import Keyring, Secret

OFFSET, LAST = "hub_offset", "hub_last_sync"
TURN_SECONDS = 2.0
_log = logging.getLogger(__name__)


def joined(replica: Replica) -> bool:
    """Whether this desk has a hub."""
    return bool(replica.sync.state().url)


def standing(replica: Replica, state: SyncState | None = None) -> SyncStatus:
    """How it stands before the hub was asked: what the replica itself knows."""
    state = state or replica.sync.state()
    if not state.url:
        return SyncStatus()
    counts = replica.sync.counts()
    return SyncStatus(
        link="offline",
        hub=state.url,
        login=state.login,
        last_sync=_last(replica),
        pending=counts.pending,
        aside=counts.aside,
        parked=counts.parked,
        conflicts=counts.conflicts,
        done=state.boot_done,
        total=state.boot_total,
        offset=_number(replica.meta(OFFSET)),
    )


def _last(replica: Replica) -> datetime | None:
    known = replica.meta(LAST)
    return datetime.fromisoformat(known) if known else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def prefixes(book: PolicyBook) -> tuple[str, ...]:
    """What the numbers of new tickets begin with; blocks of them are leased."""
    first = book.get(book.default).file.number_prefix
    return tuple(dict.fromkeys((first, *(book.get(n).file.number_prefix for n in book.names()))))


class HubEngine:
    """An `Engine`: the runner, behind the turn that only one program has."""

    def __init__(
        self, desk: Desk, keyring: Keyring | None = None, door: Door | None = None
    ) -> None:
        """Nothing runs yet. `door` lets tests bring a hub of theirs."""
        replica = self._replica = desk.replica
        state = replica.sync.state()
        self._door = door or Door(whole(state.url, state.login), keyring or Keyring())
        self._prefixes = prefixes(desk.book)
        self._standing = desk.standing
        self._listener: Listener | None = None
        self._turn: SyncTurn | None = None
        self._sync: Sync | None = None
        self._ending = threading.Event()
        self._kept = (0.0, "")
        self._waiter: threading.Thread | None = None

    def start(self, listener: Listener) -> None:
        """Begin in a thread of its own, as soon as it is this program's turn."""
        self._listener = listener
        if not self._begin():
            self._waiter = threading.Thread(target=self._wait, name="tierline-turn", daemon=True)
            self._waiter.start()

    def poke(self) -> None:
        """Something is to go out."""
        if self._sync is not None:
            self._sync.poke()

    def try_now(self) -> None:
        """Try at once."""
        if self._sync is not None:
            self._sync.now()

    def view(self, viewing: tuple[Presence, ...]) -> None:
        """What the person has open, for the others to see."""
        if self._sync is not None:
            self._sync.view(viewing)

    def give_password(self, secret: Secret, *, keep: bool) -> None:
        """Sign in with this password."""
        self._door.give(secret, keep=keep)
        self.try_now()

    @property
    def wants_password(self) -> bool:
        """Whether it stopped for want of the right password."""
        return self._door.wants_password

    @property
    def keyring_trouble(self) -> str:
        """Why the keyring cannot keep it."""
        return self._door.keyring_trouble

    def stop(self) -> None:
        """End; a call to a silent hub is left behind."""
        self._ending.set()
        if self._waiter is not None:
            self._waiter.join()
        if self._sync is not None and not self._sync.stop():
            _log.info("a call to the hub is still hanging")
        if self._turn is not None:
            self._turn.release()

    def once(self, listener: Listener | None = None) -> SyncStatus:
        """Push and pull all there is, in this thread; for commands.

        Raises:
            WorldError: another program syncs this desk, or the folder cannot be written.
        """
        self._listener = listener
        turn = self._replica.sync_turn()
        if isinstance(turn, Refusal):
            raise WorldError(turn.what, safe="Nothing was changed.", todo=turn.todo)
        with turn:
            return self._made().once()

    def _begin(self) -> bool:
        """Take the turn and run; whether it was to be had."""
        turn = self._replica.sync_turn()
        if isinstance(turn, Refusal):
            self._say_taken(turn)
            return False
        self._turn, self._sync = turn, self._made()
        self._sync.start()
        return True

    def _wait(self) -> None:
        while not self._ending.wait(TURN_SECONDS):
            try:
                if self._begin():
                    return
            except WorldError as trouble:
                _log.warning("the turn to sync cannot be had: %s", trouble)

    def _made(self) -> Sync:
        replica = self._replica
        return Sync(replica.sync, self._door.open, this_console(), self._prefixes, self._listen)

    def _listen(self, status: SyncStatus, applied: Applied) -> None:
        self._keep(status)
        if self._listener is not None:
            self._listener(status, applied)

    def _keep(self, status: SyncStatus) -> None:
        """Remember what a desk that starts without a network has to know."""
        if status.link != "online" or status.last_sync is None:
            return
        offset, minute = round(status.offset, 1), f"{status.last_sync:%H:%M}"
        if (offset, minute) != self._kept:
            self._kept = (offset, minute)
            self._replica.set_meta(OFFSET, str(offset))
            self._replica.set_meta(LAST, status.last_sync.isoformat())

    def _say_taken(self, refusal: Refusal) -> None:
        if self._listener is not None:
            taken = SyncStatus(
                link="stopped",
                hub=self._standing.hub,
                login=self._standing.login,
                last_sync=self._standing.last_sync,
                what=refusal.what,
                todo=refusal.todo,
            )
            self._listener(taken, Applied())


def settled_clock(desk: Desk) -> None:
    """Let a joined desk go by the hub's time, as far as it is known."""
    desk.clock = HubClock(desk.clock, desk.standing.offset)
