"""The warnings strip: what is over or due soon, and the one thing to do about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.desk.filters import Asker
from tierline.desk.queues import is_soon
from tierline.domain.clocks import Deadline, State
from tierline.domain.countdown import Countdown
from tierline.domain.errors import Refusal
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.rules.prompts import open_prompts
from tierline.storage.projection import is_over
from tierline.storage.queues import OPEN, Where
from tierline.storage.records import Listed
from tierline.storage.replica import Replica
from tierline.storage.warnings import Answer

_MOST = 500
Answers = Mapping[tuple[str, str, str], Answer]


class Card(NamedTuple):
    """One warning: ticket, clock, threshold ("over", "soon"), and its one action.

    `action` is a kind of `desk.actions` ("take", "message", "escalate"), "ask" for a word to the
    holder, "answer" to what a rule asks (`prompt` is its question), or "open". `acknowledged` is by
    whom a P1 was acknowledged.
    """

    ticket_id: str
    number: str
    priority: int
    level: str
    clock: str
    word: str
    countdown: Countdown
    client: str
    assignee: str
    action: str
    acknowledged: str = ""
    prompt: str = ""
    rule: str = ""


class Strip(NamedTuple):
    """Both lines, the most urgent first, how many are snoozed, and what comes next if all is calm.

    `coming` is a card of level "next"; None when something is shown, or nothing counts.
    """

    over: tuple[Card, ...]
    soon: tuple[Card, ...]
    snoozed: int
    coming: Card | None = None


class Warnings:
    """The source of truth about warnings; pop-ups are copies of it."""

    def __init__(self, replica: Replica, book: PolicyBook) -> None:
        """Read from this replica; answers are kept in it."""
        self._replica = replica
        self._book = book

    def strip(self, asker: Asker, only: str | None) -> Strip:
        """The warnings as of the asker's now; `only` keeps that person's and the unassigned."""
        wheres = [OPEN, Where("", "hot", (asker.now,)), *_whose(only)]
        ids = self._replica.queues.ids(wheres, sort="next", limit=_MOST)
        answers = self._replica.warned.answers()
        found = [
            card
            for each in self._replica.tickets.listed(ids)
            for card in self._cards(each, asker, answers)
        ]
        found = self._asked(found, asker, answers)
        shown = [card for card in found if not _snoozed(card, answers, asker.now)]
        shown.sort(key=_urgency)
        over = tuple(card for card in shown if card.level == "over")
        soon = tuple(card for card in shown if card.level == "soon")
        coming = None if shown else self._coming(asker, only)
        return Strip(over, soon, len(found) - len(shown), coming)

    def snooze(self, card: Card, until: datetime, asker: Asker, reason: str = "") -> Refusal | None:
        """Hide a warning until then, never past its breach; a P1 is acknowledged instead."""
        if card.priority == 1:
            return Refusal("A P1 is not snoozed.", "Acknowledge it instead.")
        due = card.countdown.due
        if card.level == "soon" and due is not None:
            until = min(until, due)
        if until <= asker.now:
            return Refusal("That moment has passed.", "Choose one still to come.")
        self._keep(card, Answer(ticket_id="", clock="", level="", until=until, by=asker.me), reason)
        return None

    def acknowledge(self, card: Card, asker: Asker) -> None:
        """Note that someone has seen it; the card stays, and stops pulsing."""
        answer = Answer(ticket_id="", clock="", level="", acknowledged_at=asker.now, by=asker.me)
        self._keep(card, answer, "")

    def _keep(self, card: Card, answer: Answer, reason: str) -> None:
        self._replica.warned.answer(
            Answer(
                ticket_id=card.ticket_id,
                clock=card.clock,
                level=card.level,
                until=answer.until,
                acknowledged_at=answer.acknowledged_at,
                by=answer.by,
                reason=reason,
            )
        )

    def _coming(self, asker: Asker, only: str | None) -> Card | None:
        """The clock that will warn next, for the calm text of the strip."""
        wheres = [OPEN, Where("due_at", "after", (asker.now,)), *_whose(only)]
        ids = self._replica.queues.ids(wheres, sort="next", limit=1)
        for each in self._replica.tickets.listed(ids):
            running = [d for d in each.deadlines if d.state == State.RUNNING and d.due]
            if running:
                return self._card(each, running[0], "next", asker, {})
        return None

    def _cards(self, each: Listed, asker: Asker, answers: Answers) -> Iterator[Card]:
        for deadline in each.deadlines:
            if level := self._level(deadline, asker.now):
                yield self._card(each, deadline, level, asker, answers)

    def _asked(self, cards: list[Card], asker: Asker, answers: Answers) -> list[Card]:
        """The cards with those on which a rule asks me something; one for a clock either way."""
        asked: dict[tuple[str, str], Card] = {}
        questions = {
            ticket.id: open_prompts(ticket, self._book.get(ticket.policy))
            for ticket in self._replica.owed.prompted(asker.me)
        }
        for each in self._replica.tickets.listed(list(questions)):
            clocks = {deadline.name: deadline for deadline in each.deadlines}
            for prompt in questions[each.id]:
                if (clock := clocks.get(prompt.clock)) is None:
                    continue
                level = "over" if is_over(clock, asker.now) else "soon"
                card = self._card(each, clock, level, asker, answers)
                asked[each.id, clock.name] = card._replace(
                    action="answer", prompt=prompt.text, rule=prompt.name
                )
        others = [card for card in cards if (card.ticket_id, card.clock) not in asked]
        return [*asked.values(), *others]

    def _card(
        self, each: Listed, deadline: Deadline, level: str, asker: Asker, answers: Answers
    ) -> Card:
        answer = answers.get((each.id, deadline.name, level))
        return Card(
            ticket_id=each.id,
            number=each.number,
            priority=each.priority,
            level=level,
            clock=deadline.name,
            word=deadline.word,
            countdown=Countdown(deadline, self._book.calendar(deadline.calendar)),
            client=each.client,
            assignee=each.assignee,
            action=_action(each, deadline, self._book.get(each.policy), asker.me),
            acknowledged=answer.by if answer and answer.acknowledged_at else "",
        )

    def _level(self, deadline: Deadline, now: datetime) -> str:
        """Paused clocks never warn, closed ones not before they are over."""
        if deadline.state != State.RUNNING:
            return ""
        if is_over(deadline, now):
            return "over"
        return "soon" if is_soon(deadline, now, self._book) else ""


def snooze_until(choice: str, card: Card, now: datetime) -> datetime:
    """When "5", "15" or "30" minutes, or "before" (5 minutes before the breach), are over."""
    due = card.countdown.due
    if choice == "before" and due is not None:
        return due - timedelta(minutes=5)
    return now + timedelta(minutes=int(choice) if choice.isdigit() else 5)


def _whose(only: str | None) -> list[Where]:
    return [] if only is None else [Where("assignee", "is", (only, ""))]


def _snoozed(card: Card, answers: Answers, now: datetime) -> bool:
    answer = answers.get((card.ticket_id, card.clock, card.level))
    return answer is not None and answer.until is not None and now < answer.until


def _urgency(card: Card) -> tuple[bool, float]:
    due = card.countdown.due
    return (card.priority != 1, due.timestamp() if due else 0.0)


def _action(each: Listed, deadline: Deadline, policy: Policy, me: str) -> str:
    if not each.assignee:
        return "take"
    if each.assignee != me:
        return "ask"
    starts = policy.file.clocks[deadline.name].starts if deadline.name in policy.file.clocks else ""
    if starts in ("message_out", "message_in") or deadline.letter == "R":
        return "message"
    return "escalate" if starts == "tier" else "open"
