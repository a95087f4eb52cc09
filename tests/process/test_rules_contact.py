"""What the policies do by themselves about the contact: waits, ends, proof, complaints."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.process.floor import WHOLE, Floor
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.clocks import State

Make = Callable[..., Floor]
WAIT = cmd.ChangeStatus(status="waiting-client", reason="Which serial number?")
FIXED = cmd.Resolve(steps="Cleared the queue", message="It prints again.")


def waiting(floor: Make, local: str = "2026-11-03 10:00") -> Floor:
    """A case of the service definition that waits for its contact since a local time."""
    desk = floor("service-definition")
    desk.log("2026-11-03 09:30", channel="mail")
    desk.do("2026-11-03 09:40", cmd.Take())
    assert desk.do(local, WAIT) is None
    return desk


# D6 ----------------------------------------------------------------------------------------------


def test_D6_three_follow_ups_over_three_days_then_resolved_for_no_contact(floor: Make) -> None:
    desk = waiting(floor)
    for day, done in ((4, "remind"), (5, "remind"), (6, "remind"), (9, "resolve")):
        assert desk.run(f"2026-11-{day:02} 08:59") == []
        assert desk.run(f"2026-11-{day:02} 10:00") == [f"customer {done}"]
        assert desk.run(f"2026-11-{day:02} 12:00") == []
    assert desk.ticket.ended == "resolved"
    assert desk.ticket.steps == "No contact: 3 messages brought no answer."
    assert [text for text in desk.said() if "Which serial number?" in text] == desk.said()[1:4]
    assert "we did not reach you" in desk.said()[-1]


def test_D6_no_follow_up_outside_working_hours(floor: Make) -> None:
    desk = waiting(floor, "2026-11-06 16:00")  # a Friday
    assert desk.run("2026-11-08 12:00") == []  # Sunday
    assert desk.desk.next_rule() == desk.utc("2026-11-09 09:00")
    assert desk.run("2026-11-09 09:00") == ["customer remind"]
    assert desk.run("2026-11-09 17:00") == []  # the weekend's second does not follow at once
    assert desk.run("2026-11-10 09:00") == ["customer remind"]


def test_D6_a_reply_ends_the_series_and_the_wait_is_flagged(floor: Make) -> None:
    desk = waiting(floor)
    desk.run("2026-11-04 10:00")
    desk.do("2026-11-04 15:00", cmd.Receive(text="It is 4411"))
    assert desk.run("2026-11-20 12:00") == []
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert [flag.kind for flag in view.flags] == ["replied"]


def test_D6_another_status_ends_the_series_and_a_new_wait_begins_anew(floor: Make) -> None:
    desk = waiting(floor)
    desk.run("2026-11-04 10:00")
    desk.do("2026-11-04 11:00", cmd.ChangeStatus(status="in-progress"))
    assert desk.run("2026-11-05 12:00") == []
    desk.do("2026-11-05 12:00", WAIT)
    assert desk.run("2026-11-06 12:00") == ["customer remind"]


def test_D6_a_console_asleep_for_a_week_does_not_write_in_a_burst(floor: Make) -> None:
    desk = waiting(floor)
    assert desk.run("2026-11-16 09:00") == ["customer remind"]
    assert desk.run("2026-11-16 17:00") == []
    assert desk.run("2026-11-17 09:00") == ["customer remind"]


def test_D6_after_no_contact_it_can_come_back_within_five_days(floor: Make) -> None:
    desk = waiting(floor)
    for day in (4, 5, 6, 9):
        desk.run(f"2026-11-{day:02} 10:00")
    assert desk.do("2026-11-12 10:00", cmd.Reopen(reason="I was away")) is None
    assert desk.ticket.open


def test_D6_waiting_pauses_what_counts(floor: Make) -> None:
    desk = waiting(floor)
    desk.at("2026-11-04 09:30")
    assert desk.read()["fix"].state == State.PAUSED


# D8, B11, B12 ------------------------------------------------------------------------------------


def test_D8_closes_by_itself_after_five_days_with_a_message(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-02 10:00")
    desk.do("2026-11-02 11:00", FIXED)
    assert desk.run("2026-11-07 10:59") == []
    assert desk.run("2026-11-07 11:00") == ["close close"]
    assert (desk.ticket.ended, desk.ticket.status) == ("closed", "closed")
    assert desk.said()[-1] == "Hello Ada, CS0000001 is now closed."
    closed = next(e for e in desk.events() if isinstance(e, ev.Closed))
    assert closed.rule == "close, service-definition v1"


def test_D8_what_is_missing_keeps_it_from_closing_and_shows(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-02 10:00", contact_reach="", later=True)
    desk.do("2026-11-02 11:00", FIXED)
    assert desk.run("2026-11-20 11:00") == []
    missing = dict.fromkeys(desk.ticket.missing, "told")
    missing.pop("contact_reach")
    whole = cmd.FillDetails(contact_reach="5550 0199", details=missing)
    desk.do("2026-11-20 12:00", whole)
    assert desk.run("2026-11-20 12:01") == ["close close"]


def test_D8_the_resolution_is_told_with_its_steps_unless_written_by_hand(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-02 10:00")
    desk.do("2026-11-02 11:00", cmd.Resolve(steps="Cleared the queue."))
    assert "Steps taken: Cleared the queue." in desk.said()[-2]
    desk.log("2026-11-02 10:00")
    desk.do("2026-11-02 11:00", FIXED)
    assert desk.said()[-2] == "It prints again."
    assert "How did we do?" in desk.said()[-1]


def test_D8_a_reply_to_a_closed_case_is_answered_and_a_new_one_carries_its_number(
    floor: Make,
) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-02 10:00")
    desk.do("2026-11-02 11:00", FIXED)
    desk.run("2026-11-07 11:00")
    desk.do("2026-11-09 10:00", cmd.Receive(text="It is broken again"))
    assert desk.said()[-1].startswith("Hello Ada, CS0000001 is closed. We have opened a new case")
    desk.do("2026-11-09 10:05", cmd.Receive(text="Hello?"))
    assert [t for t in desk.said() if "new case" in t] == desk.said()[-1:]
    old = desk.ticket.number
    new = desk.log("2026-11-09 10:10", channel="mail", carries=old)
    assert new.details["old_number"] == old
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert f"going on from {old}" in view.timeline[0].verb


def test_B11_the_contact_is_asked_when_it_is_resolved(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 10:00")
    desk.do("2026-11-05 11:00", cmd.Resolve(steps="New driver."))
    assert "Please tell us if it does." in desk.said()[-1]
    assert desk.run("2027-01-05 11:00") == []  # without a yes it stays resolved
    assert desk.ticket.ended == "resolved"


def test_B12_the_history_and_the_clocks_stay_when_it_comes_back(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-10-01 09:00")
    desk.do("2026-10-01 10:00", cmd.Resolve(steps="New driver"))
    desk.do("2026-10-20 09:00", cmd.Reopen(reason="Again", channel="mail"))
    assert desk.ticket.responded_at == desk.utc("2026-10-01 09:00")
    assert desk.read()["fix"].started == desk.utc("2026-10-01 09:00")
    kinds = [type(e).__name__ for e in desk.events()]
    assert kinds.index("Resolved") < kinds.index("Reopened")


# B3, D14 -----------------------------------------------------------------------------------------


def test_B3_the_caller_is_told_the_priority_and_may_dispute_it(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:00", impact=3, urgency=2, priority=0)
    assert "priority P3" in desk.said()[-1]
    assert desk.do("2026-11-05 09:10", cmd.Dispute(reason="All of dispatch is down")) is None
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert "disputed" in [flag.kind for flag in view.flags]
    assert desk.read()["reply"].state == State.RUNNING
    new = cmd.Prioritise(impact=2, urgency=1, reason="Dispatch confirmed")
    assert desk.do("2026-11-05 09:20", new) is None
    assert [step.value for step in desk.ticket.priorities] == ["3", "2"]
    assert desk.ticket.disputed_at is None
    assert "priority P2" in desk.said()[-1]


def test_B3_a_dispute_can_end_in_the_same_priority_with_its_reason(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:00", impact=3, urgency=2, priority=0)
    desk.do("2026-11-05 09:10", cmd.Dispute(reason="All of dispatch is down"))
    same = cmd.Prioritise(impact=3, urgency=2, reason="")
    refused = desk.do("2026-11-05 09:20", same)
    assert refused is not None
    assert refused.field == "reason"
    same = cmd.Prioritise(impact=3, urgency=2, reason="One printer, seen by remote")
    assert desk.do("2026-11-05 09:20", same) is None
    assert desk.ticket.disputed_at is None


def test_B3_other_policies_refuse_a_dispute_and_name_the_other_way(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-05 10:00")
    refused = desk.do("2026-11-05 10:10", cmd.Dispute(reason="No"))
    assert refused is not None
    assert "complaint" in refused.todo


# D3, D5, D7, D11 ---------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", ["portal", "mail"])
def test_D3_an_automatic_answer_has_number_summary_and_link(floor: Make, channel: str) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-05 10:00", channel=channel)
    (said,) = desk.said()
    assert "CS0000001: Cannot print" in said
    assert "/CS0000001" in said
    assert desk.read()["response"].state == State.RUNNING


def test_D5_consent_is_recorded_in_the_policys_words(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-05 10:00")
    assert desk.do("2026-11-05 10:05", cmd.Consent()) is None
    (event,) = (e for e in desk.events() if isinstance(e, ev.Consented))
    assert event.words == "May we see and control your screen for this case?"
    assert desk.ticket.consents == ("remote control",)


RESET = {"type": "password-reset", "priority": 2, "details": WHOLE}
WORK = (
    cmd.Message(text="Your new password"),
    cmd.Resolve(steps="Reset"),
    cmd.LogTime(seconds=60),
    cmd.StartTimer(),
    cmd.Escalate(tier=2, reason="skill", handover="x", message="y"),
    cmd.Verify(how="call-back"),
)


@pytest.mark.parametrize("command", WORK, ids=lambda each: each.kind)
def test_D7_a_password_reset_by_phone_is_not_worked_without_the_pin(
    floor: Make, command: cmd.Command
) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-05 10:00", start_timer=True, **RESET)
    assert desk.ticket.timer_since is None
    assert desk.do("2026-11-05 10:01", cmd.Take(timer=True)) is None
    assert desk.ticket.timer_since is None
    refused = desk.do("2026-11-05 10:05", command)
    assert refused is not None
    assert "manager or colleague logs it" in refused.todo
    assert desk.do("2026-11-05 10:06", cmd.Verify(how="PIN", pin=True)) is None
    assert desk.do("2026-11-05 10:07", command) is None


def test_D7_the_portal_needs_no_pin_and_wrong_ones_are_recorded(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-05 10:00", channel="portal", **RESET)
    assert desk.do("2026-11-05 10:05", WORK[0]) is None
    desk.log("2026-11-05 10:00", **RESET)
    locked = desk.utc("2026-11-05 10:35")
    desk.do("2026-11-05 10:05", cmd.FailPin(tries=3, locked_until=locked))
    assert desk.ticket.pin_tries == 3
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert "3 in a row, the PIN is locked" in view.timeline[-1].verb


def test_D11_the_contacts_own_escalation_has_a_reference_and_a_lead_is_told(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-05 10:00")
    refused = desk.do("2026-11-05 10:30", cmd.Complain(reason="Too slow"))
    assert refused is not None
    assert "Wrong severity" in refused.todo
    line, holder = desk.ticket.tier, desk.ticket.assignee
    assert desk.do("2026-11-05 10:30", cmd.Complain(reason="2", text="I called twice")) is None
    (said,) = (e for e in desk.events() if isinstance(e, ev.Complained))
    assert (said.reason, said.reference) == ("No response within the SLA", "CS0000001-E1")
    (task,) = desk.ticket.tasks
    assert task.role == "lead"
    assert (desk.ticket.tier, desk.ticket.assignee) == (line, holder)
    assert desk.do("2026-11-05 11:00", cmd.FinishTask(text="Called them")) is None
    assert desk.ticket.tasks == ()


def test_D11_telling_a_lead_ourselves_is_another_thing(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-05 10:00")
    assert desk.do("2026-11-05 10:30", cmd.AlertLead(reason="They lose orders")) is None
    kinds = [type(e).__name__ for e in desk.events()]
    assert "Alerted" in kinds
    assert not {"Escalated", "Complained"} & set(kinds)
    assert desk.ticket.tier == 1


def test_D14_raised_later_with_the_reason_the_time_already_used_is_kept(floor: Make) -> None:
    desk = floor("service-definition")
    desk.log("2026-11-05 10:00")
    change = cmd.Prioritise(priority=2, reason="All of dispatch")
    assert desk.do("2026-11-05 12:00", change) is None
    assert desk.read()["fix"].started == desk.utc("2026-11-05 10:00")
