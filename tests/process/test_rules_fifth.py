"""A fifth provider's rules come from its file alone: other words, other limits, other occasions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.process.floor import Floor
from tierline.domain import commands as cmd
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.policy_check import PolicyError, load

Make = Callable[..., Floor]
FIFTH = """
name = "harbour"
title = "Night desk of a harbour"
version = 7
effective = 2026-01-01
zone = "America/Halifax"
number_prefix = "HB"
link = "https://harbour.example/{number}"
[calendars.desk]
zone = "America/Halifax"
hours = { mon = [["22:00", "06:00"]], tue = [["22:00", "06:00"]], wed = [["22:00", "06:00"]] }
[priorities]
P1 = { word = "Ships wait" }
P2 = { word = "Crane down" }
P3 = { word = "Office" }
P4 = { word = "Wish" }
[classification]
impact = ["Harbour", "Berth", "Desk"]
urgency = ["Tide", "Today", "Some day"]
matrix = [[1, 1, 2], [1, 2, 3], [2, 3, 4]]
[tiers.1]
word = "Watch"
[tiers.2]
word = "Engineers"
priorities = [1, 2]
[channels.radio]
word = "Radio"
icon = "activity"
spoken = true
[channels.pigeon]
word = "Pigeon post"
icon = "mail"
confirm = true
[statuses]
ashore = { word = "Ashore", phase = "new" }
aboard = { word = "Aboard", phase = "active" }
tide = { word = "Waits for the tide", phase = "waiting", undated = "1h" }
fog = { word = "Lost in fog", phase = "waiting" }
moored = { word = "Moored", phase = "resolved" }
logbook = { word = "In the logbook", phase = "closed" }
sunk = { word = "Sunk", phase = "cancelled" }
[types.incident]
word = "Trouble"
[reopen]
within = "2d"
close_after = "1d"
[roles]
master = "Harbour master"
[templates]
hello = "{contact}, {number} is heard. See {link}"
foghorn = "{contact}, are you there?"
gone = "{contact}, {number} is given up."
[clocks.watch]
word = "Line limit"
letter = "L"
starts = "tier"
calendar = "always"
pauses = ["tide"]
by_tier = { 1 = "2h" }
[[escalations]]
from = 1
to = 2
reasons = [{ key = "welding", text = "Needs welding" }]
[rules]
hail = { does = "message", on = "logged", tell = "hello" }
half = { does = "task", clock = "watch", at = 0.5, role = "master", help = "Half is over" }
weld = { does = "escalate", clock = "watch", overrule = false }
horn = { does = "remind", status = "fog", after = "1h", times = 2, tell = "foghorn" }
drag = { does = "task", on = "escalated", after = "3h", help = "Ask the engineers" }
[follow_ups.tide]
status = "tide"
times = 2
over = "2bd"
tell = "foghorn"
then = "resolve"
why = "Sailed"
end = "gone"
"""


@pytest.fixture
def harbour(floor: Make) -> Floor:
    book = PolicyBook([Policy(load(FIFTH, "harbour.toml"))])
    desk = floor("harbour", book=book)
    desk.log("2026-11-02 22:00", channel="pigeon", details={})  # a Monday
    return desk


def test_an_occasion_is_answered_at_once_by_the_channel_there_is(harbour: Floor) -> None:
    assert harbour.said() == ["Ada, HB0000001 is heard. See https://harbour.example/HB0000001"]
    assert harbour.ticket.outbox[0].channel == "pigeon"


def test_a_share_makes_a_task_and_the_limit_escalates_to_the_next_line(harbour: Floor) -> None:
    assert harbour.run("2026-11-02 23:00") == ["half task"]
    assert [(task.role, task.text) for task in harbour.ticket.tasks] == [("master", "Half is over")]
    assert harbour.run("2026-11-03 00:00") == ["weld escalate"]
    assert harbour.ticket.tier == 2
    assert harbour.run("2026-11-03 02:59") == []
    assert harbour.run("2026-11-03 03:00") == ["drag task"]


def test_a_status_by_itself_reminds_so_many_times(harbour: Floor) -> None:
    harbour.do("2026-11-02 22:10", cmd.ChangeStatus(status="fog", reason="thick"))
    assert harbour.run("2026-11-02 23:09") == ["half task"]
    assert harbour.run("2026-11-02 23:10") == ["horn remind"]
    assert "horn remind" in harbour.run("2026-11-03 00:10")
    assert "horn remind" not in harbour.run("2026-11-04 00:10")


def test_follow_ups_count_business_days_of_a_night_desk(harbour: Floor) -> None:
    harbour.do("2026-11-02 23:00", cmd.ChangeStatus(status="tide", reason="low"))
    days = ("2026-11-03 23:00", "2026-11-04 23:00", "2026-11-09 23:00")
    assert [harbour.run(day) for day in days] == [
        ["tide remind"],
        ["tide remind"],
        ["tide resolve"],
    ]
    assert harbour.ticket.status == "moored"
    assert harbour.said()[-1] == "Ada, HB0000001 is given up."


def test_close_after_closes_by_itself_without_a_rule(harbour: Floor) -> None:
    harbour.do("2026-11-02 23:00", cmd.Resolve(steps="Welded"))
    assert harbour.run("2026-11-03 22:59") == []
    assert harbour.run("2026-11-03 23:00") == ["close close"]
    assert harbour.ticket.status == "logbook"


@pytest.mark.parametrize(
    ("was", "now", "key"),
    [
        ('end = "gone"', 'end = "gon"', "follow_ups.tide.end"),
        ('undated = "1h"', 'undated = "soon"', "statuses.tide.undated"),
        ("/{number}", "/{name}", "link"),
    ],
)
def test_what_cannot_work_is_refused_with_its_key(was: str, now: str, key: str) -> None:
    with pytest.raises(PolicyError) as error:
        load(FIFTH.replace(was, now, 1), "harbour.toml")
    assert key in str(error.value)
