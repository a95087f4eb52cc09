"""What a reviewer found in the hubs: one bad operation never blocks a queue, whatever is in it."""

from __future__ import annotations

import itertools
import random
import string
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.fakes.desks import log
from tests.sync.hubs.joined import Joined
from tests.sync.hubs.places import Session, act, entry, whole_log
from tests.sync.hubs.server_place import Server
from tierline.domain.log import Offer
from tierline.sync.errors import HubDownError
from tierline.sync.hubs import postgres, postgres_link, postgres_news
from tierline.sync.hubs.postgres import PostgresHub

LONG = "".join(random.Random(1).choices(string.ascii_letters, k=9_000))


@pytest.mark.parametrize(
    "odd",
    [
        act(1, ticket=LONG, number=""),
        act(1, LONG),
        entry(1, "contact", f"marrowby foods/{LONG}"),
    ],
    ids=["ticket", "op", "entry"],
)
def test_I6_a_name_without_measure_is_refused_and_stops_nothing(
    session: Session, odd: Offer
) -> None:
    hub = session()
    done = hub.push("c-dana", [odd, act(2, ticket="t2")])
    assert [answer.outcome for answer in done.answers] == ["refused", "taken"]
    assert "too long" in done.answers[0].why
    assert [line.ticket_id for line in whole_log(hub, "c-dana")] == ["t2"]


def test_I6_a_number_without_measure_is_kept_and_finds_nothing(session: Session) -> None:
    hub = session()
    done = hub.push("c-dana", [act(1, number=LONG), act(2, ticket="t2")])
    assert [answer.outcome for answer in done.answers] == ["taken", "taken"]
    assert hub.find(LONG) == ()
    assert hub.find("CS-t2") == ("t2",)


def test_I6_names_as_long_as_they_may_be_are_taken(session: Session) -> None:
    hub = session()
    odd = act(1, LONG[:200], ticket=LONG[:2000], number=LONG[:200])
    assert [a.outcome for a in hub.push("c-dana", [odd]).answers] == ["taken"]
    assert hub.find(LONG[:200]) == (LONG[:2000],)


def _five() -> Generator[int, int, str]:
    for _ in range(5):
        yield 1
    return "whole"


def _played(moves: bool) -> str:
    """Run five steps, three seconds each, with a patience of five."""
    steps = postgres_link._limited(_five(), 5.0)
    next(steps)
    try:
        while True:
            steps.send(int(moves))
    except StopIteration as done:
        return str(done.value)


def test_a_slow_line_that_moves_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_link.time, "monotonic", itertools.count(0, 3).__next__)
    assert _played(moves=True) == "whole"
    with pytest.raises(TimeoutError):
        _played(moves=False)


def test_a_session_that_fails_half_open_leaves_no_connection(
    hub_place: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_: PostgresHub) -> str:
        raise HubDownError("It broke off.", safe="", todo="")

    made: list[postgres_link.Link] = []
    connected = postgres_link.connect
    for module in (postgres, postgres_news):
        monkeypatch.setattr(
            module, "connect", lambda *told: made.append(connected(*told)) or made[-1]
        )
    monkeypatch.setattr(PostgresHub, "_next_token", down)
    with pytest.raises(HubDownError, match="broke off"):
        hub_place.session("dana")
    assert [each.closed for each in made] == [True, True]


def test_a_console_that_only_reads_is_in_sync(hub_place: Server, tmp_path: Path) -> None:
    mira = Joined(hub_place, tmp_path, "mira")
    wall = Joined(hub_place, tmp_path, "wall", "wallboard")
    log(mira.desk)
    mira.once()
    told = wall.once()
    assert (told.link, told.role) == ("online", "wallboard"), told
    assert wall.told() == mira.told()
    for each in (mira, wall):
        each.desk.replica.close()
