"""What a ticket asks of a colleague now: which clock presses, how hard, and what would ease it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from zlib import crc32

from tierline.domain.clocks import Deadline, State
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
    "finish": (0.5, 0.97),
}
_FORGETFUL, _LATE_BY = 0.07, (1.0, 1.07)
_EXACT, _KEPT = 1 << 32, 20_000


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
        self._moments: dict[tuple[str, str, datetime], datetime] = {}

    def need(self, listed: Listed, at: datetime) -> Need | None:
        """What the ticket needs at `at` (aware UTC), None when it can rest."""
        needs = self._needs(listed, at)
        if listed.phase != "waiting":
            return next(needs, None)
        over = listed.until is not None and listed.until <= at
        if (over or listed.replied) and self._is_open(listed, at):
            return Need(listed, "resume", "")
        return next((need for need in needs if need.move == "session"), None)

    def _needs(self, listed: Listed, at: datetime) -> Iterator[Need]:
        policy = self._book.get(listed.policy)
        for deadline in listed.deadlines:
            if deadline.stopped or deadline.due is None or deadline.state != State.RUNNING:
                continue
            move = eases(deadline, policy)
            calendar = self._book.calendar(deadline.calendar)
            if at >= self._moment(listed.number, deadline, move) and calendar.is_open(at):
                yield Need(listed, move, deadline.name)

    def _is_open(self, listed: Listed, at: datetime) -> bool:
        policy = self._book.get(listed.policy)
        desk = "desk" if listed.priority > 1 and "desk" in policy.file.calendars else ALWAYS
        return policy.calendar(desk).is_open(at)

    def _moment(self, number: str, deadline: Deadline, move: Move) -> datetime:
        """When somebody sees to this clock; kept, since it is asked each minute."""
        assert deadline.due is not None
        key = (number, deadline.name, deadline.due)
        found = self._moments.get(key)
        if found is None:
            if len(self._moments) > _KEPT:
                self._moments.clear()
            spare = timedelta(seconds=deadline.required * (1 - self._patience(key, move)))
            calendar = self._book.calendar(deadline.calendar)
            late = spare < timedelta(0)
            found = (
                calendar.add(deadline.due, -spare)
                if late
                else calendar.subtract(deadline.due, spare)
            )
            self._moments[key] = found
        return found

    def _patience(self, key: tuple[object, ...], move: Move) -> float:
        """At which share of its time this clock is seen to; the same whenever it is asked."""
        low, high = _HABITS[move]
        words = " ".join(str(part) for part in (self._seed, *key))
        luck = crc32(words.encode()) / _EXACT
        if luck < _FORGETFUL:
            low, high = _LATE_BY
            luck /= _FORGETFUL
        return low + (high - low) * luck


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
