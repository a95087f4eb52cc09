"""What the tray says: the most urgent thing first, short enough for every system."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.fakes.desks import START
from tierline.desk.tray_words import MOST, TrayState, from_epoch, lines, tip

ZONE = ZoneInfo("Australia/Melbourne")
BUSY = TrayState(
    over=3,
    soon=2,
    unassigned=6,
    unsent=1,
    offline=START - timedelta(minutes=21),
    quiet=START + timedelta(minutes=30),
)


def test_all_that_is_so_is_told_the_most_urgent_first() -> None:
    assert [line.text for line in lines(BUSY, START, ZONE)] == [
        "3 over",
        "2 due soon",
        "6 unassigned",
        "1 change unsent",
        "Offline since 10:21",
        "Do not disturb until 11:12",
    ]
    assert tip(BUSY, START, ZONE).startswith("Tierline: 3 over, 2 due soon, 6 unassigned")
    assert len(tip(BUSY, START, ZONE)) <= MOST


def test_a_calm_desk_says_so() -> None:
    assert tip(TrayState(), START, ZONE) == "Tierline: Nothing is due"


def test_what_can_be_looked_at_names_its_view() -> None:
    told = {line.text: (line.view, line.filter) for line in lines(BUSY, START, ZONE)}
    assert told["3 over"] == ("all", "is:over")
    assert told["2 due soon"] == ("due", "")
    assert told["6 unassigned"] == ("unassigned", "")
    assert told["Offline since 10:21"] == ("", "")


def test_the_icon_has_the_shape_of_the_most_urgent_thing() -> None:
    assert BUSY.mark == "over"
    assert BUSY._replace(over=0).mark == "soon"
    assert BUSY._replace(over=0, soon=0).mark == "offline"
    assert BUSY._replace(over=0, soon=0, offline=None).mark == "quiet"
    assert TrayState(unassigned=9, unsent=9).mark == ""


def test_an_end_that_is_none_is_none() -> None:
    assert from_epoch(0.0) is None
    assert from_epoch(START.timestamp()) == START


def test_a_line_is_never_too_long_for_windows() -> None:
    huge = TrayState(10**30, 10**30, 10**30, 10**30, START, START)
    assert len(tip(huge, START, ZONE)) == MOST
