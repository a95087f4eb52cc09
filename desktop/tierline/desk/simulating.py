"""Replay a desk's history under another policy: what would have breached, and what would not.

Nothing is written. Every ticket is judged twice from its own history, clock by clock: under the
policy it runs under, and under the other one. See `verdicts`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import perf_counter

from tierline.desk.desk import Desk
from tierline.desk.filters import parse_filter
from tierline.desk.simulation import Simulation
from tierline.desk.simulation_sums import Sums
from tierline.desk.verdicts import Judge, replayed
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.storage.queues import Where
from tierline.transfer.watching import Progress, Watch

_BATCH = 500


def simulate(
    desk: Desk,
    other: Policy,
    filter_: str = "",
    *,
    policy_of: str = "",
    now: datetime,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Simulation | Refusal:
    """Judge the desk's tickets, ended ones too, under their own policy and under `other`.

    A filter expression narrows them, and so does the name of the policy they run under. What is
    not stopped yet is judged as of `now` (aware), and nothing that came later counts.

    Raises:
        CancelledError: it was not wanted any more.
        WorldError: the desk cannot be read.
    """
    began, watch = perf_counter(), Watch(progress, cancelled)
    ids = _chosen(desk, filter_, policy_of)
    if isinstance(ids, Refusal):
        return ids
    sums, judges = Sums(other, desk.zone, now), _Judges(desk.book, other)
    for start in range(0, len(ids), _BATCH):
        watch.tell(start, len(ids), "replaying", "tickets")
        for history in desk.replica.tickets.histories(ids[start : start + _BATCH]):
            happened = [event for event in history if event.at <= now]
            if not happened:
                continue
            own, pair = judges.of(happened)
            ticket, found = replayed(happened, pair, now)
            sums.add(own, ticket, happened, found)
    watch.tell(len(ids), len(ids), "replaying", "tickets")
    return sums.simulation(perf_counter() - began)


class _Judges:
    """A pair of judges for each policy that tickets of the desk run under."""

    def __init__(self, book: PolicyBook, other: Policy) -> None:
        self._book = book
        self._other = Judge(other, recalls=True)
        self._own: dict[str, tuple[Policy, tuple[Judge, Judge]]] = {}

    def of(self, history: list[ev.AnyEvent]) -> tuple[Policy, tuple[Judge, Judge]]:
        """The policy a ticket runs under in the end (clocks count by that from creation)."""
        name = ""
        for event in history:
            if isinstance(event, ev.Logged | ev.PolicyChanged):
                name = event.policy
        if name not in self._own:
            own = self._book.get(name)
            self._own[name] = (own, (Judge(own), self._other))
        return self._own[name]


def _chosen(desk: Desk, filter_: str, policy_of: str) -> list[str] | Refusal:
    understood = parse_filter(filter_, desk.asker())
    if isinstance(understood, Refusal):
        return understood
    wheres = list(understood.wheres)
    if policy_of:
        wheres.append(Where("policy", "is", (policy_of,)))
    ids = desk.replica.queues.ids(wheres, words=understood.words, sort="number")
    if not ids:
        named = f" under {policy_of}" if policy_of else ""
        return Refusal(f"There is no such ticket{named}.", "Widen the filter, or leave it out.")
    return ids
