"""`decide`: for every core command the way it is allowed, and each way it is refused."""

from __future__ import annotations

import inspect

import pytest

from tests.oracles.desks import clock, policy
from tests.process.case import Case
from tierline.domain import commands as cmd
from tierline.domain.decide import _HANDLERS, decide
from tierline.domain.errors import Refusal
from tierline.domain.policy_file import FieldTable
from tierline.domain.ticket import Ticket

NINE, TEN, ELEVEN = "2026-11-02 09:00", "2026-11-02 10:00", "2026-11-02 11:00"
LOG = cmd.Log(number="CS1", subject="Cannot print", channel="mail", client="Marrowby", priority=3)
LATER_FIELDS = {
    "asset": FieldTable(word="Computer name", log=True),
    "cause": FieldTable(word="Cause", close=True),
}


@pytest.fixture
def case() -> Case:
    """A ticket that was just logged."""
    made = Case(policy({"fix": clock()}))
    assert made.do(NINE, LOG) is None
    return made


def ticket(case: Case) -> Ticket:
    assert case.ticket is not None
    return case.ticket


def refused(case: Case, command: cmd.Command, field: str = "", at: str = TEN) -> Refusal:
    """The refusal; nothing has happened to the ticket by it."""
    before = case.ticket
    refusal = case.do(at, command)
    assert refusal is not None
    assert refusal.field == field
    assert refusal.what
    assert case.ticket == before
    return refusal


def done(case: Case, command: cmd.Command, at: str = TEN, by: str = "mira") -> Ticket:
    assert case.do(at, command, by) is None
    return ticket(case)


def test_every_command_has_someone_to_decide_it() -> None:
    kinds = {
        kind
        for _, kind in inspect.getmembers(cmd, inspect.isclass)
        if issubclass(kind, cmd.Command) and kind is not cmd.Command
    }
    assert kinds == {*_HANDLERS, cmd.Log}


def test_no_ticket_no_act() -> None:
    rules = policy({"fix": clock()})
    answer = decide(None, cmd.Take(), rules, Case(rules).utc(NINE), "mira")
    assert isinstance(answer, Refusal)
    assert answer.what == "There is no such ticket."


# Log ---------------------------------------------------------------------------------------------


def test_a_log_makes_a_new_ticket_that_waits_for_details(case: Case) -> None:
    made = ticket(case)
    assert (made.number, made.status, made.priority, made.tier) == ("CS1", "new", 3, 1)
    assert (made.logged_at, made.logged_by, made.policy) == (case.utc(NINE), "mira", "small")
    assert not made.call_back
    refused(case, LOG)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"client": " "}, "client"),
        ({"subject": "\t"}, "subject"),
        ({"channel": "pigeon"}, "channel"),
        ({"type": "wish"}, "type"),
        ({"priority": 0}, "priority"),
        ({"priority": 9}, "priority"),
        ({"tier": 3}, "tier"),
        ({"tier": 7}, "tier"),
    ],
)
def test_a_log_that_makes_no_sense_is_refused_at_its_field(
    told: dict[str, object], field: str
) -> None:
    facts = {name: getattr(LOG, name) for name in LOG.__struct_fields__} | told
    refused(Case(policy({"fix": clock()})), cmd.Log(**facts), field)


def test_a_log_takes_its_priority_from_impact_and_urgency_and_calls_back_if_the_way_is_wrong() -> (
    None
):
    case = Case(policy({"fix": clock()}))
    logged = cmd.Log(number="CS1", subject="Down", channel="mail", client="M", impact=1, urgency=1)
    made = done(case, logged)
    assert (made.priority, made.call_back) == (1, True)


def test_a_quick_log_accepts_what_is_missing_and_keeps_a_list_of_it() -> None:
    rules = policy({"fix": clock()}, fields=LATER_FIELDS)
    refused(Case(rules), LOG, "asset")
    case = Case(rules)
    quick = cmd.Log(number="CS1", subject="", channel="phone", client="M", priority=1, later=True)
    made = done(case, quick)
    assert made.subject == "SEV 1: M"
    assert made.missing == ("asset", "cause")
    assert made.responded_at == made.called_at == case.utc(TEN)
    filled = done(case, cmd.FillDetails(details={"asset": "MF-017"}))
    assert filled.missing == ("cause",)


def test_a_log_can_give_it_to_someone_and_start_the_timer() -> None:
    facts = {name: getattr(LOG, name) for name in LOG.__struct_fields__}
    mine = cmd.Log(**(facts | {"assignee": "mira", "start_timer": True}))
    made = done(Case(policy({"fix": clock()})), mine)
    assert (made.assignee, made.status, made.timer_by) == ("mira", "in-progress", "mira")
    theirs = done(Case(policy({"fix": clock()})), cmd.Log(**(facts | {"assignee": "tobias"})))
    assert (theirs.assignee, theirs.status, theirs.timer_by) == ("tobias", "assigned", "")


# Take, release, assign ---------------------------------------------------------------------------


def test_taking_begins_the_work_and_releasing_gives_it_back(case: Case) -> None:
    taken = done(case, cmd.Take())
    assert (taken.assignee, taken.status, taken.allocated_at) == (
        "mira",
        "in-progress",
        case.utc(TEN),
    )
    refused(case, cmd.Take())
    assert done(case, cmd.Release()).assignee == ""
    refused(case, cmd.Release())
    assert ticket(case).allocated_at == case.utc(TEN)


def test_taking_does_not_wake_a_ticket_that_waits(case: Case) -> None:
    done(case, cmd.ChangeStatus(status="waiting", reason="parts"))
    assert done(case, cmd.Take()).status == "waiting"


def test_assigning_names_a_person(case: Case) -> None:
    made = done(case, cmd.Assign(assignee=" tobias "))
    assert (made.assignee, made.status) == ("tobias", "assigned")
    refused(case, cmd.Assign(assignee="tobias"))
    refused(case, cmd.Assign(assignee="  "), "assignee")
    assert done(case, cmd.Take(), by="tobias-2").status == "in-progress"


# Prioritise --------------------------------------------------------------------------------------


def test_a_changed_priority_keeps_its_reason_and_the_old_one(case: Case) -> None:
    made = done(case, cmd.Prioritise(impact=1, urgency=2, reason=" whole floor "))
    assert (made.priority, made.impact, made.urgency) == (2, 1, 2)
    assert [(step.value, step.why) for step in made.priorities] == [("3", ""), ("2", "whole floor")]
    refused(case, cmd.Prioritise(impact=1, urgency=2))


def test_a_priority_needs_a_value_and_a_change_its_reason(case: Case) -> None:
    refused(case, cmd.Prioritise(), "priority")
    refused(case, cmd.Prioritise(impact=1), "priority")
    refused(case, cmd.Prioritise(priority=5), "priority")
    refused(case, cmd.Prioritise(priority=1, reason=" \u200b\n"), "reason")
    assert done(case, cmd.Prioritise(priority=3, impact=2, urgency=2)).impact == 2


# Words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [cmd.Note(text=" \n"), cmd.Message(text=""), cmd.Receive(text="\x00\x1b")]
)
def test_words_that_say_nothing_are_refused(case: Case, command: cmd.Command) -> None:
    refused(case, command, "text")


def test_a_note_is_no_message_and_a_message_answers(case: Case) -> None:
    assert done(case, cmd.Note(text="Looking")).responded_at is None
    assert done(case, cmd.Receive(text="Any news?")).waiting_since == case.utc(TEN)
    made = done(case, cmd.Message(text="Soon", channel="phone"), ELEVEN)
    assert (made.responded_at, made.called_at) == (case.utc(ELEVEN), case.utc(ELEVEN))
    assert made.waiting_since is None


# Time --------------------------------------------------------------------------------------------


def test_work_is_logged_by_hand_and_by_the_timer(case: Case) -> None:
    refused(case, cmd.StopTimer())
    refused(case, cmd.LogTime(seconds=0), "time")
    done(case, cmd.StartTimer(), TEN)
    refused(case, cmd.StartTimer())
    assert done(case, cmd.LogTime(seconds=60), TEN, by="tobias").timer_by == "mira"
    made = done(case, cmd.StopTimer(), ELEVEN)
    assert (made.work, made.timer_since) == ({1: 3_660}, None)


def test_logging_by_hand_loses_nothing_of_a_running_timer(case: Case) -> None:
    done(case, cmd.StartTimer(), TEN)
    made = done(case, cmd.LogTime(seconds=60), ELEVEN)
    assert (made.work[1], made.timer_since) == (3_660, case.utc(ELEVEN))


@pytest.mark.parametrize(
    "command",
    [
        cmd.Resolve(steps="Restarted"),
        cmd.Cancel(reason="Not ours"),
        cmd.Escalate(tier=2, reason="hard", handover="Board is silent", message="We come."),
    ],
)
def test_a_running_timer_is_logged_on_the_line_it_ran_on(case: Case, command: cmd.Command) -> None:
    done(case, cmd.StartTimer(), TEN)
    made = done(case, command, ELEVEN)
    assert (made.work, made.timer_since) == ({1: 3_600}, None)


# Status ------------------------------------------------------------------------------------------


def test_a_status_that_waits_has_its_reason_and_a_check_time_to_come(case: Case) -> None:
    refused(case, cmd.ChangeStatus(status="waiting"), "reason")
    early = cmd.ChangeStatus(status="waiting", reason="parts", until=case.utc(NINE))
    refused(case, early, "until")
    until = case.utc("2026-11-04 09:00")
    made = done(case, cmd.ChangeStatus(status="waiting", reason=" parts ", until=until))
    assert (made.status, made.status_why, made.until) == ("waiting", "parts", until)
    refused(case, cmd.ChangeStatus(status="waiting", reason="parts", until=until))
    assert done(case, cmd.ChangeStatus(status="in-progress")).until is None


@pytest.mark.parametrize("status", ["resolved", "closed", "cancelled", "asleep", ""])
def test_a_status_that_ends_is_no_status_to_set(case: Case, status: str) -> None:
    refused(case, cmd.ChangeStatus(status=status, reason="x"), "status")


# Escalate, consult -------------------------------------------------------------------------------


def test_an_escalation_is_complete_or_refused(case: Case) -> None:
    whole = {"tier": 2, "reason": "hard", "handover": "Board is silent", "message": "We come."}
    for told, field in (
        ({"tier": 3}, "tier"),
        ({"reason": "bored"}, "reason"),
        ({"handover": " "}, "handover"),
        ({"message": ""}, "message"),
    ):
        refused(case, cmd.Escalate(**(whole | told)), field)  # type: ignore[arg-type]
    here = case.do(TEN, cmd.Escalate(**(whole | {"tier": 1})))  # type: ignore[arg-type]
    assert here is not None
    assert "is on 1st line already" in here.what
    done(case, cmd.Take())
    made = done(case, cmd.Escalate(**whole), ELEVEN)  # type: ignore[arg-type]
    assert (made.tier, made.assignee) == (2, "")
    assert made.tiers[-1].at == made.responded_at == case.utc(ELEVEN)
    assert made.tiers[-1].why == "Too hard"


def test_a_consultation_leaves_the_ticket_where_it_is(case: Case) -> None:
    refused(case, cmd.Consult(tier=1, whom="", text="Which?"), "tier")
    refused(case, cmd.Consult(tier=9, whom="", text="Which?"), "tier")
    refused(case, cmd.Consult(tier=2, whom="Hana", text=""), "question")
    made = done(case, cmd.Consult(tier=2, whom="", text="Which?"))
    assert (made.tier, made.consulted_at) == (1, case.utc(TEN))


# The end, and back -------------------------------------------------------------------------------


def test_resolved_with_steps_closed_with_a_yes(case: Case) -> None:
    refused(case, cmd.Close(confirmed_by="Ada"))
    refused(case, cmd.Resolve(steps=" "), "steps")
    made = done(case, cmd.Resolve(steps="Restarted", message="Please try."))
    assert (made.ended, made.steps, made.resolved_at) == ("resolved", "Restarted", case.utc(TEN))
    assert made.last_out_at == case.utc(TEN)
    refused(case, cmd.Close(), "confirmed_by")
    closed = done(case, cmd.Close(confirmed_by=" Ada "), ELEVEN)
    assert (closed.ended, closed.closed_at) == ("closed", case.utc(ELEVEN))
    refused(case, cmd.Close(confirmed_by="Ada"))


def test_missing_details_block_closing_and_not_working() -> None:
    case = Case(policy({"fix": clock()}, fields=LATER_FIELDS))
    facts = {name: getattr(LOG, name) for name in LOG.__struct_fields__}
    done(case, cmd.Log(**(facts | {"later": True})), NINE)
    done(case, cmd.Take())
    done(case, cmd.Resolve(steps="Restarted"))
    assert "Computer name, Cause" in refused(case, cmd.Close(confirmed_by="Ada")).what
    done(case, cmd.FillDetails(details={"asset": "MF-017", "cause": "Toner"}))
    assert done(case, cmd.Close(confirmed_by="Ada")).ended == "closed"


ENDED = (
    cmd.Take(),
    cmd.Release(),
    cmd.Assign(assignee="tobias"),
    cmd.Prioritise(priority=1, reason="x"),
    cmd.ChangeStatus(status="in-progress"),
    cmd.StartTimer(),
    cmd.Escalate(tier=2, reason="hard", handover="x", message="x"),
    cmd.Consult(tier=2, whom="", text="x"),
    cmd.Resolve(steps="x"),
    cmd.Cancel(reason="x"),
)


@pytest.mark.parametrize("command", ENDED, ids=lambda command: command.kind)
def test_what_has_ended_is_not_worked_on(case: Case, command: cmd.Command) -> None:
    done(case, cmd.Resolve(steps="Restarted"))
    assert refused(case, command).todo == "Re-open it first."


@pytest.mark.parametrize("command", ENDED, ids=lambda command: command.kind)
def test_what_was_cancelled_is_over(case: Case, command: cmd.Command) -> None:
    done(case, cmd.Merge(into="other", number="CS2", reason="Sent twice"))
    assert refused(case, command).todo == "Log a new ticket."
    refused(case, cmd.Reopen(reason="Again"))


def test_words_and_work_may_be_added_to_what_has_ended(case: Case) -> None:
    done(case, cmd.Resolve(steps="Restarted"))
    done(case, cmd.Note(text="They called to say thanks."))
    done(case, cmd.Receive(text="Thanks"))
    assert done(case, cmd.LogTime(seconds=60)).work == {1: 60}


def test_a_reopened_ticket_goes_on_where_it_was(case: Case) -> None:
    refused(case, cmd.Reopen(reason="Again"))
    done(case, cmd.Take())
    done(case, cmd.Resolve(steps="Restarted"), TEN)
    refused(case, cmd.Reopen(reason=""), "reason", ELEVEN)
    made = done(case, cmd.Reopen(reason="Again", channel="mail"), ELEVEN)
    assert (made.ended, made.status, made.reopens) == ("", "in-progress", 1)
    assert (made.resolved_at, made.gaps[0].start, made.gaps[0].end) == (
        None,
        case.utc(TEN),
        case.utc(ELEVEN),
    )


def test_a_ticket_comes_back_within_the_policys_business_days(case: Case) -> None:
    """Five business days from Monday 10:00 end on the next Monday at 10:00."""
    done(case, cmd.Resolve(steps="Restarted"), TEN)
    refused(case, cmd.Reopen(reason="Again"), at="2026-11-09 10:00:01")
    assert done(case, cmd.Reopen(reason="Again"), "2026-11-09 10:00").status == "new"


# Details and proof -------------------------------------------------------------------------------


def test_details_are_filled_in_and_not_emptied_of_their_subject(case: Case) -> None:
    refused(case, cmd.FillDetails(), "details")
    refused(case, cmd.FillDetails(subject=" "), "details")
    refused(case, cmd.FillDetails(subject=" ", contact="Ada"), "subject")
    made = done(case, cmd.FillDetails(subject=" Prints blank ", details={"asset": "MF-017"}))
    assert (made.subject, made.details) == ("Prints blank", {"asset": "MF-017"})


def test_how_a_caller_was_verified_is_kept_and_never_the_proof(case: Case) -> None:
    refused(case, cmd.Verify(how=" "), "how")
    assert done(case, cmd.Verify(how="called back")).verified == "called back"
