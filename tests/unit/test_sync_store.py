"""The replica as a copy of the log: lines come in, acts go out, and each is there exactly once."""

from __future__ import annotations

import msgspec
import pytest

from tests.fakes.desks import TurnedClock, done, log
from tests.fakes.tiny_desks import Desks, desks, hub, notes
from tests.fakes.tiny_log import Said, TinyLog, pull, push, rows, settle
from tierline.domain import commands as cmd
from tierline.domain.log import GENESIS, Line, Offer, chain
from tierline.storage.instants import to_us
from tierline.storage.rows import PartialRowError, projection_of
from tierline.storage.sync_records import SyncState
from tierline.storage.syncing import BrokenChainError

__all__ = ["desks", "hub"]


def test_a_desk_without_a_hub_has_the_state_of_none(desks: Desks) -> None:
    desk = desks("mira", joined=False)
    assert desk.replica.sync.state() == SyncState()
    log(desk)
    assert desk.replica.sync.state().last_cseq == 1


def test_joining_begins_a_first_copy(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira", joined=False)
    desk.replica.sync.join("tiny:", "hub", "mira", "c1")
    assert desk.replica.sync.state() == SyncState(
        hub_id="hub", url="tiny:", login="mira", console_id="c1", boot="begin"
    )
    desk.replica.sync.apply((), 7, "f" * 64, 3)
    state = desk.replica.sync.state()
    assert (state.cursor, state.chain, state.safe_seq, state.boot) == (7, "f" * 64, 3, "directory")


def test_an_act_goes_out_with_what_it_stands_on(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Note(text="blank")))
    first, second = desk.replica.sync.offers(25)
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    assert (first.cseq, second.cseq) == (1, 2)
    assert (first.kind, second.kind) == ("log", "note")
    assert first.base_seq == second.base_seq == 0
    assert first.number == stored.ticket.number
    assert projection_of(second.row).ticket == stored.ticket
    assert '"text":"blank"' in second.payload
    assert desk.replica.sync.counts().pending == 2
    assert desk.replica.sync.pending_of([ticket_id, "other"]) == {ticket_id: 2}


def test_what_was_taken_is_a_line_and_waits_no_more(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    assert [each.outcome for each in push(desk.replica, hub)] == ["taken"]
    (only,) = desk.replica.tickets.operations(ticket_id)
    assert (only.state, only.hub_seq, only.mine) == ("acked", 1, True)
    assert desk.replica.sync.offers(25) == ()
    before = rows(desk.replica)
    pull(desk.replica, hub)
    assert rows(desk.replica) == before
    assert desk.replica.sync.state().cursor == 1


def test_what_one_writes_the_other_reads(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    done(mira.act(ticket_id, cmd.Note(text="first words")))
    settle(hub, mira.replica, tobias.replica)
    done(tobias.act(ticket_id, cmd.Take()))
    done(tobias.act(ticket_id, cmd.Note(text="second words")))
    settle(hub, mira.replica, tobias.replica)
    assert rows(mira.replica) == rows(tobias.replica)
    assert notes(mira, ticket_id) == ["first words", "second words"]
    assert mira.search("second words") == tobias.search("first words") == [ticket_id]
    assert [r.operation.by for r in mira.replica.tickets.operations(ticket_id)] == [
        *("mira", "mira", "tobias", "tobias")
    ]


def test_lines_that_are_here_change_nothing(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    done(mira.act(ticket_id, cmd.Note(text="once")))
    settle(hub, mira.replica, tobias.replica)
    before = rows(tobias.replica)
    applied = tobias.replica.sync.apply(hub.lines, 2, hub.head, 0)
    assert (applied.tickets, rows(tobias.replica)) == ((), before)
    assert tobias.replica.sync.apply(hub.lines[:1], 1, hub.lines[0].chain, 0).tickets == ()
    assert tobias.replica.sync.state().cursor == 2


def forged(line: Line) -> Line:
    return msgspec.structs.replace(line, payload=line.payload.replace("words", "other"))


def test_a_line_that_was_changed_is_not_taken_in(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    done(mira.act(ticket_id, cmd.Note(text="words")))
    settle(hub, mira.replica)
    first, second = hub.lines
    with pytest.raises(BrokenChainError, match="Line 2"):
        tobias.replica.sync.apply([first, forged(second)], 2, second.chain, 0)
    assert tobias.replica.tickets.count() == tobias.replica.sync.state().cursor == 0
    with pytest.raises(BrokenChainError):
        tobias.replica.sync.apply([first, second], 2, "0" * 64, 0)
    with pytest.raises(BrokenChainError):
        mira.replica.sync.apply([], 2, "0" * 64, 0)


def test_a_page_may_leave_out_lines_that_are_not_for_everybody(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    hidden, seen = log(mira, "Payroll"), log(mira, "Printer")
    settle(hub, mira.replica)
    tobias.replica.sync.apply(hub.lines[1:], 2, hub.head, 0)
    assert tobias.replica.tickets.get(hidden) is None
    assert tobias.replica.tickets.get(seen) is not None
    assert tobias.replica.sync.chain_points(10) == ((2, hub.head),)


def test_a_ticket_that_has_moved_on_is_merged_and_offered_again(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(ticket_id, cmd.Note(text="from mira")))
    done(tobias.act(ticket_id, cmd.Note(text="from tobias")))
    push(mira.replica, hub)
    (stale,) = push(tobias.replica, hub)
    assert (stale.outcome, [line.seq for line in stale.lines]) == ("stale", [2])
    assert notes(tobias, ticket_id) == ["from mira", "from tobias"]
    assert tobias.replica.sync.state().cursor == 1
    assert [each.outcome for each in push(tobias.replica, hub)] == ["taken"]
    settle(hub, mira.replica, tobias.replica)
    assert rows(mira.replica) == rows(tobias.replica)


def test_two_values_are_a_conflict_that_both_are_told_of(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(ticket_id, cmd.Prioritise(impact=1, urgency=1, reason="all tills")))
    done(tobias.act(ticket_id, cmd.Prioritise(impact=3, urgency=3, reason="one till")))
    push(mira.replica, hub)
    applied = pull(tobias.replica, hub)
    assert applied.conflicts == (ticket_id,)  # type: ignore[attr-defined]
    settle(hub, mira.replica, tobias.replica)
    assert rows(mira.replica) == rows(tobias.replica)
    assert mira.replica.sync.counts().conflicts == tobias.replica.sync.counts().conflicts == 1
    stored = mira.replica.tickets.get(ticket_id)
    assert stored is not None
    (conflict,) = stored.ticket.conflicts
    assert (conflict.what, stored.ticket.priority) == ("priority", 1)


def test_who_had_seen_the_value_wins_whatever_comes_later(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(ticket_id, cmd.Prioritise(impact=1, urgency=1, reason="all tills")))
    settle(hub, mira.replica, tobias.replica)
    done(tobias.act(ticket_id, cmd.Prioritise(impact=3, urgency=3, reason="one till")))
    settle(hub, mira.replica, tobias.replica)
    stored = mira.replica.tickets.get(ticket_id)
    assert stored is not None
    assert (stored.ticket.conflicts, stored.ticket.priority) == ((), 4)


def test_who_acts_on_an_old_screen_has_not_seen_what_came_since(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    shown = tobias.replica.tickets.get(ticket_id)
    assert shown is not None
    done(mira.act(ticket_id, cmd.Prioritise(impact=1, urgency=1, reason="all tills")))
    settle(hub, mira.replica, tobias.replica)
    late = cmd.Prioritise(impact=3, urgency=3, reason="one till")
    done(tobias.act(ticket_id, late, shown.seq))
    (offer,) = tobias.replica.sync.offers(25)
    assert (offer.seen_seq, offer.base_seq) == (1, 2)
    assert "conflicted" in offer.payload
    settle(hub, mira.replica, tobias.replica)
    assert rows(mira.replica) == rows(tobias.replica)
    assert tobias.replica.sync.counts().conflicts == 1


def test_undo_takes_back_what_others_have_seen(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    taken = done(mira.act(ticket_id, cmd.Take()))
    settle(hub, mira.replica, tobias.replica)
    done(mira.undo(taken.op_id))
    settle(hub, mira.replica, tobias.replica)
    stored = tobias.replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.assignee == ""
    assert rows(mira.replica) == rows(tobias.replica)


@pytest.mark.parametrize("with_row", [True, False])
def test_a_ticket_that_is_not_here_is_asked_for(with_row: bool, desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica)
    tobias.replica.sync.apply((), 1, hub.head, 0)
    done(mira.act(ticket_id, cmd.Note(text="more")))
    told = mira.replica.sync.offers(1)[0].row if with_row else ""
    settle(hub, mira.replica)
    applied = tobias.replica.sync.apply(hub.lines[1:], 2, hub.head, 0)
    assert (applied.missing, applied.tickets) == ((ticket_id,), ())
    assert tobias.replica.sync.greeted(1, 0).missing == (ticket_id,)
    row = mira.replica.sync
    offer = hub.of(ticket_id)
    tobias.replica.sync.absorb([(ticket_id, 2, told)], offer)
    assert rows(tobias.replica) == rows(mira.replica)
    assert row.counts().pending == 0
    assert tobias.replica.sync.greeted(1, 0).missing == ()


def test_a_refused_act_is_set_aside_with_its_text(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    hub.refuses = {"take"}
    done(desk.act(ticket_id, cmd.Take()))
    done(desk.act(ticket_id, cmd.Note(text="still mine to say")))
    outcomes = [each.outcome for each in push(desk.replica, hub)]
    assert outcomes == ["taken", "refused", "taken"]
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.assignee == ""
    (act,) = desk.replica.sync.aside()
    assert (act.kind, act.why, act.number) == ("take", "take is for leads", stored.ticket.number)
    assert desk.replica.sync.counts().aside == 1


@pytest.mark.parametrize("way", ["resend", "note", "withdraw"])
def test_a_refused_act_ends_in_one_of_three_ways(way: str, desks: Desks, hub: TinyLog) -> None:
    desk, other = desks("mira"), desks("tobias")
    ticket_id = log(desk)
    hub.refuses = {"message"}
    done(desk.act(ticket_id, cmd.Message(text="We are on it", channel="phone")))
    settle(hub, desk.replica)
    (act,) = desk.replica.sync.aside()
    assert act.text == "We are on it"
    hub.refuses = set()
    if way == "resend":
        assert desk.replica.sync.resend(act.op_id)
    elif way == "note":
        assert desk.replica.sync.keep_as_note(act.op_id)
    else:
        assert desk.replica.sync.withdraw(act.op_id)
    settle(hub, desk.replica, other.replica)
    assert desk.replica.sync.aside() == ()
    kinds = [r.operation.kind for r in other.replica.tickets.operations(ticket_id)]
    assert kinds == {"resend": ["log", "message"], "note": ["log", "note"]}.get(way, ["log"])
    assert rows(desk.replica) == rows(other.replica)
    assert desk.replica.tickets.operation(act.op_id) is not None
    assert not desk.replica.sync.withdraw(act.op_id)


def test_a_refused_log_leaves_its_ticket_to_be_seen(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira")
    hub.refuses = {"log"}
    ticket_id = log(desk)
    push(desk.replica, hub)
    assert desk.replica.tickets.get(ticket_id) is not None
    assert [each.kind for each in desk.replica.sync.aside()] == ["log"]


def line_of(hub: TinyLog, ticket_id: str, payload: str, v: int = 1, kind: str = "hover") -> Line:
    offer = Offer(
        op_id=f"00000000-0000-7000-8000-{len(hub.lines):012x}",
        cseq=1,
        ticket_id=ticket_id,
        kind=kind,
        at=to_us(TurnedClock()()),
        payload=payload,
        v=v,
    )
    return hub.append("dana", "another", offer)


@pytest.mark.parametrize(
    ("payload", "v"),
    [('[{"kind":"hovered","at":"2026-11-05T00:00:00Z"}]', 1), ("[]", 2), ("{broken", 1)],
)
def test_a_line_of_a_newer_program_waits_and_stops_nobody(
    payload: str, v: int, desks: Desks, hub: TinyLog
) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    settle(hub, desk.replica)
    line_of(hub, ticket_id, payload, v)
    note = '[{"kind":"noted","at":"2026-11-05T00:00:00Z","text":"after it"}]'
    line_of(hub, ticket_id, note, kind="note")
    applied = pull(desk.replica, hub)
    assert applied.parked == 1  # type: ignore[attr-defined]
    assert notes(desk, ticket_id) == ["after it"]
    assert desk.replica.sync.counts().parked == 1
    done(desk.act(ticket_id, cmd.Note(text="mine")))
    (offer,) = desk.replica.sync.offers(5)
    assert offer.base_seq == 3
    with pytest.raises(PartialRowError):
        projection_of(offer.row)
    assert desk.replica.sync.unpark().tickets == ()


def test_what_waited_is_taken_in_after_the_upgrade(
    desks: Desks, hub: TinyLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    note = '[{"kind":"noted","at":"2026-11-05T00:00:00Z","text":"of tomorrow"}]'
    line_of(hub, ticket_id, note, v=2, kind="note")
    pull(mira.replica, hub)
    assert notes(mira, ticket_id) == []
    monkeypatch.setattr("tierline.storage.parking.FORMAT", 2)
    monkeypatch.setattr("tierline.storage.taking.FORMAT", 2)
    assert mira.replica.sync.unpark().tickets == (ticket_id,)
    assert notes(mira, ticket_id) == ["of tomorrow"]
    pull(tobias.replica, hub)
    assert rows(mira.replica) == rows(tobias.replica)


def test_chain_points_are_all_of_the_newest_and_some_of_the_older(
    desks: Desks, hub: TinyLog
) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    settle(hub, desk.replica)
    for _ in range(5000):
        line_of(hub, ticket_id, "[]", kind="void")
    while desk.replica.sync.state().cursor < len(hub.lines):
        pull(desk.replica, hub, 500)
    points = desk.replica.sync.chain_points(10_000)
    assert points[0] == (5001, hub.head)
    assert [seq for seq, _ in points[:2000]] == list(range(5001, 3001, -1))
    sparse = [seq for seq, _ in points if seq < 2501]
    assert sparse == [seq for seq in range(2500, 0, -1) if seq % 256 == 0]
    assert all(hub.lines[seq - 1].chain == hash_ for seq, hash_ in points)


def test_the_chain_is_that_of_the_log() -> None:
    hub = TinyLog()
    first = line_of(hub, "t", "[]")
    assert first.chain == chain(GENESIS, first)
    assert Said(1, "taken", 1).lines == ()
