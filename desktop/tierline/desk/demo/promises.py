"""What a policy promises a ticket, asked the way the demo needs it: how long until what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tierline.domain.calendar import BusinessCalendar
from tierline.domain.policy import ALWAYS, ClockRule, Policy
from tierline.domain.ticket import Ticket

_INTAKE = frozenset({"responded", "called", "allocated"})
_ZERO = timedelta(0)


class Promises:
    """The clocks of a kind of ticket under its policy."""

    def __init__(self, policy: Policy, rules: Iterable[ClockRule]) -> None:
        """Take the rules that apply."""
        self.policy = policy
        self.rules = tuple(rules)

    @classmethod
    def of(cls, policy: Policy, priority: int, channel: str, tier: int, type_: str) -> Promises:
        """What a ticket of this kind is promised."""
        rules = policy.clock_rules(
            priority=priority, channel=channel, tier=tier, type_=type_, call_back=False
        )
        return cls(policy, rules)

    @classmethod
    def to(cls, ticket: Ticket, policy: Policy) -> Promises:
        """What this ticket is promised now."""
        return cls.of(policy, ticket.priority, ticket.channel, ticket.tier, ticket.type)

    def intake(self, at: datetime) -> ClockRule | None:
        """The promise of the first answer or allocation that is due first."""
        return _soonest((r for r in self.rules if _INTAKE & set(r.table.stops)), at)

    def age(self, at: datetime, *, stays: bool) -> ClockRule | None:
        """The promise that ends a ticket's life: its fix, or (if it `stays`) its line's limit."""
        return _soonest((r for r in self.rules if _ages(r, stays=stays)), at)

    def update(self, at: datetime) -> ClockRule | None:
        """How long the contact may go without news."""
        return _soonest((r for r in self.rules if r.table.starts == "message_out"), at)

    def reply(self, at: datetime) -> ClockRule | None:
        """How long a message of the contact may go without an answer."""
        return _soonest((r for r in self.rules if r.table.starts == "message_in"), at)

    def hours(self) -> BusinessCalendar:
        """When such a ticket is worked on: at any hour where its fix is, else in desk hours."""
        wall = any(rule.always for rule in self.rules if _ages(rule, stays=False))
        name = "desk" if not wall and "desk" in self.policy.file.calendars else ALWAYS
        return self.policy.calendar(name)

    def quiet(self, side: str = "") -> list[str]:
        """Statuses that pause every clock which can be paused, "" for whoever moves next."""
        pausing = [set(rule.pauses) for rule in self.rules if rule.pauses]
        return [
            key
            for key in self.policy.statuses("waiting")
            if all(key in each for each in pausing) and side in ("", self.policy.status(key).side)
        ]

    def work(self) -> float:
        """Minutes that may be worked on this line; a great many when there is no limit."""
        limits = [r.amount.seconds / 60 for r in self.rules if r.table.measure == "work"]
        return min(limits, default=10_000.0)


def length(rule: ClockRule) -> timedelta:
    """The promised working time."""
    days = rule.amount.business_days
    return timedelta(seconds=days * rule.day_seconds) if days else rule.amount.duration


def before(rule: ClockRule, now: datetime, share: float) -> datetime:
    """When a clock began that has used this share of its time at `now`."""
    return rule.calendar.subtract(now, length(rule) * share)


def _ages(rule: ClockRule, *, stays: bool) -> bool:
    table = rule.table
    if table.measure == "work" or _INTAKE & set(table.stops):
        return False
    return table.starts == "logged" or (stays and table.starts == "tier")


def _soonest(rules: Iterable[ClockRule], at: datetime) -> ClockRule | None:
    found = [rule.at(at) for rule in rules]
    return min(found, key=lambda rule: rule.due_from(at), default=None)
