"""Queues: the right tickets, in the order someone must act, counted as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.fakes.desks import START, TurnedClock, done, log, open_desk, refusal
from tests.fakes.made import NOW, logged, projected
from tierline.desk.desk import Desk
from tierline.desk.filters import Asker, parse_filter
from tierline.desk.queues import VIEWS
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.countdown import Phase
from tierline.domain.errors import Refusal
from tierline.domain.honesty import Kind
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.storage.records import SavedView


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock=clock)
    yield opened
    opened.replica.close()


@pytest.fixture
def busy(desk: Desk, clock: TurnedClock) -> Desk:
    """Nine tickets in every state a queue tells apart."""
    vpn = log(desk, "VPN drops", impact=1, urgency=1, channel="phone")
    done(desk.act(vpn, cmd.Take()))
    clock.turn(minutes=1)
    wait = log(desk, "Scan to mail", client="Marrowby Foods")
    done(desk.act(wait, cmd.Assign(assignee="tobias")))
    done(desk.act(wait, cmd.ChangeStatus(status="waiting-client", reason="asked")))
    up = log(desk, "Gateway loses sessions", impact=2, urgency=2)
    command = cmd.Escalate(tier=2, reason="skill", handover="Checked the cable.", message="On it.")
    done(desk.act(up, command))
    gone = log(desk, "Mailbox full")
    done(desk.act(gone, cmd.Resolve(steps="Emptied it.")))
    log(desk, "How do I sign?", impact=3, urgency=3)
    return desk


def subjects(desk: Desk, view: str, filter_: str = "", sort: str = "") -> list[str]:
    ids = desk.ids(view, filter_, sort)
    assert not isinstance(ids, Refusal), ids
    return [row.subject for row in desk.rows(ids)]


def test_views_hold_what_they_say(busy: Desk) -> None:
    assert subjects(busy, "my") == ["VPN drops"]
    assert set(subjects(busy, "unassigned")) == {"Gateway loses sessions", "How do I sign?"}
    assert subjects(busy, "waiting") == ["Scan to mail"]
    assert subjects(busy, "resolved") == ["Mailbox full"]
    assert subjects(busy, "escalated") == subjects(busy, "tier:2") == ["Gateway loses sessions"]
    assert subjects(busy, "priority:1") == ["VPN drops"]
    assert len(subjects(busy, "all")) == 4
    assert len(subjects(busy, "everything")) == 5


def test_every_count_is_the_length_of_its_view(busy: Desk, clock: TurnedClock) -> None:
    busy.replica.templates.put([SavedView("k", "Key", 'client:"Pellow" -priority:4')])
    for hours in (0, 1, 4, 20, 60, 200):
        clock.now = START
        clock.turn(hours=hours)
        counts = busy.counts()
        assert set(counts) == {*VIEWS, "saved:k"}
        for view, count in counts.items():
            ids = busy.ids(view)
            assert len(ids) == count.total, (hours, view)


def test_over_and_soon_are_what_the_faces_show(busy: Desk, clock: TurnedClock) -> None:
    for minutes in range(0, 3_000, 97):
        clock.now = START
        now = clock.turn(minutes=minutes).timestamp()
        over = soon = 0
        for row in busy.rows(busy.ids("all")):
            phases = {each.face(now).phase for each in row.clocks}
            over += Phase.OVER in phases
            soon += Phase.SOON in phases and Phase.OVER not in phases
        assert busy.counts()["all"][1:] == (over, soon), minutes


def test_order_is_by_the_next_moment_someone_must_act(busy: Desk) -> None:
    listed = busy.replica.tickets.listed(busy.ids("all"))
    moments = [each.act_at for each in listed]
    known = [at for at in moments if at is not None]
    assert known == sorted(known)
    assert moments[: len(known)] == known


@pytest.mark.parametrize("sort", ["number", "priority", "client", "assignee", "changed", "tier"])
def test_a_column_sorts_both_ways(busy: Desk, sort: str) -> None:
    up = busy.ids("everything", sort=sort)
    down = busy.ids("everything", sort=sort, descending=True)
    assert isinstance(up, list)
    assert isinstance(down, list)
    assert sorted(up) == sorted(down)
    assert busy.ids("everything", sort=f"-{sort}") == down


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tier:2", ["Gateway loses sessions"]),
        ("line:2", ["Gateway loses sessions"]),
        ("priority:1,4", ["VPN drops", "How do I sign?"]),
        ("prio:P1", ["VPN drops"]),
        ("-priority:1,2,3", ["How do I sign?"]),
        ('client:"Marrowby Foods"', ["Scan to mail"]),
        ("client:marrowby", ["Scan to mail"]),
        ("status:waiting", ["Scan to mail"]),
        ("status:waiting-client", ["Scan to mail"]),
        ("assignee:me", ["VPN drops"]),
        ("assignee:TOBIAS", ["Scan to mail"]),
        ("is:unassigned tier:1", ["How do I sign?"]),
        ("channel:phone", ["VPN drops"]),
        ("gateway", ["Gateway loses sessions"]),
        ("cable", ["Gateway loses sessions"]),
        ("is:resolved", ["Mailbox full"]),
        ("status:resolved,closed", ["Mailbox full"]),
        ("is:soon", []),
        ("-is:over -is:soon -is:waiting tier:1", ["VPN drops", "How do I sign?"]),
        ("tier:3", []),
        ("logged:today tier:2", ["Gateway loses sessions"]),
        ("logged:<2026-01-01", []),
        ("resolved:today", ["Mailbox full"]),
    ],
)
def test_a_filter_keeps(busy: Desk, typed: str, expected: list[str]) -> None:
    assert sorted(subjects(busy, "all", typed)) == sorted(expected)


@pytest.mark.parametrize("typed", ["tier:x", "is:purple", "logged:soonish", "priority:"])
def test_a_filter_nobody_understands_says_how_to_write_it(desk: Desk, typed: str) -> None:
    answer = desk.ids("all", typed)
    if typed.endswith(":"):
        assert answer == []
    else:
        assert refusal(answer).todo


def test_words_that_look_like_keys_are_only_words() -> None:
    asker = Asker("mira", datetime(2026, 11, 5, tzinfo=UTC), ZoneInfo("UTC"))
    found = parse_filter('http://x:80 "tier:2" error:42', asker)
    assert not isinstance(found, Refusal)
    assert found.wheres == []
    assert "error:42" in found.words


LATER = timedelta(days=40)
TOLD: dict[Kind, tuple[dict[str, Any], tuple[ev.AnyEvent, ...]]] = {
    "replied": (
        {},
        (
            ev.StatusChanged(at=NOW, status="waiting-client"),
            ev.Messaged(at=NOW + timedelta(minutes=1), text="This one", direction="in"),
        ),
    ),
    "past date": (
        {},
        (ev.StatusChanged(at=NOW, status="planned", until=NOW + timedelta(hours=1)),),
    ),
    "no date": ({}, (ev.StatusChanged(at=NOW, status="waiting-client"),)),
    "unknown status": ({}, (ev.StatusChanged(at=NOW, status="on-the-moon"),)),
    "no reasons": ({"policy": "bare"}, ()),
    "rule loop": ({}, (ev.Noted(at=NOW, text="-", rule="up, small v1", occasion="up/loop"),)),
    "clock back": ({}, (ev.Noted(at=NOW + 2 * LATER, text="From the future"),)),
    "message failed": ({}, (ev.Messaged(at=NOW, text="Hello", delivery="failed", key="1"),)),
    "no plan": (
        {"policy": "tiered"},
        (ev.Assigned(at=NOW, assignee="mira"), ev.StatusChanged(at=NOW, status="in-progress")),
    ),
    "disputed": ({"policy": "tiered"}, (ev.Disputed(at=NOW, priority=3, reason="All of us"),)),
    "missing": ({"missing": ("outage",)}, (ev.Resolved(at=NOW, status="resolved", steps="-"),)),
}


def test_every_kind_of_flag_a_ticket_can_have_is_told_by_the_test_below() -> None:
    assert {*get_args(Kind)} == {*TOLD, "allowance"}  # which is the client's, not the ticket's


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_flagged_is_found_whatever_the_flag_is(desk: Desk, kind: Kind) -> None:
    file = desk.book.get("playbook").file
    ways = tuple(replace(way, reasons=()) for way in file.escalations)
    bare = Policy(replace(file, name="bare", escalations=ways))
    book = PolicyBook([*map(desk.book.get, desk.book.names()), bare], "playbook")
    told, events = TOLD[kind]
    with desk.replica.writing() as writing:
        for number, (facts, more) in enumerate(((told, events), ({}, ())), 1):
            first = logged(number, **facts)
            history = replace(first, events=(*first.events, *more))
            writing.record(history, projected(history), base_seq=0)
    asking = Desk(desk.replica, book, "mira", lambda: NOW + LATER)
    flagged, plain = logged(1).ticket_id, logged(2).ticket_id
    view = asking.open_ticket(flagged)
    assert view is not None
    assert kind == "clock back" or kind in [flag.kind for flag in view.flags]
    assert asking.ids("everything", "is:flagged") == [flagged]
    assert asking.ids("everything", "-is:flagged") == [plain]


def test_a_flag_is_found_and_gone_as_soon_as_it_is(desk: Desk, clock: TurnedClock) -> None:
    made = log(desk)
    until = clock.now + timedelta(hours=1)
    wait = cmd.ChangeStatus(status="waiting-client", reason="Which?", until=until)
    done(desk.act(made, wait))
    assert desk.ids("all", "is:flagged") == []
    clock.turn(hours=1, minutes=1)
    assert desk.ids("all", "is:flagged") == [made]
    done(desk.act(made, cmd.ChangeStatus(status="in-progress")))
    assert desk.ids("all", "is:flagged") == []


def test_a_saved_view_can_be_narrowed(busy: Desk) -> None:
    busy.replica.templates.put([SavedView("p", "Pellow", "client:pellow", "-priority")])
    assert subjects(busy, "saved:p")[0] == "How do I sign?"
    assert subjects(busy, "saved:p", "tier:2") == ["Gateway loses sessions"]
    assert refusal(busy.ids("saved:gone")).todo


def test_a_row_says_what_a_technician_reads(busy: Desk) -> None:
    (row,) = busy.rows(busy.ids("waiting"))
    assert (row.status, row.status_note, row.status_icon) == ("Waiting", "client", "pause")
    assert (row.assignee, row.mine, row.tier_word) == ("Tobias L.", False, "1st")
    assert row.arrived == "10:43"
    phases = {each.face(START.timestamp()).phase for each in row.clocks}
    assert phases == {Phase.RUNNING, Phase.PAUSED}


def test_a_reply_of_the_contact_is_marked(busy: Desk) -> None:
    (waiting,) = busy.ids("waiting")
    done(busy.act(waiting, cmd.Receive(text="It is a Brother.")))
    assert busy.rows([waiting])[0].gutter == "reply"
    assert subjects(busy, "all", "is:replied") == ["Scan to mail"]
