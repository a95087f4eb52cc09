"""How it stands between this desk and its hub, for the window: told only when words change.

The sync lives in a thread of its own (an `Engine`); what it says is put into an inbox here and
read on the window's thread, many things at once when they come fast.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tierline.desk import sync_words
from tierline.desk.desk import Desk
from tierline.desk.hub_clock import HubClock
from tierline.desk.sync_words import BandWords, StatusWords, away, may_rule
from tierline.domain.tongue import tr
from tierline.present.tasks import Tasks
from tierline.storage.sync_records import Applied
from tierline.sync.hub import Presence
from tierline.sync.status import SyncStatus
from tierline.system.secrets import Secret

Listener = Callable[[SyncStatus, Applied], None]
CALM_MS, BUSY_MS = 10, 100
"""What comes sooner after the last news is read together with what comes meanwhile; the more of it
there is, the longer, so that twenty events a second are shown ten times and one at once."""
_COUNTING = tr("counting what is unsent")
_POLICIES = tr("taking over a policy")


class Counts(Protocol):
    """What the replica counts of its own journal."""

    @property
    def pending(self) -> int:
        """Acts that wait to go out."""

    @property
    def aside(self) -> int:
        """Acts that the hub refused."""

    @property
    def parked(self) -> int:
        """Lines that this version does not know."""

    @property
    def conflicts(self) -> int:
        """Tickets on which two people's acts met."""


class Engine(Protocol):
    """The sync of a joined desk. `poke` and `stop` come from the window's thread and never wait."""

    def start(self, listener: Listener) -> None:
        """Begin, in a thread of its own; `listener` hears from there and does not wait."""

    def poke(self) -> None:
        """Something is to go out."""

    def try_now(self) -> None:
        """A person wants it tried at once, whatever it waits for."""

    def view(self, viewing: tuple[Presence, ...]) -> None:
        """What the person has open, for the others to see."""

    def watch(self, watched: bool) -> None:
        """Whether a wallboard says to the second how fresh the data are."""

    def seek(self, number: str) -> None:
        """Fetch a ticket of this number, which is not here, ahead of everything else."""

    def give_password(self, secret: Secret, *, keep: bool) -> None:
        """Sign in with this password; with `keep` the keyring shall have it."""

    @property
    def wants_password(self) -> bool:
        """Whether it stopped since the password is unknown or was not accepted."""

    @property
    def keyring_trouble(self) -> str:
        """Why the keyring cannot keep it, "" when it can: the middle of a sentence."""

    def stop(self) -> None:
        """End; the thread is gone, or as good as gone, when this returns."""


class SyncState(QObject):
    """The status and its words. A desk without a hub stays "alone", and nothing is ever emitted.

    `changed(SyncStatus)`, `arrived(ids)` with () for "anything may have changed", `band_changed`
    (BandWords or None), `words_changed(StatusWords)`, `age_changed("as of 10:19")`,
    `marks_changed()` when unsent acts begin or cease to be marked one by one, `ruling()` when the
    rules may act again, `password_wanted()` when one is asked for, `noted(text)` for the one thing
    to tell after something uncommon.
    """

    changed = Signal(object)
    arrived = Signal(object)
    band_changed = Signal(object)
    words_changed = Signal(object)
    age_changed = Signal(str)
    marks_changed = Signal()
    ruling = Signal()
    password_wanted = Signal()
    noted = Signal(str)
    _mail = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        """Alone, until an engine is attached."""
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._engine: Engine | None = None
        self._started = False
        self._lock = threading.Lock()
        self._said: SyncStatus | None = None
        self._came = Applied()
        self._waiting = False
        self._counts: Counts | None = None
        self._band: BandWords | None = None
        self._words: StatusWords | None = None
        self._age = ""
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._calmed)
        self._mail.connect(self._mailed, Qt.ConnectionType.QueuedConnection)

    @property
    def status(self) -> SyncStatus:
        """How it stands."""
        return self._desk.standing

    @property
    def joined(self) -> bool:
        """Whether this desk has a hub."""
        return self.status.link != "alone"

    @property
    def band(self) -> BandWords | None:
        """What the band says."""
        return self._band

    @property
    def words(self) -> StatusWords | None:
        """What the status bar says, None for a desk that is alone."""
        return self._words

    def attach(self, engine: Engine, status: SyncStatus) -> None:
        """This desk is joined; `status` is how it stands before the engine has said anything."""
        self._engine = engine
        self._take(status)
        self.recount()

    def start(self) -> None:
        """Let the engine run; a second call does nothing."""
        if self._engine is not None and not self._started:
            self._started = True
            self._engine.start(self._hear)

    def stop(self) -> None:
        """Let it end; what it says from now on is not heard."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.stop()

    def poke(self) -> None:
        """Something is to go out."""
        if self._engine is not None:
            self._engine.poke()
            self.recount()

    def try_now(self) -> None:
        """Try at once, whatever it waits for."""
        if self._engine is not None:
            self._engine.try_now()
            self.recount()

    def watch(self, watched: bool) -> None:
        """A wallboard is shown, or no more: `changed` brings every sign of life of the hub."""
        if self._engine is not None:
            self._engine.watch(watched)

    def seek(self, number: str) -> None:
        """Somebody looks for a ticket that is not here (yet); `arrived` tells when it has come."""
        if self._engine is not None:
            self._engine.seek(number)

    def give_password(self, secret: Secret, *, keep: bool) -> None:
        """Sign in with this password."""
        if self._engine is not None:
            self._engine.give_password(secret, keep=keep)

    @property
    def wants_password(self) -> bool:
        """Whether a password would let it go on."""
        return self._engine is not None and self._engine.wants_password

    @property
    def keyring_trouble(self) -> str:
        """Why a password could not be kept."""
        return self._engine.keyring_trouble if self._engine is not None else ""

    def view(self, ticket_id: str, *, writing: bool = False) -> None:
        """The person has this ticket before them, "" for none."""
        if self._engine is not None:
            mode = "writing" if writing else "reading"
            seen = (Presence(ticket_id=ticket_id, login=self._desk.me, mode=mode),)
            self._engine.view(seen if ticket_id else ())

    def recount(self) -> None:
        """Count anew what waits: the engine may be held up by a hub that does not answer."""
        if self._engine is not None:
            self._tasks.run(_COUNTING, self._desk.replica.sync.counts, self._counted, replace=True)

    def _counted(self, counts: Counts) -> None:
        self._counts = counts
        self._take(self.status)

    def tick(self, now: float) -> None:
        """A second passed (epoch seconds): some words count it."""
        if self.joined:
            self._say(datetime.fromtimestamp(now, UTC))

    def minute(self) -> None:
        """A minute passed: a policy that comes into force on a new day counts from now."""
        if self._desk.policies_due:
            self._take_policies()

    # From the engine's thread

    def _hear(self, status: SyncStatus, applied: Applied) -> None:
        if self._engine is None:
            return
        with self._lock:
            self._said = status
            self._came = self._came.and_then(applied)
            if self._waiting:
                return
            self._waiting = True
        self._mail.emit()

    # On the window's thread

    def _mailed(self) -> None:
        if not self._calm.isActive():
            self._calm.start(CALM_MS)
            self._read()

    def _calmed(self) -> None:
        if self._waiting:
            self._calm.start(min(self._calm.interval() * 2, BUSY_MS))
            self._read()

    def _read(self) -> None:
        with self._lock:
            said, self._said = self._said, None
            came, self._came = self._came, Applied()
            self._waiting = False
        if self._engine is None:
            return
        if said is not None:
            note = said.note if said.note != self.status.note else ""
            self._take(said)
            self.recount()
            if note:
                self.noted.emit(note)
        if came.policies:
            self._take_policies()
        if came.directory:
            self._desk.people.refresh()
            self.arrived.emit(())
        elif came.tickets:
            self.arrived.emit(came.tickets)

    def _take_policies(self) -> None:
        def taken(changed: tuple[str, ...]) -> None:
            if changed:
                self.arrived.emit(())

        self._tasks.run(_POLICIES, self._desk.take_policies, taken)

    def _take(self, status: SyncStatus) -> None:
        if (counted := self._counts) is not None:
            status = msgspec.structs.replace(
                status,
                pending=counted.pending,
                aside=counted.aside,
                parked=counted.parked,
                conflicts=counted.conflicts,
            )
        before, self._desk.standing = self._desk.standing, status
        clock = self._desk.clock
        if isinstance(clock, HubClock) and status.last_sync is not None:
            clock.set_right(status.offset)
        if status != before:
            self.changed.emit(status)
        self._say(clock())
        if away(status) != away(before):
            self.marks_changed.emit()
        if may_rule(status) and not may_rule(before):
            self.ruling.emit()
        if self.wants_password and status.link == "stopped" and status.what != before.what:
            self.password_wanted.emit()

    def _say(self, now: datetime) -> None:
        status, zone = self.status, self._desk.zone
        band = sync_words.band_words(status, now, zone)
        if band != self._band:
            self._band = band
            self.band_changed.emit(band)
        words = sync_words.status_words(status, now, zone)
        if words != self._words:
            self._words = words
            self.words_changed.emit(words)
        age = sync_words.as_of(status, now, zone)
        if age != self._age:
            self._age = age
            self.age_changed.emit(age)
