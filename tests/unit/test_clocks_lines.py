"""Lines 1 to 6 of *Clock semantics* that are about whole clocks: starts, pauses, stops."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.oracles.desks import clock, logged, policy, ticket
from tests.oracles.histories import (
    MON_9,
    due,
    fix,
    message,
    raised,
    read,
    reopened,
    resolved,
    status,
)
from tests.oracles.wall import at, local
from tierline.domain import events as ev
from tierline.domain.clocks import State

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

# 1 · from history, from creation, with pauses kept -----------------------------------------------

BY_PRIORITY = {"P1": "1h", "P2": "2h", "P3": "4h", "P4": "8h"}


def test_line_01_a_raised_priority_counts_from_creation_and_keeps_the_time_used() -> None:
    rules = policy({"fix": clock(by_priority=BY_PRIORITY)})
    found = fix("2026-11-02 10:30", logged(MON_9), raised("2026-11-02 10:00", 2), rules=rules)
    assert (due(found), found.started, found.left) == ("2026-11-02 11:00", MON_9, 30 * MINUTE)


def test_line_01_a_change_of_priority_does_not_forget_waiting_time() -> None:
    """Published bug: pauses before the change were lost with the old target."""
    rules = policy({"fix": clock(by_priority=BY_PRIORITY, pauses=("waiting",))})
    history = (
        logged(MON_9),
        status("2026-11-02 09:30", "waiting"),
        status("2026-11-02 11:30", "in-progress"),
        raised("2026-11-02 12:00", 2),
    )
    found = fix("2026-11-02 12:15", *history, rules=rules)
    assert (due(found), found.paused, found.worked) == ("2026-11-02 13:00", 2 * HOUR, 75 * MINUTE)


def test_line_01_a_change_of_policy_keeps_start_and_pauses() -> None:
    history = (
        logged(MON_9),
        status("2026-11-02 10:00", "waiting"),
        status("2026-11-02 11:00", "in-progress"),
        ev.PolicyChanged(at=at("2026-11-02 12:00"), policy="other"),
    )
    other = policy({"fix": clock(target="6h", pauses=("waiting",))}, name="other")
    assert ticket(*history).policy == "other"
    assert due(fix("2026-11-02 12:00", *history, rules=other)) == "2026-11-02 16:00"


def test_line_01_a_lowered_priority_takes_a_breach_back() -> None:
    rules = policy({"fix": clock(by_priority=BY_PRIORITY)})
    late = (logged(MON_9, priority=1),)
    assert fix("2026-11-02 11:00", *late, rules=rules).state == State.BREACHED
    lowered = (*late, raised("2026-11-02 11:00", 3))
    assert fix("2026-11-02 11:00", *lowered, rules=rules).state == State.RUNNING


def test_line_01_only_a_policy_that_says_so_restarts_at_the_change() -> None:
    rules = policy({"fix": clock(by_priority=BY_PRIORITY, origin="change", pauses=("waiting",))})
    history = (
        logged(MON_9),
        status("2026-11-02 09:30", "waiting"),
        raised("2026-11-02 10:00", 2),
        status("2026-11-02 11:00", "in-progress"),
    )
    found = fix("2026-11-02 11:30", *history, rules=rules)
    assert (due(found), found.paused) == ("2026-11-02 13:00", HOUR)


# 2 · pauses subtract working time ----------------------------------------------------------------


def test_line_02_a_pause_over_night_costs_only_its_open_hours() -> None:
    """Published bug: the 16 closed hours of a pause from Monday to Tuesday were given away."""
    history = (
        logged(MON_9),
        status("2026-11-02 16:00", "waiting"),
        status("2026-11-03 10:00", "in-progress"),
    )
    found = fix(
        "2026-11-03 10:00", *history, rules=policy({"fix": clock(target="8h", pauses=("waiting",))})
    )
    assert (due(found), found.paused, found.worked) == ("2026-11-03 11:00", 2 * HOUR, 7 * HOUR)


def test_line_02_a_pause_in_closed_hours_moves_nothing() -> None:
    history = (
        logged(MON_9),
        status("2026-11-02 18:00", "waiting"),
        status("2026-11-03 08:00", "in-progress"),
    )
    rules = policy({"fix": clock(target="10h", pauses=("waiting",))})
    assert due(fix("2026-11-03 09:00", *history, rules=rules)) == "2026-11-03 11:00"


def test_line_02_hold_time_never_moves_the_start() -> None:
    history = (
        logged(MON_9),
        status("2026-11-02 09:00", "waiting"),
        status("2026-11-02 12:00", "in-progress"),
    )
    found = fix("2026-11-02 12:00", *history)
    assert (found.started, due(found)) == (MON_9, "2026-11-02 16:00")


def test_line_02_the_spans_add_up_and_say_who_paused() -> None:
    history = (
        logged(at("2026-11-02 16:30")),
        status("2026-11-02 16:45", "vendor", "tobias"),
        status("2026-11-03 09:20", "in-progress"),
    )
    found = fix("2026-11-03 10:00", *history)
    told = [(local(s.start)[11:], local(s.end)[11:], s.paused, s.why, s.by) for s in found.spans]
    assert told == [
        ("16:30", "16:45", False, "", ""),
        ("16:45", "17:00", True, "vendor", "tobias"),
        ("09:00", "09:20", True, "vendor", "tobias"),
        ("09:20", "10:00", False, "", ""),
    ]
    assert (found.worked, found.paused, found.left) == (55 * MINUTE, 35 * MINUTE, 185 * MINUTE)


# 3 · which statuses pause which clock ------------------------------------------------------------


def test_line_03_each_clock_pauses_by_its_own_statuses() -> None:
    rules = policy({"fix": clock(pauses=("vendor",)), "response": clock("Response", "R")})
    history = (logged(MON_9), status("2026-11-02 10:00", "vendor"))
    found = read(rules, "2026-11-02 12:00", *history)
    assert (found["fix"].state, found["response"].state) == (State.PAUSED, State.RUNNING)
    assert (found["fix"].worked, found["response"].worked) == (HOUR, 3 * HOUR)
    waiting = read(rules, "2026-11-02 12:00", logged(MON_9), status("2026-11-02 10:00", "waiting"))
    assert waiting["fix"].state == State.RUNNING


@pytest.mark.parametrize(
    ("counts", "ends"), [(False, "2026-11-03 11:00"), (True, "2026-11-02 13:00")]
)
def test_line_03_closed_time_before_a_reopen_counts_if_the_policy_says_so(
    counts: bool, ends: str
) -> None:
    rules = policy({"fix": clock(counts_closed=counts)})
    history = (logged(MON_9), resolved("2026-11-02 11:00"), reopened("2026-11-03 09:00"))
    assert due(fix("2026-11-03 09:00", *history, rules=rules)) == ends


def test_line_03_two_reasons_to_pause_at_once_pause_once() -> None:
    """Resolved while waiting, re-opened into waiting: one hour is not held twice."""
    history = (
        logged(MON_9),
        status("2026-11-02 10:00", "waiting"),
        resolved("2026-11-02 11:00"),
        ev.Reopened(at=at("2026-11-02 12:00"), status="waiting", reason="Again"),
        status("2026-11-02 13:00", "in-progress"),
    )
    found = fix("2026-11-02 13:00", *history)
    assert (found.paused, due(found)) == (3 * HOUR, "2026-11-02 16:00")


def test_line_03_times_of_two_consoles_that_disagree_hold_nothing_twice() -> None:
    """Imported and synced histories are not always in the order of their times."""
    history = (
        logged(MON_9),
        status("2026-11-02 10:00", "waiting"),
        status("2026-11-02 12:00", "in-progress"),
        status("2026-11-02 11:30", "vendor"),
        status("2026-11-02 13:00", "in-progress"),
    )
    found = fix("2026-11-02 13:00", *history)
    assert (found.paused, found.worked, due(found)) == (3 * HOUR, HOUR, "2026-11-02 16:00")


# 4 · response and re-open ------------------------------------------------------------------------

RESPONSE = policy({"response": clock("Response", "R", "1h", stops=("responded",)), "fix": clock()})


def test_line_04_a_note_is_no_response_a_message_is() -> None:
    noted = (logged(MON_9), ev.Noted(at=at("2026-11-02 09:10"), text="Looking"))
    assert read(RESPONSE, "2026-11-02 09:20", *noted)["response"].state == State.RUNNING
    told = (*noted, message("2026-11-02 09:30"))
    found = read(RESPONSE, "2026-11-02 12:00", *told)["response"]
    assert (found.state, found.worked, found.left) == (State.MET, 30 * MINUTE, 30 * MINUTE)


def test_line_04_what_the_contact_writes_is_no_response() -> None:
    history = (logged(MON_9), message("2026-11-02 09:10", "in"))
    assert read(RESPONSE, "2026-11-02 11:00", *history)["response"].state == State.BREACHED


def test_line_04_response_stays_met_after_a_reopen_and_resolution_is_armed_again() -> None:
    history = (
        logged(MON_9),
        message("2026-11-02 09:30"),
        resolved("2026-11-02 10:00"),
        reopened("2026-11-02 12:00"),
    )
    found = read(RESPONSE, "2026-11-02 13:00", *history)
    assert (found["response"].state, found["fix"].state) == (State.MET, State.RUNNING)
    assert (found["fix"].worked, due(found["fix"])) == (2 * HOUR, "2026-11-02 15:00")


def test_line_04_the_second_message_does_not_move_a_late_response() -> None:
    history = (logged(MON_9), message("2026-11-02 10:30"), message("2026-11-02 10:40"))
    found = read(RESPONSE, "2026-11-02 12:00", *history)["response"]
    assert (found.state, found.left) == (State.BREACHED, -30 * MINUTE)


# 5 · the update clock ----------------------------------------------------------------------------

UPDATE = policy(
    {
        "update": clock("Update", "U", "2h", starts="message_out"),
        "reply": clock("Update", "U", "1h", starts="message_in"),
    }
)


def test_line_05_cadence_counts_since_our_last_message() -> None:
    assert read(UPDATE, "2026-11-02 10:00", logged(MON_9)) == {}
    history = (logged(MON_9), message("2026-11-02 09:30"), message("2026-11-02 10:30"))
    assert due(read(UPDATE, "2026-11-02 10:30", *history)["update"]) == "2026-11-02 12:30"


def test_line_05_a_waiting_contact_counts_from_the_first_unanswered_message() -> None:
    """Published bug: each further message of the contact gave us another hour."""
    history = (
        logged(MON_9),
        message("2026-11-02 09:30", "in"),
        message("2026-11-02 10:10", "in"),
    )
    assert due(read(UPDATE, "2026-11-02 10:20", *history)["reply"]) == "2026-11-02 10:30"
    answered = (*history, message("2026-11-02 10:25"))
    assert "reply" not in read(UPDATE, "2026-11-02 10:26", *answered)
    again = (*answered, message("2026-11-02 11:00", "in"))
    assert due(read(UPDATE, "2026-11-02 11:00", *again)["reply"]) == "2026-11-02 12:00"


def test_line_05_nobody_is_owed_an_update_on_a_resolved_ticket() -> None:
    history = (logged(MON_9), message("2026-11-02 09:30", "in"), resolved("2026-11-02 09:45"))
    found = read(UPDATE, "2026-11-02 12:00", *history)["reply"]
    assert (found.state, found.stopped) == (State.MET, at("2026-11-02 09:45"))
    closed = ev.Closed(at=at("2026-11-02 13:00"), status="closed", confirmed_by="Ada")
    late = (*history, message("2026-11-02 12:00", "in"), closed)
    assert read(UPDATE, "2026-11-04 12:00", *late)["reply"].state == State.MET


# 6 · closing instants ----------------------------------------------------------------------------


def test_line_06_an_answer_after_the_close_on_which_it_was_due_is_late() -> None:
    history = (logged(at("2026-11-02 13:00")), resolved("2026-11-02 17:30"))
    found = fix("2026-11-03 09:00", *history)
    assert (due(found), found.state, found.left) == ("2026-11-02 17:00", State.BREACHED, 0 * HOUR)


def test_line_06_an_answer_on_the_due_instant_is_in_time() -> None:
    history = (logged(at("2026-11-02 13:00")), resolved("2026-11-02 17:00"))
    assert fix("2026-11-03 09:00", *history).state == State.MET
    assert fix("2026-11-02 17:00", history[0]).state == State.RUNNING
