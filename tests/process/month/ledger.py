"""The month's auditor: it sees every entry, keeps its own page of each ticket, and objects."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence

from tests.process.month.eyes import Seen
from tests.process.month.hours import Hours
from tests.process.month.moves import moved
from tests.process.month.page import Page
from tests.process.month.promises import WORLDS, owed
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket


class Ledger:
    """Holds a desk against what it owes; every method raises AssertionError with the case."""

    def __init__(self, policy: Policy, hours: Hours) -> None:
        """Nothing has happened yet."""
        self.policy = policy
        self.hours = hours
        self.pages: dict[str, Page] = {}
        self.acts: Counter[str] = Counter()
        self.ruled: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._world = WORLDS[policy.name]
        self._due: list[tuple[int, str, int, str]] = []
        self._done: set[tuple[str, str]] = set()

    def entry(self, seen: Seen, events: Sequence[ev.AnyEvent], kind: str) -> None:
        """An act that is on the disk, with the ticket as the disk has it since."""
        ticket = seen.ticket
        first = ticket.id not in self.pages
        if first:
            self.pages[ticket.id] = Page(ticket.id, self.hours, self._world.exempt)
        page = self.pages[ticket.id]
        status, priority = page.status, page.priority
        for event in events:
            page.saw(event)
            self._once(ticket, event)
        wrong = (
            [] if first else moved(page, self.policy.file.clocks, seen.deadlines, status, events)
        )
        assert not wrong, (ticket.number, kind, events, wrong)
        page.deadlines = seen.deadlines
        self._agrees(page, ticket)
        self._told(ticket, events, priority)
        self._count(kind, events)
        self._expect(page, self.hours.minute(events[-1].at))

    def still(self, seen: Seen) -> None:
        """Time has passed and others were worked on; this one must be as it was left."""
        page = self.pages[seen.ticket.id]
        assert seen.deadlines == page.deadlines, seen.ticket.number

    def rules_ran(self, now: int) -> None:
        """After the rules nothing is left that they should have done by now."""
        while self._due and self._due[0][0] <= now:
            due, ticket_id, version, name = heapq.heappop(self._due)
            page = self.pages[ticket_id]
            if version == page.version:
                late = f"{name} was due {self.hours.at(due)}, it is {self.hours.at(now)}"
                raise AssertionError((late, page))

    def refusal(self, refused: Refusal, what: str) -> None:
        """A refusal says why, and what to do instead."""
        assert refused.what.strip(), what
        assert refused.todo.strip(), (what, refused)
        assert refused.what[-1] in ".?!", refused
        self.refused[what] += 1

    def _once(self, ticket: Ticket, event: ev.AnyEvent) -> None:
        """No rule acts twice on one occasion, and none moves a ticket twice within one stay."""
        if not event.occasion:
            return
        key = (ticket.id, event.occasion)
        assert key not in self._done, (ticket.number, event)
        self._done.add(key)
        page, rule = self.pages[ticket.id], event.occasion.partition("/")[0]
        if isinstance(event, ev.Prompted):
            stay = f"{rule} on {ticket.tier} {event.run}"
            assert stay not in page.line_acts, (ticket.number, event)
            page.line_acts.add(stay)

    def _agrees(self, page: Page, ticket: Ticket) -> None:
        """The ticket on the disk is what its events say."""
        mine = (page.status, page.ended, page.line, page.priority)
        assert mine == (ticket.status, ticket.ended, ticket.tier, ticket.priority), ticket.number
        assert page.work * 60 == ticket.line_work, (ticket.number, page.work * 60, ticket.line_work)
        assert set(ticket.missing) == page.missing, ticket.number

    def _told(self, ticket: Ticket, events: Sequence[ev.AnyEvent], was: int) -> None:
        """Whatever is told to the contact by custom of the desk is told in the same act."""
        told, out = self._world.told, [e for e in events if _is_out(e)]
        for event in events:
            match event:
                case ev.Logged():
                    owes = ticket.channel in told.logged
                case ev.Escalated():
                    owes = True
                case ev.Resolved():
                    owes = told.resolved
                case ev.Closed():
                    owes = told.closed and bool(event.rule)
                case ev.Prioritised():
                    owes = told.prioritised and event.priority != was
                case _:
                    owes = False
            assert out or not owes, (ticket.number, event, "and the contact was told nothing")
        for event in out:
            assert event.text.strip(), event  # type: ignore[attr-defined]
            assert "{" not in event.text, event  # type: ignore[attr-defined]
        keys = [letter.key for letter in ticket.outbox]
        assert len(keys) == len(set(keys)), ticket.number

    def _count(self, kind: str, events: Sequence[ev.AnyEvent]) -> None:
        self.acts[kind] += 1
        for event in events:
            if event.occasion:
                self.ruled[event.occasion.partition("/")[0]] += 1

    def _expect(self, page: Page, now: int) -> None:
        page.version += 1
        for name, due in owed(self.policy.name, page, now):
            heapq.heappush(self._due, (due, page.id, page.version, name))


def _is_out(event: ev.AnyEvent) -> bool:
    return isinstance(event, ev.Messaged) and event.direction == "out"
