"""Surveys about a ticket: which one the contact was asked, and what becomes of an answer."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain import gating
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer
from tierline.domain.policy import Policy
from tierline.domain.policy_process import AnswerTable, SurveyTable
from tierline.domain.ticket import Ticket
from tierline.domain.tongue import tr


class Survey(NamedTuple):
    """A survey of the policy as it is about one ticket; asked at `asked_at` (UTC), None: not."""

    name: str
    table: SurveyTable
    asked_at: datetime | None = None


def survey_of(ticket: Ticket, policy: Policy) -> Survey | None:
    """What the contact was asked last, else what they may answer unasked; None for no survey."""
    rules, surveys = policy.file.rules, policy.file.surveys
    for act in reversed(ticket.acted):
        rule = rules.get(act.rule)
        if rule is not None and rule.then in surveys:
            return Survey(rule.then, surveys[rule.then], act.at)
    own = (Survey(name, table) for name, table in surveys.items() if table.ask != "yearly")
    return next(own, None)


def feedback(act: Act, command: cmd.Feedback) -> Answer:
    """Keep an answer (by position, or as its word begins) and tell who reads it.

    A survey with a task of its own makes one of poor answers only; else each answer is read.
    """
    ticket, policy = act.ticket, act.policy
    asked = survey_of(ticket, policy)
    if asked is None:
        return Refusal(
            tr("{label} asks for no feedback.", label=policy.label), tr("Note it instead.")
        )
    if ticket.open:
        return Refusal(
            tr("{number} is open.", number=ticket.number),
            tr("Feedback is asked once it is resolved."),
        )
    position = _meant(asked.table, command.answer)
    if not position:
        listed = "; ".join(f"{n} {each.word}" for n, each in enumerate(asked.table.answers, 1))
        return Refusal(
            tr("The answer is missing."), tr("One of: {listed}.", listed=listed), "answer"
        )
    chosen, text = asked.table.answers[position - 1], command.text.strip()
    kept = ev.Surveyed(
        at=act.now,
        by=act.by,
        survey=asked.name,
        answer=position,
        word=chosen.word,
        score=chosen.score,
        poor=chosen.poor,
        text=text,
        asked_at=asked.asked_at,
    )
    return [kept, *_told(act, asked.table, chosen, text)]


def _told(act: Act, table: SurveyTable, answer: AnswerTable, text: str) -> list[ev.AnyEvent]:
    role = table.read_by if not table.task else table.task if answer.poor else ""
    if role not in act.policy.file.roles:
        return []
    who = act.ticket.contact or "the contact"
    said = f"Feedback: {answer.word}" + (f". {text}" if text else "")
    told = gating.alert_lead(act, cmd.AlertLead(role=role, reason=f"{said} ({who})"))
    return [] if isinstance(told, Refusal) else list(told)


def _meant(table: SurveyTable, typed: str) -> int:
    """The position of the answer, 1 the first; 0 for none."""
    asked = typed.strip().casefold()
    if asked.isdecimal() and 0 < int(asked) <= len(table.answers):
        return int(asked)
    words = [each.word.casefold() for each in table.answers]
    begun = [n for n, word in enumerate(words, 1) if asked and word.startswith(asked)]
    return begun[0] if len(begun) == 1 else 0
