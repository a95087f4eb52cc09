"""A desk of version 1.0 gets the rules' column: backed up first, worked out anew from history."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from tests.fakes.books import bundled_book
from tests.fakes.made import NOW, logged, noted, projected
from tierline.desk.acting import Acting
from tierline.desk.recompute import recompute
from tierline.desk.timed_rules import run
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.ticket import fold_operations
from tierline.storage import guard
from tierline.storage.migrations import MIGRATIONS
from tierline.storage.replica import FILE, Replica

OLD = (MIGRATIONS[0],)


def old_desk(folder: Path) -> str:
    """A desk of 1.0 with a resolved ticket, a closed one and one worked on for 29 minutes."""
    Replica.open(folder, NOW, steps=OLD).close()
    raw = sqlite3.connect(folder / FILE)
    assert "rule_at" not in [row[1] for row in raw.execute("PRAGMA table_info(ticket)")]
    raw.close()
    first = logged(1, policy="tiered", tier=1)
    worked = ev.TimeLogged(at=NOW, by="mira", seconds=29 * 60)
    work = ev.Operation(
        op_id="00000000-0000-7000-8000-000000000001",
        ticket_id=first.ticket_id,
        kind="logtime",
        at=NOW,
        events=(worked,),
        by="mira",
    )
    _write_old(folder, first, work, noted(first.ticket_id, "still blank"))
    return first.ticket_id


def _write_old(folder: Path, *operations: ev.Operation) -> None:
    """Store as a 1.0 program did: without the column, and without what its fold did not know."""
    from tierline.storage import rows  # noqa: PLC0415

    raw = sqlite3.connect(folder / FILE)
    for seq, operation in enumerate(operations, 1):
        values = rows.journal_row(seq, seq, 0, operation)
        raw.execute(
            'INSERT INTO journal (seq, op_id, cseq, ticket_id, kind, v, base_seq, at, "by", events)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    values = rows.ticket_row(1, len(operations), projected(*operations))
    del values["rule_at"], values["hub_seq"]
    values["state"] = values["state"].replace('"line_work":1740', '"line_work":0')
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    raw.execute(f"INSERT INTO ticket ({columns}) VALUES ({marks})", tuple(values.values()))
    raw.commit()
    raw.close()


def test_an_old_desk_is_backed_up_and_migrated(tmp_path: Path) -> None:
    old_desk(tmp_path)
    replica = Replica.open(tmp_path, NOW)
    assert guard.version_of(tmp_path / FILE) == MIGRATIONS[-1].version
    assert [each.name for each in (tmp_path / "backups").iterdir()] == [
        "desk-1.0-20261105T104208Z.sqlite"
    ]
    replica.close()


def test_the_first_run_of_the_rules_folds_old_tickets_anew(tmp_path: Path) -> None:
    ticket_id = old_desk(tmp_path)
    replica, book = Replica.open(tmp_path, NOW), bundled_book()
    stored = replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.line_work == 0  # what the old fold did not know
    report = run(replica, book, NOW + timedelta(minutes=1))
    assert [act.rule for act in report.made] == ["line-limit-80, tiered v3"]
    stored = replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.line_work == 29 * 60
    history = [each.operation for each in replica.tickets.operations(ticket_id)]
    assert stored.ticket == fold_operations(history)
    replica.close()


def test_an_act_before_the_first_run_folds_the_ticket_anew_too(tmp_path: Path) -> None:
    ticket_id = old_desk(tmp_path)
    replica, book = Replica.open(tmp_path, NOW), bundled_book()
    Acting(replica, book).act(ticket_id, cmd.Note(text="Looking"), NOW, "mira")
    stored = replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.line_work == 29 * 60
    replica.close()


def test_a_recompute_before_the_first_run_does_as_well(tmp_path: Path) -> None:
    ticket_id = old_desk(tmp_path)
    replica, book = Replica.open(tmp_path, NOW), bundled_book()
    assert recompute(replica, book) == 1
    stored = replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.line_work == 29 * 60
    assert recompute(replica, book) == 0
    replica.close()
