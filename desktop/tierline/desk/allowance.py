"""What is used of the support that comes with a client's package, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tierline.desk.people import People
from tierline.domain import durations
from tierline.domain import events as ev
from tierline.domain.honesty import Flag
from tierline.domain.policy import Policy
from tierline.domain.policy_process import AllowanceTable
from tierline.domain.tongue import tr
from tierline.storage.queues import Where
from tierline.storage.records import Client
from tierline.storage.replica import Replica

_PLAIN = AllowanceTable(word="")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Allowance(NamedTuple):
    """`used` seconds of work of `included` (None: it has no figure) since `since` (UTC).

    `word` is what the contract says and `period` how long it is for; `low` when so much is used
    that the policy warns.
    """

    word: str
    period: str
    since: datetime
    used: int
    included: int | None
    low: bool = False

    @property
    def left(self) -> int | None:
        """Seconds left, negative beyond it; None where there is no figure."""
        return None if self.included is None else self.included - self.used

    @property
    def over(self) -> bool:
        """Whether more was worked than the package has."""
        return self.left is not None and self.left < 0

    @property
    def text(self) -> str:
        """All of it: "20 hours a month: 12:30 used this month, 7:30 left"."""
        used = -(-self.used // 60)
        said = tr(
            "{word}: {hours} used this {period}",
            word=self.word,
            hours=_hours(used),
            period=self.period,
        )
        if self.included is None:
            return said
        left = self.included // 60 - used
        return f"{said}, {_hours(abs(left))} {'beyond it' if self.over else 'left'}"

    @property
    def brief(self) -> str:
        """What matters of it now, for one short line: "7:30 left of 20:00 this month"."""
        used, period = -(-self.used // 60), tr("this {period}", period=self.period)
        if self.included is None:
            return f"{self.word}, {_hours(used)} {period}"
        whole = self.included // 60
        if self.over:
            return tr(
                "{hours} beyond {hours2} {period}",
                hours=_hours(used - whole),
                hours2=_hours(whole),
                period=period,
            )
        if self.low:
            return tr(
                "{hours} left of {hours2} {period}",
                hours=_hours(whole - used),
                hours2=_hours(whole),
                period=period,
            )
        return tr(
            "{hours} of {hours2} {period}", hours=_hours(used), hours2=_hours(whole), period=period
        )

    def flags(self) -> tuple[Flag, ...]:
        """What a technician should know before working on: it holds nobody up."""
        return (
            (Flag("allowance", tr("Beyond the package. {text}.", text=self.text)),)
            if self.over
            else ()
        )


@dataclass(frozen=True, slots=True)
class Allowances:
    """Adds up a client's work on one replica."""

    replica: Replica
    people: People

    def of(self, client: Client, policy: Policy, now: datetime) -> Allowance | None:
        """How it stands in the period of `now` (aware); None for a contract that names none.

        Periods begin at midnight of the policy's zone. All work of ours on the client's tickets
        counts, whatever tickets they are.
        """
        table = _table(client, policy)
        if table is None:
            return None
        since = _since(table, policy, now)
        used, included = self._used(client.name, since, now), _included(client, table, policy)
        low = included is not None and used >= included * table.warn
        word = (
            client.allowance_word
            or table.word
            or tr("{allowance_hours:g} hours agreed", allowance_hours=client.allowance_hours)
        )
        return Allowance(word, table.period, since, used, included, low)

    def _used(self, client: str, since: datetime, now: datetime) -> int:
        touched = (Where("client", "is", (client,)), Where("changed_at", "after", (since,)))
        ids = self.replica.queues.ids(touched, sort="number")
        worked = _work(self.replica.tickets.histories(ids))
        ours = (each for each in worked if since <= each.at <= now and self._ours(each.by))
        return max(0, sum(each.seconds for each in ours))

    def _ours(self, person_id: str) -> bool:
        person = self.people.get(person_id)
        return person is None or person.owner == "us"


def _work(
    histories: Iterable[Iterable[ev.AnyEvent]],
) -> Iterable[ev.TimeLogged | ev.TimeCorrected]:
    events = (event for history in histories for event in history)
    return (event for event in events if isinstance(event, ev.TimeLogged | ev.TimeCorrected))


def _table(client: Client, policy: Policy) -> AllowanceTable | None:
    """The policy's kind that the contract means, by key or word; a bare figure is by the month."""
    said = client.allowance_word.strip().casefold()
    for key, table in policy.file.allowances.items():
        if said and said in (key.casefold(), table.word.casefold()):
            return table
    return _PLAIN if client.allowance_hours > 0 else None


def _since(table: AllowanceTable, policy: Policy, now: datetime) -> datetime:
    zone = ZoneInfo(policy.file.zone)
    local, months = now.astimezone(zone), _MONTHS[table.period]
    first = local.month - (local.month - 1) % months
    return datetime(local.year, first, 1, tzinfo=zone).astimezone(UTC)


def _included(client: Client, table: AllowanceTable, policy: Policy) -> int | None:
    """Seconds of the package: the contract's own figure, else the policy's; 0 written is 0."""
    if client.allowance_hours > 0:
        return int(client.allowance_hours * 3600)
    amount = durations.parse(table.amount)
    if amount is None:
        return 0 if table.amount.strip().startswith("0") else None
    return amount.seconds + amount.business_days * policy.day_seconds


def _hours(minutes: int) -> str:
    """Hours and minutes: "12:30"."""
    return f"{minutes // 60}:{minutes % 60:02d}"
