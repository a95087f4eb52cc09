"""What long runs of the simulator found: two failures that met, told again in the small."""

from __future__ import annotations

import shutil

import pytest
from msgspec.structs import replace

from tests.fakes.desks import START, done, log, open_desk
from tests.fakes.tiny_desks import Desks, desks, hub, notes
from tests.fakes.tiny_log import Said, TinyLog, pull, push, rows, settle
from tests.unit.test_sync_store_loss import nearly_over
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.log import GENESIS, VOID
from tierline.storage.records import Contact

__all__ = ["desks", "hub"]
ANN = Contact(client="Marrowby Foods", name="Ann Lee", phone="0400")


def copied(desk: Desk) -> Desk:
    """The same desk on another machine."""
    folder = desk.replica.path.parent
    shutil.copytree(folder, folder.with_name("copy"))
    return open_desk(folder.with_name("copy"), desk.me, desk.clock)  # type: ignore[arg-type]


def test_a_copy_of_a_desk_that_gave_way_alike_does_not_wedge_it(desks: Desks, hub: TinyLog) -> None:
    mira, tobias, ticket_id = nearly_over(desks, hub)
    assert tobias.run_rules().made
    copy = copied(tobias)
    done(mira.act(ticket_id, cmd.Message(text="We are on it", channel="phone")))
    settle(hub, mira.replica, copy.replica)
    voids = {line.op_id for line in hub.lines if line.kind == VOID}
    assert voids
    pull(tobias.replica, hub)
    offered = [offer.op_id for offer in tobias.replica.sync.offers(9) if offer.kind == VOID]
    assert offered
    assert not voids.intersection(offered)
    copy.replica.close()


def test_a_ticket_that_begins_again_behind_others_lines_has_no_hole(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias, cleo = desks("mira"), desks("tobias"), desks("cleo")
    ticket_id = log(tobias)
    settle(hub, mira.replica, tobias.replica, cleo.replica)
    done(mira.act(ticket_id, cmd.Note(text="of mira")))
    hub.cut(0)
    for desk in (mira, tobias, cleo):
        desk.replica.sync.rewind(0, GENESIS)
    assert cleo.replica.tickets.get(ticket_id) is None
    settle(hub, mira.replica)
    settle(hub, tobias.replica)
    assert [line.kind for line in hub.lines] == ["note", "log"]
    cleo.replica.sync.apply(hub.lines, 2, hub.head, 0)
    assert cleo.replica.tickets.get(ticket_id)
    assert notes(cleo, ticket_id) == ["of mira"]


def test_what_the_hub_had_taken_from_a_copy_gets_its_place_in_the_log(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(ticket_id, cmd.Note(text="second")))
    copy = copied(mira)
    mira.clock.turn(minutes=1)  # type: ignore[attr-defined]
    done(tobias.act(ticket_id, cmd.Note(text="first")))
    settle(hub, tobias.replica, copy.replica)
    assert [answer.outcome for answer in push(mira.replica, hub)] == ["known"]
    pull(mira.replica, hub)
    settle(hub, tobias.replica)
    assert rows(mira.replica) == rows(tobias.replica)
    copy.replica.close()


def test_an_entry_that_nobody_has_told_since_the_hub_lost_it_is_gone_until_it_is_told_again(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    mira.replica.directory.put_contacts([ANN], START)
    settle(hub, mira.replica, tobias.replica)
    hub.cut(0)
    tobias.replica.sync.rewind(0, GENESIS)
    assert tobias.replica.directory.contact("Marrowby Foods", "Ann Lee") is None
    mira.replica.sync.rewind(0, GENESIS)
    settle(hub, mira.replica, tobias.replica)
    assert tobias.replica.directory.contact("Marrowby Foods", "Ann Lee") == ANN


def test_nothing_is_taken_back_on_a_ticket_whose_beginning_is_still_to_come(
    desks: Desks, hub: TinyLog
) -> None:
    mira, cleo = desks("mira"), desks("cleo")
    ticket_id = log(mira)
    done(mira.act(ticket_id, cmd.Note(text="of mira")))
    begin, note = mira.replica.sync.offers(9)
    assert begin.kind == "log"
    line = hub.append("mira", "elsewhere", note)
    cleo.replica.sync.absorb([(ticket_id, line.seq, note.row)], [line])
    answer = done(cleo.act(ticket_id, cmd.Note(text="of cleo")))
    refusal = cleo.undo(answer.op_id)
    assert isinstance(refusal, Refusal)
    assert "began" in refusal.what
    assert notes(cleo, ticket_id) == ["of mira", "of cleo"]


def test_lines_that_are_here_as_lost_ones_do_not_hide_that_others_are_not(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    for text in ("first", "second"):
        settle(hub, mira.replica, tobias.replica)
        done(mira.act(ticket_id, cmd.Note(text=text)))
    settle(hub, mira.replica, tobias.replica)
    tobias.replica.sync.rewind(0, GENESIS)
    tobias.replica.sync.apply((), 2, hub.lines[1].chain, 0)  # kept back while it was restricted
    applied = tobias.replica.sync.apply(hub.lines[2:], 3, hub.head, 0)
    assert applied.missing == (ticket_id,)


def test_a_ticket_with_a_hole_is_asked_for_until_it_has_come(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    for text in ("kept back", "told", "told, too"):
        done(mira.act(ticket_id, cmd.Note(text=text)))
        settle(hub, mira.replica)
    sync = tobias.replica.sync
    sync.apply((), 2, hub.lines[1].chain, 0)
    assert sync.apply(hub.lines[2:3], 3, hub.lines[2].chain, 0).missing == (ticket_id,)
    sync.absorb([], [])  # it was restricted again
    assert sync.apply(hub.lines[3:], 4, hub.head, 0).missing == (ticket_id,)
    sync.absorb([(ticket_id, 4, "")], hub.of(ticket_id))
    assert rows(tobias.replica) == rows(mira.replica)


def test_a_rules_act_that_is_a_line_already_is_not_set_aside(desks: Desks, hub: TinyLog) -> None:
    mira, tobias, ticket_id = nearly_over(desks, hub)
    assert mira.run_rules().made
    assert tobias.run_rules().made
    settle(hub, mira.replica)
    pull(tobias.replica, hub)
    refused = [
        Said(offer.cseq, "refused", why="Only leads work on this ticket.")
        for offer in tobias.replica.sync.offers(9)
    ]
    assert refused
    assert tobias.replica.sync.answered(refused).aside == 0
    assert rows(tobias.replica) == rows(mira.replica)
    assert ticket_id in rows(tobias.replica)


def test_what_the_hub_had_from_a_copy_stays_behind_lines_that_come_before_its_own(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(ticket_id, cmd.Message(text="second", channel="mail", to="Ada Prior")))
    copy = copied(mira)
    mira.clock.turn(minutes=1)  # type: ignore[attr-defined]
    done(tobias.act(ticket_id, cmd.Message(text="first", channel="mail", to="Ada Prior")))
    settle(hub, tobias.replica, copy.replica)
    assert [answer.outcome for answer in push(mira.replica, hub)] == ["known"]
    line = hub.lines[1]
    mira.replica.sync.apply([line], line.seq, line.chain, 0)
    assert len(outbox(mira, ticket_id)) == 2
    assert outbox(mira, ticket_id) == outbox(copy, ticket_id)
    copy.replica.close()


@pytest.mark.parametrize("way", ["restrict", "undo"])
def test_a_ticket_that_is_opened_to_all_is_fetched_whole(
    way: str, desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(ticket_id, cmd.Note(text="for few")))
    restricted = done(mira.act(ticket_id, cmd.Restrict(on=True, reason="Private.")))
    if way == "undo":
        done(mira.undo(restricted.op_id))
    else:
        done(mira.act(ticket_id, cmd.Restrict(on=False, reason="Over.")))
    settle(hub, mira.replica)
    (opens,) = hub.lines[3:]
    sync = tobias.replica.sync
    sync.apply((), 3, hub.lines[2].chain, 0)  # written at once: no line says what it came behind
    assert sync.apply([replace(opens, base_seq=1)], 4, hub.head, 0).missing == (ticket_id,)
    assert notes(tobias, ticket_id) == []
    sync.absorb([(ticket_id, 4, "")], hub.of(ticket_id))
    assert rows(tobias.replica) == rows(mira.replica)


def test_acts_numbered_anew_in_another_order_stand_as_the_log_has_them(
    desks: Desks, hub: TinyLog
) -> None:
    mira = desks("mira")
    ticket_id = log(mira)
    done(mira.act(ticket_id, cmd.Restrict(on=True, reason="Private.")))
    settle(hub, mira.replica)
    done(mira.act(ticket_id, cmd.Restrict(on=False, reason="Over.")))
    copy = copied(mira)
    settle(hub, copy.replica)
    mira.replica.sync.mint("another console")
    mira.replica.sync.rewind(1, hub.lines[0].chain)
    pull(mira.replica, hub)
    assert rows(mira.replica) == rows(copy.replica)
    copy.replica.close()


def outbox(desk: Desk, ticket_id: str) -> list[str]:
    """The letters that wait, in their order."""
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    return [letter.key for letter in stored.ticket.outbox]


def test_words_on_a_ticket_merged_twice_are_carried_once_whatever_each_desk_knew(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    first, second, third = (log(mira, subject) for subject in ("one", "two", "three"))
    done(mira.act(first, cmd.Receive(text="Still slow", channel="mail")))
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(first, merging(mira, second)))
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(second, merging(mira, third)))
    carry_all(mira)
    carry_all(tobias)  # of the second merge it has not heard yet
    for _ in range(3):
        settle(hub, mira.replica, tobias.replica)
        carry_all(mira)
        carry_all(tobias)
    assert rows(tobias.replica) == rows(mira.replica)
    (carried,) = notes(mira, third)
    assert carried == notes(tobias, third)[0]
    assert carried.endswith("which was merged into this one: Still slow")


def merging(desk: Desk, into: str) -> cmd.Merge:
    """Merge into that one."""
    stored = desk.replica.tickets.get(into)
    assert stored is not None
    return cmd.Merge(into=into, number=stored.ticket.number, reason="The same.")


def carry_all(desk: Desk) -> None:
    """What waits on merged tickets is put on those that go on."""
    desk.clock.turn(minutes=1)  # type: ignore[attr-defined]
    desk.run_rules()
