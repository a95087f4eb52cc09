"""A sync engine that says what tests let it say, from a thread of its own, and counts by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import SimpleNamespace

from tierline.present.sync_state import Told
from tierline.storage.sync_records import Aside
from tierline.sync.status import SyncStatus
from tierline.system.secrets import Secret


class HandEngine:
    """Remembers what was asked of it."""

    def __init__(self) -> None:
        self.told: Told | None = None
        self.pokes = self.tries = 0
        self.started = self.stopped = self.wants_password = False
        self.keyring_trouble = ""
        self.given: list[tuple[Secret, bool]] = []

    def start(self, told: Told) -> None:
        self.told, self.started = told, True

    def poke(self) -> None:
        self.pokes += 1

    def try_now(self) -> None:
        self.tries += 1

    def give_password(self, secret: Secret, *, keep: bool) -> None:
        self.given.append((secret, keep))

    def stop(self) -> None:
        self.stopped = True

    def say(self, *statuses: SyncStatus) -> None:
        """Say these, one after the other, from another thread."""
        told = self.told
        assert told is not None
        _elsewhere(lambda: [told.status(each) for each in statuses])

    def bring(self, *ids: Iterable[str]) -> None:
        """Say that these tickets came."""
        told = self.told
        assert told is not None
        _elsewhere(lambda: [told.arrived(each) for each in ids])


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


def _elsewhere(work: object) -> None:
    thread = threading.Thread(target=work)  # type: ignore[arg-type]
    thread.start()
    thread.join()
