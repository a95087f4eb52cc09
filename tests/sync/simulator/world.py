"""Virtual time, one seed, a network that does its worst; what happens is in the trace."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch
from uuid import UUID

from tierline.sync.hubs.memory import MemoryHub, MemorySession
from tierline.sync.hubs.memory_state import State
from tierline.sync.hubs.rights import Role

START = datetime(2026, 11, 4, 23, 42, 8, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START_US = (START - _EPOCH) // timedelta(microseconds=1)
_MOST = 30_000  # things that happen in one story; a lively one has a few thousand


class Weather:
    """How bad the network is: chances per call, and how long a call that got no answer takes."""

    def __init__(self, rng: random.Random) -> None:
        """Roll the dice once for the whole run."""
        self.slow = rng.choice((0.005, 0.05, 0.4))
        self.lost = rng.choice((0.0, 0.03, 0.12))
        self.twice = rng.choice((0.0, 0.05, 0.2))
        self.late = rng.choice((0.0, 0.3))  # of the lost answers: those that come after all
        self.deaf = rng.choice((0.0, 0.2, 0.7))  # announcements that never come
        self.patience = 5.0

    def calm(self) -> None:
        """Everything works from now on."""
        self.lost = self.twice = self.late = self.deaf = 0.0
        self.slow = 0.005


class World:
    """The hub, the true time (seconds since the start), and what will happen when."""

    def __init__(self, seed: int) -> None:
        """Begin with an empty hub."""
        self.seed = seed
        self.rng = random.Random(seed)
        self.now = 0.0
        self.trace: list[str] = []
        self.hub = MemoryHub(self.hub_us)
        self.weather = Weather(self.rng)
        self.timeline = 1
        self.leap = 0.0
        self.zombie: MemoryHub | None = None
        self.down = False
        self.revoked: set[str] = set()
        self.listeners: list[Callable[[], None]] = []
        self._announced = 0
        self._ahead: list[tuple[float, int, Callable[[], None]]] = []
        self._count = self._happened = 0

    def hub_us(self) -> int:
        """The hub's clock, which is right."""
        return START_US + round((self.now + self.leap) * 1e6)

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something after some seconds; what is due at once keeps its order."""
        self._count += 1
        heapq.heappush(self._ahead, (self.now + max(seconds, 0.0), self._count, do))

    def session(self, login: str, role: Role) -> MemorySession:
        """A connection; a login that lost its rights has none."""
        if login in self.revoked:
            role = ""
        server = self.zombie if self.zombie and self.rng.random() < 0.4 else self.hub
        return server.session(login, role)

    def announce(self) -> None:
        """The log may have grown: whoever listens hears of it."""
        if self.hub.state.head()[0] != self._announced:
            self._announced = self.hub.state.head()[0]
            for listen in self.listeners:
                listen()

    def note(self, who: str, what: str) -> None:
        """One more thing that happened."""
        self.trace.append(f"{self.now:.4f} {who} {what}")

    def run(self, until: float, quiet: Callable[[], bool] | None = None) -> bool:
        """Let time pass; True as soon as `quiet`, which is asked after each thing that happens."""
        while self._ahead and self._ahead[0][0] <= until:
            self.now, _, do = heapq.heappop(self._ahead)
            do()
            self._happened += 1
            if self._happened > _MOST:
                raise RuntimeError("the consoles go round in circles")
            if quiet is not None and quiet():
                return True
        self.now = max(self.now, until)
        return quiet is not None and quiet()

    def lost_suffix(self, image: State, *, replaced: bool) -> None:
        """Another server takes over with an older state, or a backup is put back.

        The one that was replaced does not know it: for a while some still find it.
        """
        lost = len(self.hub.state.lines) - len(image.lines)
        if replaced:
            self.zombie = MemoryHub(self.hub_us)
            self.zombie.restore(self.hub.image(), self.timeline)
            self.timeline += 1
        self.note("hub", f"lost {lost} lines, timeline {self.timeline}")
        self.hub.restore(image, self.timeline)
        for listen in self.listeners:
            listen()


@contextmanager
def settled_ids(seed: int) -> Iterator[None]:
    """Ids of acts come from the seed, so that the same seed tells the same story."""
    dice, count = random.Random(seed), 0

    def uuid7() -> UUID:
        nonlocal count
        count += 1
        head = (START_US // 1000 + count) << 80 | 0x7 << 76
        return UUID(int=head | dice.getrandbits(12) << 64 | 0b10 << 62 | dice.getrandbits(62))

    with patch("tierline.storage.identifiers.uuid_utils", SimpleNamespace(uuid7=uuid7)):
        yield
