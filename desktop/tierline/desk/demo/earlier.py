"""Tickets of the last two weeks that have ended, most of them on the first call."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tierline.desk.demo.course import Course
from tierline.desk.demo.past import NotThisWayError, Past
from tierline.desk.demo.promises import Promises, before
from tierline.desk.demo.stage import Stage
from tierline.domain.calendar import BusinessCalendar

DAYS, _RATHER_LATE = 14, 1.25
QUICK = 0.62
_CANCELLED, _REOPENED, _LATE, _UNCONFIRMED, _PARKED = 0.02, 0.03, 0.07, 0.08, 0.25
_PRIORITIES, _PRIORITY_WEIGHTS = (1, 2, 3, 4), (1, 14, 60, 25)
_TIERS, _TIER_WEIGHTS = (1, 2, 3), (62, 30, 8)
_CALLS = ("phone", "chat")


class Earlier:
    """Makes pasts of tickets that are resolved, closed or cancelled by `now`."""

    def __init__(self, stage: Stage, rng: random.Random, now: datetime) -> None:
        """`now` is aware UTC."""
        self._stage, self._rng, self._now = stage, rng, now
        self._course = Course(rng)

    def past(self, *, quick: bool) -> Past:
        """A past that has ended, `quick` on the first call.

        Raises:
            NotThisWayError: this time it led nowhere; try again.
        """
        rng = self._rng
        priority = rng.choices(_PRIORITIES, _PRIORITY_WEIGHTS)[0]
        tier = 1 if quick else rng.choices(_TIERS, _TIER_WEIGHTS)[0]
        trouble = self._stage.trouble(rng, priority, tier)
        past = Past(trouble, self._stage.tale(rng, trouble), self._stage.roster, self._now)
        promises = Promises.of(trouble.policy, priority, "", tier, past.tale.type)
        ended = self._sometime(promises.hours())
        if quick:
            self._on_the_call(past, priority, ended)
        else:
            self._over_days(past, priority, tier, ended)
        if past.ticket.open:
            raise NotThisWayError("it has not ended")
        return past

    def _sometime(self, calendar: BusinessCalendar) -> datetime:
        """A working instant of the last two weeks, rather a late one."""
        all_of_it = calendar.between(self._now - timedelta(days=DAYS), self._now)
        return calendar.subtract(self._now, all_of_it * self._rng.uniform(0.002, 1) ** _RATHER_LATE)

    def _on_the_call(self, past: Past, priority: int, ended: datetime) -> None:
        """Logged, tried, resolved while the contact is still there."""
        channels = past.policy.file.channels
        ways = [c for c in _CALLS if c in channels and priority in channels[c].priorities]
        channel = self._rng.choice(ways) if ways else past.tale.channel(priority)
        began = ended - timedelta(minutes=self._rng.uniform(6, 17))
        past.log(began, channel, 1, urgent=priority == 1)
        past.touch(past.later(0.3, 1.5))
        past.session(past.later(1, 4), tell=False)
        who = past.actor(past.at)
        past.do(past.tale.resolve(first_contact=bool(ways)), who, past.later(0.5, 3))
        self._afterwards(past)

    def _over_days(self, past: Past, priority: int, tier: int, ended: datetime) -> None:
        """Worked on by a line or two until it was resolved, a few of them late."""
        rng, channel = self._rng, past.tale.channel(priority)
        promises = Promises.of(past.policy, priority, channel, tier, past.tale.type)
        calendar = promises.hours()
        rule = promises.age(ended, stays=tier == 1)
        share = rng.uniform(1.02, 1.5) if rng.random() < _LATE else rng.uniform(0.04, 0.8)
        began = before(rule, ended, share) if rule else self._long_ago(calendar, ended)
        past.log(began, channel, 1, urgent=priority == 1)
        if rng.random() < _CANCELLED:
            past.do(past.tale.cancel(), past.actor(past.at), past.later(3, 90))
            return
        self._course.keep_up(past, tier, calendar.subtract(ended, timedelta(minutes=12)))
        if rng.random() < _PARKED:
            self._pause(past, calendar)
        at = max(ended, past.later(0.5, 3))
        past.do(past.tale.resolve(), past.actor(at), at)
        self._afterwards(past)

    def _long_ago(self, calendar: BusinessCalendar, ended: datetime) -> datetime:
        return calendar.subtract(ended, timedelta(hours=self._rng.uniform(1, 30)))

    def _pause(self, past: Past, calendar: BusinessCalendar) -> None:
        status = self._course.quiet(past, self._rng.choice(("client", "other")))
        if not status:
            return
        past.park(past.later(0.5, 2), status, None)
        back = calendar.add(past.at, timedelta(minutes=self._rng.uniform(20, 500)))
        if past.policy.status(status).side == "client":
            past.hear(back)
        past.resume(max(past.later(1, 9), back))

    def _afterwards(self, past: Past) -> None:
        """Some come back, most are confirmed and closed within two days."""
        rng = self._rng
        calendar = Promises.to(past.ticket, past.policy).hours()
        if rng.random() < _REOPENED:
            at = calendar.add(past.at, timedelta(hours=rng.uniform(1, 9)))
            if at < self._now - timedelta(hours=4):
                past.do(past.tale.reopen(), past.ticket.assignee, at)
                past.session(past.later(4, 40))
                past.do(past.tale.resolve(), past.actor(past.at), past.later(2, 15))
        shut = calendar.add(past.at, timedelta(hours=rng.uniform(1, 16)))
        waits = past.policy.file.reopen.confirm and rng.random() < _UNCONFIRMED
        if shut < self._now and not waits:
            if past.ticket.missing:
                past.do(past.tale.fill(past.ticket.missing), past.actor(shut), shut)
            past.do(past.tale.close(), past.actor(shut), shut)


def ended_count(tickets: int) -> int:
    """How many ended ones go with that many open ones: two weeks of a desk that keeps up."""
    return tickets * 9 // 4
