"""One contract for every replica: in memory and in a file, an act behaves the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.exc import IntegrityError

from tests.fakes.books import bundled_book
from tests.fakes.desks import START, done, refusal
from tests.fakes.made import NOW, logged, noted, projected
from tests.fakes.memory_replica import MemoryReplica
from tierline.desk.acting import Acting
from tierline.domain import commands as cmd
from tierline.domain.ticket import fold_operations
from tierline.storage.records import Draft
from tierline.storage.replica import Replica

LOG = cmd.Log(
    number="",
    subject="Till 3",
    channel="mail",
    client="Tamsin Vale",
    contact="Wes Dray",
    impact=3,
    urgency=2,
)


@pytest.fixture(params=["memory", "file"])
def replica(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Replica]:
    made = MemoryReplica() if request.param == "memory" else Replica.open(tmp_path, NOW)
    yield cast("Replica", made)
    made.close()


@pytest.fixture
def acting(replica: Replica) -> Acting:
    return Acting(replica, bundled_book())


def test_history_comes_back_in_order_and_whole(replica: Replica) -> None:
    first = logged(1)
    notes = [noted(first.ticket_id, f"n{i}") for i in range(5)]
    with replica.writing() as writing:
        writing.record_all([((first, *notes), projected(first, *notes))])
    found = replica.tickets.operations(first.ticket_id)
    assert [each.operation for each in found] == [first, *notes]
    assert [each.cseq for each in found] == [1, 2, 3, 4, 5, 6]
    assert {each.state for each in found} == {"pending"}


def test_a_transaction_is_all_or_nothing(replica: Replica) -> None:
    first = logged(1)
    with pytest.raises(RuntimeError), replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)
        writing.add_alias("X-1", first.ticket_id)
        raise RuntimeError
    assert replica.tickets.count() == 0
    assert replica.tickets.find("X-1") is None


def test_an_operation_happens_once(replica: Replica) -> None:
    first = logged(1)
    with replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)
        assert writing.known_operations([first.op_id, "other"]) == {first.op_id}
    with pytest.raises((IntegrityError, ValueError)), replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)


def test_numbers_are_never_told_twice(replica: Replica) -> None:
    first = logged(2)
    with replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)
    told = []
    for _ in range(60):
        with replica.writing() as writing:
            told.append(writing.next_number("CS"))
    assert len(set(told)) == 60
    assert "CS0000002" not in told


@pytest.mark.parametrize("typed", ["CS0000042", "cs0000042", "42", "#42", "old-7", "OLD-7"])
def test_a_ticket_is_found_by_what_people_type(replica: Replica, typed: str) -> None:
    first = logged(42)
    with replica.writing() as writing:
        writing.record(first, projected(first), base_seq=0)
        writing.add_alias("Old-7", first.ticket_id)
    found = replica.tickets.find(typed)
    assert found is not None
    assert found.ticket.id == first.ticket_id
    assert replica.tickets.find("43") is None


def test_acts_fold_to_what_is_stored(replica: Replica, acting: Acting) -> None:
    ticket_id = done(acting.log(LOG, "playbook", START, "mira")).ticket.id
    for command in (cmd.Take(), cmd.Note(text="x"), cmd.Message(text="y"), cmd.Resolve(steps="z")):
        done(acting.act(ticket_id, command, START, "mira"))
    history = [each.operation for each in replica.tickets.operations(ticket_id)]
    stored = replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket == fold_operations(history)
    assert stored.seq == 5


def test_undo_refolds_without_the_act(replica: Replica, acting: Acting) -> None:
    ticket_id = done(acting.log(LOG, "playbook", START, "mira")).ticket.id
    taken = done(acting.act(ticket_id, cmd.Take(), START, "mira"))
    back = done(acting.undo(taken.op_id, START, "mira"))
    assert back.ticket.assignee == ""
    assert refusal(acting.undo(taken.op_id, START, "mira"))
    assert len(replica.tickets.operations(ticket_id)) == 3


def test_a_refusal_leaves_no_trace(replica: Replica, acting: Acting) -> None:
    assert refusal(
        acting.log(cmd.Log(number="", subject="", channel="mail", client="c"), "", START, "m")
    )
    assert refusal(acting.act("nothing", cmd.Take(), START, "mira"))
    assert replica.tickets.count() == 0


def test_drafts_are_one_per_ticket_and_kind(replica: Replica) -> None:
    for text in ("first", "second"):
        replica.drafts.save(Draft("t", "note", text, 0, NOW))
    replica.drafts.save(Draft("t", "message", "other", 0, NOW))
    assert [draft.text for draft in replica.drafts.of("t")] == ["other", "second"]
    with replica.writing() as writing:
        writing.drop_draft("t", "note", "second")
    assert [draft.kind for draft in replica.drafts.of("t")] == ["message"]
