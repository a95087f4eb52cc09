"""What the policies do by themselves, carried out: in any console and in the agent, once each.

Any number of programs may run this at once. Every act is decided inside the write transaction on
what it reads, and has the same operation id wherever it is made, so the second one finds it done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec

from tierline.domain import events as ev
from tierline.domain.policy_book import PolicyBook
from tierline.domain.rules.due import RuleAct, due_acts
from tierline.domain.rules.keys import KIND
from tierline.domain.ticket import Ticket, evolve
from tierline.domain.tongue import tr
from tierline.storage.projection import more_words, project
from tierline.storage.records import Projection
from tierline.storage.refold import current
from tierline.storage.replica import Replica
from tierline.storage.writing import Writing

_BATCH = 50  # tickets a transaction: a technician's act never waits long for its turn
_DID = {
    "prompt": "asked",
    "escalate": "escalated",
    "raise": "raised",
    "remind": "reminded",
    "message": "told",
    "resolve": "resolved for no contact",
    "close": "closed",
    "task": "given to a lead",
    "ask": "asked how it was",
    "expire": "expired",
    "loop": "stopped from going round in circles",
}


class Made(msgspec.Struct, frozen=True):
    """An act that is on the disk: which rule did what to which ticket, and what it told."""

    ticket_id: str
    number: str
    rule: str
    does: str
    due: datetime
    op_id: str
    events: tuple[ev.AnyEvent, ...] = ()


class RulesReport(NamedTuple):
    """What one run did, and the tickets it left alone because a clock was set back.

    With `more` it stopped at as many as it was allowed, and should be asked again.
    """

    made: tuple[Made, ...]
    held: tuple[str, ...]
    at: datetime
    more: bool = False

    def then(self, later: RulesReport) -> RulesReport:
        """Both runs as one, for one notice."""
        held = dict.fromkeys((*self.held, *later.held))
        return RulesReport((*self.made, *later.made), tuple(held), later.at, later.more)

    @property
    def counts(self) -> dict[str, int]:
        """How many acts of each kind, the gravest kinds first."""
        counted = Counter(act.does for act in self.made)
        return {does: counted[does] for does in _ORDER if counted[does]}

    def sentence(self) -> str:
        """All of it as one notice: "3 escalated, 2 resolved for no contact."; "" for nothing."""
        said = ", ".join(f"{count} {_DID[does]}" for does, count in self.counts.items())
        parts = (
            [tr("{said}{said2} by the rules.", said=said[:1].upper(), said2=said[1:])]
            if said
            else []
        )
        if self.held:
            one = len(self.held) == 1
            many = tr("1 ticket has") if one else tr("{count} tickets have", count=len(self.held))
            parts.append(
                tr(
                    "{many} changes later than this clock: check the time of this machine.",
                    many=many,
                )
            )
        return " ".join(parts)


_ORDER = "loop escalate raise resolve close task expire prompt message remind ask".split()


def run(
    replica: Replica, book: PolicyBook, now: datetime, by: str = "", most: int = 0
) -> RulesReport:
    """Make every act that is due by `now` (aware UTC); `by` is the console that does it.

    With `most` it changes so many tickets at a time, the longest overdue first, so that a console
    that slept can do other things in between. Milliseconds when nothing is due. A crash in the
    middle loses nothing: what was not made is due the next time.

    Raises:
        WorldError: the disk refused; what was made before stays made.
    """
    made: list[Made] = []
    held: list[str] = []
    seen: set[str] = set()
    changed = 0
    while True:
        ids = [i for i in replica.queues.ruled(now, _BATCH + len(seen)) if i not in seen][:_BATCH]
        if not ids or (most and changed >= most):
            return RulesReport(tuple(made), tuple(held), now, more=bool(ids))
        seen.update(ids)
        with replica.writing() as writing:
            batch = _Batch(writing, book, now, by)
            for ticket_id in ids:
                batch.look(ticket_id)
            batch.store()
        changed += batch.changed
        made += batch.made
        held += batch.held


class _Batch:
    """Some tickets in one transaction."""

    def __init__(self, writing: Writing, book: PolicyBook, now: datetime, by: str) -> None:
        self._writing = writing
        self._book = book
        self._now = now
        self._by = by
        self._acts: list[tuple[tuple[ev.Operation, ...], Projection]] = []
        self._seen_at = 0
        self._anew: list[tuple[int, Projection]] = []
        self.made: list[Made] = []
        self.held: list[str] = []

    @property
    def changed(self) -> int:
        """How many tickets this leaves in another state."""
        return len(self._acts) + len(self._anew)

    def look(self, ticket_id: str) -> None:
        """Decide on the ticket as this very transaction has it."""
        stored = self._writing.stored(ticket_id)
        if stored is None:
            return
        ticket = current(stored, self._writing.operations)
        policy = self._book.get(ticket.policy)
        if self._now < ticket.changed_at:
            self.held.append(ticket.number)
        fresh = self._not_done(due_acts(ticket, policy, self._now))
        after, happened = ticket, [event for act in fresh for event in act.events]
        for event in happened:
            after = evolve(after, event)
        projection = project(after, self._book.get(after.policy), more_words(after, happened))
        if fresh:
            operations = tuple(self._operation(ticket, act) for act in fresh)
            self._acts.append((operations, projection))
            self._seen_at = max(self._seen_at, stored.seq)
            self.made += [_made(ticket, act) for act in fresh]
        elif projection.rule_at != stored.rule_at:
            self._anew.append((stored.seq, projection))

    def store(self) -> None:
        """Put all of it on the disk."""
        if self._acts:
            self._writing.record_all(self._acts, base_seq=self._seen_at)
        if self._anew:
            self._writing.project(self._anew)

    def _not_done(self, due: Iterable[RuleAct]) -> list[RuleAct]:
        """The acts that are not here yet: those here count, or were refused by the hub."""
        wanted = list(due)
        if not wanted:
            return []
        known = self._writing.known_operations(act.op_id for act in wanted)
        return [act for act in wanted if act.op_id not in known]

    def _operation(self, ticket: Ticket, act: RuleAct) -> ev.Operation:
        return ev.Operation(
            op_id=act.op_id,
            ticket_id=ticket.id,
            kind=KIND,
            at=self._now,
            events=act.events,
            by=self._by,
        )


def _made(ticket: Ticket, act: RuleAct) -> Made:
    return Made(ticket.id, ticket.number, act.label, act.does, act.at, act.op_id, act.events)
