"""Open tickets as they stand at `now`: what each is to look like, and a past that leads there."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from tierline.desk.demo.course import Course
from tierline.desk.demo.past import Past
from tierline.desk.demo.promises import Promises, before, length
from tierline.desk.demo.stage import Stage, Trouble
from tierline.domain import commands as cmd
from tierline.domain.calendar import BusinessCalendar
from tierline.domain.policy import ClockRule, Policy

Look = Literal["new", "assigned", "working", "replied", "timer", "waiting"]
Heat = Literal["calm", "soon", "over"]
_SHARES: dict[str, tuple[float, float]] = {
    "calm": (0.04, 0.7),
    "soon": (0.83, 0.97),
    "over": (1.01, 1.1),
}
_STRAIGHT, _LATE_ARRIVALS = 0.3, 0.5
_THIRD = 3
_OWN_MINUTES = 40.0
_SIDES = ("client", "client", "other", "us")


class Wish(NamedTuple):
    """What an open ticket is to look like; `holder` and `trouble` only where it matters."""

    look: Look
    heat: Heat
    priority: int
    tier: int
    holder: str = ""
    trouble: Trouble | None = None
    contact: str = ""


class PresentDay:
    """Makes pasts of tickets that are open at `now`, all from one stream of chance."""

    def __init__(self, stage: Stage, rng: random.Random, now: datetime) -> None:
        """`now` is aware UTC."""
        self._stage, self._rng, self._now = stage, rng, now
        self._course = Course(rng)

    def past(self, wish: Wish) -> Past:
        """A past that leads to such a ticket, as near as chance comes.

        Raises:
            NotThisWayError: this time it led nowhere; try again.
        """
        trouble = wish.trouble or self._stage.trouble(self._rng, wish.priority, wish.tier)
        tale = self._stage.tale(self._rng, trouble, wish.contact)
        past = Past(trouble, tale, self._stage.roster, self._now)
        channel = tale.channel(wish.priority)
        if wish.look in ("new", "assigned"):
            self._fresh(past, wish, channel)
        elif wish.look == "waiting":
            self._waiting(past, wish, channel)
        else:
            self._worked(past, wish, channel)
        return past

    def _share(self, heat: Heat) -> float:
        return self._rng.uniform(*_SHARES[heat])

    def _fresh(self, past: Past, wish: Wish, channel: str) -> None:
        """Nobody has begun. A call is answered when it comes, so these came another way."""
        if channel == "phone":
            others = [c for c in past.policy.file.channels if c not in ("phone", "direct")]
            fitting = past.policy.file.channels
            channel = next((c for c in others if wish.priority in fitting[c].priorities), channel)
        straight = wish.tier if wish.tier < _THIRD else 1
        promises = Promises.of(past.policy, wish.priority, channel, straight, past.tale.type)
        rule = promises.intake(self._now)
        share = self._share(wish.heat)
        began = before(rule, self._now, share) if rule else self._now - timedelta(hours=share)
        if rule and wish.heat == "calm" and not rule.calendar.is_open(self._now):
            began = self._overnight(rule.calendar, began)
        past.log(began, channel, straight, urgent=wish.priority == 1)
        if wish.tier > straight:
            past.touch(past.later(2, 9))
            past.hand_up(past.later(3, 15), wish.tier, keep_free=True)
        if wish.look == "assigned":
            self._give(past)

    def _give(self, past: Past) -> None:
        lead = next((p.id for p in self._stage.cast.people if p.role == "lead"), "")
        calendar = Promises.to(past.ticket, past.policy).hours()
        room = calendar.between(past.at, self._now)
        at = calendar.add(past.at, room * self._rng.uniform(0.2, 0.9))
        story, tier = past.trouble.story, past.ticket.tier
        past.do(
            cmd.Assign(assignee=self._stage.roster.pick(self._rng, at, tier, story.category)),
            lead,
            at,
        )

    def _overnight(self, calendar: BusinessCalendar, began: datetime) -> datetime:
        """Half of what waits for the morning came after the desk had closed."""
        closed = calendar.previous_close(self._now)
        if self._rng.random() > _LATE_ARRIVALS:
            return began
        return closed + (self._now - closed) * self._rng.uniform(0.02, 0.95)

    def _worked(self, past: Past, wish: Wish, channel: str) -> None:
        """Begun and going on, with the contact kept informed until the last session."""
        straight = self._first_line(past.policy, wish)
        stays = straight == wish.tier
        promises = Promises.of(past.policy, wish.priority, channel, wish.tier, past.tale.type)
        hot = self._critical(promises, wish, stays=stays)
        last = self._last_session(promises, wish, hot)
        aging = promises.age(self._now, stays=stays)
        share = self._share(wish.heat if hot == "age" else "calm")
        began = self._began(promises, aging, share, last)
        past.log(began, channel, straight, urgent=wish.priority == 1)
        self._course.keep_up(past, wish.tier, last, wish.holder)
        self._last_word(past, wish, promises, hot)

    def _first_line(self, policy: Policy, wish: Wish) -> int:
        """Where it was logged: most come up from first line."""
        table = policy.file.tiers.get(str(wish.tier))
        direct = table is not None and table.intake and wish.tier < _THIRD
        return wish.tier if direct and self._rng.random() < _STRAIGHT else 1

    def _critical(self, promises: Promises, wish: Wish, *, stays: bool) -> str:
        """Which of its clocks is the one that is soon due or over."""
        if wish.look == "timer":
            return "work"
        ways = ["age"] if promises.age(self._now, stays=stays) else []
        ways += ["update"] * 2 if promises.update(self._now) else []
        if wish.look == "replied" and promises.reply(self._now):
            ways = ["reply"]
        return self._rng.choice(ways) if ways else ""

    def _last_session(self, promises: Promises, wish: Wish, hot: str) -> datetime:
        rule = promises.update(self._now)
        if rule is None:
            return promises.hours().subtract(
                self._now, timedelta(minutes=self._rng.uniform(12, 320))
            )
        return before(rule, self._now, self._share(wish.heat if hot == "update" else "calm"))

    def _began(
        self, promises: Promises, rule: ClockRule | None, share: float, last: datetime
    ) -> datetime:
        calendar = promises.hours()
        if rule is None:
            began = calendar.subtract(self._now, timedelta(hours=self._rng.uniform(2, 70)))
        else:
            began = before(rule, self._now, share)
        return min(began, calendar.subtract(last, timedelta(minutes=self._rng.uniform(6, 50))))

    def _last_word(self, past: Past, wish: Wish, promises: Promises, hot: str) -> None:
        if wish.look == "replied":
            rule = promises.reply(self._now)
            share = self._share(wish.heat if hot == "reply" else "calm")
            at = before(rule, self._now, share) if rule else self._now - (self._now - past.at) * 0.6
            past.hear(max(at, past.later(1, 3)))
        if wish.look == "timer":
            limit = min(promises.work(), _OWN_MINUTES)
            worked = past.ticket.work.get(past.ticket.tier, 0) / 60
            minutes = limit * self._share(wish.heat) - worked
            at = self._now - timedelta(minutes=max(minutes, 1.5))
            past.do(cmd.StartTimer(), past.ticket.assignee, max(at, past.later(0.2, 1)))

    def _waiting(self, past: Past, wish: Wish, channel: str) -> None:
        """Parked for somebody, with a day to look at it again."""
        straight = self._first_line(past.policy, wish)
        promises = Promises.of(past.policy, wish.priority, channel, wish.tier, past.tale.type)
        calendar = promises.hours()
        held = timedelta(hours=min(self._rng.expovariate(1 / 11) + 0.3, 60))
        parked = calendar.subtract(self._now, held)
        aging = promises.age(self._now, stays=straight == wish.tier)
        if aging:
            used = length(aging) * self._rng.uniform(0.05, 0.55)
        else:
            used = timedelta(hours=self._rng.uniform(1, 20))
        last = calendar.subtract(parked, timedelta(minutes=self._rng.uniform(9, 14)))
        began = min(calendar.subtract(parked, used), calendar.subtract(last, timedelta(minutes=30)))
        past.log(began, channel, straight)
        self._course.keep_up(past, wish.tier, last)
        waiting = past.policy.statuses("waiting")
        status = self._course.quiet(past, self._rng.choice(_SIDES))
        status = status or self._course.quiet(past, "") or next(iter(waiting), "")
        if not status:
            return
        ahead = timedelta(hours=self._rng.uniform(0.4, 16))
        past.park(max(parked, past.later(0.5, 2)), status, calendar.add(self._now, ahead))
