"""Which clocks of a ticket breached in the course of its history, under one policy or another.

A ticket as it stands shows only the clocks it has now. The limit of a line it has left, or an
update that came too late, is judged when that run of the clock ended, as the console then had it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from tierline.domain import events as ev
from tierline.domain.clock_runs import CalendarRun, Course, courses
from tierline.domain.policy import Policy
from tierline.domain.policy_file import ClockTable
from tierline.domain.rules.keys import run_key
from tierline.domain.ticket import Step, Ticket, evolve
from tierline.domain.tongue import tr

_MAY_END_A_RUN = (
    ev.Escalated,
    ev.Messaged,
    ev.Disputed,
    ev.Complained,
    ev.Prioritised,
    ev.Reopened,
)
_BY_WORD = frozenset({"responded", "called"})


class Breach(NamedTuple):
    """A clock that ran over: when its deadline passed, on which line, and by how much at the end.

    `over` is time of the clock's own calendar, whose days have `day_seconds`, or work. A limit on
    work is dated when its line began, since nobody knows which minute was the last allowed.
    """

    clock: str
    word: str
    at: datetime
    line: int
    over: timedelta
    day_seconds: int


class Verdict(NamedTuple):
    """Every clock the ticket had, and the first breach of each that breached, soonest first."""

    clocks: frozenset[str]
    breaches: tuple[Breach, ...]


class Judge:
    """The clocks of one ticket under one policy.

    With `recalls` it is this policy's to say who must be called back, not the history's. Of an
    imported history without any message nobody knows when the contact was answered: that is not
    judged.
    """

    def __init__(self, policy: Policy, *, recalls: bool = False) -> None:
        """Know the policy; nothing has been seen of a ticket."""
        clocks = policy.file.clocks
        self._policy = policy
        self._again = {name: table for name, table in clocks.items() if _comes_again(table)}
        self._recalls = recalls and any(table.call_back_only for table in clocks.values())
        self._breaches: dict[str, Breach] = {}
        self._had: set[str] = set()

    def saw(self, before: Ticket, after: Ticket, event: ev.AnyEvent) -> None:
        """Judge the runs of clocks that an event ended."""
        if not isinstance(event, _MAY_END_A_RUN):
            return
        again = self._again.items()
        ended = [name for name, t in again if run_key(before, t) != run_key(after, t)]
        if not ended:
            return
        for course in courses(self._own(before), self._policy, ended):
            self._judge(before, course, event.at)

    def verdict(self, ticket: Ticket, now: datetime) -> Verdict:
        """How the ticket stands at `now` (aware), with all that went before; then forget it."""
        for course in courses(self._own(ticket), self._policy):
            self._judge(ticket, course, now)
        found = Verdict(frozenset(self._had), tuple(sorted(self._breaches.values(), key=_when)))
        self._breaches, self._had = {}, set()
        return found

    def _judge(self, ticket: Ticket, course: Course, now: datetime) -> None:
        rule, _, stopped = course
        if untold(ticket) and _BY_WORD.issuperset(rule.table.stops):
            return
        name, end = rule.name, now if stopped is None else min(stopped, now)
        self._had.add(name)
        if name in self._breaches or course.surely_kept(end):
            return
        run = course.run(ticket)
        if not run.late(end):
            return
        at = run.due if isinstance(run, CalendarRun) and run.due else run.started
        of_line = run.rule.table.starts == "tier"
        line = ticket.tier if of_line else line_at(ticket.tiers, at)
        over, day = run.worked(end) - run.required, run.rule.day_seconds
        self._breaches[name] = Breach(name, run.rule.table.word, at, line, over, day)

    def _own(self, ticket: Ticket) -> Ticket:
        if not self._recalls:
            return ticket
        return replace(ticket, call_back=_calls_back(ticket, self._policy))


def replayed(
    events: Sequence[ev.AnyEvent], judges: Sequence[Judge], now: datetime
) -> tuple[Ticket, tuple[Verdict, ...]]:
    """The ticket a history leads to, and what each judge found by `now` (aware).

    Raises:
        ValueError: the history is empty or does not begin with `Logged`.
    """
    ticket: Ticket | None = None
    for event in events:
        before, ticket = ticket, evolve(ticket, event, "-")
        if before is not None:
            for judge in judges:
                judge.saw(before, ticket, event)
    if ticket is None:
        message = tr("an empty history has no ticket")
        raise ValueError(message)
    return ticket, tuple(judge.verdict(ticket, now) for judge in judges)


def untold(ticket: Ticket) -> bool:
    """Whether its source does not tell what was said to the contact."""
    return bool(ticket.source) and not ticket.sent


def line_at(tiers: Sequence[Step], at: datetime) -> int:
    """The line that held a ticket at an instant; the first one before there was any."""
    held = [step for step in tiers if step.at <= at] or tiers[:1]
    return int(held[-1].value)


def _when(breach: Breach) -> datetime:
    return breach.at


def _comes_again(table: ClockTable) -> bool:
    """Whether a clock has several runs in the life of a ticket, of which it shows the last."""
    return table.starts != "logged" or table.origin == "change"


def _calls_back(ticket: Ticket, policy: Policy) -> bool:
    """What logging under this policy would have said; a channel it lacks says nothing."""
    channel, logged_as = policy.file.channels.get(ticket.channel), int(ticket.priorities[0].value)
    if channel is None or ticket.channel == "phone" or not logged_as:
        return False
    return logged_as not in channel.priorities
