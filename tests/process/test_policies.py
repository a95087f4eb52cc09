"""The four providers' figures, by clause: each is met through commands, history and clocks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.process.case import Case
from tierline.domain import commands as cmd
from tierline.domain.clocks import State


def logged(case: Case, local: str, **told: object) -> dict[str, str]:
    """The dues of a ticket logged at a local time, read at that time."""
    assert case.log(local, **told) is None
    return case.dues(local)


# A · playbook ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priority", "response", "fix"),
    [
        (1, "2026-11-02 16:45", "2026-11-02 20:30"),
        (2, "2026-11-04 08:30", "2026-11-04 16:30"),
        (3, "2026-11-04 11:30", "2026-11-06 16:30"),
        (4, "2026-11-04 16:30", None),
    ],
)
def test_A10_the_matrix_counts_over_the_cup_day(
    playbook: Case, priority: int, response: str, fix: str | None
) -> None:
    """Monday 16:30; Tuesday 3 November is a holiday of Victoria; P1 counts on the wall clock."""
    dues = logged(playbook, "2026-11-02 16:30", channel="portal", priority=priority)
    assert dues["response"] == response
    assert dues.get("fix") == fix


def test_A10_outside_hours_a_ticket_starts_at_the_next_opening(playbook: Case) -> None:
    dues = logged(playbook, "2026-11-06 19:00", channel="mail")
    assert dues["response"] == "2026-11-09 12:00"


def test_A2_a_p1_by_another_channel_is_called_back_and_the_call_is_shown_first(
    playbook: Case,
) -> None:
    dues = logged(playbook, "2026-11-07 03:00", channel="mail", priority=1)
    assert playbook.ticket is not None
    assert playbook.ticket.call_back
    assert dues["call"] == "2026-11-07 03:15"
    assert playbook.first() == "call"


def test_A1_a_p1_by_phone_has_its_technician_on_the_line(playbook: Case) -> None:
    logged(playbook, "2026-11-07 03:00", channel="phone", priority=1)
    assert playbook.read("2026-11-07 03:01")["call"].state == State.MET


def test_A1_channels_take_the_priorities_they_are_for(playbook: Case) -> None:
    channels = playbook.policy.file.channels
    assert channels["taskbar"].priorities == channels["mail"].priorities == (3, 4)
    assert channels["taskbar"].logged_within == channels["mail"].logged_within == "5m"
    assert channels["mail"].needs == ("subject",)
    assert channels["portal"].confirm


def test_A3_sev_1_needs_client_and_caller_only_and_lists_the_rest(playbook: Case) -> None:
    command = cmd.Log(
        number="CS1",
        subject="",
        channel="phone",
        client="Tamsin Vale",
        contact="Jo",
        priority=1,
        later=True,
    )
    assert playbook.do("2026-11-05 10:42", command) is None
    assert playbook.ticket is not None
    assert playbook.ticket.priority == 1
    assert set(playbook.ticket.missing) >= {"outage", "affected", "contact_reach", "computer"}


def test_A6_an_exit_has_an_hour_on_the_wall_clock(playbook: Case) -> None:
    dues = logged(playbook, "2026-11-06 16:50", type="exit", priority=2)
    assert dues["access"] == "2026-11-06 17:50"
    assert "access" not in logged(Case(playbook.policy), "2026-11-06 16:50")


def test_A8_an_alert_follows_the_same_clocks(playbook: Case) -> None:
    dues = logged(playbook, "2026-11-07 03:00", channel="monitoring", priority=1)
    assert (dues["response"], dues["fix"]) == ("2026-11-07 03:15", "2026-11-07 07:00")


def test_A11_every_priority_has_its_help(playbook: Case) -> None:
    priorities = playbook.policy.file.priorities
    assert all(priorities[name].help for name in ("P1", "P2", "P3", "P4"))
    assert playbook.policy.priority_of(1, 1) == 1
    assert playbook.policy.priority_of(3, 3) == 4


# B · tiered --------------------------------------------------------------------------------------


def test_B2_the_desk_never_closes_and_the_local_team_has_the_day(tiered: Case) -> None:
    day, night = tiered.policy.file.shifts.values()
    local, always = tiered.policy.calendar(day.calendar), tiered.policy.calendar(night.calendar)
    for at, ours in (("2026-11-07 08:00", True), ("2026-11-07 17:00", False)):
        assert local.is_open(tiered.utc(at)) is ours
        assert always.is_open(tiered.utc(at))


def test_B4_half_an_hour_of_work_not_of_waiting(tiered: Case) -> None:
    logged(tiered, "2026-11-05 09:38")
    assert tiered.read("2026-11-06 09:38")["line-limit"].worked == timedelta(0)
    tiered.do("2026-11-06 09:40", cmd.LogTime(seconds=29 * 60))
    clock = tiered.read("2026-11-06 09:40")["line-limit"]
    assert (clock.left, clock.state) == (timedelta(minutes=1), State.PAUSED)
    tiered.do("2026-11-06 09:50", cmd.LogTime(seconds=120))
    assert tiered.read("2026-11-06 09:50")["line-limit"].state == State.BREACHED


def test_B5_an_update_is_due_after_our_last_message(tiered: Case) -> None:
    logged(tiered, "2026-11-05 09:38", priority=2)
    tiered.do("2026-11-05 09:51", cmd.Message(text="Stale sessions found."))
    assert tiered.dues("2026-11-05 10:42")["update"] == "2026-11-05 10:51"


def test_B5_a_waiting_contact_has_a_clock_until_we_answer(tiered: Case) -> None:
    logged(tiered, "2026-11-05 09:38", priority=2)
    tiered.do("2026-11-05 10:00", cmd.Receive(text="Any news?"))
    tiered.do("2026-11-05 10:20", cmd.Receive(text="Hello?"))
    assert tiered.dues("2026-11-05 10:42")["reply"] == "2026-11-05 11:00"
    tiered.do("2026-11-05 10:43", cmd.Message(text="Soon."))
    assert "reply" not in tiered.read("2026-11-05 10:44")


def test_B7_first_line_may_go_straight_to_third(tiered: Case) -> None:
    logged(tiered, "2026-11-05 09:38", priority=1)
    way = cmd.Escalate(tier=3, reason="critical", handover="Core switch", message="Third line now.")
    assert tiered.do("2026-11-05 09:40", way) is None


def test_B11_without_a_yes_it_stays_resolved(tiered: Case) -> None:
    logged(tiered, "2026-11-05 09:38")
    tiered.do("2026-11-05 10:00", cmd.Resolve(steps="New driver"))
    refusal = tiered.do("2026-11-05 10:01", cmd.Close())
    assert refusal is not None
    assert refusal.field == "confirmed_by"
    assert tiered.do("2026-11-05 10:02", cmd.Close(confirmed_by="Ada Prior")) is None


def test_B12_a_ticket_comes_back_within_30_days(tiered: Case) -> None:
    logged(tiered, "2026-10-01 09:00")
    tiered.do("2026-10-01 10:00", cmd.Resolve(steps="New driver"))
    assert tiered.do("2026-10-31 11:01", cmd.Reopen(reason="Again")) is not None
    assert tiered.do("2026-10-31 09:59", cmd.Reopen(reason="Again")) is None


# C · three-line ----------------------------------------------------------------------------------

AWAITED = ("third-party", "delivery", "authorization", "file-restore", "parts", "quote", "rebuild")


def test_C2_a_quarter_of_an_hour_of_work_on_first_line(three_line: Case) -> None:
    logged(three_line, "2026-11-05 10:12")
    assert three_line.read("2026-11-05 10:12")["work-limit"].required == timedelta(minutes=15)


def test_C3_and_C4_a_working_day_prompts_and_twelve_desk_hours_act(three_line: Case) -> None:
    dues = logged(three_line, "2026-11-04 11:20")
    assert dues["first-line"] == "2026-11-05 11:20"
    assert dues["first-line-stop"] == "2026-11-05 14:20"
    rules = three_line.policy.file.rules
    assert (rules["first-line"].does, rules["first-line-stop"].does) == ("prompt", "escalate")


@pytest.mark.parametrize("awaited", AWAITED)
def test_C3_seven_statuses_stop_the_limit(three_line: Case, awaited: str) -> None:
    logged(three_line, "2026-11-04 11:20")
    waits = cmd.ChangeStatus(status=f"awaiting-{awaited}", reason="ordered")
    assert three_line.do("2026-11-04 12:20", waits) is None
    clocks = three_line.read("2026-11-06 12:20")
    assert clocks["first-line"].state == clocks["first-line-stop"].state == State.PAUSED
    assert clocks["first-line"].worked == timedelta(hours=1)


def test_C5_one_of_six_reasons_in_the_documents_order(three_line: Case) -> None:
    path = three_line.policy.escalation(1, 2)
    assert path is not None
    keys = [reason.key for reason in path.reasons]
    assert keys == ["remote", "research", "protracted", "no-fix", "purchase", "process"]
    logged(three_line, "2026-11-04 11:20")
    no_reason = cmd.Escalate(tier=2, reason="", handover="Board is silent", message="We come.")
    refusal = three_line.do("2026-11-04 12:00", no_reason)
    assert refusal is not None
    assert refusal.field == "reason"


def test_C7_second_line_has_two_days_then_48_hours_until_it_consults(three_line: Case) -> None:
    logged(three_line, "2026-11-04 11:20")
    up = cmd.Escalate(tier=2, reason="remote", handover="Board is silent", message="We come.")
    assert three_line.do("2026-11-05 10:42", up) is None
    dues = three_line.dues("2026-11-05 10:42")
    assert "first-line" not in dues
    assert dues["second-line"] == "2026-11-09 10:42"
    assert dues["second-line-stop"] == "2026-11-12 13:42"
    three_line.do("2026-11-06 09:00", cmd.Consult(tier=3, whom="Hana", text="Which amplifier?"))
    clocks = three_line.read("2026-11-20 09:00")
    assert clocks["second-line"].state == clocks["second-line-stop"].state == State.MET


def test_C8_one_of_four_reasons_from_second_to_third(three_line: Case) -> None:
    path = three_line.policy.escalation(2, 3)
    assert path is not None
    keys = [reason.key for reason in path.reasons]
    assert keys == ["remote", "no-fix", "research", "project"]


def test_C9_third_line_gets_nothing_from_intake(three_line: Case) -> None:
    refusal = three_line.log("2026-11-04 11:20", tier=3)
    assert refusal is not None
    assert refusal.field == "tier"
    assert three_line.policy.escalation(1, 3) is None


def test_C11_no_escalation_without_its_message(three_line: Case) -> None:
    logged(three_line, "2026-11-04 11:20")
    up = cmd.Escalate(tier=2, reason="remote", handover="Board is silent")
    refusal = three_line.do("2026-11-04 12:00", up)
    assert refusal is not None
    assert refusal.field == "message"


# D · service-definition --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priority", "response", "fix"),
    [
        (1, "2026-11-05 17:30", "2026-11-05 20:30"),
        (2, "2026-11-06 12:00", "2026-11-06 16:00"),
        (3, "2026-11-09 15:30", "2026-11-10 15:00"),
        (4, "2026-11-09 15:30", "2026-11-11 14:30"),
    ],
)
def test_D12_hours_are_hours_of_the_desk_and_p1_of_the_wall(
    service: Case, priority: int, response: str, fix: str
) -> None:
    """Thursday 16:30 in London, an hour before closing; the phone has no target of its own."""
    service.log("2026-11-05 16:30", priority=priority)
    rules = service.policy.clock_rules(
        priority=priority, channel="phone", tier=1, type_="incident", call_back=False
    )
    start = service.utc("2026-11-05 16:30")
    found = {rule.name: service.local(rule.at(start).due_from(start)) for rule in rules}
    assert (found["response"], found["fix"]) == (response, fix)
    assert service.dues("2026-11-05 16:30")["fix"] == fix


@pytest.mark.parametrize(("channel", "minutes"), [("portal", 30), ("chat", 5), ("mail", 120)])
def test_D1_each_channel_has_its_response(service: Case, channel: str, minutes: int) -> None:
    logged(service, "2026-11-05 10:00", channel=channel)
    assert service.read("2026-11-05 10:00")["response"].required == timedelta(minutes=minutes)


def test_D1_phone_is_for_p1_and_p2(service: Case) -> None:
    assert service.policy.file.channels["phone"].priorities == (1, 2)


def test_D1_the_sooner_of_channel_and_priority_is_promised_at_any_hour(service: Case) -> None:
    """A P1 by portal: half a desk hour by day, an hour of the wall clock by night."""
    rules = service.policy.clock_rules(
        priority=1, channel="portal", tier=1, type_="incident", call_back=True
    )
    response = next(rule for rule in rules if rule.name == "response")
    assert str(response.at(service.utc("2026-11-05 10:00")).amount) == "30 minutes"
    assert str(response.at(service.utc("2026-11-05 23:00")).amount) == "1 hour"


@pytest.mark.parametrize("field", ["contact", "contact_reach", "description"])
def test_D2_what_is_missing_is_asked_for(service: Case, field: str) -> None:
    refusal = service.log("2026-11-05 10:00", **{field: ""})
    assert refusal is not None
    assert refusal.field == field


def test_D2_the_computer_name_is_asked_for(service: Case) -> None:
    refusal = service.log("2026-11-05 10:00", details={})
    assert refusal is not None
    assert refusal.field == "computer"


def test_D3_numbers_start_with_cs(service: Case) -> None:
    assert service.policy.file.number_prefix == "CS"


def test_D4_it_is_new_until_allocated_within_30_minutes(service: Case) -> None:
    dues = logged(service, "2026-11-05 17:20")
    assert dues["allocate"] == "2026-11-06 09:20"
    assert service.ticket is not None
    assert service.policy.status(service.ticket.status).word == "New"
    service.do("2026-11-06 09:10", cmd.Assign(assignee="tobias"))
    assert service.read("2026-11-06 09:11")["allocate"].state == State.MET
    assert service.policy.status(service.ticket.status).word == "Assigned"


@pytest.mark.parametrize("status", ["waiting-client", "waiting-vendor"])
def test_D6_waiting_pauses_response_and_fix(service: Case, status: str) -> None:
    logged(service, "2026-11-05 09:00", channel="mail")
    service.do("2026-11-05 10:00", cmd.ChangeStatus(status=status, reason="asked"))
    clocks = service.read("2026-11-06 17:00")
    assert clocks["response"].state == clocks["fix"].state == State.PAUSED
    assert clocks["fix"].worked == timedelta(hours=1)


def test_D6_three_follow_ups_over_three_days_then_resolved(service: Case) -> None:
    follow = service.policy.file.follow_ups["customer"]
    assert (follow.times, follow.over, follow.then) == (3, "3d", "resolve")


def test_D8_a_case_comes_back_within_5_days(service: Case) -> None:
    logged(service, "2026-11-05 10:00")
    service.do("2026-11-05 11:00", cmd.Resolve(steps="Cleared the queue"))
    assert service.do("2026-11-10 11:01", cmd.Reopen(reason="Again")) is not None
    assert service.do("2026-11-10 11:00", cmd.Reopen(reason="Again")) is None


def test_D13_every_priority_has_its_help(service: Case) -> None:
    priorities = service.policy.file.priorities
    assert [len(priorities[name].help) for name in ("P1", "P2", "P3", "P4")] == [6, 5, 4, 5]


def test_D14_a_raise_needs_its_reason_and_keeps_both_values(service: Case) -> None:
    logged(service, "2026-11-05 10:00")
    refusal = service.do("2026-11-05 10:10", cmd.Prioritise(priority=2))
    assert refusal is not None
    assert refusal.field == "reason"
    service.do("2026-11-05 10:10", cmd.Prioritise(priority=2, reason="All of dispatch"))
    assert service.ticket is not None
    assert [step.value for step in service.ticket.priorities] == ["3", "2"]
