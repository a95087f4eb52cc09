"""What whoever hands a ticket on is shown: tried lines, ways, receivers, and the clocks after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.desks import TurnedClock, done, log, open_desk
from tierline.desk import escalating, suggesting
from tierline.desk.desk import Desk
from tierline.desk.ticket_view import TicketView
from tierline.domain import commands as cmd
from tierline.domain.clocks import clocks
from tierline.storage.records import Client


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock=clock)
    opened.replica.directory.put_clients([Client(name="Kestrelbrook", policy="three-line")])
    yield opened
    opened.replica.close()


def three_line(desk: Desk) -> TicketView:
    return view(desk, log(desk, "Printer is silent", client="Kestrelbrook", channel="phone"))


def view(desk: Desk, ticket_id: str) -> TicketView:
    found = desk.open_ticket(ticket_id)
    assert found is not None
    return found


def test_tried_lines_are_the_notes_of_this_line_alone(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = three_line(desk).ticket.id
    done(desk.act(ticket_id, cmd.Note(text="Cable checked\nwith the teacher")))
    done(desk.act(ticket_id, cmd.Message(text="We are on it")))
    clock.turn(minutes=5)
    assert escalating.tried(view(desk, ticket_id), desk) == (("10:42", "Cable checked"),)
    done(desk.act(ticket_id, cmd.Escalate(tier=2, reason="remote", handover="x", message="m")))
    clock.turn(minutes=5)
    assert escalating.tried(view(desk, ticket_id), desk) == ()


def test_a_note_that_was_taken_back_was_not_tried(desk: Desk) -> None:
    ticket_id = three_line(desk).ticket.id
    note = done(desk.act(ticket_id, cmd.Note(text="wrong ticket")))
    done(desk.undo(note.op_id))
    assert escalating.tried(view(desk, ticket_id), desk) == ()


def test_C9_third_line_is_closed_to_first_and_says_from_where(desk: Desk) -> None:
    seen = three_line(desk)
    policy = desk.policy("three-line")
    steps = escalating.ways(seen, policy, 2)
    assert [(way.word, way.note) for way in steps[1:]] == [
        ("2nd line", "goes here"),
        ("3rd line", "only from 2nd line"),
    ]
    assert [way.open for way in steps] == [False, True, False]
    assert "2nd line" in escalating.no_way(policy, 1, 3)
    assert escalating.next_line(policy, 1) == 2
    assert escalating.next_line(policy, 3) == 0


def test_B7_a_policy_may_open_the_way_straight_to_third_line(desk: Desk) -> None:
    seen = view(desk, log(desk))
    steps = escalating.ways(seen, desk.policy("tiered"), 2)
    assert steps[2].open
    assert steps[2].note == "critical or very technical"


def test_receivers_come_by_skill_then_presence_then_load(desk: Desk) -> None:
    seen = three_line(desk)
    assert [each.person.id for each in suggesting.suggested(desk, seen.ticket, 2)] == [
        "priya",
        "ines",
        "ravi",
    ]


def test_whoever_holds_it_is_no_receiver(desk: Desk) -> None:
    ticket_id = three_line(desk).ticket.id
    escalate = cmd.Escalate(tier=2, reason="remote", handover="x", message="m", assignee="priya")
    held = done(desk.act(ticket_id, escalate)).ticket
    assert "priya" not in [each.person.id for each in suggesting.suggested(desk, held, 2)]


def test_the_sentence_is_made_of_what_was_tried_or_left_to_the_person() -> None:
    last = escalating.Tried("10:42", "Second laptop, same")
    assert escalating.handover_sentence("Cannot be resolved", [last]).endswith(
        "Second laptop, same"
    )
    assert escalating.handover_sentence("Cannot be resolved", []) == ""
    assert escalating.handover_sentence("", [last]) == ""


def test_the_clocks_after_an_escalation_are_those_that_then_run(desk: Desk) -> None:
    ticket = three_line(desk).ticket
    command = cmd.Escalate(tier=2, reason="remote", handover="x", message="m")
    said = escalating.clocks_after(desk, ticket, command)
    assert "1st line limit stops." in said
    assert "2nd line limit starts: due " in said
    after = done(desk.act(ticket.id, command)).ticket
    limits = [c for c in clocks(after, desk.policy("three-line"), desk.clock()) if c.due]
    due = min(c.due for c in limits if c.rule.table.letter == "L" and c.due)
    assert f"{due.astimezone(desk.zone):%H:%M}" in said
    assert said.count("2nd line limit") == 1


def test_what_waits_is_said_to_pause_and_to_go_on(desk: Desk) -> None:
    ticket_id = log(desk)
    wait = cmd.ChangeStatus(status="waiting-client", reason="asked")
    assert "Fix pauses." in escalating.clocks_after(desk, view(desk, ticket_id).ticket, wait)
    done(desk.act(ticket_id, wait))
    go_on = cmd.ChangeStatus(status="in-progress")
    assert "Fix goes on, due " in escalating.clocks_after(desk, view(desk, ticket_id).ticket, go_on)


def test_a_raised_priority_moves_the_dues(desk: Desk) -> None:
    ticket = view(desk, log(desk)).ticket
    raised = cmd.Prioritise(impact=1, urgency=1, reason="everyone")
    said = escalating.clocks_after(desk, ticket, raised)
    assert "Fix is now due Thu 5 Nov 14:42." in said
    assert "Call starts: due Thu 5 Nov 10:57." in said


def test_a_refused_draft_says_why_instead(desk: Desk) -> None:
    ticket = three_line(desk).ticket
    command = cmd.Escalate(tier=3, reason="x", handover="y")
    assert "takes no tickets" in escalating.clocks_after(desk, ticket, command)
