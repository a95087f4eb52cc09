"""When alarms stand, by counting: a stopwatch for each clock of each ticket, a minute at a time.

Written from the words of issue and design, and from nothing in `tierline.desk.alarms` and
`tierline.domain.alarms`: no instant is worked out ahead, no calendar is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tests.oracles.alarm_lives import Person, is_open
from tierline.domain import events as ev

DAY = 9 * 60
TARGETS: dict[str, dict[int, int]] = {  # minutes, A2 and A10
    "call": {1: 15},
    "response": {1: 15, 2: 60, 3: 240, 4: DAY},
    "fix": {1: 240, 2: DAY, 3: 3 * DAY},
}
LEFT = 10  # the last call of the policy
Standing = tuple[str, str, str, str]  # ticket, clock, run, threshold


@dataclass
class Watch:
    """The stopwatch of one run of one clock: minutes of the desk, and of the clock on the wall."""

    run: str
    used: list[int] = field(default_factory=lambda: [0, 0])
    stopped: bool = False
    holds: bool = False
    paused_at: list[int] | None = None  # minutes used at the start of the last pause
    resumed_at: list[int] | None = None
    full_at: dict[tuple[bool, int], datetime] = field(default_factory=dict)  # when it was used up


class Said(NamedTuple):
    """That one person snoozed a clock's alarm."""

    by: str
    clock: str
    run: str
    until: datetime


class Counted:
    """One ticket as the stopwatches see it."""

    def __init__(self, ticket_id: str, logged: ev.Logged) -> None:
        """The clocks start with the ticket."""
        self.id, self.priority, self.tier = ticket_id, logged.priority, logged.tier
        self.assignee, self.status, self.open = "", logged.status, True
        self.responded = self.called = False
        self.judged = 1
        self.said: list[Said] = []
        self.watches = {name: Watch("logged") for name in ("response", "fix")}
        self.watches["call"] = Watch("priority-1")

    def take(self, event: ev.Event) -> None:
        """An event happens, on a whole minute."""
        match event:
            case ev.Assigned():
                self.assignee = event.assignee
            case ev.Escalated():
                self.assignee, self.tier = "", event.tier
            case ev.Messaged():
                self.responded = True
                self.called |= event.channel == "phone"
            case ev.StatusChanged():
                self.status = event.status
            case ev.Prioritised() if event.priority != self.priority:
                self.priority, self.judged = event.priority, self.judged + 1
                self.watches["call"] = Watch(f"priority-{self.judged}")
            case ev.Resolved():
                self.open, self.status, self.said = False, event.status, []
            case ev.Reopened():
                self.open, self.status = True, event.status
            case ev.Snoozed():
                self._say(event)
        self._hold()

    def minute(self, *, desk: bool) -> None:
        """A minute goes by; `desk` says whether the desk is open in it."""
        for watch in self.watches.values():
            if not watch.holds and not watch.stopped:
                watch.used[False] += desk
                watch.used[True] += 1

    def full(self, now: datetime) -> None:
        """Note which targets are used up by now."""
        for name, watch in self.watches.items():
            for target in TARGETS[name].values():
                for wall in (False, True):
                    if watch.used[wall] >= target:
                        watch.full_at.setdefault((wall, target), now)

    def standing(self, name: str, names: frozenset[str], now: datetime) -> str:
        """The threshold of a clock that stands among those that a person hears of; "" for none."""
        watch, target, wall = self.watches[name], TARGETS[name].get(self.priority), self.wall
        if not target or not self.open or watch.stopped or watch.holds:
            return ""
        full = watch.full_at.get((wall, target))
        if full is not None and full < now:
            return "breach" if "breach" in names else ""
        if not (wall or is_open(now)):
            return ""
        found = ""
        for threshold, needed in _thresholds(target):
            if threshold in names and self._reached(watch, target, needed):
                found = threshold
        return found

    @property
    def wall(self) -> bool:
        """Whether its clocks count around the clock: those of a P1 do."""
        return self.priority == 1

    def put_off(self, person: str, name: str, threshold: str, now: datetime) -> bool:
        """Whether that person snoozed it."""
        if self.priority == 1 or threshold == "breach":
            return False
        here = (person, name, self.watches[name].run)
        return any((s.by, s.clock, s.run) == here and now < s.until for s in self.said)

    def _reached(self, watch: Watch, target: int, needed: float) -> bool:
        """Enough is used; after a pause that came later, a tenth of the target more than then."""
        used = watch.used[self.wall]
        if used < needed:
            return False
        if watch.paused_at is None or watch.resumed_at is None:
            return True
        if watch.paused_at[self.wall] <= needed:
            return True  # it had not been up: the pause began before the next minute
        return used >= watch.resumed_at[self.wall] + target * 0.1

    def _say(self, event: ev.Snoozed) -> None:
        kept = [s for s in self.said if (s.by, s.clock) != (event.by, event.clock)]
        self.said = [*kept, Said(event.by, event.clock, event.run, event.until)]

    def _hold(self) -> None:
        waits = self.status == "waiting-client"
        for name, watch in self.watches.items():
            watch.stopped |= {"response": self.responded, "call": self.called, "fix": False}[name]
            holds = not self.open or (waits and name == "fix")
            if holds and not watch.holds:
                watch.paused_at, watch.resumed_at = [*watch.used], None
            elif watch.holds and not holds:
                watch.resumed_at = [*watch.used]
            watch.holds = holds


def _thresholds(target: int) -> list[tuple[str, float]]:
    """Minutes used at which each is reached; the last call only where it comes after 80 %."""
    found = [("soon", target * 0.8), ("critical", target * 0.8)]
    return [*found, ("last-call", target - LEFT)] if target * 0.2 > LEFT else found


def hears(person: Person, ticket: Counted) -> frozenset[str]:
    """The thresholds that the policy tells this person of this ticket."""
    found: set[str] = set()
    if ticket.assignee == person.id:
        found |= {"soon", "last-call", "breach"}
    if not ticket.assignee and ticket.tier == person.tier:
        found |= {"soon", "breach"}
    if person.lead:
        found |= {"breach"} | ({"critical"} if ticket.priority == 1 else set())
    return frozenset(found)
