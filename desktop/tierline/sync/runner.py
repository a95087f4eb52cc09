"""The sync at work: one thread that carries out what the core says, against a hub and a replica."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr
from tierline.storage.blobs import Blobs
from tierline.storage.sync_records import Applied
from tierline.storage.syncing import Syncing
from tierline.sync.core import Core
from tierline.sync.errors import HubDownError
from tierline.sync.hub import Console, Hub, News, Presence
from tierline.sync.moving import Mover
from tierline.sync.status import SyncStatus
from tierline.sync.steps import (
    Action,
    Ask,
    Came,
    Event,
    Failed,
    Keep,
    Moment,
    Open,
    Rest,
    Shut,
    Tell,
    Woke,
)

Listener = Callable[[SyncStatus, Applied], None]
_log = logging.getLogger(__name__)
_GLANCE = 0.5  # seconds: a wake that came between two waits is seen this late at most


class Sync:
    """Keeps a replica and its hub together, in a thread of its own or once in the caller's.

    `opening` gives an open session and may raise `HubDownError` or `HubError`; passwords are its
    business. `listener` is called from the sync's thread with how it stands and what has come (the
    ids of the tickets that were touched, and more); it must not wait. The files in `blobs` travel
    while nothing else does.
    """

    def __init__(
        self,
        store: Syncing,
        opening: Callable[[], Hub],
        console: Console,
        prefixes: Sequence[str] = (),
        listener: Listener | None = None,
        blobs: Blobs | None = None,
    ) -> None:
        """Put the parts together; nothing is opened yet."""
        self._store = store
        self._opening = opening
        self._console, self._prefixes = console, tuple(prefixes)
        self._core = Core(console)
        self._listener = listener
        self._mover = Mover(blobs) if blobs is not None else None
        self._rng = random.SystemRandom()
        self._hub: Hub | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stirred = threading.Event()
        self._poked = self._hurried = self._stopping = False
        self._viewing: tuple[Presence, ...] = ()
        self._watched = False
        self._sought: list[str] = []

    def status(self) -> SyncStatus:
        """How it stands, from any thread."""
        return self._core.status

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    def stop(self, patience: float = 0.9) -> bool:
        """End within `patience` seconds; False when a call to a silent hub is still hanging."""
        self._stir(stopping=True)
        thread = self._thread
        if thread is None:
            return True
        thread.join(patience)
        return not thread.is_alive()

    def poke(self) -> None:
        """There is a new act to send."""
        self._stir(poked=True)

    def now(self) -> None:
        """Try at once, whatever it is waiting for (F5)."""
        self._stir(hurried=True)

    def view(self, viewing: Sequence[Presence]) -> None:
        """Say what the person has open, for the others to see."""
        self._viewing = tuple(viewing)
        self._stir()

    def seek(self, number: str) -> None:
        """Fetch a ticket of this number ahead of the first copy: somebody looks for it."""
        self._sought.append(number)
        self._stir()

    def watch(self, watched: bool) -> None:
        """Say whether a wallboard shows how fresh the data are."""
        self._watched = watched
        self._stir()

    def number(self, prefixes: Sequence[str]) -> None:
        """Say what the numbers of new tickets begin with by now."""
        self._prefixes = tuple(prefixes)

    def once(self) -> SyncStatus:
        """Push and pull everything there is, in this thread; the status says whether it went."""
        action = self._begin()
        while not self._stopping and not _is_end(action, self._core.status):
            action = self._advance(self._done(action))
        if isinstance(action, Rest) and action.settled and (failed := self._files_failed(action)):
            self._advance(failed)
        self._shut()
        return self._core.status

    def _run(self) -> None:
        try:
            action = self._begin()
            while not self._stopping:
                action = self._advance(self._done(action))
        finally:
            self._take_leave()
            self._shut()

    def _take_leave(self) -> None:
        """Let the others know at once that nobody is on the ticket here any more."""
        if self._hub is not None and self._viewing:
            with suppress(Exception):
                self._hub.beat(self._store.state().console_id)

    def _begin(self) -> Action:
        self._core = Core(self._console)
        return self._advance(None)

    def _advance(self, event: Event | None) -> Action:
        """Feed the core, carry out what needs no answer, and return what does."""
        self._core.view(self._viewing)
        self._core.watch(self._watched)
        self._core.number(self._prefixes)
        sought, self._sought = self._sought, []
        self._core.seek(sought)
        actions = self._core.step(event, _moment(), self._rng)
        for each in actions:
            if isinstance(each, Tell):
                self._tell(each)
            elif isinstance(each, Shut):
                self._shut()
        return actions[-1]

    def _tell(self, told: Tell) -> None:
        if self._mover is not None:
            self._mover.heed(told.status.note)
        if self._listener is None:
            return
        try:
            self._listener(told.status, told.applied)
        except Exception:  # noqa: BLE001 - whoever listens must not end the sync
            _log.warning("what the sync told was not heard", exc_info=True)

    def _done(self, action: Action) -> Event:
        assert isinstance(action, Open | Ask | Keep | Rest)
        try:
            return Came(action.token, self._carried_out(action))
        except Exception as error:  # noqa: BLE001 - a broken hub or disk must not end the sync
            if not isinstance(error, WorldError):
                _log.warning("the sync met something unexpected", exc_info=True)
            return Failed(action.token, error)

    def _carried_out(self, action: Open | Ask | Keep | Rest) -> object:
        match action:
            case Open():
                self._hub = self._opening()
                if self._mover is not None:
                    self._mover.begin(self._store.state().hub_id)
                return None
            case Ask():
                return action.do(self._session())
            case Keep():
                return action.do(self._store)
            case Rest():
                return self._rest(action.until)

    def _session(self) -> Hub:
        if self._hub is None:
            raise HubDownError(tr("There is no connection."), safe="", todo="")
        return self._hub

    def _rest(self, until: float | None) -> Woke:
        news: tuple[News, ...] = ()
        while True:
            stirred, poked, hurried = self._taken()
            left = _GLANCE if until is None else until - time.monotonic()
            if stirred or news or left <= 0 or self._stopping:
                if self._hub is not None and not news and left <= 0:
                    self._moved()
                    news = self._hub.wait(0)
                return Woke(news, poked, hurried)
            pause = min(left, _GLANCE)
            if self._hub is not None:
                news = self._hub.wait(0 if self._moved() else pause)
            else:
                self._stirred.wait(pause)

    def _moved(self) -> bool:
        """Move some of the files that wait; whether there are more to move now."""
        if self._mover is None or self._hub is None:
            return False
        return self._mover.move_some(self._hub)

    def _files_failed(self, rest: Rest) -> Failed | None:
        """Move all files that can be moved now; what went wrong, if anything did."""
        if self._mover is not None:
            self._mover.retry()
        try:
            while not self._stopping and self._moved():
                pass
        except Exception as error:  # noqa: BLE001 - as in `_done`
            return Failed(rest.token, error)
        return None

    def _taken(self) -> tuple[bool, bool, bool]:
        """Whether somebody wants something, and whether that is a new act or F5."""
        with self._lock:
            found = self._stirred.is_set(), self._poked, self._hurried
            self._poked = self._hurried = False
            self._stirred.clear()
        if self._mover is not None and True in found[1:]:
            self._mover.retry()
        return found

    def _stir(self, *, poked: bool = False, hurried: bool = False, stopping: bool = False) -> None:
        with self._lock:
            self._poked |= poked
            self._hurried |= hurried
            self._stopping |= stopping
            self._stirred.set()
            hub = self._hub
        if hub is not None:
            with suppress(Exception):
                hub.wake()

    def _shut(self) -> None:
        hub, self._hub = self._hub, None
        if hub is not None:
            with suppress(Exception):
                hub.close()


def _moment() -> Moment:
    return Moment(time.time_ns() // 1000, time.monotonic())


def _is_end(action: Action, status: SyncStatus) -> bool:
    """Whether a sync that runs once is over: all went, or it has to wait for something."""
    if not isinstance(action, Rest):
        return False
    return action.settled or status.link in {"offline", "stopped"}
