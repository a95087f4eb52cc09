"""What a ticket asks of a colleague now: which clock presses, how hard, and what would ease it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple
from zlib import crc32

from tierline.domain.clocks import Deadline, State
from tierline.domain.countdown import Countdown, Phase
from tierline.domain.policy import ALWAYS, Policy
from tierline.domain.policy_book import PolicyBook
from tierline.storage.records import Listed

Move = Literal["touch", "answer", "session", "rise", "consult", "lift", "finish", "resume"]
_INTAKE = frozenset({"responded", "called", "allocated"})
# From which to which share of a clock's time people usually act; the rest forget.
_HABITS: dict[Move, tuple[float, float]] = {
    "touch": (0.12, 0.88),
    "answer": (0.15, 0.9),
    "session": (0.45, 0.95),
    "rise": (0.55, 0.97),
    "consult": (0.4, 0.95),
    "lift": (0.5, 0.97),
    "finish": (0.3, 0.97),
}
_FORGETFUL, _LATE_BY = 0.07, (1.0, 1.07)
_EXACT = 1 << 32


class Need(NamedTuple):
    """A ticket that somebody should see to, by this move; `clock` is what presses."""

    listed: Listed
    move: Move
    clock: str


class Pressure:
    """Reads the queue as an experienced colleague does. People's habits come from the seed."""

    def __init__(self, book: PolicyBook, seed: int) -> None:
        """Take the desk's policies."""
        self._book, self._seed = book, seed

    def need(self, listed: Listed, at: datetime) -> Need | None:
        """What the ticket needs at `at` (aware UTC), None when it can rest."""
        if listed.phase == "waiting":
            over = listed.until is not None and listed.until <= at
            awake = self._is_open(listed, at)
            return Need(listed, "resume", "") if awake and (over or listed.replied) else None
        return next(self._needs(listed, at), None)

    def _needs(self, listed: Listed, at: datetime) -> Iterator[Need]:
        policy = self._book.get(listed.policy)
        for deadline in listed.deadlines:
            if deadline.stopped or deadline.due is None or deadline.state != State.RUNNING:
                continue
            move = eases(deadline, policy)
            if self._used(deadline, at) >= self._patience(listed.number, deadline, move):
                yield Need(listed, move, deadline.name)

    def _is_open(self, listed: Listed, at: datetime) -> bool:
        policy = self._book.get(listed.policy)
        desk = "desk" if listed.priority > 1 and "desk" in policy.file.calendars else ALWAYS
        return policy.calendar(desk).is_open(at)

    def _used(self, deadline: Deadline, at: datetime) -> float:
        """Share of its time a clock has used, over 1 when late; 0 while the desk is closed."""
        face = Countdown(deadline, self._book.calendar(deadline.calendar)).face(at.timestamp())
        if face.phase == Phase.CLOSED or not deadline.required:
            return 0.0
        return 1 - face.left / deadline.required

    def _patience(self, number: str, deadline: Deadline, move: Move) -> float:
        """At which share this one is seen to; the same whenever it is asked."""
        low, high = _HABITS[move]
        luck = self._luck(number, deadline)
        if luck < _FORGETFUL:
            low, high = _LATE_BY
            luck /= _FORGETFUL
        return low + (high - low) * luck

    def _luck(self, number: str, deadline: Deadline) -> float:
        words = f"{self._seed} {number} {deadline.name} {deadline.due}"
        return crc32(words.encode()) / _EXACT


def eases(deadline: Deadline, policy: Policy) -> Move:
    """Which move stops or restarts a clock of this policy."""
    table = policy.file.clocks.get(deadline.name)
    if table is None:
        return "finish"
    if table.measure == "work":
        return "lift"
    if table.starts == "message_in":
        return "answer"
    if table.starts == "message_out":
        return "session"
    if table.starts == "tier":
        return "consult" if "consulted" in table.stops else "rise"
    return "touch" if _INTAKE & set(table.stops) else "finish"
