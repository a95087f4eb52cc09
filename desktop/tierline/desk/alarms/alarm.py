"""An alarm that stands: which threshold of which clock, whom it concerns, and its one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from tierline.domain.alarms import RESTS, standing
from tierline.domain.clocks import Deadline, State
from tierline.domain.countdown import Countdown
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.storage.alarms import Key
from tierline.storage.records import Listed

Level = Literal["over", "soon"]
Quiet = Literal["", "but p1", "all"]


class Watcher(NamedTuple):
    """The person at a console: their line (0: every one), whether they lead the desk.

    With `everyone` all alarms concern them. Off shift only a P1 whose policy says so disturbs
    them; `quiet` is do-not-disturb, but for a P1 or for all.
    """

    me: str
    tier: int = 0
    lead: bool = False
    on_shift: bool = True
    quiet: Quiet = ""
    everyone: bool = False


class Alarm(NamedTuple):
    """One alarm of one clock; `at` is when it was reached, `due` when the clock is over (UTC)."""

    key: Key
    ticket: Listed
    deadline: Deadline
    level: Level
    at: datetime
    due: datetime
    off_shift: bool
    action: str
    countdown: Countdown

    @property
    def critical(self) -> bool:
        """Whether its ticket is a P1."""
        return self.ticket.priority == 1

    @property
    def urgency(self) -> tuple[bool, datetime, str]:
        """P1 first, then by the deadline."""
        return (not self.critical, self.due, self.ticket.number)

    def rests_until(self, back: datetime) -> datetime:
        """Until when it stays away if it came back then: a tenth of the target, or the breach."""
        rest = timedelta(seconds=self.deadline.required * RESTS)
        later = self.countdown.calendar.add(back, rest)
        return min(later, self.due) if self.level == "soon" else later


class Judge:
    """Finds the alarms that stand for one person at one instant; made anew for each look.

    `next_at` is when the next threshold of the clocks it has seen is reached (UTC).
    """

    def __init__(self, watcher: Watcher, book: PolicyBook, now: datetime) -> None:
        """Judge for this person, as of `now` (aware UTC)."""
        self._watcher, self._book, self._now = watcher, book, now
        self._names: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}
        self._open: dict[str, bool] = {}
        self.next_at: datetime | None = None

    def standing(self, tickets: Iterable[Listed]) -> Iterator[Alarm]:
        """The alarms of these tickets, at most one a clock."""
        for each in tickets:
            policy = self._book.get(each.policy)
            names = self._concerns(each, policy)
            for deadline in each.deadlines if names else ():
                if alarm := self._of(each, deadline, policy, names):
                    yield alarm

    def _of(
        self, each: Listed, deadline: Deadline, policy: Policy, names: frozenset[str]
    ) -> Alarm | None:
        """Paused clocks never warn, those in closed hours not before they are over."""
        if deadline.state != State.RUNNING or deadline.due is None:
            return None
        self._look_ahead(deadline)
        mark = standing(deadline, policy, each.priority, names, self._now)
        if mark is None:
            return None
        table = policy.alarms[mark.alarm]
        if not table.breach and not self._counts(deadline.calendar):
            return None
        return Alarm(
            key=Key(each.id, deadline.name, deadline.run, mark.alarm),
            ticket=each,
            deadline=deadline,
            level="over" if table.breach else "soon",
            at=mark.at,
            due=deadline.due,
            off_shift=table.off_shift and each.priority == 1,
            action=action_of(each, deadline, policy, self._watcher.me),
            countdown=Countdown(deadline, self._book.calendar(deadline.calendar)),
        )

    def _look_ahead(self, deadline: Deadline) -> None:
        for mark in deadline.marks:
            if mark.at > self._now and (self.next_at is None or mark.at < self.next_at):
                self.next_at = mark.at

    def _concerns(self, each: Listed, policy: Policy) -> frozenset[str]:
        """The policy's alarms that this person hears about this ticket."""
        roles = roles_of(each, self._watcher)
        key = (policy.name, roles)
        found = self._names.get(key)
        if found is None:
            tables = policy.alarms.items()
            every = self._watcher.everyone
            found = frozenset(n for n, t in tables if every or not set(roles).isdisjoint(t.tell))
            self._names[key] = found
        return found

    def _counts(self, reference: str) -> bool:
        """Whether that calendar is open now."""
        found = self._open.get(reference)
        if found is None:
            found = reference == "always" or self._book.calendar(reference).is_open(self._now)
            self._open[reference] = found
        return found


def roles_of(each: Listed, watcher: Watcher) -> tuple[str, ...]:
    """What somebody is to a ticket: its owner, one of its line while it has none, a lead."""
    mine = bool(each.assignee) and each.assignee == watcher.me
    line = not each.assignee and watcher.tier in (0, each.tier)
    told = (("owner", mine), ("line", line), ("lead", watcher.lead))
    return tuple(role for role, is_ in told if is_)


def action_of(each: Listed, deadline: Deadline, policy: Policy, me: str) -> str:
    """The one act: a kind of `desk.actions`, "ask" for a word to the holder, or "open"."""
    if not each.assignee:
        return "take"
    if each.assignee != me:
        return "ask"
    clock = policy.file.clocks.get(deadline.name)
    starts = clock.starts if clock else ""
    if starts in ("message_out", "message_in") or deadline.letter == "R":
        return "message"
    return "escalate" if starts == "tier" else "open"
