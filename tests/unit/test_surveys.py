"""Surveys that rules ask: of whom, when, with what else; and what an answer leaves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracles.desks import clock, policy
from tests.process.case import Case
from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.policy_check import check
from tierline.domain.policy_process import AnswerTable, RuleTable, SurveyTable
from tierline.domain.rules.due import due_acts, next_at
from tierline.domain.ticket import Feedback, Ticket

NINE, TEN = "2026-11-02 09:00", "2026-11-02 10:00"
SURVEY = SurveyTable(
    word="Well?",
    ask="resolved",
    answers=(AnswerTable(word="No", score=1, poor=True), AnswerTable(word="Yes", score=2)),
)
YEARLY = SurveyTable(word="Again?", ask="yearly", answers=SURVEY.answers, times_a_year=2)
ASK = "Hello Ada, about CS1, Cannot print: Well? Please answer 1 No or 2 Yes."
LOG = cmd.Log(
    number="CS1", subject="Cannot print", channel="mail", client="M", contact="Ada P", priority=3
)
ASKS = RuleTable(does="ask", on="resolved", then="how")
LATER = RuleTable(does="ask", on="resolved", then="how", after="2d")


def resolved(rule: RuleTable | None, log: cmd.Log = LOG, **told: Any) -> Case:
    """A ticket resolved at ten under a policy with that rule."""
    rules = {"asks": rule} if rule else {}
    told = {"surveys": {"yearly": YEARLY, "how": SURVEY}, "rules": rules} | told
    case = Case(policy({"fix": clock()}, **told))
    assert case.do(NINE, log) is None
    assert case.do(TEN, cmd.Resolve(steps="Done")) is None
    return case


def ticket(case: Case) -> Ticket:
    assert case.ticket is not None
    return case.ticket


def test_a_rule_asks_once_for_each_resolution() -> None:
    case = resolved(ASKS)
    assert len(ticket(case).outbox) == 1
    case.do("2026-11-02 11:00", cmd.Reopen(reason="Again"))
    case.do("2026-11-02 12:00", cmd.Resolve(steps="Done"))
    assert len(ticket(case).outbox) == 2
    assert [each.occasion for each in ticket(case).acted] == ["asks/resolved-1", "asks/resolved-2"]


def test_what_is_asked_comes_after_what_else_the_rule_does() -> None:
    case = resolved(RuleTable(does="message", on="resolved", tell="resolved", then="how"))
    keys = [letter.key for letter in ticket(case).outbox]
    assert len(set(keys)) == 2
    assert [each.occasion for each in ticket(case).acted] == ["asks/resolved-1"]


@pytest.mark.parametrize("rule", [ASKS, LATER], ids=["at once", "later"])
def test_nobody_is_asked_where_no_contact_is_named(rule: RuleTable) -> None:
    unnamed = cmd.Log(number="CS1", subject="x", channel="mail", client="M", priority=3)
    case = resolved(rule, unnamed)
    assert not ticket(case).outbox
    assert next_at(ticket(case), case.policy) is None


def test_a_survey_may_be_asked_some_time_later() -> None:
    case = resolved(LATER)
    then = case.utc("2026-11-04 10:00")
    assert not ticket(case).outbox
    assert next_at(ticket(case), case.policy) == then
    (act,) = due_acts(ticket(case), case.policy, then)
    (asked,) = act.events
    assert isinstance(asked, ev.Messaged)
    assert (act.does, asked.text, asked.delivery) == ("ask", ASK, "to send")


def test_an_answer_is_kept_as_the_policy_had_it_and_when_it_was_asked() -> None:
    case, at = resolved(ASKS), "2026-11-03 09:00"
    assert case.do(at, cmd.Feedback(answer="n", text=" Broken ")) is None
    told = ("how", 1, "No", 1, True, "Broken")
    assert ticket(case).feedback == (Feedback(*told, case.utc(at), case.utc(TEN)),)
    assert ticket(case).waiting_since is None


def test_who_was_not_asked_may_answer_the_survey_about_tickets() -> None:
    case = resolved(None)
    assert case.do("2026-11-03 09:00", cmd.Feedback(answer="2")) is None
    (kept,) = ticket(case).feedback
    assert (kept.survey, kept.word, kept.asked_at) == ("how", "Yes", None)


def test_a_policy_without_a_survey_says_what_to_do_instead() -> None:
    refusal = resolved(None, surveys={}).do(TEN, cmd.Feedback(answer="2"))
    assert refusal is not None
    assert (refusal.what, refusal.todo) == ("small v1 asks for no feedback.", "Note it instead.")


def test_a_rule_that_asks_names_a_survey() -> None:
    rules = {
        "none": RuleTable(does="ask", on="resolved"),
        "other": RuleTable(does="ask", on="resolved", then="mood"),
        "good": ASKS,
    }
    found = check(policy({"fix": clock()}, rules=rules, surveys={"how": SURVEY}).file).found
    keys = [each.key for each in found if each.key.startswith("rules.")]
    assert keys == ["rules.none.then", "rules.other.then"]
