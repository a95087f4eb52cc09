"""The desk's queues: which tickets are in which view, in which order, and how many are hot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from tierline.desk.filters import Asker, Filter, parse_filter
from tierline.domain.clocks import Deadline
from tierline.domain.errors import Refusal
from tierline.domain.policy_book import PolicyBook
from tierline.domain.tongue import tr
from tierline.storage.queues import OPEN, OURS, SORTS, Tally, Warm, Where
from tierline.storage.records import SavedView
from tierline.storage.replica import Replica

VIEWS: tuple[str, ...] = ("my", "unassigned", "all", "tier:1", "tier:2", "tier:3")
VIEWS += ("priority:1", "priority:2", "priority:3", "priority:4")
VIEWS += ("theirs", "due", "waiting", "escalated", "conflicts", "resolved", "everything")


# Views that are the same for everybody at every time.
_ALWAYS_THESE: dict[str, tuple[Where, ...]] = {
    "waiting": (OPEN, OURS, Where("phase", "is", ("waiting",))),
    "escalated": (OPEN, OURS, Where("escalated", "is", (1,))),
    "theirs": (OPEN, OURS._replace(not_=False)),
    "resolved": (Where("ended", "is", ("resolved",)),),
    "everything": (),
}


class Count(NamedTuple):
    """How many tickets a view has, how many are over, how many are due soon."""

    total: int = 0
    over: int = 0
    soon: int = 0


class Queues:
    """Answers about views. A view is one of `VIEWS` or "saved:<id>"."""

    def __init__(self, replica: Replica, book: PolicyBook) -> None:
        """Read from this replica."""
        self._replica = replica
        self._book = book

    def ids(
        self,
        view: str,
        asker: Asker,
        filter_: str = "",
        sort: str = "",
        *,
        descending: bool = False,
    ) -> list[str] | Refusal:
        """Ordered ticket ids; `sort` is a key of `SORTS` ("" is the view's own order).

        Raises:
            KeyError: there is no such view or order.
        """
        found = self._wheres(view, filter_, asker)
        if isinstance(found, Refusal):
            return found
        own, wheres, words = found
        order = sort or own
        ids = self._replica.queues.ids(
            wheres, words=words, sort=order.lstrip("-"), descending=descending or order[:1] == "-"
        )
        if view == "due":
            asleep = self._asleep(asker)
            ids = [each for each in ids if each not in asleep]
        return ids

    def counts(self, asker: Asker) -> dict[str, Count]:
        """Counts of every view, saved ones included, as of the asker's now."""
        me, now = asker.me, asker.now
        queues = self._replica.queues
        tallies, warm = queues.tallies(me, now), queues.warm(me, now)
        soon = [each for each in warm if self._is_soon(each.deadlines, now)]
        counts = {view: _sum(view, tallies, soon) for view in VIEWS}
        counts["due"] = _due(counts["all"])
        counts["theirs"] = Count(queues.count(_base("theirs", asker), words="", now=now)[0])
        counts["conflicts"] = Count(len(self._replica.unsent.in_conflict()))
        counts["resolved"] = Count(queues.resolved())
        counts["everything"] = Count(self._replica.tickets.count())
        among = [each.id for each in soon]
        for saved in self._replica.templates.views(me):
            counts[f"saved:{saved.id}"] = self._saved(saved.filter, asker, among)
        return counts

    def size(self, view: str, asker: Asker) -> int:
        """How many tickets one of the views that are always there holds: quick, unlike `counts`."""
        found = self._replica.queues.count(_base(view, asker), words="", now=asker.now)
        return found[0]

    def _saved(self, filter_: str, asker: Asker, among: list[str]) -> Count:
        understood = parse_filter(filter_, asker)
        if isinstance(understood, Refusal):
            return Count()
        wheres = _with_filter((OPEN, OURS), understood)
        queues = self._replica.queues
        return Count(*queues.count(wheres, words=understood.words, now=asker.now, among=among))

    def _wheres(
        self, view: str, filter_: str, asker: Asker
    ) -> tuple[str, Sequence[Where], str] | Refusal:
        own, typed = "next", filter_
        base = self._met() if view == "conflicts" else _base(view, asker)
        if view.startswith("saved:"):
            saved = self._replica.templates.get(view.removeprefix("saved:"))
            if not isinstance(saved, SavedView) or saved.gone:
                return Refusal(tr("That view is gone."), tr("Choose another one."))
            own, typed = saved.sort or "next", f"{saved.filter} {filter_}"
        if view in ("resolved", "everything"):
            own = "-resolved" if view == "resolved" else "-changed"
        understood = parse_filter(typed, asker)
        if isinstance(understood, Refusal):
            return understood
        return own, _with_filter(base, understood), understood.words

    def _met(self) -> tuple[Where, ...]:
        """The tickets on which two people's acts met, ended ones too."""
        return (Where("id", "is", self._replica.unsent.in_conflict() or ("",)),)

    def _asleep(self, asker: Asker) -> set[str]:
        """Tickets past a warning whose clocks do not count right now (closed hours)."""
        warm = self._replica.queues.warm(asker.me, asker.now)
        return {each.id for each in warm if not self._is_soon(each.deadlines, asker.now)}

    def _is_soon(self, deadlines: Iterable[Deadline], now: datetime) -> bool:
        return any(is_soon(each, now, self._book) for each in deadlines)


def is_soon(deadline: Deadline, now: datetime, book: PolicyBook) -> bool:
    """Whether a clock counts right now, is past its warning and not over."""
    if deadline.stopped or deadline.warn_at is None or deadline.due is None:
        return False
    if not deadline.warn_at <= now <= deadline.due:
        return False
    return deadline.calendar == "always" or book.calendar(deadline.calendar).is_open(now)


def _base(view: str, asker: Asker) -> tuple[Where, ...]:
    name, _, value = view.partition(":")
    match name:
        case "my":
            return (OPEN, OURS, Where("assignee", "is", (asker.me,)))
        case "unassigned":
            return (OPEN, OURS, Where("assignee", "is", ("",)))
        case "all" | "saved":
            return (OPEN, OURS)
        case "tier" | "priority":
            return (OPEN, OURS, Where(name, "is", (int(value),)))
        case "due":
            return (OPEN, OURS, Where("", "hot", (asker.now,)))
        case _:
            return _ALWAYS_THESE[name]


def _with_filter(base: Sequence[Where], understood: Filter) -> list[Where]:
    kept = [each for each in base if each != OPEN or not understood.any_end]
    return [*kept, *understood.wheres]


def _sum(view: str, tallies: Iterable[Tally], soon: Iterable[Warm]) -> Count:
    inside = [each for each in tallies if _in_view(view, each)]
    total, over = sum(each.total for each in inside), sum(each.over for each in inside)
    return Count(total, over, sum(_in_view(view, each) for each in soon))


def _in_view(view: str, each: Tally | Warm) -> bool:
    name, _, value = view.partition(":")
    match name:
        case "my":
            return each.mine
        case "unassigned":
            return each.free
        case "tier":
            return each.tier == int(value)
        case "priority":
            return each.priority == int(value)
        case "waiting":
            return each.waiting
        case "escalated":
            return each.escalated
        case _:
            return name == "all"


def _due(everything: Count) -> Count:
    return Count(everything.over + everything.soon, everything.over, everything.soon)


def known_sort(sort: str) -> bool:
    """Whether a queue can be put in that order."""
    return sort.lstrip("-") in SORTS
