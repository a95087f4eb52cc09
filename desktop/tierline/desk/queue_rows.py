"""Queue rows as the painter wants them: ready words and icons, clocks that tick by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from tierline.desk import sync_words
from tierline.desk.people import People
from tierline.desk.rows import QueueRow
from tierline.desk.when import when
from tierline.domain.clocks import Deadline
from tierline.domain.countdown import Countdown
from tierline.domain.honesty import wait_flag
from tierline.domain.policy import Policy
from tierline.domain.policy_book import PolicyBook
from tierline.domain.tongue import tr
from tierline.storage.records import Listed


class QueueRows:
    """Builds rows; only the texts of day in a row depend on when it was built."""

    def __init__(self, book: PolicyBook, people: People, zone: ZoneInfo) -> None:
        """`zone` is where times of day are written."""
        self._book = book
        self._people = people
        self._zone = zone

    def build(
        self,
        listed: Iterable[Listed],
        me: str,
        now: datetime,
        unsent: Mapping[str, int] = MappingProxyType({}),
    ) -> list[QueueRow]:
        """A row for each, in their order; `now` (aware) decides how arrival is written.

        `unsent` acts of a ticket (by id) stand in place of its status note and its other marks.
        """
        return [self._row(each, me, now, unsent.get(each.id, 0)) for each in listed]

    def _row(self, each: Listed, me: str, now: datetime, unsent: int) -> QueueRow:
        policy = self._book.get(each.policy)
        status = policy.status(each.status)
        clocks = countdowns(one_a_word(each.deadlines), self._book)
        return QueueRow(
            id=each.id,
            number=each.number,
            priority=each.priority,
            subject=each.subject,
            client=each.client,
            channel=policy.channel_icon(each.channel),
            arrived=when(each.logged_at, now, self._zone),
            status=status.word,
            status_note=sync_words.unsent(unsent)
            or self._note(each, policy, now)
            or _opens(clocks, now),
            status_icon=status.icon,
            tier=each.tier,
            tier_word=policy.tier_word(each.tier).split(" ")[0],
            assignee=self._people.short(each.assignee) if each.assignee else "",
            mine=bool(me) and each.assignee == me,
            gutter="cloud-upload" if unsent else _gutter(each, now),
            dim=False,
            clocks=clocks,
        )

    def _note(self, each: Listed, policy: Policy, now: datetime) -> str:
        if each.phase != "waiting":
            return ""
        short = policy.status(each.status).short
        flag = _flag(each, now)
        if flag == "replied":
            return ", ".join(part for part in (short, "replied") if part)
        until = when(each.until, now, self._zone) if each.until else ""
        if flag == "past date":
            until = tr("past {until}", until=until)
        return ", ".join(part for part in (short, until) if part)


def _flag(each: Listed, now: datetime) -> str:
    return wait_flag(each.phase, replied=each.replied, until=each.until, now=now)


def _gutter(each: Listed, now: datetime) -> str:
    """A reply nobody has answered, or a wait that is past its date."""
    if each.replied:
        return "reply"
    return "calendar-clock" if _flag(each, now) == "past date" else ""


def _opens(clocks: tuple[Countdown, ...], now: datetime) -> str:
    """Say "opens 20:00" while the next clock waits for its desk to open."""
    opens = clocks[0].face(now.timestamp()).opens if clocks else ""
    return tr("opens {opens}", opens=opens) if opens else ""


def one_a_word(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The first of each word: of several line limits, the one that comes first is to act on."""
    first: dict[str, Deadline] = {}
    for each in deadlines:
        first.setdefault(each.word, each)
    return tuple(first.values())


def countdowns(deadlines: Iterable[Deadline], book: PolicyBook) -> tuple[Countdown, ...]:
    """Deadlines bound to their calendars, the next one first."""
    return tuple(Countdown(each, book.calendar(each.calendar)) for each in deadlines)
