"""What the policies do by themselves about lines and promises, on a desk with a turned clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.process.floor import Floor
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.clocks import State

Make = Callable[..., Floor]
UP = cmd.Escalate(tier=2, reason="remote", handover="Board is silent", message="We come.")


# B · tiered --------------------------------------------------------------------------------------


def test_B4_prompts_at_80_percent_of_the_work_and_escalates_at_all_of_it(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38")
    desk.do("2026-11-05 09:40", cmd.Take(timer=True))
    assert desk.run("2026-11-05 10:03") == []
    assert desk.desk.next_rule() == desk.utc("2026-11-05 10:04")
    assert desk.run("2026-11-05 10:04") == ["line-limit-80 prompt"]
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert [prompt.name for prompt in view.prompts] == ["line-limit-80"]
    assert desk.run("2026-11-05 10:09") == []
    assert desk.run("2026-11-05 10:10") == ["line-limit escalate"]
    assert (desk.ticket.tier, desk.ticket.assignee) == (2, "")
    assert desk.ticket.work == {1: 30 * 60}
    assert desk.said()[-1].startswith("Hello Ada, CS0000001 now goes to our 2nd line")
    moved = next(e for e in desk.events() if isinstance(e, ev.Escalated))
    assert moved.rule == "line-limit, tiered v3"


@pytest.mark.parametrize(
    ("holder", "held"),
    [("mira", " Mira Okonedo held it."), ("long.gone", " long.gone held it."), ("", "")],
)
def test_B4_an_escalation_by_itself_names_who_held_it_as_people_do(
    floor: Make, holder: str, held: str
) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38", assignee=holder)
    desk.do("2026-11-05 10:10", cmd.LogTime(seconds=30 * 60))
    assert desk.run("2026-11-05 10:11") == ["line-limit-80 prompt", "line-limit escalate"]
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    (moved,) = (entry for entry in view.timeline if entry.verb == "escalated it to 2nd line")
    assert moved.text.splitlines()[-1] == f"Handed on by itself from 1st line.{held}"
    (event,) = (e for e in desk.events() if isinstance(e, ev.Escalated))
    assert (event.held, holder in event.handover) == (holder, not holder)


def test_B4_a_reason_to_stay_keeps_the_ticket(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38")
    desk.do("2026-11-05 09:40", cmd.StartTimer())
    desk.run("2026-11-05 10:04")
    without = desk.do("2026-11-05 10:05", cmd.Stay(reason=" "))
    assert without is not None
    assert without.field == "reason"
    assert desk.do("2026-11-05 10:05", cmd.Stay(reason="Fix found, ten minutes more")) is None
    assert desk.run("2026-11-05 11:00") == []
    assert desk.ticket.tier == 1
    stayed = next(e for e in desk.events() if isinstance(e, ev.Stayed))
    assert (stayed.name, stayed.reason) == ("line-limit-80", "Fix found, ten minutes more")


def test_B4_work_counts_when_it_is_done_and_survives_a_restart(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38")
    desk.do("2026-11-05 09:40", cmd.LogTime(seconds=20 * 60))
    assert "line-limit" not in str(desk.run("2026-11-05 17:00"))  # time passes, nobody works
    desk.do("2026-11-06 09:00", cmd.StartTimer())
    desk.close()
    again = floor("tiered")
    again.id = desk.id
    assert again.desk.next_rule() == again.utc("2026-11-06 09:04")
    again.at("2026-11-06 09:04:30")
    timed = again.desk.my_timer()
    assert timed is not None
    assert timed.timer_since == again.utc("2026-11-06 09:00")
    assert again.run("2026-11-06 09:10") == ["line-limit-80 prompt", "line-limit escalate"]
    assert again.ticket.work == {1: 30 * 60}


def test_B4_away_since_is_taken_off_and_recorded(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38")
    desk.do("2026-11-05 10:00", cmd.StartTimer())
    away = cmd.KeepTimer(away=15 * 60)  # "I was away since 10:05", said at 10:20
    assert desk.do("2026-11-05 10:20", away) is None
    assert desk.ticket.line_work == 5 * 60
    assert desk.run("2026-11-05 10:38") == []
    assert desk.run("2026-11-05 10:39") == ["line-limit-80 prompt"]
    desk.do("2026-11-05 10:40", cmd.StopTimer(seconds=0))
    assert [(e.seconds, e.away) for e in desk.events() if isinstance(e, ev.TimeLogged)] == [
        (300, 900),
        (0, 1200),
    ]


def test_B4_a_correction_needs_its_reason_and_moves_the_limit(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38")
    desk.do("2026-11-05 10:00", cmd.LogTime(seconds=29 * 60))
    refused = desk.do("2026-11-05 10:01", cmd.CorrectTime(seconds=-600, reason=""))
    assert refused is not None
    assert refused.field == "reason"
    desk.do("2026-11-05 10:01", cmd.CorrectTime(seconds=-600, reason="Was at lunch"))
    assert desk.read()["line-limit"].left == timedelta(minutes=11)
    too_much = desk.do("2026-11-05 10:02", cmd.CorrectTime(seconds=-3600, reason="All of it"))
    assert too_much is not None
    assert any(isinstance(e, ev.TimeCorrected) for e in desk.events())


def test_B4_one_timer_a_person(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38")
    first = desk.id
    desk.do("2026-11-05 09:40", cmd.StartTimer())
    desk.log("2026-11-05 09:45")
    desk.do("2026-11-05 09:50", cmd.Take(timer=True))
    assert desk.desk.my_timer() == desk.ticket
    desk.id = first
    assert (desk.ticket.timer_since, desk.ticket.line_work) == (None, 10 * 60)


def test_B4_whoever_hands_it_on_has_worked_until_then(floor: Make) -> None:
    desk = floor("tiered")
    for way in (cmd.Release(), cmd.Assign(assignee="tobias")):
        desk.log("2026-11-05 09:38")
        desk.do("2026-11-05 09:40", cmd.Take(timer=True))
        desk.do("2026-11-05 09:50", way)
        assert (desk.ticket.timer_since, desk.ticket.line_work) == (None, 600)
        worked = [e for e in desk.events() if isinstance(e, ev.TimeLogged)]
        assert [e.by for e in worked] == ["mira"]


def test_B4_a_rule_whose_clock_does_not_run_is_not_overruled(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38", tier=2)
    refused = desk.do("2026-11-05 09:40", cmd.Stay(rule="line-limit", reason="Please"))
    assert refused is not None
    assert "does not run" in refused.what


def test_B4_time_logged_by_hand_loses_no_second_of_the_timer(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38")
    desk.do("2026-11-05 09:40", cmd.StartTimer())
    desk.do("2026-11-05 09:50", cmd.LogTime(seconds=300))
    assert desk.ticket.line_work == 900
    assert desk.ticket.timer_since == desk.utc("2026-11-05 09:50")


def test_B4_first_line_begins_with_a_written_plan_and_it_shows_when_there_is_none(
    floor: Make,
) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38")
    desk.do("2026-11-05 09:40", cmd.Take())
    assert _flags(desk) == ["no plan"]
    desk.do("2026-11-05 09:41", cmd.Note(text="Swap the driver, then test", plan=True))
    assert _flags(desk) == []


def test_B5_delays_always_produce_a_message(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:38", priority=2)
    desk.do("2026-11-05 09:40", cmd.Take())
    done = desk.run("2026-11-06 09:38")
    assert "fix-late message" in done
    assert "takes longer than promised" in desk.said()[-1]
    assert "fix-late message" not in desk.run("2026-11-06 12:00")


def test_B6_near_a_promise_the_priority_rises_one_step_once_and_the_contact_is_told(
    floor: Make,
) -> None:
    desk = floor("tiered")
    desk.log("2026-11-02 09:00")
    due = desk.read()["fix"].due
    assert "fix-80 raise" not in desk.run("2026-11-04 11:00")
    assert "fix-80 raise" in desk.run("2026-11-04 14:00")
    assert (desk.ticket.priority, desk.ticket.tier) == (2, 1)
    assert "now has priority P2" in desk.said()[-1]
    assert desk.read()["fix"].due == due  # what was promised stays promised
    told = desk.desk.why(desk.id, "fix")
    assert "what was promised at P3 stays promised" in str(told)
    for later in ("2026-11-04 16:00", "2026-11-05 12:00", "2026-11-09 12:00"):
        assert "fix-80 raise" not in desk.run(later)
    assert desk.ticket.priority == 2


def test_B6_beyond_the_remit_of_first_line_it_is_escalated_too(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:00", channel="mail", priority=2)
    assert desk.run("2026-11-05 09:48") == ["response-80 raise"]
    assert (desk.ticket.priority, desk.ticket.tier) == (1, 2)
    made = desk.events()[-3:]
    assert [type(e).__name__ for e in made] == ["Prioritised", "Escalated", "Messaged"]
    assert "priority P1" in desk.said()[-1]
    assert "2nd line" in desk.said()[-1]


def test_B6_a_raise_does_not_cascade(floor: Make) -> None:
    """A person raised it: the shorter target's threshold lies before that and sets nothing off."""
    desk = floor("tiered")
    desk.log("2026-11-02 09:00", channel="mail", priority=4)
    desk.do("2026-11-02 09:05", cmd.Message(text="We look at it."))
    change = cmd.Prioritise(priority=2, reason="All of dispatch")
    desk.do("2026-11-04 16:00", change)
    assert not [each for each in desk.run("2026-11-04 16:01") if "raise" in each]
    assert desk.ticket.priority == 2


def test_B9_only_holders_of_the_certificate_are_offered(floor: Make) -> None:
    desk = floor("tiered")
    desk.log("2026-11-05 09:00")
    assert {each.person.id for each in desk.desk.people.candidates(desk.ticket, 2)} > {"ravi"}
    refused = desk.do("2026-11-05 09:05", cmd.FillDetails(details={"certificate": "juggling"}))
    assert refused is not None
    assert "network" in refused.todo
    ravi = desk.replica.directory.person("ravi")
    assert ravi is not None
    desk.replica.directory.put_people([replace(ravi, certificates=("network",))])
    assert desk.do("2026-11-05 09:05", cmd.FillDetails(details={"certificate": "network"})) is None
    assert [each.person.id for each in desk.desk.people.candidates(desk.ticket, 2)] == ["ravi"]


# C · three-line ----------------------------------------------------------------------------------


def test_C2_a_quarter_of_an_hour_prompts_and_judgement_may_keep_it(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-05 10:12")
    desk.do("2026-11-05 10:12", cmd.StartTimer())
    assert desk.run("2026-11-05 10:26") == []
    assert desk.run("2026-11-05 10:27") == ["work-limit prompt"]
    assert desk.do("2026-11-05 10:28", cmd.Stay(reason="A known fix that takes longer")) is None
    assert desk.run("2026-11-05 11:00") == []
    assert desk.ticket.tier == 1


def test_C3_a_working_day_prompts_and_C4_twelve_hours_escalate(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    assert desk.run("2026-11-05 11:19") == []
    assert desk.run("2026-11-05 11:20") == ["first-line prompt"]
    assert desk.run("2026-11-05 14:19:59") == []
    assert desk.run("2026-11-05 14:20") == ["first-line-stop escalate"]
    assert desk.ticket.tier == 2
    assert "2nd line" in desk.said()[-1]  # C11


def test_C4_is_not_overruled_and_says_what_to_do_instead(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    desk.run("2026-11-05 11:20")
    refused = desk.do("2026-11-05 12:00", cmd.Stay(rule="first-line-stop", reason="Please"))
    assert refused is not None
    assert "escalate it to 2nd line" in refused.todo
    desk.do("2026-11-05 12:00", cmd.Stay(reason="Nearly there"))  # answers the prompt only
    assert desk.run("2026-11-05 14:20") == ["first-line-stop escalate"]


@pytest.mark.parametrize("status", ["awaiting-parts", "service-unavailable", "waiting-client"])
def test_C4_exempt_statuses_stop_the_limit(floor: Make, status: str) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    desk.do("2026-11-04 12:20", cmd.ChangeStatus(status=status, reason="ordered"))
    assert desk.run("2026-11-20 12:00") == []
    desk.do("2026-11-20 12:00", cmd.ChangeStatus(status="in-progress"))
    assert desk.run("2026-11-20 17:00") == []
    assert desk.run("2026-11-23 14:00") == ["first-line prompt", "first-line-stop escalate"]


def test_C6_a_consultation_is_recorded_and_stops_the_limit_of_C7(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    desk.do("2026-11-04 12:00", UP)
    desk.do("2026-11-05 12:00", cmd.Consult(tier=3, whom="Hana", text="Which amplifier?"))
    assert desk.run("2026-12-04 12:00") == []
    assert desk.ticket.tier == 2


def test_C7_two_days_prompt_and_48_hours_without_consulting_escalate(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    desk.do("2026-11-05 10:42", UP)
    assert desk.run("2026-11-09 10:41") == []
    assert desk.run("2026-11-09 10:42") == ["second-line prompt"]
    assert desk.run("2026-11-12 13:41") == []
    assert desk.run("2026-11-12 13:42") == ["second-line-stop escalate"]
    assert desk.ticket.tier == 3


def test_C9_third_line_is_reached_directly_or_from_second_only(floor: Make) -> None:
    desk = floor("three-line")
    desk.at("2026-11-04 11:20")
    log = cmd.Log(
        number="", subject="Core switch", channel="phone", client="Marrowby Foods",
        contact="Ada Prior", priority=2, tier=3,
    )  # fmt: skip
    refused = desk.desk.log(log, "three-line")
    assert "direct" in str(refused)
    assert desk.log("2026-11-04 11:20", channel="direct", tier=3, priority=2).tier == 3
    desk.log("2026-11-04 11:30")
    skip = cmd.Escalate(tier=3, reason="no-fix", handover="x", message="y")
    answer = desk.do("2026-11-04 11:40", skip)
    assert answer is not None
    assert "2nd line" in answer.todo


def test_C10_project_is_entered_through_the_project_manager_both_steps_recorded(
    floor: Make,
) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20", channel="direct", tier=3)
    refused = desk.do("2026-11-04 12:00", cmd.ChangeStatus(status="project"))
    assert refused is not None
    assert "project manager" in refused.todo
    early = desk.do("2026-11-04 12:00", cmd.PassGate(gate="project", person="Mia Torres"))
    assert early is not None
    desk.do("2026-11-04 12:00", cmd.AskGate(gate="project", text="Needs a migration"))
    seniors = cmd.AskGate(gate="project", text="Budget?", role="senior-management")
    assert desk.do("2026-11-04 12:05", seniors) is None
    assert desk.do("2026-11-04 13:00", cmd.PassGate(gate="project", person="Mia Torres")) is None
    assert (desk.ticket.status, desk.ticket.gates) == ("project", ())
    asked = [e.role for e in desk.events() if isinstance(e, ev.GateAsked)]
    assert asked == ["project-manager", "senior-management"]


def test_C10_a_no_stays_on_third_line_and_first_line_has_no_such_door(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    refused = desk.do("2026-11-04 12:00", cmd.AskGate(gate="testing", text="Please"))
    assert refused is not None
    assert "3rd line" in refused.what
    desk.log("2026-11-04 11:20", channel="direct", tier=3)
    desk.do("2026-11-04 12:00", cmd.AskGate(gate="testing", text="Please"))
    no = cmd.PassGate(gate="testing", person="Mia Torres", allowed=False, text="Not this year")
    assert desk.do("2026-11-04 13:00", no) is None
    assert desk.ticket.status == "new"


def test_C11_an_automatic_escalation_is_told_and_waits_to_be_sent(floor: Make) -> None:
    desk = floor("three-line")
    desk.log("2026-11-04 11:20")
    desk.run("2026-11-05 14:20")
    (letter,) = desk.ticket.outbox
    assert letter.delivery == "to send"
    desk.do("2026-11-05 14:30", cmd.MarkDelivered(state="failed", why="Mailbox is full"))
    assert "message failed" in _flags(desk)
    desk.do("2026-11-05 14:40", cmd.MarkDelivered(message=letter.key))
    assert desk.ticket.outbox == ()
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    assert [e.delivery for e in view.timeline if e.message] == ["sent by hand"]


# A · playbook ------------------------------------------------------------------------------------


def test_A10_a_workaround_counts_for_a_p1_and_for_nothing_else(floor: Make) -> None:
    for priority, state in ((1, State.MET), (2, State.RUNNING)):
        desk = floor("playbook", f"p{priority}")
        desk.log("2026-11-05 09:00", priority=priority)
        desk.do("2026-11-05 10:00", cmd.Workaround(text="Phones by the mobile network"))
        assert desk.read()["fix"].state == state
        assert desk.ticket.open
    desk.do("2026-11-05 11:00", cmd.Resolve(steps="Line repaired"))
    assert desk.read()["fix"].stopped == desk.utc("2026-11-05 11:00")


def test_A1_the_portal_is_confirmed_at_once_and_that_is_no_response(floor: Make) -> None:
    desk = floor("playbook")
    desk.log("2026-11-05 09:00", channel="portal")
    assert desk.said() == [
        "Hello Ada, your request is CS0000001: Cannot print. We answer by Thu 5 Nov 13:00."
    ]
    assert desk.read()["response"].state == State.RUNNING
    desk.log("2026-11-05 09:00", channel="mail")
    assert desk.said() == []


def _flags(desk: Floor) -> list[str]:
    view = desk.desk.open_ticket(desk.id)
    assert view is not None
    return [flag.kind for flag in view.flags]
