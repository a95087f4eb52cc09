"""What the ledger knows of a ticket, folded from its events by itself, in minutes of the month."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.process.month.hours import Hours
from tierline.domain import events as ev
from tierline.domain.clocks import Deadline


@dataclass
class Page:
    """One ticket: where it is, what it has used up there, what it waits for, what rules did."""

    id: str
    hours: Hours
    exempt: frozenset[str]
    status: str = ""
    ended: str = ""
    line: int = 1
    used: int = 0  # open minutes on this line outside exempt statuses, until `settled`
    settled: int = 0
    consulted: bool = False
    work: int = 0  # minutes of work on this line, until the timer that runs
    timer: int | None = None
    stayed: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    line_acts: set[str] = field(default_factory=set)
    waits_since: int = 0
    replied: bool = False
    reminders: list[int] = field(default_factory=list)
    resolved: int = 0
    missing: set[str] = field(default_factory=set)
    priority: int = 0
    judged: int = 0
    rules: list[str] = field(default_factory=list)
    deadlines: tuple[Deadline, ...] = ()
    held: dict[str, tuple[int, int]] = field(default_factory=dict)
    version: int = 0

    def counted(self, now: int) -> int:
        """Open minutes used up on this line by now."""
        counting = not self.ended and self.status not in self.exempt
        return self.used + (self.hours.between(self.settled, now) if counting else 0)

    def worked(self, now: int) -> int:
        """Minutes of work on this line by now."""
        return self.work + (now - self.timer if self.timer is not None else 0)

    def saw(self, event: ev.AnyEvent) -> None:
        """One more thing happened."""
        now = self.hours.minute(event.at)
        self.used, self.settled = self.counted(now), now
        if event.occasion:
            self.rules.append(event.occasion.partition("/")[0])
        self._moved(event, now)
        self._worked(event, now)
        self._told(event, now)

    def _moved(self, event: ev.AnyEvent, now: int) -> None:
        match event:
            case ev.Logged():
                self.line, self.used, self.missing = event.tier, 0, set(event.missing)
                self.priority, self.judged = event.priority, now
                self._enter(event.status, now)
            case ev.StatusChanged() | ev.Reopened():
                self.ended = "" if isinstance(event, ev.Reopened) else self.ended
                self._enter(event.status, now)
            case ev.Resolved():
                self.ended, self.resolved = "resolved", now
                self._enter(event.status, now)
            case ev.Closed() | ev.Cancelled():
                self.ended = "closed" if isinstance(event, ev.Closed) else "cancelled"
                self._enter(event.status, now)
            case ev.Escalated():
                self.line, self.used, self.work, self.consulted = event.tier, 0, 0, False
                self.stayed, self.asked, self.line_acts = set(), set(), set()
            case ev.Prioritised() if event.priority != self.priority:
                self.priority, self.judged = event.priority, now
            case ev.Detailed():
                told = {name for name, text in event.details.items() if text}
                self.missing -= told | ({"contact_reach"} if event.contact_reach else set())
            case _:
                pass

    def _enter(self, status: str, now: int) -> None:
        if status != self.status:
            self.status, self.waits_since, self.reminders, self.replied = status, now, [], False

    def _worked(self, event: ev.AnyEvent, now: int) -> None:
        match event:
            case ev.TimerStarted():
                self.timer = now
            case ev.TimeLogged():
                minutes, rest = divmod(event.seconds, 60)
                assert not rest, event
                self.work, self.timer = self.work + minutes, None
            case ev.TimeCorrected():
                self.work += event.seconds // 60
            case _:
                pass

    def _told(self, event: ev.AnyEvent, now: int) -> None:
        match event:
            case ev.Messaged(direction="in") | ev.Disputed() | ev.Complained():
                self.replied |= now > self.waits_since
            case ev.Messaged() if event.occasion.startswith("customer/"):
                self.reminders.append(now)
            case ev.Consulted():
                self.consulted = True
            case ev.Prompted():
                self.asked.add(event.name)
            case ev.Stayed():
                self.stayed.add(event.clock or event.name)
            case _:
                pass
