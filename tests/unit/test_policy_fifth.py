"""A fifth provider is a fifth file: its own words, lines, hours and promises, and no code."""

from __future__ import annotations

from datetime import timedelta

from tests.process.case import Case
from tierline.domain import commands as cmd
from tierline.domain.clocks import State
from tierline.domain.policy import Policy
from tierline.domain.policy_check import load

FIFTH = """
name = "harbour"
title = "Night desk of a harbour"
version = 1
effective = 2026-01-01
zone = "America/Halifax"
number_prefix = "HB"
[calendars.desk]
zone = "America/Halifax"
hours = { fri = [["22:00", "06:00"]], sat = [["22:00", "06:00"]] }
closed = [2026-11-07]
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
[channels.radio]
word = "Radio"
icon = "activity"
[statuses]
ashore = { word = "Ashore", phase = "new" }
aboard = { word = "Aboard", phase = "active" }
tide = { word = "Waits for the tide", phase = "waiting" }
moored = { word = "Moored", phase = "resolved" }
logbook = { word = "In the logbook", phase = "closed" }
sunk = { word = "Sunk", phase = "cancelled" }
[types.incident]
word = "Trouble"
[reopen]
within = "1d"
confirm = true
[clocks.haul]
word = "Fix"
letter = "F"
pauses = ["tide"]
by_priority = { P2 = "9h", P3 = "none" }
[[escalations]]
from = 1
to = 2
reasons = [{ key = "welding", text = "Needs welding" }]
message = false
"""


def harbour() -> Case:
    """A ticket of the fifth provider."""
    return Case(Policy(load(FIFTH, "harbour.toml")))


def logged(priority: int = 2) -> Case:
    """The same, logged on Friday night, an hour before midnight."""
    case = harbour()
    command = cmd.Log(
        number="HB1", subject="Crane 3", channel="radio", client="Berth 9", priority=priority
    )
    assert case.do("2026-10-30 23:00", command) is None
    return case


def test_its_night_hours_count_over_midnight_into_the_next_night() -> None:
    """Seven hours until Saturday 06:00, two more from 22:00."""
    assert logged().dues("2026-10-30 23:00") == {"haul": "2026-11-01 00:00"}


def test_its_pause_and_its_words_are_its_own() -> None:
    case = logged()
    case.do("2026-10-30 23:30", cmd.Take())
    case.do("2026-10-31 00:00", cmd.ChangeStatus(status="tide", reason="low water"))
    clock = case.read("2026-10-31 04:00")["haul"]
    assert (clock.state, clock.worked) == (State.PAUSED, timedelta(hours=1))
    assert case.policy.status("tide").word == "Waits for the tide"
    assert case.policy.tier_word(2) == "Engineers"


def test_its_matrix_and_reasons_are_its_own() -> None:
    case = logged()
    assert case.policy.priority_of(2, 1) == 1
    up = cmd.Escalate(tier=2, reason="welding", handover="Jib cracked")
    assert case.do("2026-10-31 00:00", up) is None


def test_where_it_promises_nothing_there_is_no_clock() -> None:
    assert logged(priority=3).read("2026-11-30 00:00") == {}


def test_its_ending_is_its_own() -> None:
    case = logged()
    case.do("2026-10-31 00:00", cmd.Resolve(steps="Welded"))
    assert case.ticket is not None
    assert case.ticket.status == "moored"
    assert case.do("2026-11-01 01:00", cmd.Reopen(reason="Cracked again")) is not None
    assert case.do("2026-11-01 01:00", cmd.Close(confirmed_by="Harbour master")) is None
    assert case.ticket.status == "logbook"
