"""What a reviewer found in the store: imports, numbers, refusals that met in an unlucky order."""

from __future__ import annotations

from tests.fakes.desks import START, done, log, refusal
from tests.fakes.made import imported
from tests.fakes.tiny_desks import Desks, desks, hub
from tests.fakes.tiny_log import TinyLog, pull, push, settle
from tests.unit.test_sync_store_lists import snapshot
from tierline.domain import commands as cmd
from tierline.storage.records import Client

__all__ = ["desks", "hub"]


def test_an_import_is_known_to_the_desk_that_copied_it(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    mira.replica.imports.bring([imported(7, notes=1)])
    settle(hub, mira.replica)
    tobias.replica.sync.absorb(*snapshot(mira, hub))  # type: ignore[arg-type]
    assert tobias.replica.imports.known("test").keys() == {"7"}


def test_a_refused_number_stops_no_lease(desks: Desks, hub: TinyLog) -> None:
    mira = desks("mira")
    ticket_id = log(mira)
    push(mira.replica, hub)
    own = mira.replica.tickets.get(ticket_id)
    hub.refuses = {"number"}
    mira.replica.sync.lease("CS", 101, 150)
    assert push(mira.replica, hub)[-1].outcome == "refused"
    assert mira.replica.tickets.get(ticket_id).ticket.number == own.ticket.number  # type: ignore[union-attr]
    mira.replica.sync.lease("CS", 201, 250)
    assert mira.replica.sync.numbers_left("CS") == 99
    assert [each.kind for each in mira.replica.sync.aside()] == ["number"]
    done(mira.act(ticket_id, cmd.Note(text="goes on")))
    settle(hub, mira.replica)
    pull(mira.replica, hub)
    assert [line.kind for line in hub.lines] == ["log", "note"]


def test_what_the_hub_refused_is_not_taken_back(desks: Desks, hub: TinyLog) -> None:
    mira = desks("mira")
    ticket_id = log(mira)
    settle(hub, mira.replica)
    hub.refuses = {"note"}
    note = done(mira.act(ticket_id, cmd.Note(text="for leads")))
    settle(hub, mira.replica)
    assert "needs attention" in refusal(mira.undo(note.op_id)).todo
    settle(hub, mira.replica)
    assert [line.kind for line in hub.lines] == ["log"]
    assert [each.text for each in mira.replica.sync.aside()] == ["for leads"]


def test_an_announcement_does_not_forget_what_is_safe(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    for _ in range(2):
        log(mira)
    settle(hub, mira.replica)
    first, second = hub.lines
    tobias.replica.sync.apply([first], 1, first.chain, 1)
    tobias.replica.sync.apply([second], 2, second.chain, 0)
    assert tobias.replica.sync.state().safe_seq == 1


def test_a_refused_entry_is_on_no_desk_until_it_is_taken(desks: Desks, hub: TinyLog) -> None:
    mira, tobias = desks("mira"), desks("tobias")
    here, there = mira.replica.directory, tobias.replica.directory
    hub.refuses = {"client"}
    new = Client(name="Brand New", policy="tiered")
    here.put_clients([new], START)
    settle(hub, mira.replica)
    assert here.client("Brand New") is None
    (refused,) = mira.replica.sync.aside()
    hub.refuses = set()
    mira.replica.sync.resend(refused.op_id)
    assert here.client("brand new") == new
    settle(hub, mira.replica, tobias.replica)
    assert here.clients() == there.clients()

    hub.refuses = {"client"}
    here.put_clients([Client(name="Brand New", policy="playbook")], START)
    settle(hub, mira.replica)
    assert here.client("Brand New") == new
    assert mira.replica.sync.withdraw(mira.replica.sync.aside()[0].op_id)
    assert here.client("Brand New") == new == there.client("Brand New")
