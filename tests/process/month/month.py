"""A month of a desk: twelve people, tickets as they come, and rules that run when they are due.

Everything is done through the desk's own doors (act, log, receive, the timed rules), at a clock
that jumps from one happening to the next. Two programs have the desk open.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock
from tests.process.month.eyes import Eyes
from tests.process.month.ledger import Ledger
from tests.process.month.promises import hours_of
from tierline.desk.acting import Done
from tierline.desk.desk import Desk
from tierline.desk.replies import Received
from tierline.desk.timed_rules import RulesReport, run
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.ticket import Ticket
from tierline.storage.records import Person
from tierline.storage.replica import Replica

MONTH = 30 * 1440
TEAM = tuple(
    Person(id=f"{word}-{n}", name=f"{word.title()} {n}", tier=line)
    for line, word, many in ((1, "first", 7), (2, "second", 3), (3, "third", 2))
    for n in range(1, many + 1)
)
Plan = Callable[["Month", str], None]


class Month:
    """The desk, its clock, its people, its auditor, and what is planned next."""

    def __init__(self, folder: Path, policy: str, rng: random.Random) -> None:
        """Open the desk twice, as two programs do."""
        self.rng = rng
        self.hours = hours_of(policy)
        self.book = bundled_book(policy)
        self.policy = self.book.get(policy)
        self.clock = TurnedClock(self.hours.first)
        self.replica = Replica.open(folder, self.clock())
        self.other = Replica.open(folder, self.clock())
        self.eyes = Eyes(self.replica.path)
        self.replica.directory.put_people(TEAM)
        self.ledger = Ledger(self.policy, self.hours)
        both = (self.replica, self.other)
        self._desks = {
            person.id: Desk(both[place % 2], self.book, person.id, self.clock)
            for place, person in enumerate(TEAM)
        }
        self._agenda: list[tuple[int, int, Plan, str]] = []
        self._count = 0
        self._asleep = 0  # until that minute nobody's console is on
        self._timers: dict[str, str] = {}
        self._timed: dict[str, int] = {}
        self._stops: set[str] = set()

    @property
    def now(self) -> int:
        """The minute it is."""
        return self.hours.minute(self.clock.now)

    def plan(self, minute: int, what: Plan, ticket_id: str = "") -> None:
        """Something will be done then, on a ticket."""
        self._count += 1
        heapq.heappush(self._agenda, (minute, self._count, what, ticket_id))

    def live(self, until: int) -> None:
        """Let all of it happen, the rules in between as they fall due."""
        while self._agenda and self._agenda[0][0] <= until:
            minute, _, what, ticket_id = heapq.heappop(self._agenda)
            if minute < self._asleep:
                self.plan(self._asleep + self.rng.randrange(1, 60), what, ticket_id)
                continue
            self._rules_until(minute)
            self._turn(minute)
            what(self, ticket_id)
        self._asleep = 0
        self._rules_until(until)
        self._turn(until)
        self._let_rules_run()

    def sleep(self, until: int) -> None:
        """Every console is off until then; the rules catch up in the morning."""
        self._asleep = until

    def may_time(self, person: str) -> bool:
        """Whether a timer of theirs can start now: two in a minute would leave a second of work."""
        return self._timed.get(person) != self.now

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as the disk has it; it is as it was left."""
        seen = self.eyes.ticket(ticket_id)
        self.ledger.still(seen)
        return seen.ticket

    def log(self, command: cmd.Log, by: str) -> str:
        """Log a ticket; its id, or "" when it was refused."""
        answer = self._desks[by].log(command, self.policy.name)
        if isinstance(answer, Refusal):
            self.ledger.refusal(answer, "log")
            return ""
        self._entered(answer, "log")
        return answer.ticket.id

    def do(self, ticket_id: str, command: cmd.Command, by: str) -> bool:
        """Give a command as one of the team; whether it was done."""
        answer = self._desks[by].act(ticket_id, command)
        if isinstance(answer, Refusal):
            self.ledger.refusal(answer, command.kind)
            return False
        self._entered(answer, command.kind)
        return True

    def reply(self, ticket_id: str, text: str, by: str, then: str = "") -> bool:
        """The contact says something, and that comes of it."""
        answer = self._desks[by].receive(ticket_id, cmd.Receive(text=text), then)
        if isinstance(answer, Refusal):
            self.ledger.refusal(answer, "reply")
            return False
        assert isinstance(answer, Received)
        if answer.fresh is not None:
            self._entered(answer.fresh, "log")
        self._entered(answer.done, "reply")
        return True

    def close(self) -> None:
        """Let go of the file."""
        self.replica.close()
        self.other.close()
        self.eyes.close()

    def _entered(self, done: Done, kind: str) -> None:
        """Tell the auditor what an act put on the disk, here and where it stopped a timer."""
        ticket, by = done.ticket, done.ticket.timer_by
        if kind == "stoptimer":
            self._stops.add(done.op_id)
        if ticket.timer_since == self.clock.now:
            elsewhere = self._timers.get(by, ticket.id)
            self._timers[by], self._timed[by] = ticket.id, self.now
            if elsewhere != ticket.id:
                self._stopped(elsewhere)
        self.ledger.entry(self.eyes.ticket(ticket.id), self.eyes.events(done.op_id), kind)

    def _stopped(self, ticket_id: str) -> None:
        op_id, kind, events = self.eyes.last(ticket_id)
        if kind == "stoptimer" and events[-1].at == self.clock.now and op_id not in self._stops:
            self._stops.add(op_id)
            self.ledger.entry(self.eyes.ticket(ticket_id), events, kind)

    def _turn(self, minute: int) -> None:
        self.clock.now = max(self.clock.now, self.hours.at(minute))

    def _rules_until(self, minute: int) -> None:
        """Run the rules at each instant at which one is due, unless nobody is awake then."""
        while (due := self.replica.queues.next_rule()) is not None:
            at = max(due, self.clock.now, self.hours.at(self._asleep))
            if at > self.hours.at(minute):
                return
            self.clock.now = at
            before = self.ledger.ruled.total()
            self._let_rules_run()
            if self.ledger.ruled.total() == before and due <= at:
                assert self.replica.queues.next_rule() != due, f"{due} stays due and nothing acts"

    def _let_rules_run(self) -> None:
        """The rules of one program; then those of the other, and again: nothing is left to do."""
        first, second = self.rng.sample((self.replica, self.other), 2)
        self._made(run(first, self.book, self.clock(), "first-1"))
        for replica in (second, first):
            again = run(replica, self.book, self.clock(), "second-1")
            assert not again.made, again.made
            assert not again.held, again.held
        self.ledger.rules_ran(self.now)

    def _made(self, report: RulesReport) -> None:
        assert not report.held, report.held
        by_ticket: dict[str, list[int]] = {}
        for place, act in enumerate(report.made):
            by_ticket.setdefault(act.ticket_id, []).append(place)
        for ticket_id, places in by_ticket.items():
            acts = [report.made[place] for place in places]
            events = [event for act in acts for event in act.events]
            assert all(event.rule for event in events), acts
            self.ledger.entry(self.eyes.ticket(ticket_id), events, "rule")


@contextmanager
def a_month(folder: Path, policy: str, rng: random.Random) -> Iterator[Month]:
    """A desk that is let go of at the end."""
    month = Month(folder, policy, rng)
    try:
        yield month
    finally:
        month.close()
