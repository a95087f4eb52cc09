"""Every act as a command: done, refused with why and what to do, wrong usage."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.desks import log, open_desk

TICKET_KEYS = {
    "number", "id", "subject", "description", "type", "category", "client", "contact",
    "contact_reach", "channel", "priority", "impact", "urgency", "tier", "group", "ended", "source",
    "external_id", "reopens", "details", "facts", "policy", "status", "status_word", "status_why",
    "until", "assignee", "assignee_name", "logged_at", "changed_at", "resolved_at", "closed_at",
    "missing", "work_seconds", "clocks", "to_send", "prompts", "tasks", "flags",
}  # fmt: skip
TO_2 = ("--to", "2")
DONE: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("take", (), {"assignee": "mira", "status": "in-progress"}),
    ("assign", ("Tobias Lund",), {"assignee": "tobias", "assignee_name": "Tobias Lund"}),
    ("note", ("Cleared", "the", "queue"), {"status": "new"}),
    ("message", ("On its way", "--channel", "phone"), {"status": "new"}),
    ("message", ("Still blank", "--received"), {"status": "new"}),
    ("time", ("15m", "Cabling"), {"work_seconds": {"1": 900}}),
    ("time", ("--start",), {"status": "new"}),
    ("status", ("in-progress",), {"status": "in-progress"}),
    ("status", ("On site",), {"status": "on-site"}),
    ("wait", ("client", "--reason", "Serial number"), {"status": "waiting-client"}),
    ("prioritise", ("--priority", "2", "--reason", "All stand still"), {"priority": 2}),
    ("escalate", (*TO_2, "--reason", "1", "--handover", "Driver", "--message", "Hi"), {"tier": 2}),
    ("consult", ("--to", "2", "--whom", "priya", "Is it signed?"), {"tier": 1}),
    ("resolve", ("New driver",), {"ended": "resolved", "status": "resolved"}),
    ("cancel", ("--reason", "Sent twice"), {"ended": "cancelled"}),
    ("fill", ("--category", "Printing", "--detail", "outage=none"), {"category": "Printing"}),
    ("verify", ("call-back",), {"status": "new"}),
)  # fmt: skip
REFUSED = (
    ("release", (), "Nobody holds"),
    ("assign", ("nobody-like-that",), "Nobody here is called"),
    ("note", ("   ",), "The text is empty."),
    ("message", (), "The text is empty."),
    ("time", (), "No time was given."),
    ("time", ("soon",), '"soon" is not an amount of time'),
    ("time", ("--stop",), "No work timer runs"),
    ("status", ("resolved",), '"resolved" is no status.'),
    ("wait", ("client",), "Waiting needs its reason."),
    ("wait", ("client", "--reason", "x", "--until", "2020-01-01"), "in the past"),
    ("wait", ("client", "--reason", "x", "--until", "some day"), '"some day" is not a time.'),
    ("prioritise", ("--priority", "1"), "needs a reason"),
    ("escalate", ("--to", "2"), "The reason is missing."),
    ("escalate", ("--to", "2", "--reason", "1"), "The handover is empty."),
    ("escalate", ("--to", "2", "--reason", "1", "--handover", "x"), "message to the contact"),
    ("escalate", ("--to", "1", "--reason", "1"), "already"),
    ("consult", ("--to", "9", "?"), "not another line"),
    ("resolve", (), "The steps is empty."),
    ("reopen", ("x",), "is open"),
    ("close", (), "Only a resolved ticket"),
    ("cancel", (), "The reason is empty."),
    ("fill", (), "Nothing was filled in."),
    ("verify", (), "The how is empty."),
    ("undo", (), "Logging is not undone"),
)
USAGE = (
    ("take",),
    ("assign", "1"),
    ("escalate", "1", "--reason", "1"),
    ("escalate", "1", "--to", "two"),
    ("prioritise", "1", "--priority", "7"),
    ("time", "1", "--start", "--stop"),
    ("note", "1", "text", "--bogus"),
    ("fill", "1", "--detail", "without a sign"),
    ("wibble",),
)


@pytest.mark.parametrize(("command", "words", "expected"), DONE)
def test_an_act_is_done_and_said_so(
    cli: Terminal, number: str, command: str, words: tuple[str, ...], expected: dict[str, Any]
) -> None:
    answer = cli.done(command, number, *words, json=True)
    assert set(answer.data) == {"done", "op_id", "seq", "undo_until", "ticket"}
    ticket = answer.data["ticket"]
    assert set(ticket) == TICKET_KEYS
    assert {key: ticket[key] for key in expected} == expected
    assert answer.err == ""


@pytest.mark.parametrize(("command", "words", "why"), REFUSED)
def test_an_act_is_refused_in_two_lines(
    cli: Terminal, number: str, command: str, words: tuple[str, ...], why: str
) -> None:
    before = cli.done("show", number, json=True).data
    answer = cli(command, number, *words)
    assert (answer.code, answer.out) == (1, "")
    assert why in answer.err
    assert 1 <= len(answer.err.splitlines()) <= 2
    assert cli.done("show", number, json=True).data == before


@pytest.mark.parametrize("words", USAGE)
def test_wrong_usage_ends_with_two(cli: Terminal, number: str, words: tuple[str, ...]) -> None:
    answer = cli(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "Usage: tierline" in answer.err


@pytest.mark.parametrize(
    "command", [c for c, _, _ in DONE if c not in ("assign", "status", "wait")]
)
def test_an_unknown_ticket_is_refused(cli: Terminal, number: str, command: str) -> None:
    more = ("--to", "2") if command in ("escalate", "consult") else ()
    why, todo = cli.refused(command, "CS9999999", *more)
    assert why == 'There is no ticket "CS9999999".'
    assert "search" in todo


def test_a_refusal_is_json_too(cli: Terminal, number: str) -> None:
    answer = cli("note", number, "", json=True)
    assert answer.code == 1
    assert answer.data == {
        "refused": {"what": "The text is empty.", "todo": "Write something first.", "field": "text"}
    }


def test_a_number_is_found_the_way_people_say_it(cli: Terminal, number: str) -> None:
    for typed in (number, number.lstrip("CS0"), f"#{number.lstrip('CS0')}"):
        assert number in cli.done("note", typed, "found").out


def test_an_ambiguous_figure_changes_nothing(cli: Terminal, number: str) -> None:
    desk = open_desk(cli.folder)
    log(desk, "The same figure from another tool", number="INC0000001")
    desk.replica.close()
    assert cli.refused("note", "1", "whose?") == (
        '"1" can mean 2 tickets.',
        f"One of: INC0000001, {number}.",
    )
    assert "INC0000001" in cli.done("note", "INC0000001", "This one").out


def test_the_reason_is_chosen_by_number_key_or_words(cli: Terminal) -> None:
    for reason in ("2", "time", "needs more time than first line can give", "more time"):
        ticket = cli.log()
        words = ("--to", "2", "--reason", reason, "--handover", "x", "--message", "y")
        assert cli.done("escalate", ticket, *words).out == f"Escalated {ticket} to 2nd line.\n"
        assert "Needs more time" in cli.done("show", ticket).out


def test_a_refused_reason_lists_the_policys(cli: Terminal, number: str) -> None:
    _, todo = cli.refused("escalate", number, "--to", "2", "--reason", "because")
    assert "1 skill: Needs skills or rights that first line lacks" in todo
    assert "3 site: Needs someone on site" in todo


def test_wait_reads_times_as_the_forms_do(cli: Terminal, number: str) -> None:
    words = ("client", "--reason", "Serial number", "--until")
    answer = cli.done("wait", number, *words, "2h", json=True).data
    assert answer["ticket"]["until"] == "2026-11-05T01:42:00+00:00"
    answer = cli.done("wait", number, "vendor", "--reason", "x", "--until", "16:00", json=True).data
    assert answer["ticket"]["until"] == "2026-11-05T05:00:00+00:00"


def test_an_act_is_taken_back_within_ten_seconds(cli: Terminal, number: str) -> None:
    cli.done("take", number)
    cli.now = "2026-11-04T23:42:15Z"
    assert "Taken back" in cli.done("undo", number).out
    assert cli.done("show", number, json=True).data["assignee"] == ""
    cli.now = "2026-11-04T23:50Z"
    cli.done("take", number)
    cli.now = "2026-11-04T23:51Z"
    assert cli.refused("undo", number)[0] == "The ten seconds to undo are over."


def test_times_that_are_none_are_refused_with_a_form(cli: Terminal, number: str) -> None:
    assert cli.refused("time", number, "soon") == (
        '"soon" is not an amount of time.',
        'Write it like "15m", "1h 30m" or "2bd".',
    )
    words = ("client", "--reason", "x", "--until", "some day")
    assert cli.refused("wait", number, *words)[1].startswith("Write it like")


def test_a_slip_in_who_acts_is_no_new_person(cli: Terminal, number: str) -> None:
    cli.me = "mria"
    assert cli.refused("take", number) == (
        'Nobody here is called "mria".',
        "Did you mean mira (Mira Okonedo)?",
    )
    cli.me = "newcomer"
    assert cli.done("take", number, json=True).data["ticket"]["assignee"] == "newcomer"


def test_a_history_is_not_written_backwards(cli: Terminal, number: str) -> None:
    cli.now = "2026-11-04T20:00Z"
    why, todo = cli.refused("take", number)
    assert "has changed since" in why
    assert "--now" in todo


def test_a_note_is_read_from_standard_input(cli: Terminal, number: str) -> None:
    cli.done("note", number, "-", stdin="first line\nsecond line\n")
    assert "first line\n                second line" in cli.done("show", number).out


def test_a_merged_ticket_names_the_other_and_is_asked_about_first(
    cli: Terminal, number: str
) -> None:
    other = cli.log("The same again")
    merge = ("merge", other, "--reason", "Sent twice", "--into", number.lstrip("CS0"))
    assert "--yes" in " ".join(cli.refused(*merge))
    cli.done(*merge, "--template", "--yes")
    shown = cli.done("show", other).out
    assert f"merged it into {number}" in shown
    assert f"about the same as {number}" in shown
    assert f"merged {other} into it" in cli.done("show", number).out
    same = ("merge", number, "--reason", "x", "--into", number, "--yes")
    assert "into itself" in cli.refused(*same)[0]
    assert "A merge is not taken back" in cli.refused("undo", other)[0]
