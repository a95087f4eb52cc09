"""One clock by brute force: its history walked minute by minute, and event by event within one.

Written from the 14 lines of ARCHITECTURE, *Clock semantics*; shares nothing with the engine but
the events themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tests.oracles.minutes import MICRO, Minutes
from tierline.domain import events as ev

_MINUTE = 60_000_000


class Spec(NamedTuple):
    """One clock of a policy in plain words; targets in minutes or business days, 0 is none."""

    starts: str = "logged"
    stops: tuple[str, ...] = ("resolved",)
    targets: tuple[int, int, int, int] = (60, 120, 240, 480)
    days: int = 0
    pauses: tuple[str, ...] = ()
    restarts: bool = False
    counts_closed: bool = False
    tier: int = 0
    warn: float = 0.8


class Reading(NamedTuple):
    """What the clock says; `due` and `warn_at` are None where the minutes end first."""

    state: str
    started: datetime
    stopped: datetime | None
    worked: timedelta
    paused: timedelta
    left: timedelta
    due: datetime | None
    warn_at: datetime | None


class _Piece(NamedTuple):
    """A stretch in which nothing changes, microseconds since the first minute."""

    start: int
    end: int
    open: bool
    held: bool


class Facts:
    """What the events say, kept as plain lists."""

    def __init__(self, events: Sequence[ev.Event]) -> None:
        """Go through the events once."""
        self.ended, self.since = "", events[0].at
        self.status: list[tuple[datetime, str]] = []
        self.resolved_spans: list[tuple[datetime, datetime]] = []
        self.moments: dict[str, datetime | None] = {}
        for event in events:
            self._take(event)

    def _take(self, event: ev.Event) -> None:
        status = getattr(event, "status", "")
        if status:
            self.status.append((event.at, status))
        match event:
            case ev.Logged():
                self.priority, self.tier = event.priority, event.tier
                self.moments |= dict.fromkeys(("logged", "priority", "tier"), event.at)
            case ev.Prioritised():
                if event.priority != self.priority:
                    self.priority = event.priority
                    self.moments["priority"] = event.at
            case ev.Escalated():
                self.tier = event.tier
                self.moments |= {"tier": event.at, "consulted": None}
            case ev.Consulted():
                self.moments["consulted"] = event.at
            case ev.Assigned():
                self._first("allocated", event.at)
            case ev.Messaged(direction="in"):
                self._first("message_in", event.at)
            case ev.Messaged():
                self._first("responded", event.at)
                self.moments |= {"message_out": event.at, "message_in": None}
            case _:
                self._end(event, status)

    def _end(self, event: ev.Event, status: str) -> None:
        match event:
            case ev.Resolved() | ev.Closed() | ev.Cancelled():
                if not self.ended:
                    self.since = event.at
                self.ended = status
                if not isinstance(event, ev.Cancelled):
                    self._first("resolved", event.at)
            case ev.Reopened():
                self.resolved_spans.append((self.since, event.at))
                self.ended, self.moments["resolved"] = "", None

    def _first(self, name: str, at: datetime) -> None:
        if self.moments.get(name) is None:
            self.moments[name] = at


def read(spec: Spec, events: Sequence[ev.Event], minutes: Minutes, now: datetime) -> Reading | None:
    """The clock as of `now`; None when the ticket has no such clock. All events are before now."""
    facts = Facts(events)
    target = spec.targets[facts.priority - 1]
    started = facts.moments.get("priority" if spec.restarts else spec.starts)
    if started is None or not (target or spec.days) or (spec.tier and spec.tier != facts.tier):
        return None
    stopped = _stopped(spec, facts, started)
    owed = spec.starts in ("tier", "message_out", "message_in")
    if stopped is None and (facts.ended in ("closed", "cancelled") or (owed and facts.ended)):
        return None
    walk = _Walk(spec, facts, minutes, started, stopped, now)
    due = walk.due(target)
    end = now if stopped is None else min(stopped, now)
    worked, paused = walk.lengths(end)
    needed = walk.needed(target)
    return Reading(
        state=_state(walk, facts, due, stopped, end),
        started=started,
        stopped=stopped,
        worked=worked,
        paused=paused,
        left=needed - worked,
        due=due,
        warn_at=walk.warning(due, needed * (1 - spec.warn)) if due else None,
    )


def _stopped(spec: Spec, facts: Facts, started: datetime) -> datetime | None:
    names = {*spec.stops, "resolved"} if spec.starts == "logged" else set(spec.stops)
    reached = [at for name in names if (at := facts.moments.get(name)) is not None]
    return max(min(reached), started) if reached else None


def _state(
    walk: _Walk, facts: Facts, due: datetime | None, stopped: datetime | None, end: datetime
) -> str:
    if due is not None and walk.ran_past(due, end):
        return "breached"
    if stopped is not None:
        return "met"
    return "paused" if facts.status[-1][1] in walk.spec.pauses else "running"


class _Walk:
    """The stretches of one clock, one after the other."""

    def __init__(
        self,
        spec: Spec,
        facts: Facts,
        minutes: Minutes,
        started: datetime,
        stopped: datetime | None,
        now: datetime,
    ) -> None:
        self.spec, self.facts, self.minutes = spec, facts, minutes
        self.started, self.free = started, stopped or now
        spans = [edge for span in facts.resolved_spans for edge in span]
        changes = [at for at, _ in facts.status]
        self.cuts = {(at - minutes.first) // MICRO for at in (*changes, *spans, self.free, started)}
        self.steps = self._steps((started - minutes.first) // MICRO)
        self.walked: list[_Piece] = []

    def due(self, target: int) -> datetime | None:
        """The first instant at which so much was counted."""
        if not self.spec.days:
            return self._reached(timedelta(minutes=target) // MICRO)
        wanted = self.minutes.add_days(self.started, self.spec.days)
        if wanted is None:
            return None
        index = self.minutes.index(wanted)
        on_edge = wanted == self.minutes.start(index)
        opening = on_edge and self.minutes.open[index] and not self.minutes.open[index - 1]
        return self._reached(self.minutes.between(self.started, wanted) // MICRO, opening=opening)

    def needed(self, target: int) -> timedelta:
        wanted = self.spec.days and self.minutes.add_days(self.started, self.spec.days)
        return self.minutes.between(self.started, wanted) if wanted else timedelta(minutes=target)

    def lengths(self, end: datetime) -> tuple[timedelta, timedelta]:
        worked = paused = 0
        for piece in self._pieces(self.started, end):
            if piece.open and piece.held:
                paused += piece.end - piece.start
            elif piece.open:
                worked += piece.end - piece.start
        return worked * MICRO, paused * MICRO

    def ran_past(self, due: datetime, end: datetime) -> bool:
        """Whether any time after the deadline was not on hold."""
        return any(not piece.held for piece in self._pieces(due, end))

    def warning(self, due: datetime, before: timedelta) -> datetime | None:
        """The last instant with so much counted until the deadline."""
        left = before // MICRO
        for piece in reversed(self._pieces(self.started, due)):
            if piece.open and not piece.held:
                if piece.end - piece.start >= left:
                    return self.minutes.first + (piece.end - left) * MICRO
                left -= piece.end - piece.start
        return None

    def _reached(self, need: int, *, opening: bool = False) -> datetime | None:
        first = self.minutes.first
        for piece in self._ahead():
            if not piece.open:
                continue
            if not need and (not piece.held or self._held_since(piece.start)):
                return first + piece.start * MICRO
            if piece.held:
                continue
            if piece.end - piece.start >= need and not (
                opening and piece.end - piece.start == need
            ):
                return first + (piece.start + need) * MICRO
            need -= piece.end - piece.start
        return None

    def _held_since(self, start: int) -> bool:
        """Whether the hold begins right there."""
        return not self._is_held(self.minutes.first + (start - 1) * MICRO)

    def _pieces(self, start: datetime, end: datetime) -> list[_Piece]:
        """The stretches between two instants, cut to them."""
        since, until = ((at - self.minutes.first) // MICRO for at in (start, end))
        while not self.walked or self.walked[-1].end < until:
            if self._walk_on() is None:
                break
        found = [piece for piece in self.walked if piece.end > since and piece.start < until]
        if found:
            found[0] = found[0]._replace(start=max(found[0].start, since))
            found[-1] = found[-1]._replace(end=min(found[-1].end, until))
        return found

    def _ahead(self) -> Iterator[_Piece]:
        """Every stretch from the start on."""
        yield from self.walked
        while (piece := self._walk_on()) is not None:
            yield piece

    def _walk_on(self) -> _Piece | None:
        """One more stretch, looked at once and remembered."""
        piece = next(self.steps, None)
        if piece is not None:
            self.walked.append(piece)
        return piece

    def _steps(self, at: int) -> Iterator[_Piece]:
        busy = {cut // _MINUTE for cut in self.cuts}
        held = False
        for index in range(at // _MINUTE, len(self.minutes.open)):
            is_open, over = self.minutes.open[index], (index + 1) * _MINUTE
            if index not in busy:
                yield _Piece(at, over, is_open, held)
                at = over
                continue
            inside = sorted(cut for cut in self.cuts if at < cut < over)
            for stop in (*inside, over):
                held = self._is_held(self.minutes.first + at * MICRO)
                yield _Piece(at, stop, is_open, held)
                at = stop

    def _is_held(self, at: datetime) -> bool:
        """Whether the clock is on hold then, as far as is known; nothing holds what is to come."""
        if at >= self.free:
            return False
        status = [name for since, name in self.facts.status if since <= at]
        if status and status[-1] in self.spec.pauses:
            return True
        spans = self.facts.resolved_spans
        return not self.spec.counts_closed and any(since <= at < over for since, over in spans)
