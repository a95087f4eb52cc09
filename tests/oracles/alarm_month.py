"""The alarm engine over a month of a desk, judged each minute by stopwatches (`alarm_counts`)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.fakes.books import bundled_book
from tests.oracles.alarm_counts import TARGETS, Counted, hears
from tests.oracles.alarm_lives import FIRST, MINUTE, PEOPLE, Happening, Person, is_open, month
from tierline.desk.alarms import engine
from tierline.desk.alarms.alarm import Alarm, Judge, Watcher
from tierline.desk.alarms.watch import Answers, seen_by
from tierline.domain import events as ev
from tierline.domain.clocks import Deadline
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket, evolve
from tierline.storage.alarms import Key, Memory, Popped, Told
from tierline.storage.projection import project
from tierline.storage.records import Listed

TEN, HOUR = timedelta(minutes=10), timedelta(hours=1)


@dataclass
class Verdict:
    """What a month came to; `faults` in words, the first of them."""

    seed: int
    pops: int = 0
    told: int = 0
    critical: int = 0
    missed: int = 0
    phantom: int = 0
    most_in_ten: int = 0
    mean_in_ten: float = 0.0
    faults: list[str] = field(default_factory=list)

    def fault(self, kind: str, text: str) -> None:
        """Note a fault; `kind` is a field that counts."""
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.faults) < 20:
            self.faults.append(f"{kind}: {text}")


class Seat:
    """One person at a console: what the engine told them, and what it should have."""

    def __init__(self, person: Person, verdict: Verdict) -> None:
        """Nothing told yet."""
        self.person, self.verdict = person, verdict
        self.told: dict[Key, Told] = {}
        self.popped: list[Popped] = []
        self.shown: dict[str, set[Key]] = {}
        self.on_minutes = 0
        # The oracle's own book: by alarm, whether it is up, and the minutes used when it came back.
        self.known: dict[Key, list[int] | None] = {}

    def look(self, alarms: Sequence[Alarm], answers: Answers, now: datetime) -> engine.Step:
        """One look of the engine, remembered as the replica would."""
        watcher = Watcher(
            self.person.id, self.person.tier, self.person.lead, on_shift=self.person.on(now)
        )
        memory = Memory(self.told, tuple(p for p in self.popped if p.at >= now - HOUR))
        seen = seen_by(self.person.id, alarms, answers, now)
        step = engine.look(memory, alarms, seen, watcher, now)
        self.told |= step.told
        for key in step.forgotten:
            del self.told[key]
        self.popped += engine.popped(step.pops, now)
        return step


class Month:
    """The desk as it stands at a minute, once for the program and once for the stopwatches."""

    def __init__(self, seed: int, tickets: int, days: int) -> None:
        """Nothing has happened."""
        self.verdict = Verdict(seed)
        self.happenings = month(random.Random(seed), tickets, days)
        self.end = FIRST + timedelta(days=days)
        self.book: PolicyBook = bundled_book("playbook")
        self.tickets: dict[str, Ticket] = {}
        self.listed: dict[str, Listed] = {}
        self.counted: dict[str, Counted] = {}
        self.open: dict[str, Counted] = {}
        self.hot_from: dict[str, datetime] = {}
        self.seats = [Seat(person, self.verdict) for person in PEOPLE]

    def play(self) -> Verdict:
        """All of it."""
        now, at = FIRST, 0
        while now < self.end:
            changed = False
            while at < len(self.happenings) and self.happenings[at].event.at <= now:
                self._happen(self.happenings[at])
                at, changed = at + 1, True
            self._minute(now, look=changed or is_open(now) or self._critical())
            now += MINUTE
        self._sum_up()
        return self.verdict

    def _critical(self) -> bool:
        return any(each.priority == 1 for each in self.open.values())

    def _happen(self, each: Happening) -> None:
        ticket_id, event = each
        ticket = evolve(self.tickets.get(ticket_id), event, ticket_id)
        self.tickets[ticket_id] = ticket
        if isinstance(event, ev.Logged):
            self.counted[ticket_id] = Counted(ticket_id, event)
        else:
            self.counted[ticket_id].take(event)
        if ticket.open:
            self.open[ticket_id] = self.counted[ticket_id]
            projection = project(ticket, self.book.get("playbook"))
            self.listed[ticket_id] = listed(ticket, projection.deadlines)
            found = [at for at in (projection.warn_at, projection.due_at) if at]
            self.hot_from[ticket_id] = min(found, default=self.end)
        else:
            self.open.pop(ticket_id, None)
            self.listed.pop(ticket_id, None)
            self.hot_from.pop(ticket_id, None)

    def _minute(self, now: datetime, *, look: bool) -> None:
        open_ = list(self.open.values())
        for each in open_:
            each.full(now)
        if look:
            hot = [self.listed[i] for i, at in self.hot_from.items() if at <= now]
            for seat in self.seats:
                self._judge(seat, hot, open_, now)
        desk = is_open(now)
        for each in open_:
            each.minute(desk=desk)

    def _judge(
        self, seat: Seat, hot: Iterable[Listed], open_: Iterable[Counted], now: datetime
    ) -> None:
        person, verdict = seat.person, self.verdict
        watcher = Watcher(person.id, person.tier, person.lead)
        alarms = list(Judge(watcher, self.book, now).standing(hot))
        answers = {
            (a.key.ticket_id, a.key.clock, a.key.run): tuple(
                x
                for x in self.tickets[a.key.ticket_id].alarm_answers
                if (x.clock, x.run) == (a.key.clock, a.key.run)
            )
            for a in alarms
        }
        wanted = dict(_standing(person, open_, now))
        found = {alarm.key for alarm in alarms}
        for key in found - wanted.keys():
            verdict.fault("phantom", f"{person.id} {key} stands at {now}")
        for key in wanted.keys() - found:
            verdict.fault("missed", f"{person.id} {key} does not stand at {now}")
        self._tell(seat, seat.look(alarms, answers, now), wanted, now)

    def _tell(
        self, seat: Seat, step: engine.Step, wanted: dict[Key, Counted], now: datetime
    ) -> None:
        person, verdict = seat.person, self.verdict
        seat.on_minutes += person.on(now)
        owed = _owed(seat, wanted, now)
        said = [alarm.key for pop in step.pops for alarm in pop.alarms]
        for key in said:
            verdict.told += 1
            if key not in owed:
                verdict.fault("phantom", f"{person.id} was told {key} at {now}")
            seat.known[key] = None
        verdict.pops += len(step.pops)
        verdict.critical += sum(not pop.counts for pop in step.pops)
        for key in owed.keys() - set(said):
            if owed[key].priority == 1 or _room(seat, step, now):
                verdict.fault("missed", f"{person.id} was not told {key} at {now}")
        for pop in step.pops:
            seat.shown[pop.key] = {alarm.key for alarm in pop.alarms}
        self._withdraw(seat, step, wanted, now)

    def _withdraw(
        self, seat: Seat, step: engine.Step, wanted: dict[Key, Counted], now: datetime
    ) -> None:
        """A pop-up is taken away with the last of its alarms, and not before."""
        name = seat.person.id
        for notice, keys in list(seat.shown.items()):
            still = {k for k in keys if k in wanted and not _put_off(wanted[k], name, k, now)}
            seat.shown[notice] = still
            if (notice in step.withdrawn) != (not still):
                self.verdict.fault("phantom", f"{name}: {notice} at {now}, still {still}")
            if not still:
                del seat.shown[notice]

    def _sum_up(self) -> None:
        verdict = self.verdict
        counted = minutes = 0
        for seat in self.seats:
            times = [p.at for p in seat.popped if p.counts]
            counted, minutes = counted + len(times), minutes + seat.on_minutes
            for first, at in enumerate(times):
                within = sum(at <= other <= at + TEN for other in times[first : first + 5])
                verdict.most_in_ten = max(verdict.most_in_ten, within)
                hour = sum(at <= other <= at + HOUR for other in times[first : first + 20])
                if hour > 6:
                    verdict.fault("phantom", f"{seat.person.id}: {hour} pop-ups from {at}")
        verdict.mean_in_ten = counted * 10 / max(minutes, 1)


def _standing(
    person: Person, open_: Iterable[Counted], now: datetime
) -> Iterator[tuple[Key, Counted]]:
    for each in open_:
        names = hears(person, each)
        for clock in TARGETS if names else ():
            if threshold := each.standing(clock, names, now):
                yield Key(each.id, clock, each.watches[clock].run, threshold), each


def _put_off(ticket: Counted, person: str, key: Key, now: datetime) -> bool:
    return ticket.put_off(person, key.clock, key.threshold, now)


def _owed(seat: Seat, wanted: dict[Key, Counted], now: datetime) -> dict[Key, Counted]:
    """What that person should be told by now, once the budget lets it; by the oracle's book."""
    person, known = seat.person, seat.known
    for key in list(known):
        if key not in wanted:
            known[key] = [-1, -1]  # it went
        elif _put_off(wanted[key], person.id, key, now):
            del known[key]  # it is told anew when it comes back
    owed = {}
    for key, ticket in wanted.items():
        told_off_shift = ticket.priority == 1 and key.threshold in ("critical", "breach")
        if _put_off(ticket, person.id, key, now):
            continue
        if _rests(known, key, ticket) or not (person.on(now) or told_off_shift):
            continue
        owed[key] = ticket
    return owed


def _rests(known: dict[Key, list[int] | None], key: Key, ticket: Counted) -> bool:
    """Whether it was told and is up, or is back for less than a tenth of the target."""
    if key not in known:
        return False
    back = known[key]
    if back is None:
        return True
    used = ticket.watches[key.clock].used
    if back == [-1, -1]:
        back = known[key] = [*used]
    target = TARGETS[key.clock][ticket.priority]
    rested = used[ticket.wall] >= back[ticket.wall] + target * 0.1
    full = used[ticket.wall] >= target
    return not (rested or (full and key.threshold != "breach"))


def _room(seat: Seat, step: engine.Step, now: datetime) -> bool:
    """Whether one more pop-up was allowed, this minute's not counted."""
    before = [p.at for p in seat.popped if p.counts]
    if sum(pop.counts for pop in step.pops):
        return True  # then everything had to be in it
    tens = sum(at >= now - TEN for at in before)
    return tens < 2 and sum(at >= now - HOUR for at in before) < 6


def listed(ticket: Ticket, deadlines: tuple[Deadline, ...]) -> Listed:
    """The ticket as a queue reads it."""
    told = {
        name: getattr(ticket, name)
        for name in Listed.__struct_fields__
        if name not in ("phase", "act_at", "due_at", "replied", "deadlines")
    }
    return Listed(
        **told, phase="", act_at=None, due_at=None, replied=ticket.replied, deadlines=deadlines
    )
