"""A demo desk that lives: tickets arrive, colleagues work them, contacts write, clocks run hot."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tierline.desk.acting import Done
from tierline.desk.demo.cast import Customer
from tierline.desk.demo.chance import chance
from tierline.desk.demo.colleague import Colleague
from tierline.desk.demo.pressure import Need, Pressure
from tierline.desk.demo.seed import OPEN as OPEN_KEY
from tierline.desk.demo.seed import POLICY
from tierline.desk.demo.stage import Stage, Trouble
from tierline.desk.demo.tale import Tale
from tierline.desk.desk import Desk
from tierline.domain.errors import WorldError
from tierline.storage.queues import OPEN, Where
from tierline.storage.records import Listed

_ACTS = 24  # a step does no more than that, so that a console never waits for it
_SHORTEST = timedelta(seconds=20)
# The further behind, the longer the stretch of time that is looked at in one go.
_SLICES = (
    (timedelta(hours=1), timedelta(minutes=10)),
    (timedelta(minutes=10), timedelta(minutes=5)),
    (timedelta(0), timedelta(minutes=2)),
)
_ASLEEP = timedelta(hours=20)
_SHIFT_HOURS, _PER_SHIFT, _TICKETS = 8, 60, 400
_LEAST, _MOST = 0.7, 1.4  # how far a full or an empty desk sways what comes
_DAY_SHARE = 0.77  # of all clients in office hours when it is day in Sydney
_PRIORITIES, _PRIORITY_WEIGHTS = (1, 2, 3, 4), (2, 24, 55, 19)
_NIGHT, _OFFICE = 0.05, range(8, 17)
_HOT, _STALE, _OLDEST, _MOVES = 120, 40, 30, 10
_AHEAD = -1.5  # so many more may end than came
_WAITING_SHARE, _RESOLVED_SHARE = 0.27, 0.24
_REPLIES_PER_HOUR, _PIECES_PER_HOUR = 0.12, 0.25
_CALLS, _QUICK = 0.65, 0.85
_TALKS = ("phone", "chat")


class Traffic:
    """Keeps a demo desk alive. Give `step` the time every few seconds.

    The same desk, seed and times make the same traffic. After a pause it catches up some minutes
    a step until it is level with the clock again.
    """

    def __init__(self, desk: Desk, seed: int) -> None:
        """Bring this demo desk to life.

        Raises:
            WorldError: it is a real desk.
        """
        if desk.replica.kind != "demo":
            raise WorldError(
                "Made-up traffic is for demo desks only; this one is real.",
                safe="Nothing was changed.",
                todo="Start it with: tierline demo --live",
            )
        self._desk, self._rng = desk, chance("live", seed)
        self._stage = Stage(desk.book, desk.replica.meta(POLICY))
        self._pressure = Pressure(desk.book, seed)
        self._colleague = Colleague(desk, self._stage, self._rng)
        self._target = int(desk.replica.meta(OPEN_KEY) or 0) or _TICKETS
        self._until: datetime | None = None
        self._owed = 0.0
        self._open = self._target

    def step(self, now: datetime) -> list[str]:
        """Let happen what happened until `now` (aware UTC); ids of the tickets that changed."""
        at = self._until or self._last_act(now)
        if self._until and now - at < _SHORTEST:
            return []
        if now - at > _ASLEEP:
            self._colleague.forget()
            at = now - _ASLEEP
        self._colleague.changed.clear()
        self._look_round()
        length = next((length for behind, length in _SLICES if now - at >= behind), _ASLEEP)
        while at < now and len(self._colleague.changed) < _ACTS:
            before, at = at, min(at + length, now)
            self._slice(before, at)
        self._until = at
        return list(self._colleague.changed)

    def _last_act(self, now: datetime) -> datetime:
        """When anybody last did anything here: from there on the desk was asleep."""
        last = self._desk.replica.queues.ids([], sort="changed", descending=True, limit=1)
        stored = self._desk.replica.tickets.get(last[0]) if last else None
        return min(stored.ticket.changed_at, now) if stored else now

    def _look_round(self) -> None:
        """How many are open, and how many of them wait."""
        tallies = self._desk.replica.queues.tallies(
            self._desk.me, self._until or self._desk.clock()
        )
        self._open = sum(each.total for each in tallies)
        waiting = sum(each.total for each in tallies if each.waiting)
        self._colleague.parks = waiting < _WAITING_SHARE * self._open

    def _slice(self, before: datetime, at: datetime) -> None:
        """What happens between two instants close to one another."""
        hours = (at - before) / timedelta(hours=1)
        moves = [(name, each, max(when, before)) for when, name, each in self._colleague.due(at)]
        self._arrive(hours, at)
        seen = self._seen()
        self._colleague.ends = self._owed > _AHEAD
        moves += [(need.move, need.listed.id, at) for need in self._needs(seen, at)[:_MOVES]]
        moves += [("hear", each, at) for each in self._writers(seen, hours, at)]
        moves += [("session", each, at) for each in self._pieces(seen, hours, at)]
        with self._colleague.together():
            for name, ticket_id, when in moves:
                self._colleague.move(name, ticket_id, when)
            self._end_some(seen, at)

    def _arrive(self, hours: float, at: datetime) -> None:
        weights = [each.weight * _awake(each, at) for each in self._stage.cast.clients]
        share = sum(weights) / sum(each.weight for each in self._stage.cast.clients)
        empty = min(max(self._target / max(self._open, 1), _LEAST), _MOST) ** 2
        rate = _PER_SHIFT / _SHIFT_HOURS * self._target / _TICKETS * share / _DAY_SHARE * empty
        for _ in range(_how_many(self._rng, rate * hours)):
            priority = self._rng.choices(_PRIORITIES, _PRIORITY_WEIGHTS)[0]
            self._log(self._stage.trouble(self._rng, priority, weights=weights), at)
            self._owed += (max(self._open, 1) / self._target) ** 4

    def _log(self, trouble: Trouble, at: datetime) -> None:
        """It comes in: calls by whoever answers, the rest by itself."""
        rng, tale = self._rng, self._stage.tale(self._rng, trouble)
        priority = trouble.policy.priority_of(trouble.impact, trouble.urgency)
        channel = self._way_in(tale, priority)
        day = at.astimezone(ZoneInfo(trouble.customer.zone)).date()
        command = tale.log(channel, trouble.impact, trouble.urgency, 1, day)
        category, me = trouble.story.category, self._desk.me
        talks = channel in _TALKS
        by = self._stage.roster.pick(rng, at, 1, category, without=me) if talks else ""
        done = self._desk.acting.log(
            replace(command, number="", assignee=by), trouble.policy.name, at, by
        )
        if not isinstance(done, Done):
            return
        self._colleague.changed[done.ticket.id] = None
        self._open += 1
        self._colleague.plan("post", done.ticket.id, at + timedelta(minutes=1))
        if by:
            self._on_the_line(done.ticket.id, at, quick=trouble.story.quick)

    def _way_in(self, tale: Tale, priority: int) -> str:
        """Half of them would rather talk, where their policy lets them."""
        channels = tale.policy.file.channels
        calls = [c for c in _TALKS if c in channels and priority in channels[c].priorities]
        machine = tale.story.channels == ("monitoring",)
        if calls and not machine and self._rng.random() < _CALLS:
            return self._rng.choice(calls)
        return tale.channel(priority)

    def _on_the_line(self, ticket_id: str, at: datetime, *, quick: bool) -> None:
        """A call goes on while the contact is there, and often ends well."""
        minutes = self._rng.uniform(3, 9)
        self._colleague.plan("work", ticket_id, at + timedelta(minutes=minutes))
        if quick or self._rng.random() < _QUICK:
            ends = at + timedelta(minutes=minutes + self._rng.uniform(1, 6))
            self._colleague.plan("resolve", ticket_id, ends)

    def _seen(self) -> list[Listed]:
        """What colleagues look at: what is due next, and what was left longest."""
        queues = self._desk.replica.queues
        ours = [OPEN]
        ids = queues.ids(ours, limit=_HOT) + queues.ids(ours, sort="changed", limit=_STALE)
        return list(self._desk.replica.tickets.listed(list(dict.fromkeys(ids))))

    def _needs(self, seen: Iterable[Listed], at: datetime) -> list[Need]:
        me = self._desk.me
        found = (self._pressure.need(each, at) for each in seen if each.assignee != me)
        return [need for need in found if need is not None]

    def _writers(self, seen: list[Listed], hours: float, at: datetime) -> Iterator[str]:
        """Contacts who are awake write now and then, those we wait for rather."""
        for each in seen:
            customer = self._stage.cast.customer(each.client)
            if each.replied or customer is None or _awake(customer, at) < 1:
                continue
            keen = 3.0 if each.phase == "waiting" else 0.3
            if self._rng.random() < _REPLIES_PER_HOUR * keen * hours:
                yield each.id

    def _pieces(self, seen: list[Listed], hours: float, at: datetime) -> Iterator[str]:
        """Work that no clock asks for: someone has time and picks something up."""
        there = len(self._stage.roster.in_at(at))
        idle = [each for each in seen if each.phase == "active" and each.assignee]
        for _ in range(_how_many(self._rng, there * _PIECES_PER_HOUR * hours) if idle else 0):
            yield self._rng.choice(idle).id

    def _end_some(self, seen: list[Listed], at: datetime) -> None:
        """As many end as arrive, so that the desk stays as full as it is."""
        self._owed -= self._colleague.resolved
        self._open -= self._colleague.resolved
        self._colleague.resolved = 0
        ready = [e for e in seen if e.phase == "active" and e.assignee and _old(e, at)]
        while self._owed >= 1 and ready:
            chosen = self._rng.choices(ready, [each.tier for each in ready])[0]
            ready.remove(chosen)
            if self._colleague.move("resolve", chosen.id, at):
                self._owed -= 1
                self._open -= 1
                self._colleague.resolved = 0
        self._owed = max(self._owed, 4 * _AHEAD)
        if self._desk.replica.queues.resolved() > _RESOLVED_SHARE * self._target:
            wheres = [Where("ended", "is", ("resolved",))]
            oldest = self._desk.replica.queues.ids(wheres, sort="resolved", limit=_OLDEST)
            any(self._colleague.move("close", each, at) for each in oldest)


def _old(listed: Listed, at: datetime) -> bool:
    return at - listed.logged_at > timedelta(minutes=25)


def _awake(customer: Customer, at: datetime) -> float:
    """1 in a client's office hours; at night machines and the restless remain."""
    local = at.astimezone(ZoneInfo(customer.zone))
    return 1.0 if local.weekday() < 5 and local.hour in _OFFICE else _NIGHT


def _how_many(rng: random.Random, expected: float) -> int:
    """How often something happens that is expected so often (Poisson)."""
    limit, product, count = math.exp(-expected), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
