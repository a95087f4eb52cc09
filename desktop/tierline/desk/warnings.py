"""The warnings strip: what is over or due soon, and the one thing to do about each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from tierline.desk.alarms.alarm import Alarm, Watcher, action_of
from tierline.desk.alarms.watch import AlarmWatch, Answers, is_put_off
from tierline.domain.clocks import Deadline, State
from tierline.domain.countdown import Countdown
from tierline.domain.policy_book import PolicyBook
from tierline.domain.rules.prompts import open_prompts
from tierline.domain.ticket import AlarmAnswer
from tierline.storage.projection import is_over
from tierline.storage.queues import OPEN, Where
from tierline.storage.records import Listed
from tierline.storage.replica import Replica


class Card(NamedTuple):
    """One warning: ticket, clock, threshold ("over", "soon"), and its one action.

    `action` is a kind of `desk.actions` ("take", "message", "escalate"), "ask" for a word to the
    holder, "answer" to what a rule asks (`prompt` is its question), or "open". `acknowledged` is by
    whom it was acknowledged; `snoozed_by` who else does not hear it until `snoozed_until`, and why.
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
    snoozed_by: str = ""
    snoozed_until: datetime | None = None
    snooze_reason: str = ""

    @property
    def put_off(self) -> bool:
        """Whether it can be snoozed: a P1, and what is over, is acknowledged instead."""
        return self.priority != 1 and self.level != "over"


class Strip(NamedTuple):
    """Both lines, the most urgent first, how many are snoozed, and what comes next if all is calm.

    What I snoozed is not in the lines; what somebody else did stands at their end, and is counted.
    `coming` is a card of level "next"; None when something is shown, or nothing counts. `again` is
    when it changes though nobody acts (UTC).
    """

    over: tuple[Card, ...]
    soon: tuple[Card, ...]
    snoozed: int
    coming: Card | None = None
    again: datetime | None = None


class Warnings:
    """The source of truth about warnings; pop-ups are copies of it."""

    def __init__(self, replica: Replica, book: PolicyBook, watch: AlarmWatch) -> None:
        """Show what this watch finds."""
        self._replica, self._book, self._watch = replica, book, watch

    def strip(self, watcher: Watcher, now: datetime) -> Strip:
        """The warnings that concern a person; what they snoozed is counted only."""
        alarms, answers, again = self._watch.standing(watcher, now)
        found = [_card(each, answers, watcher.me, now) for each in alarms]
        hidden = [each for each in found if each.snoozed_by == watcher.me]
        shown = [each for each in found if each.snoozed_by != watcher.me]
        shown = sorted(self._asked(shown, watcher.me, now), key=_urgency)
        over = tuple(card for card in shown if card.level == "over")
        soon = tuple(card for card in shown if card.level == "soon")
        off = sum(bool(card.snoozed_by) for card in shown)
        coming = None if shown else self._coming(watcher, now)
        return Strip(over, soon, len(hidden) + off, coming, again)

    def _coming(self, watcher: Watcher, now: datetime) -> Card | None:
        """The clock that will warn next, for the calm text of the strip."""
        whose = [] if watcher.everyone else [Where("assignee", "is", (watcher.me, ""))]
        wheres = [OPEN, Where("due_at", "after", (now,)), *whose]
        ids = self._replica.queues.ids(wheres, sort="next", limit=1)
        for each in self._replica.tickets.listed(ids):
            running = [d for d in each.deadlines if d.state == State.RUNNING and d.due]
            if running:
                return self._plain(each, running[0], "next", watcher.me)
        return None

    def _asked(self, cards: list[Card], me: str, now: datetime) -> list[Card]:
        """The cards with those on which a rule asks me something; one for a clock either way."""
        asked: dict[tuple[str, str], Card] = {}
        known = {(card.ticket_id, card.clock): card for card in cards}
        questions = {
            ticket.id: open_prompts(ticket, self._book.get(ticket.policy))
            for ticket in self._replica.owed.prompted(me)
        }
        for each in self._replica.tickets.listed(list(questions)):
            clocks = {deadline.name: deadline for deadline in each.deadlines}
            for prompt in questions[each.id]:
                if (clock := clocks.get(prompt.clock)) is None:
                    continue
                level = "over" if is_over(clock, now) else "soon"
                card = known.get((each.id, clock.name)) or self._plain(each, clock, level, me)
                asked[each.id, clock.name] = card._replace(
                    action="answer", prompt=prompt.text, rule=prompt.name
                )
        others = [card for card in cards if (card.ticket_id, card.clock) not in asked]
        return [*asked.values(), *others]

    def _plain(self, each: Listed, deadline: Deadline, level: str, me: str) -> Card:
        policy = self._book.get(each.policy)
        countdown = Countdown(deadline, self._book.calendar(deadline.calendar))
        return _told(each, countdown, level, action_of(each, deadline, policy, me))


def snooze_until(choice: str, card: Card, now: datetime) -> datetime:
    """When "5", "15" or "30" minutes, or "before" (5 minutes before the breach), are over."""
    due = card.countdown.due
    if choice == "before" and due is not None:
        return due - timedelta(minutes=5)
    return now + timedelta(minutes=int(choice) if choice.isdigit() else 5)


def _card(alarm: Alarm, answers: Answers, me: str, now: datetime) -> Card:
    """An alarm as the strip has it, with what people answered to it; my own snooze comes first."""
    card = _told(alarm.ticket, alarm.countdown, alarm.level, alarm.action)
    given = answers.get(alarm.key[:3], ())
    seen = (each.by for each in given if each.until is None and each.at >= alarm.at)
    off = [each for each in given if is_put_off(alarm, each, now)]
    mine = next((each for each in off if each.by == me), off[-1] if off else None)
    return _snoozed(card._replace(acknowledged=next(seen, "")), mine)


def _snoozed(card: Card, answer: AlarmAnswer | None) -> Card:
    if answer is None:
        return card
    return card._replace(
        snoozed_by=answer.by, snoozed_until=answer.until, snooze_reason=answer.reason
    )


def _told(each: Listed, countdown: Countdown, level: str, action: str) -> Card:
    deadline = countdown.deadline
    return Card(
        ticket_id=each.id,
        number=each.number,
        priority=each.priority,
        level=level,
        clock=deadline.name,
        word=deadline.word,
        countdown=countdown,
        client=each.client,
        assignee=each.assignee,
        action=action,
    )


def _urgency(card: Card) -> tuple[bool, bool, float]:
    """What somebody else put off comes last; then a P1 first, then by the deadline."""
    due = card.countdown.due
    return (bool(card.snoozed_by), card.priority != 1, due.timestamp() if due else 0.0)
