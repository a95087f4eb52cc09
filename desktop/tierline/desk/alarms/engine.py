"""The alarm engine: from what stands and what a person was told, to what they are told now.

Pure: no clock, no database, no window. It keeps the promises of EEMUA 191 and ISA-18.2 for the
clocks of tickets: one alarm for a run of a clock at a threshold, told once; away for a tenth of the
target when it went; never more pop-ups than the budget, what is too much grouped into one that
names the first act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from tierline.desk.alarms.alarm import Alarm, Watcher
from tierline.desk.alarms.budget import free_at
from tierline.storage.alarms import Key, Memory, Popped, Told

Why = Literal["one", "many", "missed"]
FLOOD = 3  # P1 alarms at one instant; more are told as one, or nobody could read any


class Pop(NamedTuple):
    """A pop-up: of one alarm, of many, or of those missed while nobody was there.

    The most urgent comes first. Only what is not of a P1 counts against the budget.
    """

    key: str
    why: Why
    alarms: tuple[Alarm, ...]
    counts: bool


class Step(NamedTuple):
    """What one look leads to. `wake` is when to look again though nothing happens (UTC).

    `told` and `forgotten` are the changes to the memory, `pops` its new pop-ups.
    """

    pops: tuple[Pop, ...] = ()
    withdrawn: tuple[str, ...] = ()
    told: dict[Key, Told] = {}
    forgotten: tuple[Key, ...] = ()
    wake: datetime | None = None

    @property
    def changes(self) -> bool:
        """Whether there is anything to write down or to show."""
        return bool(self.pops or self.withdrawn or self.told or self.forgotten)


class Seen(NamedTuple):
    """What the person themselves answered: alarms snoozed by now, and those acknowledged."""

    snoozed: frozenset[Key] = frozenset()
    acknowledged: frozenset[Key] = frozenset()


def look(
    memory: Memory,
    alarms: Iterable[Alarm],
    seen: Seen,
    watcher: Watcher,
    now: datetime,
    *,
    missed: bool = False,
) -> Step:
    """What to tell a person now; `alarms` are those that stand and concern them.

    `missed` says that nobody has looked for a while (a sleep, a start): what is new is told as one.
    """
    return _Look(memory, {each.key: each for each in alarms}, seen, watcher, now).step(missed)


class _Look:
    """One look, put together from its parts."""

    def __init__(
        self,
        memory: Memory,
        standing: dict[Key, Alarm],
        seen: Seen,
        watcher: Watcher,
        now: datetime,
    ) -> None:
        self._memory, self._standing, self._seen = memory, standing, seen
        self._watcher, self._now = watcher, now
        self._told: dict[Key, Told] = {}
        self._wakes: list[datetime] = []

    def step(self, missed: bool) -> Step:
        forgotten = [key for key in self._memory.told if key in self._seen.snoozed]
        self._watch_going()
        fresh = sorted((a for a in self._new() if self._may_tell(a)), key=_urgency)
        pops = self._missed(fresh) if missed else (*self._critical(fresh), *self._others(fresh))
        for pop in pops:
            self._told |= {each.key: Told(pop.key, self._now) for each in pop.alarms}
        return Step(
            pops=tuple(pops),
            withdrawn=self._withdrawn(forgotten),
            told=self._told,
            forgotten=tuple(forgotten),
            wake=min(self._wakes, default=None),
        )

    def _watch_going(self) -> None:
        """What was told and does not stand any more has gone."""
        for key, told in self._memory.told.items():
            if key not in self._standing and told.gone_at is None:
                self._told[key] = told._replace(gone_at=self._now, back_at=None)
            elif key not in self._standing and told.back_at is not None:
                self._told[key] = told._replace(back_at=None)

    def _new(self) -> Iterable[Alarm]:
        """What stands and was not told, or went and has rested long enough since it is back."""
        for key, alarm in self._standing.items():
            if key in self._seen.snoozed or key in self._seen.acknowledged:
                continue
            told = self._memory.told.get(key)
            if told is None or (told.gone_at is not None and self._rested(alarm, told)):
                yield alarm

    def _rested(self, alarm: Alarm, told: Told) -> bool:
        back = told.back_at or self._now
        if told.back_at is None:
            self._told[alarm.key] = told._replace(back_at=back)
        until = alarm.rests_until(back)
        if until > self._now:
            self._wakes.append(until)
        return until <= self._now

    def _may_tell(self, alarm: Alarm) -> bool:
        quiet = self._watcher.quiet
        if quiet == "all" or (quiet and not alarm.critical):
            return False
        return self._watcher.on_shift or alarm.off_shift

    def _missed(self, fresh: Sequence[Alarm]) -> list[Pop]:
        """Everything as one; it waits for its turn unless a P1 is among it."""
        critical = any(each.critical for each in fresh)
        if not fresh or not (critical or self._room()):
            return []
        return [self._pop("missed", fresh, counts=not critical)]

    def _critical(self, fresh: Sequence[Alarm]) -> list[Pop]:
        """Each P1 by itself and at once, whatever the budget says; a flood of them as one."""
        found = [each for each in fresh if each.critical]
        if len(found) > FLOOD:
            return [self._pop("many", found, counts=False)]
        return [self._pop("one", [each], counts=False) for each in found]

    def _others(self, fresh: Sequence[Alarm]) -> list[Pop]:
        """One pop-up for all of them, when the budget has room."""
        found = [each for each in fresh if not each.critical]
        if not found or not self._room():
            return []
        return [self._pop("one" if len(found) == 1 else "many", found, counts=True)]

    def _room(self) -> bool:
        at = free_at(self._memory.popped, self._now)
        if at > self._now:
            self._wakes.append(at)
        return at <= self._now

    def _pop(self, why: Why, alarms: Sequence[Alarm], *, counts: bool) -> Pop:
        first = alarms[0].key
        about = f"{first.ticket_id}/{first.clock}/{first.threshold}" if why == "one" else why
        level = "p1" if not counts else "other"
        key = f"{about}/{level}@{self._now:%Y%m%dT%H%M%S.%f}"
        return Pop(key, why, tuple(alarms), counts)

    def _withdrawn(self, forgotten: Sequence[Key]) -> tuple[str, ...]:
        """The pop-ups of which nothing stands any more, in the order they came."""
        gone = {key for key, told in self._told.items() if told.gone_at is not None}
        touched = {
            self._memory.told[key].notice: None
            for key in (*gone, *forgotten)
            if key in self._memory.told and self._memory.told[key].gone_at is None
        }
        if not touched:
            return ()
        left = {
            told.notice
            for key, told in self._memory.told.items()
            if told.gone_at is None and key not in gone and key not in forgotten
        }
        return tuple(notice for notice in touched if notice not in left)


def popped(pops: Iterable[Pop], now: datetime) -> list[Popped]:
    """The pop-ups as the memory keeps them."""
    return [Popped(pop.key, level_of(pop), now, pop.counts) for pop in pops]


def level_of(pop: Pop) -> Literal["p1", "over", "soon", "digest"]:
    """How grave it is: a P1, one that is over or soon, or many."""
    if not pop.counts:
        return "p1"
    return pop.alarms[0].level if pop.why == "one" else "digest"


def _urgency(alarm: Alarm) -> tuple[bool, datetime, str]:
    return alarm.urgency
