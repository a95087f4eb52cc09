"""Which alarms come most often, and do they help: a week of the desk's history, read again.

What is counted is in the log, so that every console of a shared desk finds the same; what single
people were told, within their budget, is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.domain import events as ev
from tierline.domain.clocks import Deadline, State, deadlines
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket, grown
from tierline.domain.tongue import tr
from tierline.storage.queues import OPEN, Where
from tierline.storage.replica import Replica

WEEK = timedelta(days=7)
_AT_A_TIME = 200
_MOST = 1_000_000


class Noisy(NamedTuple):
    """One threshold of one clock of a policy: how often it was reached, and what came of it.

    `in_time` are those whose clock did not go on to its breach (of a breach there are none),
    `waiting` those of which one cannot tell yet.
    """

    policy: str
    clock: str
    threshold: str
    times: int
    in_time: int
    waiting: int

    @property
    def words(self) -> str:
        """Clock and threshold: "Fix, 80 % used"."""
        return f"{self.clock}, {self.threshold}"


class _Raised(NamedTuple):
    policy: str
    clock: str
    threshold: str
    outcome: str  # "in time", "over" or "waiting"


def noisiest(
    replica: Replica, book: PolicyBook, until: datetime, span: timedelta = WEEK
) -> tuple[Noisy, ...]:
    """The alarms of the time before `until` (aware UTC), the most frequent first.

    Some milliseconds for each ticket that was open or changed in it: not for the storage thread.
    """
    since = until - span
    changed = replica.queues.ids([Where("changed_at", "after", (since,))], limit=_MOST)
    ids = list(dict.fromkeys((*changed, *replica.queues.ids([OPEN], limit=_MOST))))
    counts: dict[tuple[str, str, str], list[str]] = {}
    for start in range(0, len(ids), _AT_A_TIME):
        for history in replica.tickets.histories(ids[start : start + _AT_A_TIME]):
            for raised in _of(history, book, since, until):
                counts.setdefault(raised[:3], []).append(raised.outcome)
    found = (
        Noisy(*rule, len(told), told.count("in time"), told.count("waiting"))
        for rule, told in counts.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.times, each[:3])))


def _of(
    history: Sequence[ev.AnyEvent], book: PolicyBook, since: datetime, until: datetime
) -> Iterator[_Raised]:
    """The alarms that one ticket had in the span."""
    known: dict[tuple[str, str, str], _Raised] = {}
    over: dict[tuple[str, str], datetime] = {}
    going: set[tuple[str, str]] = set()
    for ticket, start, end in _stays(history, since, until):
        if not ticket.open:
            going = set()
            continue
        policy = book.get(ticket.policy)
        found = [d for d in deadlines(ticket, policy) if d.state == State.RUNNING and d.due]
        for each in found:
            for alarm, at in _reached(each, policy, ticket.priority):
                if at >= end:
                    continue
                raised = _Raised(policy.name, each.word, policy.alarms[alarm].threshold, "")
                counts = max(at, start) >= since
                known.setdefault((each.name, each.run, alarm), raised if counts else _NONE)
            if each.due and each.due < end:
                over[each.name, each.run] = each.due
        going = {(each.name, each.run) for each in found}
    for (name, run, _), raised in known.items():
        if raised is not _NONE:
            waiting = (name, run) in going
            outcome = "over" if (name, run) in over else "waiting" if waiting else tr("in time")
            yield raised._replace(outcome=outcome)


_NONE = _Raised("", "", "", "")  # raised before the span


def _stays(
    history: Sequence[ev.AnyEvent], since: datetime, until: datetime
) -> Iterator[tuple[Ticket, datetime, datetime]]:
    """The ticket between one act and the next, from the last act before the span on."""
    ticket: Ticket | None = None
    for at, event in enumerate(history):
        ticket = grown(ticket, (event,), "")
        end = history[at + 1].at if at + 1 < len(history) else until
        if ticket is not None and event.at <= until and end >= since:
            yield ticket, event.at, min(end, until)


def _reached(clock: Deadline, policy: Policy, priority: int) -> Iterable[tuple[str, datetime]]:
    """Each alarm of a running clock, and when it stands if nothing happens."""
    yield from ((mark.alarm, mark.at) for mark in clock.marks)
    for name, table in policy.alarms.items():
        if table.breach and table.covers(clock.name, priority) and clock.due:
            yield name, clock.due
