"""How work on a ticket goes on: informed contacts, escalations, pauses, a word with third line."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tierline.desk.demo.past import Past
from tierline.desk.demo.promises import Promises, length
from tierline.domain.calendar import BusinessCalendar

_SESSIONS = 4
_KEPT = 0.85
_FIRST, _SECOND, _THIRD = 1, 2, 3
_ASKS, _ASKS_BACK, _LEAST = 0.12, 0.3, 0.4


class Course:
    """Moves a past along; all from one stream of chance."""

    def __init__(self, rng: random.Random) -> None:
        """Take the chance."""
        self._rng = rng

    def keep_up(self, past: Past, tier: int, last: datetime, holder: str = "") -> None:
        """From the first answer to the last session, never longer without news than promised."""
        promises, began = Promises.to(past.ticket, past.policy), past.at
        calendar = promises.hours()
        room = calendar.between(began, last)
        intake = promises.intake(began)
        soon = min(length(intake), room) if intake else room
        past.touch(calendar.add(began, soon * self._rng.uniform(0.1, 0.7)), holder)
        self.rise(past, tier)
        for _ in range(_SESSIONS):
            rule = promises.update(past.at)
            step = length(rule) * _KEPT if rule else timedelta(hours=self._rng.uniform(2, 9))
            if calendar.between(past.at, last) <= step:
                break
            past.session(calendar.add(past.at, step * self._rng.uniform(0.5, 0.95)))
            self._maybe_ask(past)
        else:
            self._rest(past, calendar, last)
        if last > past.at:
            past.session(last, tell=True)
            self._maybe_ask(past)

    def rise(self, past: Past, tier: int) -> None:
        """Up to its line, after a try on the one below."""
        if past.ticket.tier < tier:
            past.session(past.later(2, 12), tell=False)
            past.hand_up(past.later(1, 8), tier)
            past.touch(past.later(3, 25))

    def _rest(self, past: Past, calendar: BusinessCalendar, last: datetime) -> None:
        """A long stretch without news is one in which everybody knew why."""
        status = self.quiet(past, "client") or self.quiet(past, "")
        if not status or last <= past.at:
            return
        past.park(past.later(1, 9), status, last)
        if past.policy.status(status).side == "client":
            past.hear(calendar.subtract(last, timedelta(minutes=self._rng.uniform(3, 25))))
        past.resume(max(past.at, calendar.subtract(last, timedelta(minutes=2))))

    def quiet(self, past: Past, side: str) -> str:
        """A waiting status that pauses every clock which can be paused."""
        names = Promises.to(past.ticket, past.policy).quiet(side)
        return self._rng.choice(names) if names else ""

    def _maybe_ask(self, past: Past) -> None:
        """Second line asks third, now and then first line the caller's story."""
        rules = Promises.to(past.ticket, past.policy).rules
        limited = any("consulted" in rule.table.stops for rule in rules)
        if not limited and self._rng.random() > _ASKS:
            return
        tier = past.ticket.tier
        other = _THIRD if tier < _THIRD else _SECOND
        if tier == _SECOND and not limited and self._rng.random() < _ASKS_BACK:
            other = _FIRST
        whom = past.roster.me if other == _FIRST and self._rng.random() > _LEAST else ""
        past.consult(past.later(1, 6), other, whom)
