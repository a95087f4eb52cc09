"""What the core knows while it runs, and the small steps that everything else is made of."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec.structs import replace

from tierline.storage.sync_records import Applied, SyncState
from tierline.storage.syncing import Syncing
from tierline.sync.clock import Offset
from tierline.sync.errors import HubDownError
from tierline.sync.hub import Console, Hub, News, Presence
from tierline.sync.hubs.rights import may_write
from tierline.sync.status import SyncStatus
from tierline.sync.steps import (
    Ask,
    Keep,
    Moment,
    Open,
    Rest,
    Steps,
    Tell,
    TroubleError,
    Woke,
    instant,
)

_Value = TypeVar("_Value")
NOTHING = Applied()
_NARROWEST = 11  # times halved: one ticket of a chunk
_NO_WORDS = {"what": "", "safe": "", "todo": ""}


class Run:
    """The memory of one run of the core. Nothing in it has to survive a crash."""

    def __init__(self, console: Console, prefixes: Sequence[str]) -> None:
        """Begin with nothing known of the hub."""
        self.console = console
        self.prefixes = tuple(dict.fromkeys(prefixes))
        self.now = Moment(0, 0.0)
        self.rng = random.Random(0)  # noqa: S311 - replaced at every step
        self.offset = Offset()
        self.status = SyncStatus()
        self.viewing: tuple[Presence, ...] = ()
        self.watched = False
        self.attempts = 0
        self._narrow: dict[str, int] = {}
        self.missing: dict[str, None] = {}
        self.sought: dict[str, None] = {}
        self.token = 0
        self.reset()

    def reset(self) -> None:
        """Forget the session that ended."""
        self.state = SyncState()
        self.note = ""
        self._lost = (0, 0)
        self.known = self.acked = self.hold_off = self.stuck = self.broken = 0
        self.greeted = self.held = self.doubted = False
        self.push_due = self.lease_due = True
        self.push_at = self.pull_at = self.beat_at = self.calm_at = self.calm = 0.0
        self.gathered: list[News] = []

    @property
    def behind(self) -> bool:
        """Whether the hub has lines that are not here."""
        return self.known > self.state.cursor

    @property
    def may_push(self) -> bool:
        """Whether acts wait that may go out."""
        return self.push_due and not self.held

    @property
    def only_reads(self) -> bool:
        """Whether the hub has said that this login writes nothing."""
        return bool(self.status.role) and not may_write(self.status.role)

    @property
    def due(self) -> float:
        """When (steady seconds) something is to be done, if nothing happens before."""
        pull = self.pull_at if self.behind else self.beat_at
        push = self.push_at if self.may_push else self.beat_at
        calm = self.calm_at if self.gathered else self.beat_at
        return min(self.beat_at, pull, push, calm)

    @property
    def id(self) -> str:
        """The console's id on the wire."""
        return self.state.console_id

    def hub(self, name: str, do: Callable[[Hub], _Value]) -> Steps[_Value]:
        """Call the hub and wait for its answer."""
        answer: _Value = yield Ask(self._next(), name, do)
        return answer

    def some(self, name: str, most: int) -> int:
        """How much to ask for in a call: all, and less after one that did not get through."""
        return max(1, most >> self._narrow.get(name, 0))

    def bulk(self, name: str, do: Callable[[Hub], _Value]) -> Steps[_Value]:
        """As `hub`, for what may be too much for a slow line: then the next one is smaller."""
        try:
            answer = yield from self.hub(name, do)
        except TroubleError as trouble:
            if isinstance(trouble.error, HubDownError):
                self._narrow[name] = min(self._narrow.get(name, 0) + 2, _NARROWEST)
            raise
        self._narrow[name] = max(0, self._narrow.get(name, 0) - 1)
        return answer

    def keep(self, name: str, do: Callable[[Syncing], _Value]) -> Steps[_Value]:
        """Call the replica and wait for its answer."""
        answer: _Value = yield Keep(self._next(), name, do)
        return answer

    def rest(self, until: float | None, *, settled: bool = False) -> Steps[Woke]:
        """Sleep; a poke is noted."""
        woke: Woke = yield Rest(self._next(), until, settled)
        if woke.poked:
            self.push_due = self.lease_due = True
        return woke

    def open(self) -> Steps[None]:
        """Read what is known of the hub, and open a session with it."""
        self.state = yield from self.keep("state", lambda sync: sync.state())
        applied = yield from self.keep("unpark", lambda sync: sync.unpark())
        yield from self.recount(applied, hub=self.state.url, login=self.state.login)
        yield Open(self._next())

    def tell(self, applied: Applied = NOTHING, **changes: object) -> Steps[None]:
        """Pass on how it stands, when that is news."""
        if changes.get("link") in {"online", "joining"}:
            changes |= dict.fromkeys(("since", "next_try")) | ({} if self.held else _NO_WORDS)
        changes |= {"offset": self.offset.seconds, "note": self.note}
        status = replace(self.status, **changes)
        there = status.link == "online" and self.greeted and not self.behind
        status = replace(status, caught_up=there)
        self.missing.update(dict.fromkeys(applied.missing))
        if status != self.status or applied != NOTHING:
            self.status = status
            yield Tell(status, applied)

    def recount(self, applied: Applied = NOTHING, **changes: object) -> Steps[None]:
        """Count what waits and what needs attention, and pass it on with what was touched."""
        counts = yield from self.keep("counts", lambda sync: sync.counts())
        yield from self.tell(
            applied,
            pending=counts.pending,
            aside=counts.aside,
            parked=counts.parked,
            conflicts=counts.conflicts,
            **changes,
        )

    def lost(self, *, mine: int = 0, others: int = 0) -> None:
        """Note what the hub had lost: acts of mine to be offered again, and those of others."""
        if not mine and not others:
            return
        self._lost = (self._lost[0] + mine, self._lost[1] + others)
        again, missing = self._lost
        said = f"The hub had lost work. {_many(again)} of yours offered again."
        if missing:
            said += f" {_many(missing)} of others missing until their consoles are back."
        self.note = said

    def heard(self, seq: int, delay: float = 0.0) -> None:
        """The log reaches to `seq`: pull after `delay` seconds, if that is news."""
        if seq <= self.known:
            return
        at = self.now.steady + delay
        self.pull_at = min(self.pull_at, at) if self.behind else at
        self.known = seq

    def check(self, seq: int, last_cseq: int) -> None:
        """Greet anew when the hub has less than it had: it was restored, or another took over."""
        if seq < self.state.cursor or last_cseq < self.acked:
            self.greeted = False

    def moved(self, cursor: int, chain: str) -> None:
        """The replica has taken in the log up to there."""
        self.state = replace(self.state, cursor=cursor, chain=chain)
        self.known = max(self.known, cursor)

    @property
    def hub_now(self) -> datetime:
        """The hub's time (UTC), as well as this machine can tell."""
        return self.at(self.now.steady)

    def at(self, steady: float) -> datetime:
        """The hub's time (UTC) at an instant of the steady clock."""
        away = round((steady - self.now.steady) * 1e6)
        return instant(self.now.wall + self.offset.us + away)

    def _next(self) -> int:
        self.token += 1
        return self.token


def _many(acts: int) -> str:
    return "1 act" if acts == 1 else f"{acts} acts"
