"""A policy ready for use: lookups over a policy file, calendars built once, targets resolved.

No clause of any provider has a constant in code: whatever differs between desks is asked here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from msgspec import structs

from tierline.domain import durations
from tierline.domain.calendar import BusinessCalendar
from tierline.domain.durations import Amount
from tierline.domain.holiday_book import holidays_of
from tierline.domain.policy_alarms import USUAL, AlarmTable
from tierline.domain.policy_file import (
    CalendarTable,
    ClockTable,
    EscalationTable,
    PolicyFile,
    StatusTable,
    TargetTable,
)
from tierline.domain.policy_process import Occasion, RuleTable

ALWAYS = "always"
RAN_OUT: Occasion = "re-open ran out"
_LATER: tuple[Occasion, ...] = (RAN_OUT, "quote ran out")
NamedRule = tuple[str, RuleTable]


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock as it applies to one kind of ticket: what is promised and on which calendar.

    `rivals` are further targets of the same clock on other calendars (a channel's beside the
    priority's); which of them is the sooner depends on when the clock starts: see `at`.
    """

    name: str
    table: ClockTable
    amount: Amount
    calendar_name: str
    calendar: BusinessCalendar
    always: bool
    day_seconds: int
    source: str
    rivals: tuple[ClockRule, ...] = ()
    theirs: frozenset[int] = frozenset()

    def at(self, started: datetime) -> ClockRule:
        """The rule whose target is reached first by a clock that starts then (aware)."""
        if not self.rivals:
            return self
        return min((self, *self.rivals), key=lambda rule: rule.due_from(started))

    def due_from(self, started: datetime) -> datetime:
        """When the target is reached without any pause, UTC."""
        if self.amount.business_days:
            return self.calendar.add_days(started, self.amount.business_days)
        return self.calendar.add(started, self.amount.duration)

    @property
    def pauses(self) -> tuple[str, ...]:
        """Statuses during which this clock does not count."""
        return self.table.pauses


class Policy:
    """The answers a desk needs from its policy; immutable once built."""

    def __init__(self, file: PolicyFile) -> None:
        """Wrap a validated file; calendars are built when first asked for."""
        self.file = file
        self.name = file.name
        self.version = file.version
        self._calendars: dict[str, BusinessCalendar] = {}
        self._rules: dict[tuple[object, ...], tuple[ClockRule, ...]] = {}

    def __repr__(self) -> str:
        """Name and version, as people say it."""
        return f"<Policy {self.label}>"

    @property
    def label(self) -> str:
        """Name and version, e.g. "playbook v5"."""
        return f"{self.name} v{self.version}"

    def calendar(self, name: str) -> BusinessCalendar:
        """The named calendar, or 24×7 for "always".

        Raises:
            KeyError: the policy has no such calendar.
        """
        found = self._calendars.get(name)
        if found is None:
            found = self._calendars[name] = self._build(name)
        return found

    def status(self, key: str) -> StatusTable:
        """The status; one that the policy does not know is shown as it is, and counts as active."""
        known = self.file.statuses.get(key)
        return known or StatusTable(word=key, phase="active", icon="circle-dot")

    def statuses(self, phase: str) -> tuple[str, ...]:
        """Keys of the statuses of a phase, in the file's order."""
        return tuple(key for key, table in self.file.statuses.items() if table.phase == phase)

    @cached_property
    def hours(self) -> BusinessCalendar:
        """The desk's own calendar: the one called "desk", else around the clock."""
        return self.calendar("desk" if "desk" in self.file.calendars else ALWAYS)

    @cached_property
    def lead(self) -> str:
        """The role in charge of the desk: its "lead", else the first that is named; "" for none."""
        return "lead" if "lead" in self.file.roles else next(iter(self.file.roles), "")

    @cached_property
    def alarms(self) -> dict[str, AlarmTable]:
        """The thresholds at which people are told; the usual two where the policy has none."""
        return self.file.alarms or USUAL

    @cached_property
    def early_alarms(self) -> tuple[str, ...]:
        """The alarms that go by a share of the target."""
        return tuple(name for name, t in self.alarms.items() if not (t.left or t.breach))

    @cached_property
    def clock_acts(self) -> dict[str, list[NamedRule]]:
        """Rules by the clock that sets them off."""
        found: dict[str, list[NamedRule]] = {}
        for name, table in self.file.rules.items():
            if table.clock:
                found.setdefault(table.clock, []).append((name, table))
        return found

    @cached_property
    def status_acts(self) -> list[NamedRule]:
        """Rules that a status alone sets off."""
        rules = self.file.rules.items()
        return [(n, t) for n, t in rules if t.status and not t.clock and not t.on]

    @cached_property
    def occasion_acts(self) -> list[NamedRule]:
        """Rules that an act sets off at once."""
        rules = self.file.rules.items()
        return [(n, t) for n, t in rules if t.on and not _timed(t)]

    @cached_property
    def timed_occasions(self) -> list[NamedRule]:
        """Rules that act some time after an occasion; closing by itself is one, named or not."""
        rules = [(n, t) for n, t in self.file.rules.items() if t.on and _timed(t)]
        closes = any(table.on == RAN_OUT for _, table in rules)
        if self.file.reopen.close_after and not closes:
            tell = "closed" if "closed" in self.file.templates else ""
            table = RuleTable(does="close", on=RAN_OUT, tell=tell, overrule=False)
            rules.append(("close", table))
        return rules

    @cached_property
    def acts(self) -> bool:
        """Whether anything happens by itself with time."""
        rules = (self.clock_acts, self.status_acts, self.timed_occasions, self.file.follow_ups)
        return any(rules)

    def tier_word(self, tier: int) -> str:
        """What the desk calls a line: "1st line"."""
        table = self.file.tiers.get(str(tier))
        return table.word if table else f"line {tier}"

    def channel_icon(self, channel: str) -> str:
        """Icon name of a way in; an unknown channel shows as a dot."""
        table = self.file.channels.get(channel)
        return table.icon if table else "circle-dot"

    def spoken(self, channel: str) -> bool:
        """Whether what goes by this channel has reached its hearer when it is said."""
        table = self.file.channels.get(channel)
        return channel == "phone" or (table is not None and table.spoken)

    @cached_property
    def writing_channel(self) -> str:
        """The way by which a contact is written to: mail, else the first that is not spoken."""
        written = [name for name in self.file.channels if not self.spoken(name)]
        return "mail" if "mail" in written or not written else written[0]

    def said_amount(self, text: str) -> str:
        """An amount of the policy as a person says it: "5 days"; "" for none."""
        amount = durations.parse(text)
        return str(amount) if amount else ""

    def priority_of(self, impact: int, urgency: int) -> int:
        """Priority 1..4 by impact (1 widest .. 3) × urgency (1 most urgent .. 3)."""
        return self.file.classification.matrix[impact - 1][urgency - 1]

    def escalation(self, from_tier: int, to_tier: int) -> EscalationTable | None:
        """The path between two lines, or None when the receiving line may not be given it."""
        paths = (
            p for p in self.file.escalations if (p.from_tier, p.to_tier) == (from_tier, to_tier)
        )
        return next(paths, None)

    def clock_rules(
        self, *, priority: int, channel: str, tier: int, type_: str, call_back: bool
    ) -> tuple[ClockRule, ...]:
        """The clocks a ticket of this kind has, in the file's order."""
        key = (priority, channel, tier, type_, call_back)
        rules = self._rules.get(key)
        if rules is None:
            found = (
                self._rule(name, table, priority, channel, tier)
                for name, table in self.file.clocks.items()
                if _applies(table, type_, call_back=call_back)
            )
            rules = self._rules[key] = tuple(rule for rule in found if rule)
        return rules

    def given_away(self, name: str, tiers: Iterable[int]) -> Policy:
        """The same policy under another name, with these lines the client's own."""
        keys = {str(tier) for tier in tiers}
        owned = {
            key: structs.replace(table, owner="client") if key in keys else table
            for key, table in self.file.tiers.items()
        }
        return Policy(structs.replace(self.file, name=name, tiers=owned))

    @cached_property
    def theirs(self) -> frozenset[int]:
        """The lines that are the client's own: their queues and clocks are not ours."""
        return frozenset(int(k) for k, table in self.file.tiers.items() if table.owner == "client")

    @cached_property
    def day_seconds(self) -> int:
        """Length of a business day of the desk's calendar, in seconds."""
        return self._day_seconds("desk" if "desk" in self.file.calendars else ALWAYS)

    def _rule(
        self, name: str, table: ClockTable, priority: int, channel: str, tier: int
    ) -> ClockRule | None:
        wanted = (
            (table.by_priority.get(f"P{priority}"), f"P{priority}"),
            (table.by_channel.get(channel), f"channel {channel}"),
            (table.by_tier.get(str(tier)), self.tier_word(tier)),
        )
        rules = [self._target(name, table, target, why) for target, why in wanted if target]
        best: dict[str, ClockRule] = {}
        for rule in sorted((rule for rule in rules if rule), key=_nominal_seconds):
            best.setdefault(rule.calendar_name, rule)
        first, *others = best.values() or (None,)
        return replace(first, rivals=tuple(others)) if first and others else first

    def _target(
        self, name: str, table: ClockTable, target: str | TargetTable, why: str
    ) -> ClockRule | None:
        text = target if isinstance(target, str) else target.target
        amount = durations.parse(text)
        if amount is None:
            return None
        own = target.calendar if isinstance(target, TargetTable) else ""
        calendar = own or table.calendar
        return ClockRule(
            name=name,
            table=table,
            amount=amount,
            calendar_name=calendar,
            calendar=self.calendar(calendar),
            always=calendar == ALWAYS,
            day_seconds=self._day_seconds(calendar),
            source=why,
            theirs=self.theirs,
        )

    def _day_seconds(self, calendar: str) -> int:
        if calendar == ALWAYS:
            return 86_400
        return int(self.calendar(calendar).day_length().total_seconds())

    def _build(self, name: str) -> BusinessCalendar:
        if name == ALWAYS and name not in self.file.calendars:
            return BusinessCalendar.always(self.file.zone)
        return build_calendar(self.file.calendars[name])


def build_calendar(table: CalendarTable) -> BusinessCalendar:
    """The calendar a policy describes.

    Raises:
        CalendarError: the table cannot be a calendar (it never opens, a bad zone or time).
    """
    closed = holidays_of(table.holidays, table.subdivision) if table.holidays else set()
    return BusinessCalendar(
        zone=table.zone,
        hours={day: list(intervals) for day, intervals in table.hours.items()},
        holidays=closed | set(table.closed),
        overrides={date.fromisoformat(day): list(hours) for day, hours in table.open.items()},
        breaks={date.fromisoformat(day): list(hours) for day, hours in table.breaks.items()},
    )


def _applies(table: ClockTable, type_: str, *, call_back: bool) -> bool:
    return (not table.types or type_ in table.types) and (call_back or not table.call_back_only)


def _timed(table: RuleTable) -> bool:
    return bool(table.after) or table.on in _LATER


def _nominal_seconds(rule: ClockRule) -> int:
    return rule.amount.seconds or rule.amount.business_days * rule.day_seconds
