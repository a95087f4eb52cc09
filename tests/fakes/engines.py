"""A sync engine that says what tests let it say, from a thread of its own, and counts by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import SimpleNamespace

from tierline.storage.sync_records import Applied, Aside
from tierline.sync.hub import Presence
from tierline.sync.runner import Listener
from tierline.sync.status import SyncStatus
from tierline.system.secrets import Secret


class HandEngine:
    """Remembers what was asked of it."""

    def __init__(self) -> None:
        self.listener: Listener | None = None
        self.pokes = self.tries = 0
        self.started = self.stopped = self.wants_password = False
        self.keyring_trouble = ""
        self.status = SyncStatus(link="offline")
        self.viewing: tuple[Presence, ...] = ()
        self.given: list[tuple[Secret, bool]] = []
        self.sought: list[str] = []
        self.watched = False

    def start(self, listener: Listener) -> None:
        self.listener, self.started = listener, True

    def poke(self) -> None:
        self.pokes += 1

    def try_now(self) -> None:
        self.tries += 1

    def watch(self, watched: bool) -> None:
        self.watched = watched

    def seek(self, number: str) -> None:
        self.sought.append(number)

    def give_password(self, secret: Secret, *, keep: bool) -> None:
        self.given.append((secret, keep))

    def stop(self) -> None:
        self.stopped = True

    def view(self, viewing: tuple[Presence, ...]) -> None:
        self.viewing = viewing

    def say(self, *statuses: SyncStatus) -> None:
        """Say these, one after the other, from another thread."""
        for each in statuses:
            self.status = each
        self._tell(*((each, Applied()) for each in statuses))

    def bring(self, *came: Applied) -> None:
        """Say that this came."""
        self._tell(*((self.status, each) for each in came))

    def _tell(self, *news: tuple[SyncStatus, Applied]) -> None:
        listener = self.listener
        assert listener is not None
        thread = threading.Thread(target=lambda: [listener(*each) for each in news])
        thread.start()
        thread.join()


class HandSync:
    """Stands for `replica.sync`: counts what tests say, whatever the journal has."""

    def __init__(self, **counted: int) -> None:
        told = {"pending": 0, "aside": 0, "parked": 0, "conflicts": 0} | counted
        self.counted = SimpleNamespace(**told)
        self.unsent: dict[str, int] = {}
        self.refused: list[Aside] = []
        self.settled: list[tuple[str, str]] = []

    def counts(self) -> SimpleNamespace:
        return self.counted

    def aside(self) -> tuple[Aside, ...]:
        return tuple(self.refused)

    def resend(self, op_id: str) -> None:
        self._settle("resend", op_id)

    def keep_as_note(self, op_id: str) -> None:
        self._settle("note", op_id)

    def withdraw(self, op_id: str) -> None:
        self._settle("withdraw", op_id)

    def _settle(self, way: str, op_id: str) -> None:
        self.settled.append((way, op_id))
        self.refused = [each for each in self.refused if each.op_id != op_id]

    def pending_of(self, ids: Iterable[str]) -> dict[str, int]:
        return {each: self.unsent[each] for each in ids if each in self.unsent}
