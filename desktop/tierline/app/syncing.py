"""The sync of a joined desk in this program: one of all that have the desk open does it."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress

from msgspec.structs import replace

from tierline.app.hubs import Door, this_console, whole
from tierline.app.standing import LAST, OFFSET, ROLE
from tierline.desk.desk import Desk
from tierline.domain.errors import Refusal, WorldError
from tierline.domain.policy_book import PolicyBook
from tierline.domain.tongue import tr
from tierline.storage.replica import Replica
from tierline.storage.sync_records import Applied
from tierline.storage.turn import SyncTurn
from tierline.sync.hub import Presence
from tierline.sync.runner import Listener, Sync
from tierline.sync.status import SyncStatus
from tierline.system.secrets import Secret

TURN_SECONDS = 2.0
_log = logging.getLogger(__name__)


def prefixes(replica: Replica, book: PolicyBook) -> tuple[str, ...]:
    """What the numbers of new tickets can begin with; blocks of them are leased ahead."""
    theirs = (client.policy for client in replica.directory.clients())
    names = dict.fromkeys((book.default, *(name for name in theirs if book.knows(name))))
    return tuple(dict.fromkeys(book.get(name).file.number_prefix for name in names))


class HubEngine:
    """An `Engine`: the runner, behind the turn that only one program has."""

    def __init__(self, desk: Desk, door: Door | None = None) -> None:
        """Nothing runs yet. `door` lets tests bring a hub of theirs."""
        replica = self._replica = desk.replica
        state = replica.sync.state()
        self._door = door or Door(whole(state.url, state.login))
        self._book = desk.book
        self._blobs = desk.attachments.blobs
        self._standing = desk.standing
        self._listener: Listener | None = None
        self._turn: SyncTurn | None = None
        self._sync: Sync | None = None
        self._ending = threading.Event()
        self._watched = False
        self._kept = (0.0, "", "")
        self._waiter: threading.Thread | None = None

    def start(self, listener: Listener) -> None:
        """Begin in a thread of its own, as soon as it is this program's turn."""
        self._listener = listener
        if not self._begun():
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

    def watch(self, watched: bool) -> None:
        """Hear from the hub every two seconds, so that a wallboard knows how fresh it is."""
        self._watched = watched
        if self._sync is not None:
            self._sync.watch(watched)

    def seek(self, number: str) -> None:
        """Fetch a ticket that is not here yet."""
        if self._sync is not None:
            self._sync.seek(number)

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
        self._listener = None  # a call that is left behind has nobody to tell
        if self._waiter is not None:
            self._waiter.join()
        if self._sync is not None and not self._sync.stop():
            _log.info("a call to the hub is still hanging; the turn ends with this program")
        elif self._turn is not None:
            self._turn.release()

    def once(self, listener: Listener | None = None) -> SyncStatus:
        """Push and pull all there is, in this thread; for commands.

        Raises:
            WorldError: another program syncs this desk, or the folder cannot be written.
        """
        self._listener = listener
        turn = self._replica.sync_turn()
        if isinstance(turn, Refusal):
            raise WorldError(turn.what, safe=tr("Nothing was changed."), todo=turn.todo)
        with turn:
            return self._made().once()

    def _begun(self) -> bool:
        """Take the turn and run; whether it was to be had."""
        try:
            turn = self._replica.sync_turn()
        except WorldError as trouble:
            self._say_stopped(trouble.what, trouble.safe, trouble.todo)
            return False
        if isinstance(turn, Refusal):
            self._say_stopped(turn.what, "", turn.todo)
            return False
        self._turn = turn
        self._made().start()
        return True

    def _wait(self) -> None:
        while not self._ending.wait(TURN_SECONDS) and not self._begun():
            pass

    def _made(self) -> Sync:
        told = (this_console(), prefixes(self._replica, self._book), self._listen)
        made = self._sync = Sync(self._replica.sync, self._door.open, *told, blobs=self._blobs)
        made.watch(self._watched)
        return made

    def _listen(self, status: SyncStatus, applied: Applied) -> None:
        listener = self._listener
        if not self._ending.is_set():
            self._keep(status)
            if applied.directory or applied.policies:
                self._number()
        if listener is not None:
            listener(status, applied)

    def _keep(self, status: SyncStatus) -> None:
        """Remember what a desk that starts without a network has to know."""
        if status.link != "online" or status.last_sync is None:
            return
        offset, minute = round(status.offset, 1), f"{status.last_sync:%H:%M}"
        if (offset, minute, status.role) == self._kept:
            return
        with suppress(WorldError):  # a full disk: the next status brings it again
            self._replica.set_meta(OFFSET, str(offset))
            self._replica.set_meta(LAST, status.last_sync.isoformat())
            self._replica.set_meta(ROLE, status.role)
            self._kept = (offset, minute, status.role)
        self._number()

    def _number(self) -> None:
        """A new client's policy may give numbers of another kind."""
        if self._sync is not None:
            with suppress(WorldError):  # as above
                self._sync.number(prefixes(self._replica, self._book))

    def _say_stopped(self, what: str, safe: str, todo: str) -> None:
        if self._listener is not None:
            told = replace(self._standing, link="stopped", what=what, safe=safe, todo=todo)
            self._listener(told, Applied())
