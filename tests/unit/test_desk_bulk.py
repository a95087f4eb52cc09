"""The same act on a selection: looked at first, each ticket its own transaction, one undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.desks import TurnedClock, done, log, open_desk, refusal
from tierline.desk.bulk import act_filled, undo_all, weigh
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.storage.records import Client


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock=clock)
    yield opened
    opened.replica.close()


def test_a_preview_says_who_can_and_why_not_and_does_nothing(desk: Desk) -> None:
    first, ended, second = log(desk), log(desk), log(desk)
    done(desk.act(ended, cmd.Resolve(steps="Done.")))
    before = [desk.replica.tickets.get(each) for each in (first, ended, second)]
    preview = weigh(desk, (first, ended, second, "no such ticket"), cmd.Resolve(steps="Rebooted."))
    assert preview.can == (first, second)
    assert [each.number for each in preview.cannot] == ["CS0000002", ""]
    assert "is resolved and cannot be resolved" in preview.cannot[0].reason
    assert "no such ticket" in preview.cannot[1].reason
    assert preview.asks
    assert [desk.replica.tickets.get(each) for each in (first, ended, second)] == before


def test_nobody_is_asked_where_nothing_is_left_out(desk: Desk) -> None:
    ids = (log(desk), log(desk))
    assert not weigh(desk, ids, cmd.Take()).asks
    assert weigh(desk, ids, cmd.Message(text="We are on it.")).asks, "contacts are written to"


def test_a_message_is_filled_for_each_contact(desk: Desk) -> None:
    desk.replica.directory.put_clients([Client(name="Kestrelbrook School", policy="three-line")])
    one = log(desk)
    other = log(desk, client="Kestrelbrook School", contact="Orla Fennick")
    command = cmd.Resolve(steps="New ribbon {x}", message="Hello {contact}, {number}: {steps} {y}")
    told = [each.told for each in weigh(desk, (one, other), command).judged]
    assert told == [
        "Hello Elspeth, CS0000001: New ribbon {x} {y}",
        "Hello Orla, CS0000002: New ribbon {x} {y}",
    ]
    done(act_filled(desk, other, command))
    assert [message.text for message in desk.to_send(other)] == [told[1]]


def test_a_note_keeps_its_braces(desk: Desk) -> None:
    ticket = log(desk)
    done(act_filled(desk, ticket, cmd.Note(text='{"number": 5}')))
    view = desk.open_ticket(ticket)
    assert view is not None
    assert view.timeline[-1].text == '{"number": 5}'


def test_one_undo_counts_from_the_last_act_of_a_long_run(desk: Desk, clock: TurnedClock) -> None:
    ids, ops = [log(desk) for _ in range(3)], []
    for each in ids:
        ops.append(done(act_filled(desk, each, cmd.Take())).op_id)
        clock.turn(seconds=7)
    assert [done(each).ticket.assignee for each in undo_all(desk, ops)] == ["", "", ""]
    for each in ids:
        history = [r.operation.kind for r in desk.replica.tickets.operations(each)]
        assert history == ["log", "take", "undo"]


def test_after_ten_seconds_none_of_them_is_taken_back(desk: Desk, clock: TurnedClock) -> None:
    ops = [done(act_filled(desk, log(desk), cmd.Take())).op_id for _ in range(2)]
    clock.turn(seconds=11)
    assert ["ten seconds" in refusal(each).what for each in undo_all(desk, ops)] == [True, True]
    assert undo_all(desk, ()) == []


def test_what_somebody_acted_on_since_stays(desk: Desk, tmp_path: Path) -> None:
    ids = [log(desk), log(desk)]
    ops = [done(act_filled(desk, each, cmd.Take())).op_id for each in ids]
    other = open_desk(tmp_path, me="tobias", clock=desk.clock)  # type: ignore[arg-type]
    done(other.act(ids[0], cmd.Note(text="Seen")))
    last, first = undo_all(desk, ops)
    assert done(last).ticket.assignee == ""
    assert "acted on it since" in refusal(first).what
    other.replica.close()
