"""The alarms of one desk: what stands for whom, what was answered, and one look of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from tierline.desk.alarms import engine
from tierline.desk.alarms.alarm import Alarm, Judge, Quiet, Watcher
from tierline.desk.alarms.budget import LOOKS_BACK
from tierline.desk.alarms.notice import Notice
from tierline.desk.alarms.shifts import on_shift
from tierline.desk.alarms.words import notice_of
from tierline.desk.people import People
from tierline.desk.restricting import LEADS
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import AlarmAnswer
from tierline.storage.queues import OPEN, Where
from tierline.storage.replica import Replica

_EVERY = 1_000_000
Place = tuple[str, str, str]  # ticket, clock, run
Answers = Mapping[Place, tuple[AlarmAnswer, ...]]


class Standing(NamedTuple):
    """The alarms that stand for a person, what people answered to them, and when that changes.

    `again` is when it does though nobody acts (UTC).
    """

    alarms: tuple[Alarm, ...]
    answers: Answers
    again: datetime | None


class Looked(NamedTuple):
    """What one look found: pop-ups to show, keys to take away, and when to look again (UTC)."""

    notices: tuple[Notice, ...]
    withdrawn: tuple[str, ...]
    again: datetime | None


class AlarmWatch:
    """Reads what stands; `look` also remembers what a person is told."""

    def __init__(self, replica: Replica, book: PolicyBook, people: People) -> None:
        """Watch this replica's tickets under these policies."""
        self._replica, self._book, self._people = replica, book, people

    def watcher(
        self, me: str, now: datetime, quiet: Quiet = "", *, everyone: bool = False
    ) -> Watcher:
        """Who is at the console: their line, whether they lead, and whether they are on shift."""
        person = self._people.get(me)
        return Watcher(
            me=me,
            tier=person.tier if person else 0,
            lead=person is not None and person.role in LEADS,
            on_shift=on_shift(person, self._book.get(self._book.default), now),
            quiet=quiet,
            everyone=everyone,
        )

    def standing(self, watcher: Watcher, now: datetime) -> Standing:
        """The alarms that stand and concern a person, in no order, and what was answered."""
        whose = (
            [] if watcher.lead or watcher.everyone else [Where("assignee", "is", (watcher.me, ""))]
        )
        wheres = [OPEN, Where("", "hot", (now,)), *whose]
        ids = self._replica.queues.ids(wheres, sort="next", limit=_EVERY)
        judge = Judge(watcher, self._book, now)
        alarms = tuple(judge.standing(self._replica.tickets.listed(ids)))
        answers = self._answers()
        first = self._replica.queues.next_threshold(now)
        return Standing(alarms, answers, _sooner(first, judge.next_at, _returning(answers, now)))

    def _answers(self) -> Answers:
        """What people answered to the alarms of open tickets, by ticket, clock and run."""
        found: dict[Place, tuple[AlarmAnswer, ...]] = {}
        for ticket in self._replica.alarms.answered():
            for each in ticket.alarm_answers:
                place = (ticket.id, each.clock, each.run)
                found[place] = (*found.get(place, ()), each)
        return found

    def look(self, me: str, now: datetime, quiet: Quiet = "", *, missed: bool = False) -> Looked:
        """Tell a person what they are owed now; on the disk when this returns.

        `missed` says that nobody has looked for a while: what is new comes as one.
        """
        watcher = self.watcher(me, now, quiet)
        alarms, answers, again = self.standing(watcher, now)
        seen = seen_by(me, alarms, answers, now)
        since = now - LOOKS_BACK
        memory = self._replica.alarms.memory(me, since)
        step = engine.look(memory, alarms, seen, watcher, now, missed=missed)
        if step.changes:
            with self._replica.alarms.telling(me, since) as (memory, telling):
                step = engine.look(memory, alarms, seen, watcher, now, missed=missed)
                telling.keep(step.told)
                telling.forget(step.forgotten)
                telling.pop(engine.popped(step.pops, now))
                telling.tidy(now)
        notices = tuple(notice_of(pop, now, self._people.first) for pop in step.pops)
        return Looked(notices, step.withdrawn, _sooner(again, step.wake))


def seen_by(me: str, alarms: Iterable[Alarm], answers: Answers, now: datetime) -> engine.Seen:
    """Which of the alarms a person has put off by now, and which they have acknowledged."""
    snoozed, acknowledged = set(), set()
    for each in alarms:
        for answer in answers.get(each.key[:3], ()):
            if answer.by == me and is_put_off(each, answer, now):
                snoozed.add(each.key)
            elif answer.by == me and answer.until is None and answer.at >= each.at:
                acknowledged.add(each.key)
    return engine.Seen(frozenset(snoozed), frozenset(acknowledged))


def is_put_off(alarm: Alarm, answer: AlarmAnswer, now: datetime) -> bool:
    """Whether that answer keeps it away now: never a P1, nor what is over."""
    if alarm.critical or alarm.level == "over" or answer.until is None:
        return False
    return now < answer.until


def _returning(answers: Answers, now: datetime) -> datetime | None:
    """When the next alarm that was put off comes back."""
    ends = (each.until for given in answers.values() for each in given if each.until)
    return min((at for at in ends if at > now), default=None)


def _sooner(*instants: datetime | None) -> datetime | None:
    return min((at for at in instants if at is not None), default=None)
