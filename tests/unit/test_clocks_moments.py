"""Lines 9 to 14 of *Clock semantics* that are about whole clocks, and what a row keeps."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.oracles.desks import clock, logged, policy, ticket
from tests.oracles.histories import (
    MON_9,
    PAUSING,
    due,
    fix,
    message,
    read,
    resolved,
    status,
)
from tests.oracles.wall import at, local
from tierline.domain import events as ev
from tierline.domain.clocks import State, clocks_of, deadlines, next_moment
from tierline.domain.policy import Policy
from tierline.domain.policy_file import TargetTable

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

# 9 · no target, no clock -------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["", "0", "none", "best effort", "0m"])
def test_line_09_a_zero_or_blank_target_means_no_clock(target: str) -> None:
    rules = policy({"fix": clock(by_priority={"P1": "1h", "P3": target})})
    assert read(rules, "2026-11-02 10:00", logged(MON_9)) == {}
    assert deadlines(ticket(logged(MON_9)), rules) == ()


# 10 · business days ------------------------------------------------------------------------------

DAYS = policy({"fix": clock(target="1bd", pauses=("waiting",))})


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ("2026-11-02 10:20", "2026-11-03 10:20"),
        ("2026-11-06 16:00", "2026-11-09 16:00"),
        ("2026-11-07 12:00", "2026-11-10 09:00"),
        ("2026-11-02 09:00", "2026-11-03 09:00"),
    ],
)
def test_line_10_a_business_day_is_the_same_position_of_the_next(start: str, ends: str) -> None:
    assert due(fix(start, logged(at(start)), rules=DAYS)) == ends


def test_line_10_a_pause_is_added_in_working_time() -> None:
    history = (
        logged(at("2026-11-02 10:20")),
        status("2026-11-02 11:00", "waiting"),
        status("2026-11-02 12:30", "in-progress"),
    )
    assert due(fix("2026-11-02 13:00", *history, rules=DAYS)) == "2026-11-03 11:50"


def test_line_10_a_night_on_hold_does_not_turn_an_opening_into_a_close() -> None:
    history = (
        logged(MON_9),
        status("2026-11-02 17:30", "waiting"),
        status("2026-11-03 08:00", "in-progress"),
    )
    assert due(fix("2026-11-03 08:30", *history, rules=DAYS)) == "2026-11-03 09:00"
    longer = (*history[:2], status("2026-11-03 18:00", "in-progress"))
    found = fix("2026-11-03 18:30", *longer, rules=DAYS)
    assert (due(found), found.state) == ("2026-11-04 09:00", State.RUNNING)


def test_line_10_a_hold_that_changes_its_reason_on_the_due_instant_is_one_hold() -> None:
    history = (
        logged(MON_9),
        status("2026-11-02 17:30", "waiting"),
        status("2026-11-03 09:00", "vendor"),
    )
    both = policy({"fix": clock(target="1bd", pauses=("waiting", "vendor"))})
    found = fix("2026-11-03 11:00", *history, rules=both)
    assert (due(found), found.state) == ("2026-11-03 11:00", State.PAUSED)


# 11 · no clock runs, nothing breaches ------------------------------------------------------------


@pytest.mark.parametrize("merged", ["", "CS2"])
def test_line_11_a_cancelled_or_merged_ticket_has_no_running_clock(merged: str) -> None:
    gone = ev.Cancelled(
        at=at("2026-11-02 10:00"), status="cancelled", reason="x", merged_into=merged
    )
    history = (logged(MON_9), message("2026-11-02 09:30"), gone)
    rules = policy({"response": clock("Response", "R", stops=("responded",)), "fix": clock()})
    found = read(rules, "2026-11-09 10:00", *history)
    assert {name: each.state for name, each in found.items()} == {"response": State.MET}
    made = ticket(*history)
    assert next_moment(made, deadlines(made, rules)) is None


def test_line_11_nothing_breaches_while_paused() -> None:
    history = (logged(MON_9), status("2026-11-02 10:00", "waiting"))
    found = fix("2026-11-30 10:00", *history)
    assert (found.state, found.left, due(found)) == (State.PAUSED, 3 * HOUR, "2026-11-30 13:00")


def test_line_11_what_was_over_before_the_pause_stays_over() -> None:
    history = (logged(MON_9), status("2026-11-02 14:00", "waiting"))
    found = fix("2026-11-30 10:00", *history)
    assert (found.state, found.left, due(found)) == (State.BREACHED, -HOUR, "2026-11-02 13:00")


def test_line_11_a_pause_that_begins_on_the_deadline_does_not_move_it() -> None:
    """As a close does not: the target was reached then, and time that goes on after it is over."""
    history = (logged(MON_9), status("2026-11-02 13:00", "waiting"))
    found = fix("2026-11-02 15:00", *history)
    assert (found.state, found.left, due(found)) == (State.PAUSED, 0 * HOUR, "2026-11-02 13:00")
    on = (*history, status("2026-11-02 15:00", "in-progress"))
    assert due(fix("2026-11-02 15:30", *on)) == "2026-11-02 13:00"
    assert fix("2026-11-02 15:30", *on).state == State.BREACHED


def test_line_11_two_pauses_in_a_row_are_one() -> None:
    history = (
        logged(MON_9),
        status("2026-11-02 13:00", "waiting"),
        status("2026-11-02 14:00", "vendor"),
    )
    assert fix("2026-11-02 15:00", *history).state == State.PAUSED


def test_line_11_a_breach_is_decided_when_read() -> None:
    """The same history, unread for a month, breached when it did."""
    for now, state in (("2026-11-02 13:00", State.RUNNING), ("2026-11-02 13:01", State.BREACHED)):
        assert fix(now, logged(MON_9)).state == state
    stored = deadlines(ticket(logged(MON_9)), policy({"fix": PAUSING}))[0]
    assert (stored.state, stored.due) == (State.RUNNING, at("2026-11-02 13:00"))


def test_line_11_a_clock_can_be_read_as_of_any_instant_of_its_past() -> None:
    history = (
        logged(MON_9),
        status("2026-11-02 10:00", "waiting"),
        status("2026-11-02 12:00", "in-progress"),
        resolved("2026-11-02 14:00"),
    )
    rules = policy({"fix": PAUSING})
    states = {
        now: clocks_of(history, rules, at(f"2026-11-02 {now}"))[0].state
        for now in ("09:30", "11:00", "13:00", "15:00")
    }
    assert list(states.values()) == [State.RUNNING, State.PAUSED, State.RUNNING, State.MET]


# 12 · line limits --------------------------------------------------------------------------------

LINE = policy(
    {
        "first": clock("Line limit", "L", starts="tier", by_tier={"1": "4h"}, pauses=("waiting",)),
        "second": clock(
            "Line limit", "L", starts="tier", stops=("consulted",), by_tier={"2": "8h"}
        ),
    }
)


def test_line_12_a_line_limit_starts_on_entering_and_not_on_a_change_of_person() -> None:
    """Published bug: passing a ticket round the team kept it on the line for ever."""
    up = ev.Escalated(at=at("2026-11-02 11:00"), tier=2, reason="hard", assignee="tobias")
    history = (
        logged(MON_9),
        ev.Assigned(at=at("2026-11-02 09:30"), assignee="mira"),
        ev.Assigned(at=at("2026-11-02 10:30"), assignee="tobias"),
    )
    assert due(read(LINE, "2026-11-02 10:30", *history)["first"]) == "2026-11-02 13:00"
    later = (*history, up, ev.Assigned(at=at("2026-11-02 15:00"), assignee="priya"))
    found = read(LINE, "2026-11-02 16:00", *later)
    assert list(found) == ["second"]
    assert (found["second"].started, due(found["second"])) == (up.at, "2026-11-03 11:00")


def test_line_12_a_consultation_ends_the_limit_of_this_line_only() -> None:
    up = ev.Escalated(at=at("2026-11-02 11:00"), tier=2, reason="hard")
    asked = ev.Consulted(at=at("2026-11-02 12:00"), tier=3, whom="Hana", text="Which?")
    history = (logged(MON_9), up, asked)
    assert read(LINE, "2026-11-04 12:00", *history)["second"].state == State.MET
    down = ev.Escalated(at=at("2026-11-02 13:00"), tier=1, reason="hard")
    again = ev.Escalated(at=at("2026-11-02 14:00"), tier=2, reason="hard")
    assert read(LINE, "2026-11-02 15:00", *history, down, again)["second"].state == State.RUNNING


# 13 · warnings -----------------------------------------------------------------------------------


def warned(now: str, *events: ev.Event, rules: Policy) -> str:
    found = fix(now, *events, rules=rules)
    return local(found.warn_at) if found.warn_at else ""


def test_line_13_a_warning_is_counted_back_through_the_same_calendar() -> None:
    """80 % of 5 hours from Friday 15:00 are over on Monday at 11:00, not at some time at night."""
    rules = policy({"fix": clock(target="5h")})
    assert (
        warned("2026-11-06 15:00", logged(at("2026-11-06 15:00")), rules=rules)
        == "2026-11-09 11:00"
    )


def test_line_13_a_pause_moves_the_warning_and_a_paused_clock_has_none() -> None:
    rules = policy({"fix": clock(target="5h", pauses=("waiting",))})
    history = (
        logged(MON_9),
        status("2026-11-02 13:30", "waiting"),
        status("2026-11-02 14:30", "in-progress"),
    )
    assert warned("2026-11-02 14:30", *history, rules=rules) == "2026-11-02 13:00"
    early = (
        logged(MON_9),
        status("2026-11-02 10:00", "waiting"),
        status("2026-11-02 11:00", "in-progress"),
    )
    assert warned("2026-11-02 11:00", *early, rules=rules) == "2026-11-02 14:00"
    assert warned("2026-11-02 14:00", *history[:2], rules=rules) == ""


def test_line_13_a_warning_that_meets_a_pause_is_given_when_it_goes_on() -> None:
    rules = policy({"fix": clock(target="5h", pauses=("waiting",))})
    history = (
        logged(MON_9),
        status("2026-11-02 13:00", "waiting"),
        status("2026-11-02 14:00", "in-progress"),
    )
    assert warned("2026-11-02 14:00", *history, rules=rules) == "2026-11-02 14:00"


# 14 · seconds, zones, and the sooner of two targets ----------------------------------------------


def test_line_14_seconds_are_kept() -> None:
    start = at("2026-11-02 16:59:50.000007")
    found = fix("2026-11-03 09:00:05", logged(start))
    assert found.due == at("2026-11-03 12:59:50.000007")
    assert found.worked == timedelta(seconds=14, microseconds=999_993)


def test_line_14_a_target_on_the_wall_clock_counts_every_hour() -> None:
    wall = TargetTable(target="24h", calendar="always")
    rules = policy({"fix": clock(by_priority={"P3": wall})})
    assert (
        due(fix("2026-11-07 12:00", logged(at("2026-11-07 11:00")), rules=rules))
        == "2026-11-08 11:00"
    )


@pytest.mark.parametrize(
    ("start", "ends"),
    [("2026-11-02 10:00", "2026-11-02 12:00"), ("2026-11-02 20:00", "2026-11-03 00:00")],
)
def test_the_sooner_of_two_targets_is_promised_whenever_it_starts(start: str, ends: str) -> None:
    """Two desk hours by mail or four of the wall clock: which is sooner depends on the hour."""
    wall = TargetTable(target="4h", calendar="always")
    rules = policy({"fix": clock(by_priority={"P3": wall}, by_channel={"mail": "2h"})})
    made = ticket(logged(at(start)))
    assert due(fix(start, logged(at(start)), rules=rules)) == ends
    assert deadlines(made, rules)[0].due == at(ends)


# What a row keeps --------------------------------------------------------------------------------


def moment(rules: Policy, *events: ev.Event) -> datetime | None:
    made = ticket(*events)
    return next_moment(made, deadlines(made, rules))


def test_the_first_thing_to_act_on_is_a_due_or_the_check_time() -> None:
    rules = policy({"fix": PAUSING, "response": clock("Response", "R", "1h", stops=("responded",))})
    assert moment(rules, logged(MON_9)) == at("2026-11-02 10:00")
    until = at("2026-11-02 09:20")
    waits = ev.StatusChanged(at=at("2026-11-02 09:10"), status="waiting", until=until)
    assert moment(rules, logged(MON_9), waits) == until
    assert (
        moment(policy({"fix": PAUSING}), logged(MON_9), status("2026-11-02 09:10", "waiting"))
        is None
    )
    assert moment(rules, logged(MON_9), resolved("2026-11-02 09:30")) is None


def test_deadlines_stand_in_the_order_in_which_someone_must_act() -> None:
    rules = policy(
        {
            "met": clock("Response", "R", stops=("responded",)),
            "held": clock("Update", "U", pauses=("waiting",)),
            "late": clock(target="1h"),
            "soon": clock("Allocate", "A", target="8h", stops=("allocated",)),
        }
    )
    history = (logged(MON_9), message("2026-11-02 09:05"), status("2026-11-02 10:00", "waiting"))
    found = deadlines(ticket(*history), rules)
    assert [each.name for each in found] == ["late", "soon", "held", "met"]
    held, met = found[2], found[3]
    assert (held.state, held.due, held.held) == (State.PAUSED, None, 3 * 3_600)
    assert (met.stopped, met.due, met.held) == (True, None, 300)


def test_time_left_is_rounded_up_and_time_taken_down() -> None:
    """As the ticking countdown does, so that pausing a clock changes no figure."""
    history = (logged(at("2026-11-02 09:00:00.4")), status("2026-11-02 10:00", "waiting"))
    assert deadlines(ticket(*history), policy({"fix": PAUSING}))[0].held == 3 * 3_600 + 1
    done = (logged(at("2026-11-02 09:00:00.4")), resolved("2026-11-02 10:00"))
    assert deadlines(ticket(*done), policy({"fix": PAUSING}))[0].held == 3_599
