"""C12 · three-line: what the package has, what is used and left of it, by commands on a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import pytest
from msgspec.structs import replace

from tests.fakes.books import bundled_book
from tests.process.talk.conftest import CLIENT, Desk
from tierline.app.opening import open_desk
from tierline.desk.allowance import Allowances
from tierline.desk.desk import Desk as Inside
from tierline.domain.policy import Policy
from tierline.storage.records import Client, Person

Made = Callable[[str], Desk]


@contextmanager
def inside(desk: Desk) -> Iterator[Inside]:
    """The desk without its commands: contracts come with the directory."""
    opened = open_desk(
        desk.folder,
        partial(datetime.fromisoformat, desk.now),
        me=desk.me,
        default_policy=desk.policy,
    )
    try:
        yield opened
    finally:
        opened.replica.close()


def contract(desk: Desk, hours: float, word: str, policy: str = "three-line") -> None:
    entry = Client(name=CLIENT, policy=policy, allowance_hours=hours, allowance_word=word)
    with inside(desk) as opened:
        opened.replica.directory.put_clients((entry, replace(entry, name="Others")))


@pytest.fixture
def desk12(desk: Made) -> Desk:
    made = desk("three-line")
    contract(made, 10, "10 hours a month")
    return made


def test_C12_used_and_left_are_shown_on_every_ticket_of_the_client(desk12: Desk) -> None:
    number, other = desk12.log(), desk12.log("No sound")
    assert "10 hours a month: 0:00 used this month, 10:00 left" in desk12.run("show", number).out
    desk12.do("time", number, "2h")
    desk12.do("correct", number, "--less", "30m", "At lunch")
    assert desk12.show(other)["allowance"] == {
        "word": "10 hours a month",
        "period": "month",
        "since": "2026-10-31T13:00:00+00:00",
        "used_seconds": 5400,
        "included_seconds": 36_000,
        "left_seconds": 30_600,
        "over": False,
    }


def test_C12_work_beyond_it_warns_and_never_blocks(desk12: Desk) -> None:
    number = desk12.log()
    desk12.do("time", number, "10h")
    assert desk12.show(number)["flags"] == []
    done = desk12.do("time", number, "1m")
    said = "Beyond the package. 10 hours a month: 10:01 used this month, 0:01 beyond it."
    assert [each["text"] for each in done["ticket"]["flags"]] == [said]
    answer = desk12.run("time", number, "3h")
    assert (answer.code, "Beyond the package." in answer.err) == (0, True)
    desk12.do("resolve", number, "New driver.")


def test_C12_what_was_taken_back_worked_for_others_or_in_another_month_is_not_used(
    desk12: Desk,
) -> None:
    number = desk12.log()
    desk12.at("2026-10-31 23:59")
    early = desk12.log("Old matter")
    desk12.do("time", early, "1h")
    desk12.at("2026-11-05 11:00")
    desk12.do("time", number, "4h")
    desk12.do("undo", number)
    elsewhere = str(
        desk12.do(
            "log", "Theirs", "--client", "Others", "--contact", "Bo", "--reach", "1",
            "--description", "x", "--priority", "3",
        )["ticket"]["number"]
    )  # fmt: skip
    desk12.do("time", elsewhere, "5h")
    desk12.do("time", early, "15m")
    assert desk12.show(number)["allowance"]["used_seconds"] == 900
    assert desk12.show(elsewhere)["allowance"]["used_seconds"] == 5 * 3600
    desk12.at("2026-11-05 10:59")
    assert desk12.show(number)["allowance"]["used_seconds"] == 0
    desk12.at("2026-12-01 00:00")
    assert desk12.show(number)["allowance"]["used_seconds"] == 0


def test_C12_the_work_of_a_clients_own_people_takes_nothing_of_it(desk12: Desk) -> None:
    number = desk12.log()
    with inside(desk12) as opened:
        opened.replica.directory.put_people((Person(id="joan", name="Joan", owner=CLIENT),))
    desk12.me = "joan"
    desk12.do("time", number, "2h")
    assert desk12.show(number)["allowance"]["used_seconds"] == 0


@pytest.mark.parametrize(
    ("hours", "word", "said"),
    [
        (0, "24×7×365", "24×7×365: 1:00 used this month"),
        (0, "ad-hoc", "ad-hoc: 1:00 used this month"),
        (0, "hours-20", "hours-20: 1:00 used this month, 19:00 left"),
        (
            0,
            "No support in the package",
            "No support in the package: 1:00 used this month, 1:00 beyond it",
        ),
        (2.5, "", "2.5 hours agreed: 1:00 used this month, 1:30 left"),
        (0, "As it comes", ""),
        (0, "", ""),
    ],
)
def test_C12_every_kind_of_package_is_told_as_it_is(
    desk: Made, hours: float, word: str, said: str
) -> None:
    made = desk("three-line")
    contract(made, hours, word)
    number = made.log()
    made.do("time", number, "1h")
    told = [line for line in made.run("show", number).out.splitlines() if "Package" in line]
    assert told == ([f"  Package   {said}"] if said else [])


def test_C12_the_pane_gets_it_ready_and_low_at_the_policys_share(desk12: Desk) -> None:
    number = desk12.log()
    for worked, low in (("7h 59m", False), ("1m", True)):
        desk12.do("time", number, worked)
        with inside(desk12) as opened:
            stored = opened.find(number)
            assert stored is not None
            view = opened.open_ticket(stored.ticket.id)
        assert view is not None
        assert view.allowance is not None
        assert (view.allowance.low, view.allowance.over) == (low, False)


def test_C12_a_quarter_begins_with_its_first_month(desk12: Desk) -> None:
    policy = bundled_book().get("three-line")
    tables = policy.file.allowances
    quarter = replace(tables["hours-20"], period="quarter", word="20 hours a quarter")
    file = replace(policy.file, allowances={"q": quarter})
    number = desk12.log()
    desk12.do("time", number, "2h")
    with inside(desk12) as opened:
        client = Client(name=CLIENT, allowance_word="q")
        found = Allowances(opened.replica, opened.people).of(client, Policy(file), opened.clock())
    assert found is not None
    assert f"{found.since:%Y-%m-%dT%H:%M}" == "2026-09-30T14:00"
    assert found.text == "q: 2:00 used this quarter, 18:00 left"
