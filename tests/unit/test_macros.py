"""Macros: a preview that does nothing, steps done in turn, one undo, and recording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from tests.fakes.desks import START, TurnedClock, done, log, open_desk, refusal
from tierline.desk.bulk import undo_all
from tierline.desk.desk import Desk
from tierline.desk.macros import plan, recorded, run, word_of
from tierline.domain import commands as cmd
from tierline.domain import macros as steps
from tierline.domain.macros import AnyStep, Macro, step_of

REPLY = Macro(
    id="m",
    name="Ask for the serial",
    steps=(
        steps.TakeStep(),
        steps.MessageStep(text="Hello {contact}, which serial number has it? {number}"),
        steps.StatusStep(status="waiting-client", reason="serial of {client}", minutes=120),
    ),
)
EVERY: tuple[AnyStep, ...] = (
    steps.TakeStep(timer=True),
    steps.ReleaseStep(),
    steps.AssignStep(person="tobias"),
    steps.NoteStep(text="Seen", plan=True),
    steps.MessageStep(text="Hello", channel="phone"),
    steps.StatusStep(status="waiting-client", reason="asked", minutes=90),
    steps.PriorityStep(impact=1, urgency=2, reason="All of them"),
    steps.TimeStep(minutes=75, text="Cabling"),
    steps.ResolveStep(steps="Done", message="It works", channel="phone"),
)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock=clock)
    yield opened
    opened.replica.close()


def kinds(desk: Desk, ticket_id: str) -> list[str]:
    return [each.operation.kind for each in desk.replica.tickets.operations(ticket_id)]


def test_a_preview_has_the_texts_as_they_would_go_out_and_does_nothing(desk: Desk) -> None:
    ticket_id = log(desk)
    planned = plan(desk, ticket_id, REPLY)
    assert [each.word for each in planned] == [
        "Take it",
        "Message",
        "Set to Waiting: client, look again after 2 h",
    ]
    assert planned[1].text == "Hello Elspeth, which serial number has it? CS0000001"
    assert planned[2].text == "serial of Pellow & Voss Legal"
    assert [each.reason for each in planned] == ["", "", ""]
    assert kinds(desk, ticket_id) == ["log"]


def test_steps_are_ordinary_acts_and_one_undo_takes_all_back(desk: Desk) -> None:
    ticket_id = log(desk)
    before = desk.replica.tickets.get(ticket_id)
    answers = [done(each) for each in run(desk, ticket_id, REPLY)]
    assert kinds(desk, ticket_id) == ["log", "take", "message", "changestatus"]
    assert answers[-1].message == "Ask for the serial: 3 steps on CS0000001."
    after = answers[-1].ticket
    assert (after.assignee, after.status) == ("mira", "waiting-client")
    assert after.until == START + timedelta(hours=2)
    for each in undo_all(desk, [each.op_id for each in answers]):
        done(each)
    now = desk.replica.tickets.get(ticket_id)
    assert before is not None
    assert now is not None
    assert (now.ticket.assignee, now.ticket.status) == (before.ticket.assignee, "new")


def test_the_first_refusal_ends_it_and_says_what_was_done(desk: Desk) -> None:
    ticket_id = log(desk)
    macro = Macro(
        id="m",
        name="Close it",
        steps=(
            steps.NoteStep(text="Told by phone"),
            steps.StatusStep(status="no such status"),
            steps.NoteStep(text="never written"),
        ),
    )
    planned = plan(desk, ticket_id, macro)
    assert planned[0].reason == ""
    assert "no such status" in planned[1].reason
    assert planned[2].reason == "Not reached: a step before it is refused."
    first, last = run(desk, ticket_id, macro)
    assert done(first).message == "Close it: 1 step on CS0000001."
    assert refusal(last).what.startswith("Close it stopped at step 2 of 3, Set to ")
    assert "Done before it: Note. Ctrl Z takes that back." in refusal(last).todo
    assert kinds(desk, ticket_id) == ["log", "note"]


def test_what_is_mine_already_is_not_taken_again(desk: Desk) -> None:
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Take()))
    assert plan(desk, ticket_id, REPLY)[0].skipped
    assert len(run(desk, ticket_id, REPLY)) == 2
    assert kinds(desk, ticket_id) == ["log", "take", "message", "changestatus"]


def test_a_ticket_that_is_gone_is_said(desk: Desk) -> None:
    (planned,) = plan(desk, "no such ticket", REPLY)
    assert "no such ticket" in planned.reason
    (answer,) = run(desk, "no such ticket", REPLY)
    assert "no such ticket" in refusal(answer).what


@pytest.mark.parametrize("step", EVERY, ids=lambda step: type(step).__name__)
def test_every_step_is_recorded_as_it_was_done_and_kept_as_it_is(desk: Desk, step: AnyStep) -> None:
    assert step_of(step.command(START), START) == step
    kept = msgspec.json.encode(Macro(id="m", name="One", steps=(step,)))
    assert msgspec.json.decode(kept, type=Macro).steps == (step,)
    assert word_of(step, desk, desk.policy("playbook"))


def test_every_kind_of_step_is_tried() -> None:
    assert {type(each) for each in EVERY} == set(get_args(AnyStep))


def test_what_belongs_to_one_ticket_is_no_step() -> None:
    assert step_of(cmd.Settle(conflict="x", choice="keep"), START) is None
    assert step_of(cmd.Prioritise(priority=2, reason="asked"), START) is None


def test_recording_puts_the_facts_of_the_ticket_in_braces(desk: Desk) -> None:
    ticket_id = log(desk)
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    said = steps.MessageStep(text="Hello Elspeth, CS0000001 is with us. Elspethia stays.")
    (step,) = recorded([(stored.ticket, said)])
    assert step == steps.MessageStep(text="Hello {contact}, {number} is with us. Elspethia stays.")
