"""How the contact found our work: their answer is kept, and whoever reads feedback is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.policy_process import AnswerTable, SurveyTable
from tierline.domain.ticket import Ticket


class Choice(NamedTuple):
    """An answer a contact can give, under the survey that asks for it."""

    survey: str
    word: str
    score: int
    poor: bool


def choices(policy: Policy) -> tuple[Choice, ...]:
    """The answers to the policy's survey of each ticket, the lowest first; none: it has none."""
    found = _survey(policy)
    if found is None:
        return ()
    name, table = found
    return tuple(Choice(name, a.word, a.score, a.poor) for a in table.answers)


def answered(ticket: Ticket, policy: Policy, answer: str, text: str) -> list[cmd.Command] | Refusal:
    """The commands that keep an answer (by word, score or position) and tell who reads it.

    A survey with a task of its own makes one of poor answers only; else each answer is read.
    """
    found = _survey(policy)
    if found is None:
        return Refusal(f"{policy.label} asks for no feedback.", "Note it instead.")
    _, table = found
    if ticket.open:
        return Refusal(f"{ticket.number} is open.", "Feedback is asked once it is resolved.")
    chosen = _meant(table, answer)
    if chosen is None:
        listed = "; ".join(f"{n} {each.word}" for n, each in enumerate(table.answers, 1))
        return Refusal("The answer is missing.", f"One of: {listed}.", "answer")
    return list(_commands(ticket, policy, table, chosen, text.strip()))


def _commands(
    ticket: Ticket, policy: Policy, table: SurveyTable, answer: AnswerTable, text: str
) -> Iterator[cmd.Command]:
    said = f"Feedback: {answer.word}" + (f". {text}" if text else "")
    yield cmd.Note(text=said)
    role = table.task if table.task and answer.poor else "" if table.task else table.read_by
    if role and role in policy.file.roles:
        who = ticket.contact or "the contact"
        yield cmd.AlertLead(role=role, reason=f"{said} ({who})")


def _survey(policy: Policy) -> tuple[str, SurveyTable] | None:
    """The survey that is about a ticket (not the yearly one)."""
    surveys = policy.file.surveys.items()
    return next(((name, table) for name, table in surveys if table.ask != "yearly"), None)


def _meant(table: SurveyTable, typed: str) -> AnswerTable | None:
    asked = typed.strip().casefold()
    if asked.isdecimal() and 0 < int(asked) <= len(table.answers):
        return table.answers[int(asked) - 1]
    begun = [each for each in table.answers if asked and each.word.casefold().startswith(asked)]
    return begun[0] if len(begun) == 1 else None
