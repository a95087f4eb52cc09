"""Exports of the tools that users come from: each found by its header, its words understood."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.fakes.books import bundled_book
from tests.transfer.files import NOW, as_csv, bring, course, row, tickets, written
from tierline.desk.importing import format_names
from tierline.desk.importing.formats import shipped
from tierline.desk.timeline import timeline
from tierline.domain.ticket import Ticket
from tierline.storage.replica import Replica
from tierline.system import assets
from tierline.transfer.mapping import FIELDS, Mapping, load


def one(folder: Path, *, format_: str) -> Ticket:
    """The only ticket of a desk, which came in by the format expected."""
    (ticket,) = tickets(folder).values()
    assert ticket.source == format_
    return ticket


def workbook(file: Path, rows: list[list[Any]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in rows:
        sheet.append(cells)
    book.save(file)
    return file


def test_a_history_of_servicenow(tmp_path: Path) -> None:
    report = bring(tmp_path / "desk", written(tmp_path, as_csv(course())))
    ticket = one(tmp_path / "desk", format_="servicenow")
    assert report.log
    assert [(s.value, s.at.strftime("%d %H:%M")) for s in ticket.statuses] == [
        ("new", "13 09:00"),
        ("in-progress", "13 09:30"),
        ("waiting-client", "13 11:00"),
        ("Awaiting Problem", "13 11:00"),
        ("resolved", "14 08:00"),
        ("in-progress", "14 09:00"),
        ("resolved", "14 10:00"),
        ("closed", "19 12:00"),
    ]
    assert (ticket.priority, ticket.impact, ticket.urgency) == (2, 2, 2)
    assert (ticket.client, ticket.contact, ticket.channel) == ("Marrowby", "Ada Prior", "phone")
    assert (ticket.group, ticket.assignee, ticket.reopens) == ("Network", "Ravi", 1)
    assert ticket.facts["made_sla"] == "true"


def test_a_snapshot_of_servicenow_as_a_workbook_with_labels(tmp_path: Path) -> None:
    header = [
        "Number",
        "Opened",
        "Short description",
        "Caller",
        "Priority",
        "State",
        "On hold reason",
        "Assignment group",
        "Assigned to",
        "Updated",
        "Resolved",
        "Resolution notes",
    ]
    dates = ("2026-03-02 09:00", "2026-03-03 12:00", "2026-03-04 17:30")
    opened, solved, updated = map(datetime.fromisoformat, dates)
    file = workbook(
        tmp_path / "incident.xlsx",
        [
            header,
            [
                "INC7",
                opened,
                "Printer =out=",
                "Ada",
                "2 - High",
                "On Hold",
                "Awaiting Vendor",
                "Desk",
                "Mira",
                updated,
                None,
                None,
            ],
            [
                "INC8",
                opened,
                "Slow PC",
                "Ben",
                "4 - Low",
                "Resolved",
                None,
                "Desk",
                "Mira",
                updated,
                solved,
                "New disk",
            ],
        ],
    )
    report = bring(tmp_path / "desk", file)
    found = tickets(tmp_path / "desk")
    assert not report.log
    assert (found["INC7"].status, found["INC7"].priority) == ("waiting-vendor", 2)
    assert found["INC7"].logged_at == opened.replace(tzinfo=UTC)
    assert found["INC8"].resolved_at == datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert found["INC8"].steps == "New disk"


def test_a_snapshot_as_of_an_instant_knows_only_what_was_then(tmp_path: Path) -> None:
    file = written(
        tmp_path, as_csv([row(incident_state="Closed", sys_updated_at="30/3/2016 08:00")])
    )
    for day, ended in ((13, ""), (15, "resolved"), (20, "closed"), (31, "closed")):
        folder = tmp_path / f"{day}"
        bring(folder, file, as_of=datetime(2016, 3, day, 23, tzinfo=UTC))
        ticket = one(folder, format_="servicenow")
        assert ticket.ended == ended
        assert ("state" in ticket.facts) is (day == 31)
    bring(tmp_path / "12", file, as_of=datetime(2016, 3, 12, tzinfo=UTC))
    assert tickets(tmp_path / "12") == {}
    bring(tmp_path / "13", file)
    assert tickets(tmp_path / "13") == tickets(tmp_path / "31")


def test_zendesk_csv_and_json_lines(tmp_path: Path) -> None:
    text = (
        "Id,Requester,Assignee,Group,Subject,Status,Priority,Via,Created at,Updated at,Solved at,"
        "Reopens,First reply time in minutes\n"
        "35436,Ada Prior,Mira,Support,VPN drops,Pending,Urgent,Web form,2026-03-02 09:00:00 +0100,"
        "2026-03-02 10:00:00 +0100,,0,12\n"
    )
    bring(tmp_path / "csv", written(tmp_path, text))
    ticket = one(tmp_path / "csv", format_="zendesk")
    assert (ticket.number, ticket.status, ticket.priority) == ("35436", "waiting-client", 1)
    assert (ticket.channel, ticket.logged_at) == ("portal", datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert ticket.facts["first_reply_time_in_minutes"] == "12"
    lines = [
        {
            "id": n,
            "subject": "VPN",
            "status": "hold",
            "priority": "low",
            "requester_id": 5,
            "via": {"channel": "email"},
            "created_at": "2026-03-02T08:00:00Z",
            "updated_at": "2026-03-02T09:00:00Z",
            "tags": ["a", "b"],
        }
        for n in (1, 2)
    ]
    data = "\n".join([*map(json.dumps, lines), "{broken"])
    report = bring(tmp_path / "json", written(tmp_path, data, "tickets.json"))
    found = tickets(tmp_path / "json")
    assert (found["1"].channel, found["2"].status) == ("mail", "waiting-vendor")
    assert found["1"].facts["tags"] == "a, b"
    assert [bad.number for bad in report.bad] == [3]


def test_jira_gathers_repeated_headers_and_takes_wide_rows(tmp_path: Path) -> None:
    text = (
        "Issue key,Summary,Status,Issue Type,Priority,Reporter,Created,Updated,Labels,Labels\n"
        "SD-7,No sound,Waiting for customer,[System] Incident,High,ada,02/Mar/26 9:05 AM,"
        "02/Mar/26 4:30 PM,audio,room,extra\n"
    )
    bring(tmp_path / "desk", written(tmp_path, text), from_="jira")
    ticket = one(tmp_path / "desk", format_="jira")
    assert (ticket.status, ticket.type, ticket.priority) == ("waiting-client", "incident", 2)
    assert ticket.logged_at == datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    assert ticket.changed_at == datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    assert ticket.facts["labels"] == "audio\nroom"


def test_freshdesk(tmp_path: Path) -> None:
    text = (
        "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,"
        "Resolved time,Closed time,Last updated time,Resolution time (in hrs),Full name,"
        "Company Name\n"
        "9,Toner,4,4,Email,Question,Mira,Desk,2026-03-02 09:00:00,2026-03-05 09:00:00,"
        "2026-03-03 12:15:00,,2026-03-03 12:15:00,27:15:00,Ada Prior,Marrowby\n"
    )
    bring(tmp_path / "desk", written(tmp_path, text))
    ticket = one(tmp_path / "desk", format_="freshdesk")
    assert (ticket.status, ticket.priority, ticket.client) == ("resolved", 1, "Marrowby")
    assert ticket.facts["resolution_time_(in_hrs)"] == "27:15:00"


def test_osticket_with_its_mark_semicolons_and_apostrophes(tmp_path: Path) -> None:
    text = (
        "\ufeffTicket Number;Date Created;Subject;From;Priority;Current Status;Department\r\n"
        "123456;3/14/26 9:05 AM;'=cmd|x;Ada;High;Open;Support\r\n"
        "123457;3/4/26 9:05 AM;'quoted' word;Ada;High;Open;Support\r\n"
    )
    bring(tmp_path / "desk", written(tmp_path, text))
    found = tickets(tmp_path / "desk")
    assert (found["123456"].subject, found["123457"].subject) == ("=cmd|x", "'quoted' word")
    assert found["123457"].logged_at == datetime(2026, 3, 4, 9, 5, tzinfo=UTC)


def test_glpi_with_its_own_delimiter_and_several_values_in_a_cell(tmp_path: Path) -> None:
    text = (
        '"ID";"Title";"Status";"Priority";"Opening date";"Last update";"Requester - Requester";'
        '"Assigned to - Technician"\n'
        '"12";"Scanner";"Processing (planned)";"Very high";"2026-03-02 09:00";"2026-03-02 10:00";'
        '"Ada\nBen";"Mira"\n'
    )
    bring(tmp_path / "desk", written(tmp_path, text))
    ticket = one(tmp_path / "desk", format_="glpi")
    assert (ticket.status, ticket.priority, ticket.contact) == ("planned", 1, "Ada\nBen")


def test_zammad_json(tmp_path: Path) -> None:
    found = [
        {
            "id": 3,
            "number": "72003",
            "title": "Mail",
            "state": "merged",
            "priority": "3 high",
            "group": "Users",
            "customer": "ada@x.example",
            "article_count": 2,
            "created_at": "2026-03-02T08:00:00.000Z",
            "updated_at": "2026-03-02T09:00:00.000Z",
        }
    ]
    bring(tmp_path / "desk", written(tmp_path, json.dumps(found), "tickets.json"))
    ticket = one(tmp_path / "desk", format_="zammad")
    assert (ticket.external_id, ticket.number, ticket.ended) == ("3", "72003", "cancelled")


def test_xes_packed_or_not(tmp_path: Path) -> None:
    def event(at: str, state: str, team: str) -> str:
        return (
            f"<event><string key='org:group' value='{team}'/><string key='impact' value='Major'/>"
            f"<string key='lifecycle:transition' value='{state}'/>"
            f"<date key='time:timestamp' value='{at}'/></event>"
        )

    text = (
        "<?xml version='1.0'?><log><trace><string key='concept:name' value='1-7'/>"
        + event("2012-03-25T01:30:00+01:00", "In Progress", "V30")
        + event("2012-03-25T03:30:00+02:00", "Wait", "V30 2nd")
        + "</trace></log>"
    )
    for name, data in (("log.xes", text.encode()), ("log.xes.gz", gzip.compress(text.encode()))):
        bring(tmp_path / name.replace(".", "-"), written(tmp_path, data, name))
        ticket = one(tmp_path / name.replace(".", "-"), format_="xes")
        assert [(s.value, s.at.hour) for s in ticket.tiers] == [("1", 0), ("2", 1)]
        assert (ticket.status, ticket.priority, ticket.group) == ("Wait", 1, "V30 2nd")


def test_a_generic_csv_with_a_mapping_of_ones_own(tmp_path: Path) -> None:
    example = assets.path("mappings") / "example.toml"
    text = (
        "Ticket No,Title,Status,Waiting for,Prio,Customer,Team,Opened,Changed,Computer,Mood\n"
        "7,Toner out,on hold,customer,B,Marrowby,Desk 2nd,3/4/2026 09:00,3/14/2026 09:00,PC-7,sad\n"
    )
    bring(tmp_path / "desk", written(tmp_path, text), mapping=example)
    ticket = one(tmp_path / "desk", format_="acme")
    assert (ticket.status, ticket.priority, ticket.tier) == ("waiting-client", 2, 2)
    assert ticket.logged_at == datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert (ticket.details, ticket.facts["mood"]) == ({"computer": "PC-7"}, "sad")


def test_words_that_nobody_knows_stay_visible(tmp_path: Path) -> None:
    strange = row(incident_state="-100", priority="9 - Whenever", contact_type="Pigeon")
    report = bring(tmp_path / "desk", written(tmp_path, as_csv([strange])))
    ticket = one(tmp_path / "desk", format_="servicenow")
    assert (ticket.status, ticket.priority, ticket.channel) == ("-100", 0, "Pigeon")
    assert ticket.facts["priority"] == "9 - Whenever"
    assert {field: list(words) for field, words in report.unknown.items()} == {
        "state": ["-100"],
        "priority": ["9 - Whenever"],
        "channel": ["Pigeon"],
    }


def test_one_date_tells_the_order_for_all_and_is_remembered(tmp_path: Path) -> None:
    plain = {
        "sys_updated_at": "4/5/2016 09:00",
        "opened_at": "4/5/2016 08:00",
        "resolved_at": "?",
        "closed_at": "?",
    }
    sure = written(tmp_path, as_csv([row(**plain | {"opened_at": "4/25/2016 08:00"})]), "sure.csv")
    unsure = written(tmp_path, as_csv([row(**plain | {"number": "INC2"})]), "unsure.csv")
    told = bring(tmp_path / "desk", unsure)
    assert any("no date tells day from month" in said for said in told.warnings)
    bring(tmp_path / "other", sure)
    told = bring(tmp_path / "other", unsure)
    assert tickets(tmp_path / "desk")["INC2"].logged_at.month == 5
    assert tickets(tmp_path / "other")["INC2"].logged_at.month == 4
    assert told.warnings == ()


@pytest.mark.parametrize("mapping", shipped(), ids=lambda mapping: mapping.name)
def test_every_shipped_mapping_is_a_format_and_knows_our_words(mapping: Mapping) -> None:
    assert mapping.name in format_names()
    assert mapping.title
    assert mapping.detect


def test_the_example_shows_every_key() -> None:
    text = (assets.path("mappings") / "example.toml").read_text(encoding="utf-8")
    example = load(text, "example.toml")
    for name in Mapping.__struct_fields__:
        assert f"{name} =" in text or f"[{name}]" in text
    shown = set(example.columns)
    assert shown >= set(FIELDS) - {"external_id", "id", "created_at"}


def test_the_timeline_says_what_a_source_changed(tmp_path: Path) -> None:
    rows = course()
    rows[1] |= {"assigned_to": "?", "assignment_group": "Network", "incident_state": "New"}
    rows[2] = rows[1] | {"made_sla": "false", "sys_mod_count": "2"}
    bring(tmp_path / "desk", written(tmp_path, as_csv(rows[:3])))
    replica = Replica.open(tmp_path / "desk", NOW)
    (ticket_id,) = replica.queues.ids(())
    history = replica.tickets.operations(ticket_id)
    replica.close()
    entries = timeline(history, (), bundled_book().get("playbook"))
    assert [entry.verb for entry in entries][-2:] == [
        "gave it to Network",
        "changed it where it came from",
    ]
    assert entries[-1].text == "mod count: 2\nmade sla: false"
