"""What is exported is harmless to a spreadsheet and comes back as it was."""

from __future__ import annotations

import csv
import json
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.fakes.books import bundled_book
from tests.fakes.desks import START, done, log, open_desk, refusal
from tests.transfer.files import NOW, as_csv, bring, course, tickets, written
from tierline.desk.desk import Desk
from tierline.desk.exporting import ExportReport, export
from tierline.domain import commands as cmd
from tierline.domain.errors import WorldError
from tierline.storage.replica import Replica
from tierline.transfer.cells import RISKY, neutral, restored
from tierline.transfer.watching import CancelledError

LATER = START + timedelta(days=9)
NASTY = (
    '=HYPERLINK("http://x","y")',
    "+1 800 555",
    "-2+3",
    "@SUM(A1)",
    "'=quoted already",
    "'''-often",
    "it's plain",
    "\ttabbed",
    'a,b;c|d\n"quoted"\r\nlines',
    "abc \u202e fed \U0001f469\u200d\U0001f527",
    "\uff1dwide",
    "<b>bold</b>",
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = open_desk(tmp_path / "one")
    for text in NASTY:
        ticket_id = log(desk, f"x{text}".strip(), description=text, contact=text.strip())
        done(desk.act(ticket_id, cmd.FillDetails(subject=text, details={"computer": text})))
    resolved = log(desk, "Done", priority=4)
    done(desk.act(resolved, cmd.Take()))
    done(desk.act(resolved, cmd.Resolve(steps="=Changed the cable\nand the port")))
    return desk


def written_file(desk: Desk, out: Path, what: str, filter_: str = "is:any") -> ExportReport:
    report = export(desk, what, out, filter_, now=LATER)  # type: ignore[arg-type]
    assert isinstance(report, ExportReport)
    return report


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_tickets_come_back_unchanged_on_another_desk(
    desk: Desk, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"tickets{suffix}"
    written_file(desk, out, "tickets")
    report = bring(tmp_path / "two", out, now=LATER)
    assert (report.made, report.bad_count) == (len(NASTY) + 1, 0)
    names = (
        "number subject description client contact status priority impact urgency tier type "
        "channel category assignee group details logged_at logged_by changed_at resolved_at ended "
        "steps"
    ).split()
    before, after = tickets(tmp_path / "one"), tickets(tmp_path / "two")
    for number, ticket in before.items():
        for name in names:
            assert getattr(after[number], name) == getattr(ticket, name), (number, name)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_a_history_comes_back_act_by_act(desk: Desk, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"history{suffix}"
    written_file(desk, out, "history")
    report = bring(tmp_path / "two", out, now=LATER)
    assert (report.made, report.bad_count) == (len(NASTY) + 1, 0)
    assert tickets(tmp_path / "two") == tickets(tmp_path / "one")
    again = bring(tmp_path / "two", out, now=LATER)
    assert (again.made, again.updated, again.operations) == (0, 0, 0)


def test_an_imported_history_is_exported_and_comes_back(tmp_path: Path) -> None:
    bring(tmp_path / "one", written(tmp_path, as_csv(course())))
    replica = Replica.open(tmp_path / "one", NOW)
    desk = Desk(replica, bundled_book(), "mira", lambda: NOW)
    report = export(desk, "history", tmp_path / "out.csv", "is:any", now=NOW)
    replica.close()
    assert isinstance(report, ExportReport)
    assert (report.tickets, report.rows) == (1, 9)
    bring(tmp_path / "two", tmp_path / "out.csv")
    assert tickets(tmp_path / "two") == tickets(tmp_path / "one")


def test_an_export_brought_to_its_own_desk_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    for what in ("tickets", "history"):
        written_file(desk, tmp_path / f"{what}.csv", what)
        report = bring(tmp_path / "one", tmp_path / f"{what}.csv", now=LATER)
        assert (report.made, report.updated, report.unchanged) == (0, 0, len(NASTY) + 1)


def test_no_cell_of_a_sheet_or_csv_begins_a_formula(desk: Desk, tmp_path: Path) -> None:
    written_file(desk, tmp_path / "out.csv", "tickets")
    written_file(desk, tmp_path / "out.xlsx", "tickets")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    found = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell.startswith(RISKY)]
    assert not [c for c in found if c.data_type == "f" or str(c.value or "").startswith(RISKY)]


@given(st.text())
def test_any_text_survives_being_made_harmless(text: str) -> None:
    assert restored(neutral(text)) == text
    assert not neutral(text).startswith(RISKY)


def test_control_characters_and_long_texts_in_a_sheet(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "one")
    log(desk, "bell \x07 rings", description="y" * 40_000)
    report = written_file(desk, tmp_path / "out.xlsx", "tickets")
    assert report.cut == 1
    assert "were cut" in report.as_text()
    bring(tmp_path / "two", tmp_path / "out.xlsx")
    (ticket,) = tickets(tmp_path / "two").values()
    assert ticket.subject == "bell \x07 rings"


def test_a_filter_narrows_and_open_ones_are_the_rule(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert written_file(desk, out, "tickets", "").tickets == len(NASTY)
    assert written_file(desk, out, "tickets", "is:resolved").tickets == 1
    (only,) = json.loads(out.read_text(encoding="utf-8"))
    assert (only["subject"], only["steps"]) == ("Done", "=Changed the cable\nand the port")
    assert "is:nonsense" in refusal(export(desk, "tickets", out, "is:nonsense", now=LATER)).what
    wrong = refusal(export(desk, "tickets", tmp_path / "out.doc", now=LATER))
    assert ".xlsx" in wrong.todo


def test_nothing_found_is_a_table_with_a_header_only(desk: Desk, tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx", ".json"):
        assert written_file(desk, tmp_path / f"no{suffix}", "tickets", "client:nobody").rows == 0


def test_a_file_is_there_whole_or_as_it_was(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "out.csv"
    out.write_text("old")
    with pytest.raises(CancelledError):
        export(desk, "tickets", out, now=LATER, cancelled=lambda: True)
    assert [file.name for file in folder.iterdir()] == ["out.csv"]
    assert out.read_text() == "old"
    written_file(desk, out, "tickets")
    assert [file.name for file in folder.iterdir()] == ["out.csv"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~mask
    with pytest.raises(WorldError, match="could not be written"):
        export(desk, "tickets", tmp_path / "nowhere" / "out.csv", now=LATER)
    with pytest.raises(WorldError, match="could not be written"):
        (tmp_path / "folder.csv").mkdir()
        export(desk, "tickets", tmp_path / "folder.csv", now=LATER)


def test_a_history_that_was_tampered_with_is_told_by_row(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "history.json"
    written_file(desk, out, "history")
    rows = json.loads(out.read_text(encoding="utf-8"))
    rows[0]["events"] = [{"kind": "logged"}]
    rows[2]["events"] = "nonsense"
    rows[5]["op_id"] = ""
    out.write_text(json.dumps(rows))
    report = bring(tmp_path / "two", out, now=LATER)
    assert {bad.number for bad in report.bad} >= {1, 3, 6}
    assert "its acts make no ticket" in report.as_text()
    assert report.made == len(NASTY) + 1 - len({rows[n]["ticket_id"] for n in (0, 2)})


def test_progress_is_told(desk: Desk, tmp_path: Path) -> None:
    told: list[int] = []
    export(
        desk, "tickets", tmp_path / "out.csv", now=LATER, progress=lambda p: told.append(p.total)
    )
    assert told == [len(NASTY)]
