"""The real logs beside the checkout, brought to desks, and what can be counted on such a desk."""

from __future__ import annotations

import sqlite3
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.fakes.books import bundled_book
from tierline.desk.importing import ImportReport, import_files
from tierline.domain import events as ev
from tierline.domain.ticket import Ticket, fold_operations
from tierline.storage.instants import from_us
from tierline.storage.replica import Replica

SHARED = Path(__file__).parents[3] / "shared" / "data"
UCI = SHARED / "uci_incident_event_log.zip"
VOLVO = SHARED / "bpic13_incidents.xes.gz"
NOW = datetime(2026, 11, 5, tzinfo=UTC)


class Case(NamedTuple):
    """A ticket of the desk with its whole history."""

    ticket: Ticket
    history: tuple[ev.Operation, ...]

    @property
    def rows(self) -> list[ev.Operation]:
        """The operations that were rows of the log."""
        return [op for op in self.history if op.kind == "import"]

    @property
    def events(self) -> list[ev.AnyEvent]:
        """Every event, in order."""
        return [event for op in self.history for event in op.events]

    def as_of(self, instant: datetime) -> Ticket | None:
        """The ticket as it stood then."""
        then = [op for op in self.history if op.at <= instant]
        return fold_operations(then) if then else None


class Brought(NamedTuple):
    """A desk with a log on it."""

    report: ImportReport
    cases: list[Case]

    @property
    def tickets(self) -> list[Ticket]:
        """The tickets as they stand."""
        return [case.ticket for case in self.cases]

    def count(self, holds: Callable[[Ticket], object]) -> int:
        """How many tickets are so."""
        return sum(bool(holds(ticket)) for ticket in self.tickets)

    def by_fact(self, name: str) -> Counter[str]:
        """How many tickets say what."""
        return Counter(ticket.facts.get(name, "") for ticket in self.tickets)


def bring(file: Path, folder: Path, as_of: datetime | None = None) -> Brought:
    """Import a log to a new desk; its times are read as UTC, since it names no zone."""
    if not file.is_file():
        pytest.skip(f"{file.name} is not in {file.parent}; the real logs are not in the repository")
    replica = Replica.open(folder, NOW)
    try:
        report = import_files(replica, bundled_book(), [file], as_of=as_of, zone="UTC", now=NOW)
    finally:
        replica.close()
    return Brought(report, list(cases_of(folder / "desk.sqlite")))


def cases_of(file: Path) -> Iterator[Case]:
    """Every ticket as the desk's file has it, with its journal."""
    connection = sqlite3.connect(file)
    query = 'SELECT ticket_id, op_id, kind, at, "by", events FROM journal ORDER BY ticket_id, seq'
    for _, group in groupby(connection.execute(query), lambda row: row[0]):
        history = tuple(
            ev.Operation(
                op_id=op_id,
                ticket_id=ticket_id,
                kind=kind,
                at=from_us(at),
                by=by,
                events=ev.decode_events(events),
            )
            for ticket_id, op_id, kind, at, by, events in group
        )
        yield Case(fold_operations(history), history)
    connection.close()


def instant(fact: str) -> datetime:
    """A date among the facts of a ticket."""
    return datetime.fromisoformat(fact).replace(tzinfo=UTC)


def hours_to_resolve(ticket: Ticket) -> float:
    """How long it took by the source's own account; 0 when it tells of no resolution."""
    told = ticket.facts.get("resolved_at")
    return (instant(told) - ticket.logged_at) / timedelta(hours=1) if told else 0.0


def median_hours(tickets: Iterable[Ticket]) -> float:
    """Median time to resolve of those that took any."""
    return statistics.median(h for t in tickets if (h := hours_to_resolve(t)) > 0)


def teams(case: Case) -> list[str]:
    """The teams that held a ticket, one after the other."""
    found: list[str] = []
    for event in case.events:
        group = getattr(event, "group", None)
        if isinstance(event, ev.Assigned | ev.Escalated) and group is not None:
            found.append(group)
    return found


def ping_pong(case: Case) -> bool:
    """Whether a ticket went from one team to another and straight back."""
    held = teams(case)
    return any(first == third for first, third in zip(held, held[2:], strict=False))


def reopened_after(case: Case, kind: type[ev.Event]) -> bool:
    """Whether a ticket was re-opened straight from an end of that kind."""
    ends = [e for e in case.events if isinstance(e, ev.Resolved | ev.Closed | ev.Reopened)]
    return any(
        isinstance(before, kind) and isinstance(after, ev.Reopened)
        for before, after in pairwise(ends)
    )
