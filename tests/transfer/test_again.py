"""Whatever part of a source comes first, or twice, or is broken off: the desk ends the same."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.books import bundled_book
from tests.fakes.desks import done
from tests.transfer.files import as_csv, bring, course, row, tickets, written
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.storage.replica import Replica

ROWS = [
    *course("INC1"),
    *course("INC2")[:5],
    *course("INC3")[2:],
    row(number="INC4"),
    *course("INC5")[4:6],
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("whole")
    bring(folder / "desk", written(folder, as_csv(ROWS)))
    return dict(tickets(folder / "desk"))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_parts_in_any_order_lead_to_the_same_desk(
    whole: dict[str, object], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(range(len(ROWS))))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(ROWS)), max_size=3)))
    parts = [
        [ROWS[i] for i in shuffled[a:b]]
        for a, b in zip([0, *cuts], [*cuts, len(ROWS)], strict=True)
    ]
    again = data.draw(st.lists(st.sampled_from(range(len(parts))), max_size=2))
    with tempfile.TemporaryDirectory() as folder:
        _bring_parts(Path(folder), [p for p in [*parts, *(parts[i] for i in again)] if p])
        assert tickets(Path(folder) / "desk") == whole


def _bring_parts(folder: Path, parts: Sequence[Sequence[dict[str, str]]]) -> None:
    for place, part in enumerate(parts):
        bring(folder / "desk", written(folder, as_csv(part), f"{place}.csv"))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stop=st.integers(0, 30))
def test_an_import_stopped_anywhere_goes_on_when_run_again(
    whole: dict[str, object], stop: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, asked = written(folder, as_csv(ROWS)), iter(range(1_000))
        report = bring(folder / "desk", file, cancelled=lambda: next(asked) >= stop)
        assert report.cancelled or stop > 3
        bring(folder / "desk", file)
        assert tickets(folder / "desk") == whole


def test_the_second_time_nothing_changes(tmp_path: Path) -> None:
    file = written(tmp_path, as_csv(ROWS))
    first, second = (bring(tmp_path / "desk", file) for _ in range(2))
    assert (first.made, first.updated, first.unchanged) == (5, 0, 0)
    assert (second.made, second.updated, second.unchanged, second.operations) == (0, 0, 5, 0)


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, as_csv(ROWS))
    dry = bring(tmp_path / "desk", file, dry_run=True)
    assert tickets(tmp_path / "desk") == {}
    real = bring(tmp_path / "desk", file)
    assert (dry.made, dry.operations) == (real.made, real.operations)
    assert "5 would be made" in dry.as_text()
    assert "made_sla  'true'" in dry.as_text()
    assert "state: 'Awaiting Problem' (3)" in dry.as_text()


def test_what_was_worked_on_here_stays_when_older_rows_come(tmp_path: Path) -> None:
    rows = course()
    bring(tmp_path / "desk", written(tmp_path, as_csv(rows[2:5]), "late.csv"))
    replica = Replica.open(tmp_path / "desk", datetime.now(UTC))
    desk = Desk(replica, bundled_book(), "mira", lambda: datetime(2016, 3, 14, 8, 30, tzinfo=UTC))
    (ticket_id,) = replica.queues.ids(())
    done(desk.act(ticket_id, cmd.Note(text="Told Ada on the corridor.")))
    replica.close()
    report = bring(tmp_path / "desk", written(tmp_path, as_csv(rows), "all.csv"))
    assert any("rows older than known ones" in said for said in report.warnings)
    replica = Replica.open(tmp_path / "desk", datetime.now(UTC))
    kinds = [r.operation.kind for r in replica.tickets.operations(ticket_id)]
    assert "note" in kinds
    stored = replica.tickets.get(ticket_id)
    assert stored is not None
    assert (stored.ticket.status, stored.ticket.reopens) == ("closed", 1)
    assert replica.text.search("corridor") == [ticket_id]
    replica.close()


def test_two_sources_may_have_the_same_number(tmp_path: Path) -> None:
    columns = '[columns]\nnumber = "no"\nsubject = "what"\n'
    file = written(tmp_path, "no,what\nINC1,Toner\ninc1,Paper\n", "other.csv")
    own = written(tmp_path, f'name = "other"\n{columns}', "own.toml")
    bring(tmp_path / "desk", written(tmp_path, as_csv(course())))
    bring(tmp_path / "desk", file, mapping=own)
    report = bring(tmp_path / "desk", file, mapping=own)
    assert report.unchanged == 2
    assert sorted(tickets(tmp_path / "desk")) == ["INC1", "other-INC1", "other-inc1-2"]


def test_overlapping_files_at_once(tmp_path: Path, whole: dict[str, object], seed: int) -> None:
    shuffled = random.Random(seed).sample(ROWS, len(ROWS))
    files = [
        written(tmp_path, as_csv(part), f"{place}.csv")
        for place, part in enumerate((shuffled[:12], shuffled[6:], shuffled[3:9]))
    ]
    bring(tmp_path / "desk", *files)
    assert tickets(tmp_path / "desk") == whole
