"""Exports made up for tests: a small ServiceNow history, and desks to bring it to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes.books import bundled_book
from tierline.desk.importing import ImportReport, import_files
from tierline.domain.ticket import Ticket
from tierline.storage.replica import Replica

NOW = datetime(2026, 11, 5, tzinfo=UTC)
COLUMNS = (
    "number,incident_state,made_sla,caller_id,opened_by,opened_at,sys_updated_by,sys_updated_at,"
    "sys_mod_count,contact_type,location,category,impact,urgency,priority,assignment_group,"
    "assigned_to,closed_code,resolved_by,resolved_at,closed_at"
).split(",")
_PLAIN = {
    "number": "INC1",
    "incident_state": "New",
    "made_sla": "true",
    "caller_id": "Ada Prior",
    "opened_by": "Mira",
    "opened_at": "13/3/2016 09:00",
    "sys_updated_by": "Tobias",
    "sys_updated_at": "13/3/2016 09:10",
    "sys_mod_count": "0",
    "contact_type": "Phone",
    "location": "Marrowby",
    "category": "Printer",
    "impact": "2 - Medium",
    "urgency": "2 - Medium",
    "priority": "3 - Moderate",
    "assignment_group": "Desk",
    "assigned_to": "?",
    "closed_code": "code 6",
    "resolved_by": "Priya",
    "resolved_at": "14/3/2016 10:00",
    "closed_at": "19/3/2016 12:00",
}


def row(**told: str) -> dict[str, str]:
    """A row of the log; `told` says what is different."""
    return _PLAIN | told


def course(number: str = "INC1") -> list[dict[str, str]]:
    """The history of a ticket: logged, assigned, waiting, resolved, re-opened, resolved, closed."""
    steps = (
        ("13/3/2016 09:10", "New", "?", "Desk", "3 - Moderate"),
        ("13/3/2016 09:30", "Active", "Tobias", "Desk", "3 - Moderate"),
        ("13/3/2016 11:00", "Awaiting User Info", "Tobias", "Desk", "2 - High"),
        ("13/3/2016 11:00", "Awaiting Problem", "Ravi", "Network", "2 - High"),
        ("14/3/2016 08:00", "Resolved", "Ravi", "Network", "2 - High"),
        ("14/3/2016 09:00", "Active", "Ravi", "Network", "2 - High"),
        ("14/3/2016 10:00", "Resolved", "Ravi", "Network", "2 - High"),
        ("19/3/2016 12:00", "Closed", "Ravi", "Network", "2 - High"),
    )
    return [
        row(
            number=number,
            sys_updated_at=at,
            incident_state=state,
            assigned_to=assignee,
            assignment_group=group,
            priority=priority,
            sys_mod_count=str(count),
        )
        for count, (at, state, assignee, group, priority) in enumerate(steps)
    ]


def as_csv(rows: Iterable[dict[str, str]], columns: Sequence[str] = COLUMNS, **how: Any) -> str:
    """Rows as the text of a CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, **how)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def written(folder: Path, content: str | bytes, name: str = "log.csv") -> Path:
    """A file with that content."""
    file = folder / name
    data = content.encode() if isinstance(content, str) else content
    file.write_bytes(data)
    return file


def bring(folder: Path, *files: Path, **how: Any) -> ImportReport:
    """Import to the desk in `folder` (new or not); times without a zone are UTC."""
    folder.mkdir(exist_ok=True)
    replica = Replica.open(folder, NOW)
    try:
        return import_files(replica, bundled_book(), files, **({"zone": "UTC", "now": NOW} | how))
    finally:
        replica.close()


def tickets(folder: Path) -> dict[str, Ticket]:
    """The tickets of a desk by number."""
    replica = Replica.open(folder, NOW)
    try:
        ids = replica.queues.ids(())
        found = [replica.tickets.get(ticket_id) for ticket_id in ids]
        return {stored.ticket.number: stored.ticket for stored in found if stored}
    finally:
        replica.close()
