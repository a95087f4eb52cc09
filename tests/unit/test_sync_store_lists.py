"""The directory, the policies and the numbers of a desk with a hub; the first copy of one."""

from __future__ import annotations

import msgspec
import pytest

from tests.fakes.books import bundled_book
from tests.fakes.desks import START, done, log
from tests.fakes.tiny_desks import Desks, desks, hub, notes
from tests.fakes.tiny_log import TinyLog, join, pull, push, rows, settle
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.domain.log import GENESIS
from tierline.storage.projection import project
from tierline.storage.records import Client, Contact, Person, PolicyText
from tierline.storage.rows import wire_row

__all__ = ["desks", "hub"]
ANN = Contact(client="Marrowby Foods", name="Ann Lee", phone="0400")


def test_an_entry_goes_to_the_others_when_somebody_put_it(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    mira.replica.directory.put_contacts([ANN])
    assert mira.replica.sync.offers(9) == ()
    mira.replica.directory.put_contacts([ANN], START)
    mira.replica.directory.put_clients([Client(name="Kestrelbrook", policy="tiered")], START)
    mira.replica.directory.put_people([Person(id="noor", name="Noor Ali")], START)
    settle(hub, mira.replica)
    assert pull(tobias.replica, hub).directory  # type: ignore[attr-defined]
    directory = tobias.replica.directory
    assert directory.contact("Marrowby Foods", "Ann Lee") == ANN
    assert directory.client("Kestrelbrook") == Client(name="Kestrelbrook", policy="tiered")
    assert directory.person("noor") == Person(id="noor", name="Noor Ali")
    assert [line.ticket_id for line in hub.lines] == [
        *("contact/marrowby foods/ann lee", "client/kestrelbrook", "person/noor")
    ]


def test_a_desk_alone_writes_no_entry_down(desks: Desks) -> None:
    desk = desks("mira", joined=False)
    desk.replica.directory.put_contacts([ANN], START)
    assert desk.replica.sync.state().last_cseq == 0


def test_a_pin_travels_as_its_hash(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    made = mira.set_pin("Pellow & Voss Legal", "Elspeth Marlow", "8174")
    assert isinstance(made, Contact), made
    settle(hub, mira.replica, tobias.replica)
    contact = tobias.replica.directory.contact("Pellow & Voss Legal", "Elspeth Marlow")
    assert contact is not None
    assert contact.pin_hash.startswith("$argon2")
    assert not any("8174" in line.payload for line in hub.lines)


def test_the_last_line_of_an_entry_counts_and_the_other_is_kept(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    for desk, phone in ((mira, "of mira"), (tobias, "of tobias")):
        changed = msgspec.structs.replace(ANN, phone=phone)
        desk.replica.directory.put_contacts([changed], START)
    settle(hub, mira.replica)
    pull(tobias.replica, hub)
    found = tobias.replica.directory.contact("Marrowby Foods", "ann lee")
    assert found is not None
    assert found.phone == "of tobias"
    settle(hub, tobias.replica, mira.replica)
    for desk in (mira, tobias):
        found = desk.replica.directory.contact("Marrowby Foods", "ann lee")
        assert found is not None
        assert found.phone == "of tobias"
    assert [("of mira" in each.payload) for each in hub.lines] == [True, False]


def test_who_founds_a_hub_brings_the_lists_and_gives_way_to_what_is_there(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias", joined=False)
    mira.replica.directory.put_contacts([msgspec.structs.replace(ANN, phone="the hub's")], START)
    settle(hub, mira.replica)
    directory = tobias.replica.directory
    directory.put_contacts([ANN])
    console = "00000000-0000-7000-8000-000000000002"
    tobias.replica.sync.join("tiny:", "hub", "tobias", console, founded=START)
    tobias.replica.sync.apply((), 0, GENESIS, 0)
    entries = (directory.people(), directory.clients(), directory.contacts(), directory.policies())
    assert len(tobias.replica.sync.offers(99)) == sum(map(len, entries))
    settle(hub, tobias.replica, mira.replica)
    found = mira.replica.directory.contact("Marrowby Foods", "Ann Lee")
    assert found is not None
    assert found.phone == "the hub's"
    assert tobias.replica.directory.contacts() == mira.replica.directory.contacts()


def test_a_policy_goes_to_the_others_word_for_word(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    policy = PolicyText(name="nights", text='name = "nights"\n# ours', effective="2026-12-01")
    mira.replica.directory.put_policies([policy], START)
    settle(hub, mira.replica)
    assert pull(tobias.replica, hub).policies == ("nights",)  # type: ignore[attr-defined]
    assert tobias.replica.directory.policies() == (policy,)


@pytest.mark.parametrize("kind", ["contact", "template"])
def test_an_entry_of_a_newer_program_stops_nothing(kind: str, desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira")
    desk.replica.directory.put_contacts([ANN], START)
    settle(hub, desk.replica)
    (offer,) = hub.lines
    broken = {"kind": kind, "payload": '{"name": 7}', "op_id": "other", "cseq": 1}
    hub.append("dana", "another", _offer(offer, **broken))
    applied = pull(desk.replica, hub)
    assert applied.parked == 1  # type: ignore[attr-defined]
    assert desk.replica.directory.contact("Marrowby Foods", "Ann Lee") == ANN


def _offer(line: object, **changes: object) -> object:
    return msgspec.structs.replace(line, **changes)  # type: ignore[type-var]


def test_without_a_number_of_the_hubs_a_ticket_has_one_of_ours_and_keeps_it(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    stored = mira.replica.tickets.get(ticket_id)
    assert stored is not None
    assert stored.ticket.number == "CS-000001-1"
    settle(hub, mira.replica, tobias.replica)
    assert mira.replica.sync.lease("CS", 51, 100).tickets == (ticket_id,)
    assert mira.replica.sync.numbers_left("CS") == 49
    settle(hub, mira.replica, tobias.replica)
    for desk in (mira, tobias):
        for number in ("CS0000051", "51", "CS-000001-1"):
            found = desk.find(number)
            assert found is not None
            assert found.ticket.number == "CS0000051"
        view = desk.open_ticket(ticket_id)
        assert view is not None
        told = [(each.who, each.verb) for each in view.timeline]
        assert ("", "its number is CS0000051 now") in told
    assert rows(mira.replica) == rows(tobias.replica)
    assert mira.replica.sync.lease("CS", 101, 150).tickets == ()


def test_numbers_come_from_one_block_after_the_other(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira")
    desk.replica.sync.lease("CS", 7, 8)
    desk.replica.sync.lease("CS", 20, 20)
    numbers = []
    for _ in range(4):
        stored = desk.replica.tickets.get(log(desk))
        assert stored is not None
        numbers.append(stored.ticket.number)
    assert numbers == ["CS0000007", "CS0000008", "CS0000020", "CS-000001-1"]
    assert desk.replica.sync.numbers_left("CS") == 0


def test_a_desk_that_joins_leaves_its_own_counter(desks: Desks, hub: TinyLog) -> None:
    desk = desks("mira", joined=False)
    log(desk)
    join(desk.replica, hub, "mira", 9)
    assert desk.replica.sync.numbers_left("CS") == 0
    desk.replica.sync.lease("CS", 1, 50)
    stored = desk.replica.tickets.get(log(desk))
    assert stored is not None
    assert stored.ticket.number == "CS0000002"


def test_two_tickets_of_one_number_are_both_found(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira", joined=False), desks("tobias", joined=False)
    first, second = log(mira), log(tobias)
    for number, desk in enumerate((mira, tobias), 1):
        join(desk.replica, hub, desk.me, number)
    settle(hub, mira.replica, tobias.replica)
    assert set(mira.replica.tickets.ids_of_number("CS0000001")) == {first, second}
    assert rows(mira.replica) == rows(tobias.replica)


def snapshot(desk: Desk, hub: TinyLog) -> tuple[list[tuple[str, int, str]], list[object]]:
    """Every ticket of a desk that has everything, as a hub hands it out."""
    found, lines = [], []
    for ticket_id in sorted({e.ticket_id for e in hub.lines if "/" not in e.ticket_id}):
        stored = desk.replica.tickets.get(ticket_id)
        assert stored is not None
        row = wire_row(project(stored.ticket, bundled_book().get(stored.ticket.policy)))
        found.append((ticket_id, hub.of(ticket_id)[-1].seq, row))
        lines += hub.of(ticket_id)
    return found, list(lines)


@pytest.mark.parametrize("copied_first", [False, True])
def test_entries_that_a_copy_of_this_desk_had_sent_stand_where_the_log_has_them(
    desks: Desks, hub: TinyLog, copied_first: bool
) -> None:
    replica = desks("mira").replica
    sync, directory = replica.sync, replica.directory
    for phone in ("0401", "0402"):
        directory.put_contacts([msgspec.structs.replace(ANN, phone=phone)], START)
    offers = sync.offers(9)
    hub.push("mira", "a copy of the desk", offers)
    theirs = msgspec.structs.replace(offers[0], op_id="theirs", cseq=1)
    hub.push("tobias", "another console", (theirs,))
    # A first copy: the lines before the cursor do not come, and of each entry only the last one.
    sync.apply((), len(hub.lines), hub.head, 0)
    if copied_first:
        sync.absorb_directory([hub.lines[-1]])
    sync.answered(hub.push("mira", sync.state().console_id, offers))
    if not copied_first:
        sync.absorb_directory([hub.lines[-1]])
    contact = directory.contact("Marrowby Foods", "Ann Lee")
    assert contact is not None
    assert contact.phone == "0401"


def test_a_first_copy_goes_part_by_part_and_is_whole(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias", joined=False)
    ids = [log(mira, f"Printer {number}") for number in range(5)]
    undone = done(mira.act(ids[0], cmd.Note(text="taken back")))
    mira.undo(undone.op_id)
    done(mira.act(ids[1], cmd.Note(text="zebra crossing")))
    mira.replica.directory.put_contacts([ANN], START)
    settle(hub, mira.replica)
    sync = tobias.replica.sync
    sync.join("tiny:", "hub", "tobias", "00000000-0000-7000-8000-000000000002")
    sync.apply((), len(hub.lines), hub.head, 0)
    sync.absorb_directory([line for line in hub.lines if "/" in line.ticket_id])
    assert (sync.state().boot, sync.state().boot_after) == ("directory", hub.lines[-1].ticket_id)
    sync.absorb_directory(())
    assert (sync.state().boot, sync.state().boot_after) == ("open", "")
    found, lines = snapshot(mira, hub)
    sync.absorb(found[:2], lines, found[1][0], 2, 5)  # type: ignore[arg-type]
    state = sync.state()
    assert (state.boot, state.boot_after, state.boot_done, state.boot_total) == (
        *("open", found[1][0]),
        *(2, 5),
    )
    sync.absorb(found, lines, "", 5, 5)  # type: ignore[arg-type]
    assert sync.state().boot == "ended"
    sync.absorb((), (), "", 5, 5)
    assert sync.state().boot == "done"
    assert rows(tobias.replica) == rows(mira.replica)
    assert tobias.search("zebra") == [ids[1]]
    assert tobias.search("taken back") == []
    assert tobias.replica.directory.contact("Marrowby Foods", "Ann Lee") == ANN
    done(tobias.act(ids[2], cmd.Take()))
    settle(hub, mira.replica, tobias.replica)
    assert rows(tobias.replica) == rows(mira.replica)


def test_a_chunk_that_is_older_than_what_came_meanwhile_takes_nothing_back(
    desks: Desks, hub: TinyLog
) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica)
    old = snapshot(mira, hub)
    done(mira.act(ticket_id, cmd.Take()))
    settle(hub, mira.replica, tobias.replica)
    before = rows(tobias.replica)
    tobias.replica.sync.absorb(*old)  # type: ignore[arg-type]
    assert rows(tobias.replica) == before == rows(mira.replica)


def test_a_chunk_meets_an_act_of_mine_on_its_ticket(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    ticket_id = log(mira)
    settle(hub, mira.replica, tobias.replica)
    done(tobias.act(ticket_id, cmd.Note(text="mine")))
    done(mira.act(ticket_id, cmd.Note(text="hers")))
    settle(hub, mira.replica)
    tobias.replica.sync.absorb(*snapshot(mira, hub))  # type: ignore[arg-type]
    assert notes(tobias, ticket_id) == ["hers", "mine"]
    settle(hub, tobias.replica, mira.replica)
    assert rows(tobias.replica) == rows(mira.replica)


def test_a_row_that_nobody_can_read_is_told_from_its_lines(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    log(mira)
    settle(hub, mira.replica)
    ((ticket_id, seq, _),), lines = snapshot(mira, hub)
    tobias.replica.sync.absorb([(ticket_id, seq, '{"state":{}}')], lines)  # type: ignore[arg-type]
    assert rows(tobias.replica) == rows(mira.replica)


def test_one_program_at_a_time_syncs_a_desk(desks: Desks) -> None:
    desk = desks("mira")
    turn = desk.replica.sync_turn()
    assert not isinstance(turn, str)
    assert "Another program" in str(desk.replica.sync_turn())
    turn.release()  # type: ignore[union-attr]
    with desk.replica.sync_turn() as again:  # type: ignore[union-attr]
        assert again is not None
        assert push(desk.replica, TinyLog()) == []
    assert GENESIS == "0" * 64
