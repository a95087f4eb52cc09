"""Tickets and their history as tables for other tools, and for a Tierline elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

import msgspec

from tierline.desk.desk import Desk
from tierline.desk.site_export import PART_COLUMNS, VISIT_COLUMNS, part_rows, visit_rows
from tierline.desk.timeline import timeline
from tierline.domain.clocks import Deadline
from tierline.domain.errors import Refusal
from tierline.domain.events import encode_events
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr
from tierline.storage.records import Recorded
from tierline.transfer.watching import Progress, Watch
from tierline.transfer.writing import SUFFIXES, Cell, write_table

What = Literal["tickets", "history", "visits", "parts"]
_DETAIL = "detail."
TICKET_COLUMNS = (
    "number subject client contact contact_reach status status_word reason priority impact urgency "
    "tier type category channel assignee group policy opened_at opened_by updated_at resolved_at "
    "closed_at steps description reopens next_clock next_due source external_id id facts"
).split()
HISTORY_COLUMNS = "number at by what text ticket_id op_id kind v events".split()
_ROWS = {"history": "rows", "visits": "visits", "parts": "parts"}


class ExportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was written where. `cut` counts cells too long for a sheet."""

    what: str
    file: str
    tickets: int
    rows: int
    size: int
    cut: int = 0
    seconds: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """The report for `--json`."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        return data

    def as_text(self) -> str:
        """The report in a line or two."""
        rows = "" if self.what == "tickets" else f"{self.rows:,} {_ROWS[self.what]} of "
        said = f"Wrote {rows}{self.tickets:,} tickets to {self.file} ({self.size / 1e6:.1f} MB)."
        if self.cut:
            said += f"\n{self.cut:,} texts are longer than a sheet's cell holds and were cut there."
            said += " CSV and JSON keep them whole."
        return said


def export(
    desk: Desk,
    what: What,
    out: Path,
    filter_: str = "",
    *,
    now: datetime,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportReport | Refusal:
    """Write the tickets a filter finds (all open ones unless it says otherwise), or their history.

    The suffix of `out` is the format; of a history, what was acted until `now` is written.
    Formulas are made harmless; importing the file gives every text back as it was. The file is
    replaced in one step when all of it is written.

    Raises:
        WorldError: it could not be written; what was there is as it was.
        CancelledError: the caller wanted it to stop; nothing was written.
    """
    began = perf_counter()
    if out.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        return Refusal(
            tr("{name} has no format that is known here.", name=out.name),
            tr("End it in {kinds}.", kinds=kinds),
            "out",
        )
    ids = desk.ids("all", filter_)
    if isinstance(ids, Refusal):
        return ids
    watch = Watch(progress, cancelled)

    def told(done: int) -> None:
        watch.tell(done, len(ids), "write", "rows")

    header, rows = _table(desk, what, ids, now)
    written = write_table(out, header, rows, told)
    return ExportReport(
        what=what,
        file=str(out),
        tickets=len(ids),
        rows=written.rows,
        size=written.size,
        cut=written.cut,
        seconds=perf_counter() - began,
    )


def _table(
    desk: Desk, what: What, ids: Sequence[str], now: datetime
) -> tuple[list[str], Iterator[Sequence[Cell]]]:
    """The header and the rows of what is asked for."""
    if what == "history":
        return HISTORY_COLUMNS, _history(desk, ids, now)
    if what == "visits":
        return VISIT_COLUMNS, visit_rows(desk, ids)
    if what == "parts":
        return PART_COLUMNS, part_rows(desk, ids)
    return _tickets(desk, ids)


def _tickets(desk: Desk, ids: Sequence[str]) -> tuple[list[str], Iterator[Sequence[Cell]]]:
    """The header, with a column for each detail that any ticket has, and the rows."""
    details = sorted({key for ticket_id in ids for key in _ticket(desk, ticket_id)[0].details})
    header = [*TICKET_COLUMNS, *(f"{_DETAIL}{key}" for key in details)]
    return header, (_ticket_row(desk, ticket_id, details) for ticket_id in ids)


def _ticket(desk: Desk, ticket_id: str) -> tuple[Ticket, tuple[Deadline, ...]]:
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    return stored.ticket, stored.deadlines


def _ticket_row(desk: Desk, ticket_id: str, details: Sequence[str]) -> Sequence[Cell]:
    ticket, deadlines = _ticket(desk, ticket_id)
    policy = desk.policy(ticket.policy)
    following = (
        next((each for each in deadlines if not each.stopped), None) if ticket.open else None
    )
    told: dict[str, Cell] = {
        "status_word": policy.status(ticket.status).word,
        "reason": ticket.status_why if ticket.open else "",
        "opened_at": _when(ticket.logged_at),
        "opened_by": ticket.logged_by,
        "updated_at": _when(ticket.changed_at),
        "resolved_at": _when(ticket.resolved_at),
        "closed_at": _when(ticket.closed_at),
        "next_clock": following.word if following else "",
        "next_due": _when(following.due) if following else "",
        "facts": ticket.facts,
    }
    row = [told[name] if name in told else getattr(ticket, name) for name in TICKET_COLUMNS]
    return [*row, *(ticket.details.get(key, "") for key in details)]


def _history(desk: Desk, ids: Sequence[str], now: datetime) -> Iterator[Sequence[Cell]]:
    for ticket_id in ids:
        ticket, _ = _ticket(desk, ticket_id)
        recorded = desk.replica.tickets.operations(ticket_id)
        yield from _operations(desk, ticket, [r for r in recorded if r.operation.at <= now])


def _operations(
    desk: Desk, ticket: Ticket, recorded: Sequence[Recorded]
) -> Iterator[Sequence[Cell]]:
    """A row for each act: what a person reads of it, and what a program needs to have it again."""
    told: dict[str, list[tuple[str, str]]] = {}
    for entry in timeline(recorded, (), desk.policy(ticket.policy), desk.people.name):
        told.setdefault(entry.op_id, []).append((entry.verb, entry.text))
    for each in recorded:
        operation = each.operation
        said = told.get(operation.op_id, [])
        yield [
            ticket.number,
            _when(operation.at),
            operation.by,
            "; ".join(verb for verb, _ in said),
            "\n".join(text for _, text in said if text),
            operation.ticket_id,
            operation.op_id,
            operation.kind,
            operation.v,
            msgspec.json.decode(encode_events(operation.events)),
        ]


def _when(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""
