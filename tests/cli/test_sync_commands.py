"""Joining, syncing and the agent from the terminal: two desks of one machine on a hub in a file."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.desks import START, open_desk
from tierline.storage.replica import Replica
from tierline.storage.turn import SyncTurn
from tierline.sync.hubs import keeping
from tierline.system import assets


class Shared:
    """A hub in a file, and the terminals of two people on desks of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'hub.sqlite'}"
        keeping.create(self.url, login=getpass.getuser())
        for login in ("mira", "ravi"):
            keeping.grant(self.url, login, "technician")
        self.mira, self.ravi = self.terminal("mira"), self.terminal("ravi")

    def terminal(self, login: str) -> Terminal:
        place = self.folder / login
        open_desk(place).replica.close()
        return Terminal(place, me=login)

    def join(self) -> None:
        for terminal in (self.mira, self.ravi):
            terminal.done("join", self.url)


@pytest.fixture
def shared(tmp_path: Path, home: Path) -> Shared:
    return Shared(tmp_path)


def priority(terminal: Terminal, number: str) -> int:
    return int(terminal.done("show", number, json=True).data["priority"])


def test_a_desk_joins_and_says_as_whom(shared: Shared) -> None:
    answer = shared.mira.done("join", shared.url)
    assert answer.out == f"Joined {shared.folder / 'hub.sqlite'} as mira.\n"
    assert "Next: tierline sync fetches its tickets; so does the console" in answer.err
    again = shared.mira.done("join", shared.url, json=True)
    assert again.data["done"].startswith("This desk is joined to")
    assert again.data["status"]["login"] == "mira"


def test_what_one_logs_the_other_sees(shared: Shared) -> None:
    shared.join()
    number = shared.mira.log("Scanner cannot reach dispatch")
    status = shared.mira.done("sync", "status", json=True).data
    assert status["link"] == "offline"
    assert status["pending"] >= 1
    told = shared.mira.done("sync", "--once")
    assert "Online" in told.out
    assert "0 changes" in told.out
    shared.ravi.done("sync", "--once")
    assert "Scanner cannot reach dispatch" in shared.ravi.done("show", number).out


def test_the_first_ticket_after_joining_has_its_number_without_a_network(shared: Shared) -> None:
    shared.join()
    numbers = [terminal.log("Scanner is dark") for terminal in (shared.mira, shared.ravi)]
    assert numbers == ["CS0000001", "CS0000051"]
    shared.mira.done("sync", "--once")
    assert shared.mira.log("Scanner is dark") == "CS0000002"


def test_status_says_whether_somebody_syncs(shared: Shared) -> None:
    shared.join()
    assert "Not connected now" in shared.mira.done("sync", "status").out
    shared.mira.done("sync", "--once")
    assert "Not connected now; last sync" in shared.mira.done("sync", "status").out
    replica = Replica.open(shared.mira.folder, START)
    turn = replica.sync_turn()
    assert isinstance(turn, SyncTurn)
    assert "Kept in sync by an open console or agent" in shared.mira.done("sync", "status").out
    turn.release()
    replica.close()


def test_two_who_changed_the_same_are_both_told_and_nothing_is_lost(shared: Shared) -> None:
    shared.join()
    number = shared.mira.log("Scanner cannot reach dispatch")
    for terminal in (shared.mira, shared.ravi):
        terminal.done("sync", "--once")
    shared.mira.done("prioritise", number, "--priority", "2", "--reason", "one shift cannot scan")
    shared.ravi.done(
        "prioritise", number, "--priority", "1", "--reason", "dispatch stopped, whole site"
    )
    shared.ravi.done("sync", "--once")
    told = shared.mira.done("sync", "--once", json=True).data
    assert told["conflicts"] == 1
    assert priority(shared.mira, number) == 1
    shared.ravi.done("sync", "--once")
    assert priority(shared.ravi, number) == 1
    both = shared.ravi.done("show", number).out
    assert "one shift cannot scan" in both
    assert "dispatch stopped, whole site" in both
    status = shared.mira.done("sync", "status").out
    assert "1 conflict" in status


def test_a_desk_that_is_alone_says_so(cli: Terminal) -> None:
    assert "has no hub" in cli.done("sync", "status").out
    assert cli.done("sync", "status", json=True).data["link"] == "alone"
    why, todo = cli.refused("sync")
    assert why == "This desk has no hub."
    assert todo == "Join one with: tierline join URL."
    assert cli("sync", "nonsense").code == 2


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://db/desk", '"mysql://db/desk" is no address of a hub.'),
        ("postgresql://ravi:hunter2@db/desk", "There is a password in the address of the hub."),
        ("postgresql://ravi@db", "The address of the hub names no database."),
        ("sqlite:////nowhere/at/all/hub.sqlite", ""),
    ],
)
def test_an_address_that_is_none_is_refused_with_what_to_do(
    cli: Terminal, url: str, why: str
) -> None:
    said, todo = cli.refused("join", url)
    assert said.startswith(why)
    assert todo
    assert "hunter2" not in f"{said}{todo}"
    assert cli.done("sync", "status", json=True).data["link"] == "alone"


def test_a_login_that_the_hub_does_not_know_is_not_let_in(shared: Shared) -> None:
    stranger = Terminal(shared.folder / "eve", me="eve")
    open_desk(stranger.folder).replica.close()
    why, todo = stranger.refused("join", shared.url)
    assert "eve" in why
    assert "hub grant" in todo
    assert stranger.done("sync", "status", json=True).data["link"] == "alone"


def test_a_revoked_login_keeps_its_desk_and_its_acts(shared: Shared) -> None:
    shared.join()
    number = shared.mira.log("Logged before")
    keeping.revoke(shared.url, "mira")
    answer = shared.mira("sync", "--once")
    assert answer.code == 1
    assert "Not connected" in answer.out
    assert "Trouble" in answer.out
    assert shared.mira.done("sync", "status", json=True).data["pending"] >= 1
    shared.mira.done("note", number, "Still working here")


def test_a_desk_belongs_to_one_hub(shared: Shared, tmp_path: Path) -> None:
    shared.join()
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    keeping.create(other, login="mira")
    why, todo = shared.mira.refused("join", other)
    assert "is joined to" in why
    assert "--data" in todo


def two_people_s_work(shared: Shared) -> str:
    """A ticket that Mira logged and Tobias wrote on, on her desk, before it is shared."""
    number = shared.mira.log("Scanner cannot reach dispatch")
    Terminal(shared.mira.folder, me="tobias").done("note", number, "Told the shift lead")
    return number


def test_a_technician_does_not_bring_what_others_did(shared: Shared) -> None:
    number = two_people_s_work(shared)
    why, todo = shared.mira.refused("join", shared.url)
    assert why == "This desk has acts of other people (Tobias Lund)."
    assert "Let a lead join it" in todo
    assert "--data DIR" in todo
    assert shared.mira.done("sync", "status", json=True).data["link"] == "alone"
    assert "Told the shift lead" in shared.mira.done("show", number).out
    assert keeping.verify(shared.url).lines == 0


def test_a_lead_brings_what_others_did_with_their_names(shared: Shared) -> None:
    number = two_people_s_work(shared)
    keeping.grant(shared.url, "lena", "lead")
    lena = Terminal(shared.mira.folder, me="lena")
    lena.done("join", shared.url)
    assert "0 changes" in lena.done("sync", "--once").out
    assert lena.done("sync", "status", json=True).data["aside"] == 0
    shared.ravi.done("join", shared.url)
    shared.ravi.done("sync", "--once")
    told = shared.ravi.done("show", number).out
    assert "Told the shift lead" in told
    assert "tobias" in told.casefold()
    assert keeping.verify(shared.url).findings == ()


def test_who_founds_a_hub_brings_the_desks_own_policies_and_shares_new_ones(shared: Shared) -> None:
    admin = shared.terminal(getpass.getuser())
    own = admin.folder / "policies" / "ours.toml"
    own.parent.mkdir()
    text = (assets.path("policies") / "playbook.toml").read_text("utf-8")
    own.write_text(text.replace('name = "playbook"', 'name = "ours"'), "utf-8")
    shared.ravi.done("join", shared.url)
    shared.ravi.log()
    shared.ravi.done("sync", "--once")
    admin.done("join", shared.url)
    admin.done("sync", "--once")
    shared.mira.done("join", shared.url)
    shared.mira.done("sync", "--once")
    assert "ours v5" in shared.mira.done("policy", "show", "ours").out

    own.write_text(own.read_text("utf-8").replace("version = 5", "version = 6"), "utf-8")
    said = admin.done("policy", "share", str(own))
    assert "everybody's policy" in said.out
    admin.done("sync", "--once")
    shared.mira.done("sync", "--once")
    assert "ours v6" in shared.mira.done("policy", "show", "ours").out

    later = own.read_text("utf-8").replace("effective = 2026", "effective = 2126")
    own.write_text(later, "utf-8")
    why, todo = admin.refused("policy", "share", str(own))
    assert "in force from 2126" in why
    assert "Share it on that day" in todo


def test_a_policy_that_a_technician_shares_is_not_taken(shared: Shared, tmp_path: Path) -> None:
    file = assets.path("policies") / "tiered.toml"
    text = file.read_text("utf-8")
    assert "not shared" in shared.mira.refused("policy", "share", str(file))[0]
    shared.join()
    file = tmp_path / "night.toml"
    file.write_text(text.replace('name = "tiered"', 'name = "night"'), "utf-8")
    shared.mira.done("policy", "share", str(file))
    assert "1 needs attention" in shared.mira.done("sync", "--once").out
    assert "night" not in shared.mira.done("policy", "list").out


def test_a_demo_is_not_shared(shared: Shared, tmp_path: Path) -> None:
    place = tmp_path / "demo"
    Replica.open(place, START, kind="demo").close()
    demo = Terminal(place, me="mira")
    why, _ = demo.refused("join", shared.url)
    assert "demo" in why


def test_two_programs_on_one_folder_take_turns(shared: Shared) -> None:
    shared.join()
    held = Replica.open(shared.mira.folder, START)
    turn = held.sync_turn()
    why, todo = shared.mira.refused("sync", "--once")
    assert "Another program" in why
    assert todo
    turn.release()  # type: ignore[union-attr]
    held.close()
    shared.mira.done("sync", "--once")


def three_lines(shared: Shared) -> str:
    """A ticket whose rules act three hours into the next day."""
    for terminal in (shared.mira, shared.ravi):
        terminal.now = "2026-11-04 11:20"
    return shared.mira.log("VPN drops", "--policy", "three-line")


def test_the_agent_fetches_acts_and_sends_and_no_rule_acts_twice(shared: Shared) -> None:
    shared.join()
    number = three_lines(shared)
    shared.mira.done("sync", "--once")
    shared.ravi.now = shared.mira.now = "2026-11-05 14:20"
    report = shared.ravi.done("agent", "--once", json=True).data
    assert report["counts"] == {"escalate": 1, "prompt": 1}
    assert shared.mira.done("agent", "--once", json=True).data["acts"] == []
    told = shared.mira.done("show", number, json=True).data
    assert told["tier"] == 2
    assert shared.mira.done("show", number).out.count("escalated it to 2nd line") == 1


def test_rules_do_not_act_on_a_desk_that_is_not_caught_up(shared: Shared) -> None:
    shared.join()
    three_lines(shared)
    keeping.revoke(shared.url, "mira")
    shared.mira.now = "2026-11-05 14:20"
    answer = shared.mira("agent", "--once")
    assert answer.code == 1
    assert "Nothing is due." in answer.out


def checks(terminal: Terminal) -> dict[str, dict[str, str]]:
    return {each["name"]: each for each in terminal("doctor", json=True).data}


def test_the_doctor_says_whether_the_hub_answers(shared: Shared) -> None:
    assert "Hub" not in checks(shared.mira)
    shared.join()
    found = checks(shared.mira)["Hub"]
    assert (found["state"], found["found"]) == (
        "ok", f"{shared.folder / 'hub.sqlite'} as mira (technician) answers"
    )  # fmt: skip
    keeping.revoke(shared.url, "mira")
    found = checks(shared.mira)["Hub"]
    assert found["state"] == "bad"
    assert "hub grant" in found["mend"]
