"""Quotes on a ticket: given, approved or declined by a person, or run out by themselves."""

from __future__ import annotations

from tierline.domain import commands as cmd
from tierline.domain import events as ev
from tierline.domain.errors import Refusal
from tierline.domain.judging import Act, Answer, blank, need
from tierline.domain.policy_process import QuoteTable
from tierline.domain.rules.times import later
from tierline.domain.tongue import tr
from tierline.domain.wording import told_time

_MOST = 10**15  # hundredths: what a program that reads our numbers as floats still has exactly


def quote(act: Act, command: cmd.GiveQuote) -> Answer:
    """Give a quote that holds as long as the policy says; an open one is replaced by it."""
    table = _table(act)
    if isinstance(table, Refusal):
        return table
    if refusal := act.must_be_open("quoted") or need(
        command.text, "text", "Say what the money is for."
    ):
        return refusal
    if not 0 < command.cents <= _MOST:
        return Refusal(
            tr("The sum of the quote is missing."), tr("Give an amount above 0."), "cents"
        )
    given = ev.Quoted(
        at=act.now,
        by=act.by,
        cents=command.cents,
        currency=table.currency,
        text=command.text.strip(),
        until=later(act.policy, act.now, table.valid),
    )
    if blank(command.message):
        return [given]
    return [given, act.message(command.message, command.message_channel)]


def answer_quote(act: Act, command: cmd.AnswerQuote) -> Answer:
    """Record who said yes or no, when and in which way; not after the quote has run out."""
    table = _table(act)
    if isinstance(table, Refusal):
        return table
    given = act.ticket.quote
    if given is None or not given.open:
        state = f"is {given.state}" if given else "has not been given"
        return Refusal(
            tr("The quote of {number} {state}.", number=act.ticket.number, state=state),
            tr("Give a new one first."),
        )
    if given.until is not None and act.now >= given.until:
        what = f"The quote held until {told_time(given.until, act.policy)}."
        return Refusal(what, tr("Give a new one first."))
    if refusal := need(command.person, "person", "Say who answered."):
        return refusal
    way = _way(table, command.way) if command.accepted else command.way.strip()
    if command.accepted and not way:
        listed = "; ".join(f"{n} {each.word}" for n, each in enumerate(table.approvals, 1))
        return Refusal(
            tr("The way of the approval is missing."), tr("One of: {listed}.", listed=listed), "way"
        )
    if not command.accepted and (refusal := need(command.text, "text", "Say why not.")):
        return refusal
    answered = ev.QuoteAnswered(
        at=act.now,
        by=act.by,
        person=command.person.strip(),
        accepted=command.accepted,
        way=way,
        text=command.text.strip(),
    )
    return [answered]


def _table(act: Act) -> QuoteTable | Refusal:
    table = act.policy.file.quotes
    return table or Refusal(
        tr("{label} gives no quotes.", label=act.policy.label), tr("Write a message instead.")
    )


def _way(table: QuoteTable, typed: str) -> str:
    """The approval that was meant, by position or as its word begins; "" for none."""
    words, asked = [each.word for each in table.approvals], typed.strip().casefold().lstrip('"')
    if asked.isdecimal() and 0 < int(asked) <= len(words):
        return words[int(asked) - 1]
    begun = [each for each in words if asked and each.casefold().lstrip('"').startswith(asked)]
    return begun[0] if len(begun) == 1 else ""
