"""Who may be calling, and what logging a SEV 1 really does: told from the policy, by doing it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.desks import done, open_desk
from tierline.desk import quick_log
from tierline.desk.desk import Desk
from tierline.storage.records import Client, Contact

DENTAL = "Brackenfold Dental"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    opened.replica.directory.put_clients([Client(name=DENTAL, policy="playbook", city="Melbourne")])
    opened.replica.directory.put_contacts(
        [
            Contact(client=DENTAL, name="Jonas Petrie", title="Manager", phone="(03) 5550 0117"),
            Contact(client=DENTAL, name="Joy Maddern", phone="(03) 5550 0164"),
        ]
    )
    yield opened
    opened.replica.close()


def test_clients_are_completed_with_their_policy_and_the_letters_marked(desk: Desk) -> None:
    best, new = quick_log.clients(desk, "bra")
    assert (best.name, best.under, best.end) == (DENTAL, "Melbourne", "playbook v5")
    assert best.spans == ((0, 3),)
    assert new.fresh
    assert [m.fresh for m in quick_log.clients(desk, DENTAL.lower())] == [False]


@pytest.mark.parametrize(("typed", "first"), [("jo", "Jonas Petrie"), ("0164", "Joy Maddern")])
def test_callers_are_found_by_name_or_number(desk: Desk, typed: str, first: str) -> None:
    assert quick_log.callers(desk, DENTAL, typed)[0].name == first


def test_a_caller_nobody_knows_keeps_the_name_or_the_number_as_typed(desk: Desk) -> None:
    assert quick_log.callers(desk, DENTAL, "Zoe")[-1][:1] == ("Zoe",)
    number = quick_log.callers(desk, DENTAL, "0400 111 222")[-1]
    assert (number.name, number.reach, number.fresh) == ("", "0400 111 222", True)


def test_without_a_client_a_caller_says_whose_they_are(desk: Desk) -> None:
    found = quick_log.callers(desk, "", "jonas")[0]
    assert (found.client, found.under) == (DENTAL, f"Manager, {DENTAL}")


def test_the_promise_is_the_policys_first_clock(desk: Desk) -> None:
    assert quick_log.promise(desk.policy("playbook")) == "playbook v5, P1 call in 15 minutes"


def test_A3_the_quick_log_is_accepted_with_client_and_caller_alone(desk: Desk) -> None:
    command = quick_log.sev1(desk, DENTAL, "Jonas Petrie", "(03) 5550 0117")
    said = quick_log.at_once(desk, command)
    ticket = done(desk.log(command)).ticket
    assert said[0] == "Logged as P1, yours, in progress"
    assert "Call and Response met by this call" in said
    assert "Fix clock 4h 00m starts" in said
    assert said[-2:] == ["Lead and 3rd line are warned", "Work timer starts"]
    assert (ticket.priority, ticket.assignee, ticket.timer_by) == (1, "mira", "mira")
    owed = [desk.policy("playbook").file.fields[name].word for name in ticket.missing]
    assert set(owed) <= set(quick_log.later_words(desk.policy("playbook")))
    assert "Computer name" in owed
