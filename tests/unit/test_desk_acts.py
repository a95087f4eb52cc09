"""Acts on the desk: on the disk when done, refused in words, taken back within ten seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.desks import TurnedClock, done, log, open_desk, refusal
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.storage.records import Draft, Projection, SavedView


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock=clock)
    yield opened
    opened.replica.close()


def test_a_ticket_gets_the_next_number_of_its_policy(desk: Desk) -> None:
    first, second = log(desk), log(desk)
    numbers = [row.number for row in desk.rows([first, second])]
    assert numbers == ["CS0000001", "CS0000002"]


def test_a_refused_log_uses_up_no_number(desk: Desk) -> None:
    bare = cmd.Log(number="", subject="", channel="mail", client="Marrowby Foods")
    assert refusal(desk.log(bare)).field == "subject"
    assert desk.rows([log(desk)])[0].number == "CS0000001"


def test_the_clients_contract_chooses_the_policy(desk: Desk) -> None:
    ticket = desk.open_ticket(log(desk))
    assert ticket is not None
    assert ticket.ticket.policy == "playbook"
    assert desk.policy_for("nobody we know") == desk.book.default


def test_an_act_is_there_for_another_program_at_once(desk: Desk, tmp_path: Path) -> None:
    ticket_id = log(desk)
    other = open_desk(tmp_path, me="tobias")
    done(desk.act(ticket_id, cmd.Take()))
    (row,) = other.rows(other.ids("all"))
    assert row.assignee == "Mira O."
    assert "already yours" in refusal(desk.act(ticket_id, cmd.Take())).what
    assert done(other.act(ticket_id, cmd.Take())).ticket.assignee == "tobias"
    other.replica.close()


def test_two_programs_acting_in_turn_lose_nothing(desk: Desk, tmp_path: Path) -> None:
    ticket_id = log(desk)
    other = open_desk(tmp_path, me="tobias")
    for turn in range(5):
        done(desk.act(ticket_id, cmd.Note(text=f"mira {turn}")))
        done(other.act(ticket_id, cmd.LogTime(seconds=60)))
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.work == {1: 300}
    assert len(desk.replica.tickets.operations(ticket_id)) == 11
    other.replica.close()


def test_the_act_remembers_what_its_giver_was_shown(desk: Desk) -> None:
    ticket_id = log(desk)
    shown = done(desk.act(ticket_id, cmd.Take())).seq
    done(desk.act(ticket_id, cmd.Note(text="meanwhile")))
    done(desk.act(ticket_id, cmd.Note(text="written before"), shown_seq=shown))
    assert desk.replica.tickets.operations(ticket_id)[-1].base_seq == shown


@pytest.mark.parametrize(
    "command",
    [cmd.Note(text="  "), cmd.Close(), cmd.Reopen(reason="x"), cmd.Assign(assignee="")],
)
def test_a_refusal_changes_nothing(desk: Desk, command: cmd.Command) -> None:
    ticket_id = log(desk)
    before = desk.replica.tickets.last_seq()
    assert refusal(desk.act(ticket_id, command)).todo
    assert desk.replica.tickets.last_seq() == before


def test_an_unknown_ticket_is_refused(desk: Desk) -> None:
    assert "no such ticket" in refusal(desk.act("nothing", cmd.Take())).what
    assert desk.open_ticket("nothing") is None
    assert "no such ticket" in refusal(desk.why("nothing")).what


def test_an_act_is_taken_back_within_ten_seconds(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk)
    taken = done(desk.act(ticket_id, cmd.Take()))
    clock.turn(seconds=10)
    back = done(desk.undo(taken.op_id))
    assert back.ticket.assignee == ""
    assert back.ticket.status == "new"
    kinds = [r.operation.kind for r in desk.replica.tickets.operations(ticket_id)]
    assert kinds == ["log", "take", "undo"]
    view = desk.open_ticket(ticket_id)
    assert view is not None
    assert [entry.undone for entry in view.timeline if entry.op_id == taken.op_id] == [True, True]


def test_the_second_after_ten_is_too_late(desk: Desk, clock: TurnedClock) -> None:
    taken = done(desk.act(log(desk), cmd.Take()))
    clock.turn(seconds=11)
    assert "ten seconds" in refusal(desk.undo(taken.op_id)).what


def test_undo_goes_back_step_by_step(desk: Desk) -> None:
    ticket_id = log(desk)
    first = done(desk.act(ticket_id, cmd.Take()))
    second = done(desk.act(ticket_id, cmd.Note(text="wrong ticket")))
    assert "acted on it since" in refusal(desk.undo(first.op_id)).what
    done(desk.undo(second.op_id))
    assert done(desk.undo(first.op_id)).ticket.assignee == ""
    assert "already" in refusal(desk.undo(first.op_id)).what


def test_nobody_undoes_anothers_act(desk: Desk, tmp_path: Path) -> None:
    taken = done(desk.act(log(desk), cmd.Take()))
    other = open_desk(tmp_path, me="tobias")
    assert "mira" in refusal(other.undo(taken.op_id)).what
    other.replica.close()


def test_a_logged_ticket_is_cancelled_not_undone(desk: Desk) -> None:
    ticket_id = log(desk)
    assert "Cancel" in refusal(desk.undo(ticket_id)).todo
    assert refusal(desk.undo("no such act"))


def test_an_undone_note_is_not_found_by_search(desk: Desk) -> None:
    ticket_id = log(desk)
    note = done(desk.act(ticket_id, cmd.Note(text="about the fusebox")))
    assert desk.search("fusebox") == [ticket_id]
    done(desk.undo(note.op_id))
    assert desk.search("fusebox") == []
    assert desk.search("label printer") == [ticket_id]


def test_a_sent_message_takes_its_draft_along(desk: Desk) -> None:
    ticket_id = log(desk)
    desk.save_draft(ticket_id, "message", "We are on it")
    desk.save_draft(ticket_id, "note", "not finished")
    done(desk.act(ticket_id, cmd.Message(text="We are on it")))
    assert [draft.kind for draft in desk.replica.drafts.of(ticket_id)] == ["note"]


def test_half_characters_are_replaced_not_crashed_on(desk: Desk) -> None:
    ticket_id = log(desk, "half \ud83d a character")
    done(desk.act(ticket_id, cmd.Note(text="and \udcff another")))
    assert desk.rows([ticket_id])[0].subject == "half ? a character"
    assert desk.search("another") == [ticket_id]


def test_my_timer_is_found_again(desk: Desk) -> None:
    ticket_id = log(desk)
    assert desk.my_timer() is None
    done(desk.act(ticket_id, cmd.StartTimer()))
    timed = desk.my_timer()
    assert timed is not None
    assert timed.id == ticket_id
    done(desk.act(ticket_id, cmd.StopTimer()))
    assert desk.my_timer() is None


def test_a_view_is_saved_under_its_name(desk: Desk) -> None:
    assert refusal(desk.save_view(SavedView("", "Bad", "tier:x"))).todo
    assert refusal(desk.save_view(SavedView("", " ", "tier:1"))).field == "name"
    kept = desk.save_view(SavedView("", "Key clients", 'client:"Pellow"', "priority"))
    log(desk)
    assert not isinstance(kept, Refusal)
    (view,) = desk.saved_views()
    assert kept.after == (view,)
    assert desk.counts()[f"saved:{view.id}"].total == 1


def test_a_change_by_another_program_is_noticed(desk: Desk, tmp_path: Path) -> None:
    other = open_desk(tmp_path, me="tobias")
    assert not desk.changed_elsewhere()
    log(other)
    assert desk.changed_elsewhere()
    assert not desk.changed_elsewhere()
    other.replica.close()


def test_B1_first_contact_counts_the_desks_day(desk: Desk, clock: TurnedClock) -> None:
    for first in (True, True, False):
        done(desk.act(log(desk), cmd.Resolve(steps="done", first_contact=first)))
    assert desk.first_contact()[:2] == (3, 2)
    assert desk.first_contact().rate == pytest.approx(2 / 3)
    clock.turn(days=1)
    assert desk.first_contact()[:2] == (0, 0)


def test_recompute_changes_only_what_the_policy_changed(desk: Desk) -> None:
    log(desk)
    assert desk.recompute() == 0
    with desk.replica.writing() as writing:
        stored = writing.stored(desk.ids("all")[0])
        assert stored is not None
        assert writing.project([(stored.seq - 1, Projection(stored.ticket, (), "new"))]) == 0
        assert writing.project([(stored.seq, Projection(stored.ticket, (), "new"))]) == 1
    assert desk.recompute() == 1
    assert desk.rows(desk.ids("all"))[0].clocks


def test_a_timer_stopped_in_the_instant_it_began_has_counted_nothing(
    desk: Desk, clock: TurnedClock
) -> None:
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Take(timer=True)))
    stopped = done(desk.act(ticket_id, cmd.StopTimer())).ticket
    assert (stopped.timer_since, stopped.line_work) == (None, 0)
    view = desk.open_ticket(ticket_id)
    assert view is not None
    assert "left it at once" in view.timeline[-1].verb


def test_half_a_character_anywhere_stops_no_act_and_no_draft(desk: Desk) -> None:
    half = "a\ud800b"
    ticket_id = log(desk, half, client=half, contact=half, details={half: half})
    done(desk.act(ticket_id, cmd.FillDetails(details={half: half}, category=half)))
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    assert (stored.ticket.subject, stored.ticket.client) == ("a?b", "a?b")
    assert stored.ticket.details == {"a?b": "a?b"}
    desk.replica.drafts.save(Draft(ticket_id, "note", half, 0, desk.clock()))
    assert desk.replica.drafts.of(ticket_id)[0].text == "a?b"


def test_a_clock_that_was_set_back_gives_no_more_time_to_undo(
    desk: Desk, clock: TurnedClock
) -> None:
    ticket_id = log(desk)
    note = done(desk.act(ticket_id, cmd.Note(text="wrong ticket")))
    clock.turn(days=-365)
    assert "ten seconds" in refusal(desk.undo(note.op_id)).what


def test_a_text_without_measure_is_refused_with_a_way(desk: Desk) -> None:
    ticket_id = log(desk)
    assert "Attach" in refusal(desk.act(ticket_id, cmd.Note(text="x" * 1_000_001))).todo
    said = cmd.Log(number="", subject="s", channel="mail", client="c", description="x" * 1_000_001)
    assert "too long" in refusal(desk.log(said)).what
    done(desk.act(ticket_id, cmd.Note(text="x" * 1_000_000)))
