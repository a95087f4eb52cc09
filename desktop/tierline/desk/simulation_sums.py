"""Adds up verdicts ticket by ticket; it keeps a little of a ticket, and only if that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tierline.desk.simulation import Broken, Change, Group, Simulation
from tierline.desk.simulation_words import Doubts, explained
from tierline.desk.timetext import left_text
from tierline.desk.verdicts import Breach, Verdict
from tierline.domain import events as ev
from tierline.domain.policy import Policy
from tierline.domain.ticket import Ticket

_DAY = 86_400
_KINDS = ("all", "priority", "month", "line", "clock")
_Counts = dict[str, list[int]]


class Sums:
    """Verdicts under each ticket's own policy and under `other`, as of `now`; months of `zone`."""

    def __init__(self, other: Policy, zone: ZoneInfo, now: datetime) -> None:
        """Nothing is counted yet."""
        self._other, self._zone, self._now = other, zone, now
        self._labels: Counter[str] = Counter()
        self._owns: dict[str, Policy] = {}
        self._kinds: dict[str, _Counts] = {kind: {} for kind in _KINDS}
        self._bare = [0, 0]
        self._changes: list[Change] = []
        self._doubts = Doubts(other)

    def add(
        self, own: Policy, ticket: Ticket, history: Sequence[ev.AnyEvent], found: Sequence[Verdict]
    ) -> None:
        """One ticket: the verdicts of its own policy and of the other one."""
        before, after = found
        self._labels[own.label] += 1
        self._owns[own.name] = own
        self._doubts.look(ticket, history)
        month = f"{ticket.logged_at.astimezone(self._zone):%Y-%m}"
        breached = (bool(before.breaches), bool(after.breaches))
        for kind, key in (("all", ""), ("priority", str(ticket.priority)), ("month", month)):
            self._count(kind, key, breached)
        for line in {step.value for step in ticket.tiers}:
            held = (_first_line(before) == line, _first_line(after) == line)
            self._count("line", line, held)
        broke, breaks = _broken_clocks(before), _broken_clocks(after)
        for clock in before.clocks | after.clocks:
            self._count("clock", clock, (clock in broke, clock in breaks))
        self._bare[0] += not before.clocks
        self._bare[1] += not after.clocks
        if breached[0] != breached[1]:
            self._changes.append(_change(ticket, month, before, after))

    def simulation(self, seconds: float) -> Simulation:
        """What was counted, in order."""
        total, before, after = self._kinds["all"].get("", [0, 0, 0])
        return Simulation(
            policies=dict(self._labels.most_common()),
            other=self._other.label,
            now=self._now,
            tickets=total,
            before=before,
            after=after,
            bare_before=self._bare[0],
            bare_after=self._bare[1],
            priorities=self._grouped("priority", self._priority_word),
            months=self._grouped("month", str),
            lines=self._grouped("line", lambda line: self._other.tier_word(int(line))),
            clocks=self._grouped("clock", self._clock_word),
            changes=tuple(sorted(self._changes, key=lambda change: change.number)),
            warnings=tuple(self._doubts.warnings()),
            explained=explained(self._owns.values(), self._other, self._now, self._zone),
            seconds=seconds,
        )

    def _count(self, kind: str, key: str, breached: tuple[bool, bool]) -> None:
        counts = self._kinds[kind].setdefault(key, [0, 0, 0])
        counts[0] += 1
        counts[1] += breached[0]
        counts[2] += breached[1]

    def _grouped(self, kind: str, word: Callable[[str], str]) -> tuple[Group, ...]:
        found = self._kinds[kind]
        return tuple(Group(key, word(key), *found[key]) for key in sorted(found))

    def _priority_word(self, key: str) -> str:
        table = self._other.file.priorities.get(f"P{key}")
        return f"P{key} {table.word}" if table else f"P{key}" if key != "0" else "not judged"

    def _clock_word(self, name: str) -> str:
        """What a clock is called by whoever has it; its own name too, since words are shared."""
        policies = (self._other, *self._owns.values())
        tables = (policy.file.clocks.get(name) for policy in policies)
        word = next((table.word for table in tables if table), name)
        return word if word.casefold() == name.casefold() else f"{word} ({name})"


def _first_line(verdict: Verdict) -> str:
    """The line on which the first promise was broken, "" for none."""
    return str(verdict.breaches[0].line) if verdict.breaches else ""


def _broken_clocks(verdict: Verdict) -> set[str]:
    return {breach.clock for breach in verdict.breaches}


def _change(ticket: Ticket, month: str, before: Verdict, after: Verdict) -> Change:
    return Change(
        number=ticket.number,
        subject=ticket.subject,
        priority=ticket.priority,
        month=month,
        line=(before.breaches or after.breaches)[0].line,
        before=tuple(map(_broken, before.breaches)),
        after=tuple(map(_broken, after.breaches)),
    )


def _broken(breach: Breach) -> Broken:
    seconds, always = int(breach.over.total_seconds()), breach.day_seconds == _DAY
    said = f"{breach.word} {left_text(-max(1, seconds), breach.day_seconds, always)}"
    return Broken(breach.clock, breach.word, breach.at, breach.line, seconds, said)
