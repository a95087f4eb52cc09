"""What a hub lost, what two consoles did at once, who a console is: nothing written ever goes."""

from __future__ import annotations

import shutil

from tests.fakes.desks import done, log, open_desk
from tests.fakes.tiny_desks import Desks, desks, hub, notes
from tests.fakes.tiny_log import TinyLog, join, pull, push, rows, settle
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.log import GENESIS, VOID
from tierline.storage.sync_records import Rewound

__all__ = ["desks", "hub"]


def chain_at(hub: TinyLog, seq: int) -> str:
    return hub.lines[seq - 1].chain if seq else GENESIS


def test_what_the_hub_forgot_is_offered_again(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    done(desk.act(ticket_id, cmd.Note(text="kept")))
    push(desk.replica, hub)
    hub.cut(1)
    assert desk.replica.sync.reoffer(1) == 1
    assert desk.replica.sync.reoffer(1) == 0
    assert desk.replica.sync.counts().pending == 1
    settle(hub, desk.replica)
    assert [line.kind for line in hub.lines] == ["log", "note"]
    assert desk.replica.sync.state().last_cseq == 2


def test_a_hub_that_went_back_gets_mine_again_and_others_are_kept(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    done(tobias.act(ticket_id, cmd.Note(text="of tobias")))
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(ticket_id, cmd.Note(text="of mira")))
    theirs = log(tobias, "Only tobias knows")
    settle(hub, mira.replica, tobias.replica)
    hub.cut(1)
    lost = mira.replica.sync.rewind(1, chain_at(hub, 1))
    assert lost == Rewound(mine=1, orphans=2, tickets=lost.tickets)
    assert set(lost.tickets) == {ticket_id, theirs}
    assert notes(mira, ticket_id) == ["of mira"]
    assert mira.replica.tickets.get(theirs) is None
    assert mira.search("Only tobias") == []
    state = mira.replica.sync.state()
    assert (state.cursor, state.chain) == (1, chain_at(hub, 1))
    assert mira.replica.sync.chain_points(9) == ((1, chain_at(hub, 1)),)
    settle(hub, mira.replica)
    tobias.replica.sync.rewind(1, chain_at(hub, 1))
    settle(hub, mira.replica, tobias.replica)
    assert rows(mira.replica) == rows(tobias.replica)
    assert sorted(notes(mira, ticket_id)) == ["of mira", "of tobias"]
    assert mira.search("Only tobias") == [theirs]


def test_a_note_on_a_lost_ticket_waits_with_the_ticket_in_sight(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    theirs = log(tobias, "Logged by tobias")
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(theirs, cmd.Note(text="of mira")))
    settle(hub, mira.replica)
    hub.cut(0)
    mira.replica.sync.rewind(0, GENESIS)
    assert notes(mira, theirs) == ["of mira"]
    stored = mira.replica.tickets.get(theirs)
    assert stored is not None
    assert stored.ticket.subject == "Logged by tobias"
    settle(hub, mira.replica)
    tobias.replica.sync.rewind(0, GENESIS)
    settle(hub, mira.replica, tobias.replica)
    assert [line.kind for line in hub.lines] == ["note", "log"]
    assert rows(mira.replica) == rows(tobias.replica)


def test_what_an_answer_told_ahead_goes_when_others_take_its_place(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias, dana = desks("mira"), desks("tobias"), desks("dana")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica, dana.replica)
    done(dana.act(ticket_id, cmd.Note(text="of dana")))
    done(tobias.act(ticket_id, cmd.Note(text="of tobias")))
    push(dana.replica, hub)
    assert push(tobias.replica, hub)[0].outcome == "stale"
    assert notes(tobias, ticket_id) == ["of dana", "of tobias"]
    hub.cut(1)
    done(mira.act(ticket_id, cmd.Note(text="of mira")))
    settle(hub, mira.replica)
    pull(tobias.replica, hub)
    assert notes(tobias, ticket_id) == ["of mira", "of tobias"]
    settle(hub, tobias.replica)
    dana.replica.sync.rewind(1, chain_at(hub, 1))
    settle(hub, mira.replica, tobias.replica, dana.replica)
    assert rows(mira.replica) == rows(tobias.replica) == rows(dana.replica)
    assert notes(tobias, ticket_id) == ["of mira", "of tobias", "of dana"]


def test_what_an_answer_told_ahead_goes_with_the_server_that_told_it(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    tobias.replica.sync.greeted(1, 0, 1)
    done(mira.act(ticket_id, cmd.Note(text="of mira")))
    done(tobias.act(ticket_id, cmd.Note(text="of tobias")))
    push(mira.replica, hub)
    push(tobias.replica, hub)
    assert notes(tobias, ticket_id) == ["of mira", "of tobias"]
    assert tobias.replica.sync.greeted(1, 0, 2).tickets == ()
    assert tobias.replica.sync.greeted(2, 0, 1).tickets == (ticket_id,)
    assert notes(tobias, ticket_id) == ["of tobias"]
    assert tobias.replica.sync.state().seen_timeline == 2


def nearly_over(desks: Desks, hub: TinyLog) -> tuple[Desk, Desk, str]:
    """A ticket on which the line's work is nearly used up: a rule asks its holder what now."""
    mira, tobias = desks("mira"), desks("tobias")
    facts = {"client": "Marrowby Foods", "contact": "Ada Prior", "impact": 3, "urgency": 2}
    command = cmd.Log(number="", subject="Till 3", channel="mail", **facts)  # type: ignore[arg-type]
    ticket_id = done(mira.log(command, "tiered")).ticket.id
    done(mira.act(ticket_id, cmd.Take()))
    done(mira.act(ticket_id, cmd.LogTime(seconds=29 * 60, text="still blank")))
    settle(hub, mira.replica, tobias.replica)
    mira.clock.turn(minutes=1)  # type: ignore[attr-defined]
    return mira, tobias, ticket_id


def test_a_rule_that_two_consoles_carried_out_is_one_act(desks: Desks, hub: TinyLog) -> None:
    mira, tobias, ticket_id = nearly_over(desks, hub)
    assert mira.run_rules().made
    assert tobias.run_rules().made
    done(tobias.act(ticket_id, cmd.Note(text="after the rule")))
    settle(hub, mira.replica, tobias.replica)
    rules = [line for line in hub.lines if line.kind == "rule"]
    assert len({line.op_id for line in rules}) == len(rules)
    assert rows(mira.replica) == rows(tobias.replica)
    assert tobias.replica.sync.offers(9) == ()


def test_a_rule_that_did_not_see_what_happened_gives_way(desks: Desks, hub: TinyLog) -> None:
    mira, tobias, ticket_id = nearly_over(desks, hub)
    made = tobias.run_rules().made
    assert made
    done(mira.act(ticket_id, cmd.Message(text="We are on it", channel="phone")))
    settle(hub, mira.replica)
    pull(tobias.replica, hub)
    assert tobias.replica.tickets.operation(made[0].op_id) is None
    settle(hub, mira.replica, tobias.replica)
    assert VOID in [line.kind for line in hub.lines]
    assert [act.op_id for act in tobias.run_rules().made] == [act.op_id for act in made]
    settle(hub, mira.replica, tobias.replica)
    assert rows(mira.replica) == rows(tobias.replica)


def test_a_console_with_another_id_counts_anew_and_keeps_its_acts(
    desks: Desks, hub: TinyLog
) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    settle(hub, desk.replica)
    desk.replica.sync.lease("CS", 51, 100)
    done(desk.act(ticket_id, cmd.Note(text="one")))
    done(desk.act(ticket_id, cmd.Note(text="two")))
    before = [offer.op_id for offer in desk.replica.sync.offers(9)]
    assert desk.replica.sync.mint("00000000-0000-7000-8000-00000000beef") == len(before)
    offers = desk.replica.sync.offers(9)
    assert [offer.op_id for offer in offers] == before
    assert [offer.cseq for offer in offers] == [1, 2, 3]
    assert desk.replica.sync.numbers_left("CS") == 0
    assert desk.replica.sync.state().last_cseq == 3
    settle(hub, desk.replica)
    assert notes(desk, ticket_id) == ["one", "two"]


def test_an_old_image_comes_back_to_what_it_had_written_since(
    desks: Desks, hub: TinyLog, tmp_path: object
) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    settle(hub, desk.replica)
    done(desk.act(ticket_id, cmd.Note(text="in the image, not sent")))
    folder = desk.replica.path.parent
    image = folder.with_name("image")
    desk.replica.close()
    shutil.copytree(folder, image)
    again = open_desk(folder, "mira", desk.clock)  # type: ignore[arg-type]
    done(again.act(ticket_id, cmd.Note(text="after the image")))
    settle(hub, again.replica)
    restored = open_desk(image, "mira", desk.clock)  # type: ignore[arg-type]
    done(restored.act(ticket_id, cmd.Note(text="only in the restored one")))
    restored.replica.sync.mint("00000000-0000-7000-8000-00000000beef")
    settle(hub, restored.replica)
    settle(hub, restored.replica, again.replica)
    written = ["in the image, not sent", "after the image", "only in the restored one"]
    assert notes(restored, ticket_id) == notes(again, ticket_id) == written
    assert rows(restored.replica) == rows(again.replica)
    again.replica.close()
    restored.replica.close()


def test_acts_of_an_earlier_id_get_numbers_of_the_new_one(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    settle(hub, desk.replica)
    desk.replica.sync.mint("00000000-0000-7000-8000-00000000beef")
    done(desk.act(ticket_id, cmd.Note(text="of the new id")))
    settle(hub, desk.replica)
    hub.cut(0)
    assert desk.replica.sync.rewind(0, GENESIS).mine == 2
    assert sorted(offer.cseq for offer in desk.replica.sync.offers(9)) == [1, 2]
    settle(hub, desk.replica)
    assert sorted(line.kind for line in hub.lines) == ["log", "note"]
    assert notes(desk, ticket_id) == ["of the new id"]


def test_a_withdrawn_act_that_the_hub_forgot_only_takes_its_number(
    desks: Desks, hub: TinyLog
) -> None:
    desk = desks("mira")
    ticket_id = log(desk)
    hub.refuses = {"take"}
    done(desk.act(ticket_id, cmd.Take()))
    done(desk.act(ticket_id, cmd.Note(text="said")))
    settle(hub, desk.replica)
    (refused,) = desk.replica.sync.aside()
    desk.replica.sync.withdraw(refused.op_id)
    hub.cut(1)
    desk.replica.sync.rewind(1, chain_at(hub, 1))
    assert desk.replica.sync.reoffer(1) == 1
    settle(hub, desk.replica)
    assert [line.kind for line in hub.lines] == ["log", VOID, "note"]
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.assignee == ""


def test_a_desk_that_joins_another_hub_brings_what_was_done_on_it(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    mine, theirs = log(mira), log(tobias)
    settle(hub, mira.replica, tobias.replica)
    done(mira.act(mine, cmd.Note(text="one")))
    settle(hub, mira.replica)
    other = TinyLog("other")
    join(mira.replica, other, "mira", 7)
    assert [offer.cseq for offer in mira.replica.sync.offers(9)] == [1, 2]
    assert mira.replica.tickets.get(theirs) is None
    settle(other, mira.replica)
    assert [line.kind for line in other.lines] == ["log", "note"]
    join(mira.replica, hub, "mira", 8)
    settle(hub, mira.replica, tobias.replica)
    assert rows(mira.replica) == rows(tobias.replica)
    assert len(hub.lines) == 3


def test_an_undo_may_come_before_what_it_takes_back(desks: Desks, hub: TinyLog) -> None:
    mira, tobias, dana = desks("mira"), desks("tobias"), desks("dana")
    ticket_id = log(mira)
    taken = done(mira.act(ticket_id, cmd.Take()))
    done(mira.undo(taken.op_id))
    logged, take, undo = mira.replica.sync.offers(9)
    for offer in (logged, undo, take):
        hub.append("mira", "another", offer)
        pull(tobias.replica, hub)
    pull(dana.replica, hub)
    stored = tobias.replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.assignee == ""
    assert rows(tobias.replica) == rows(dana.replica)
