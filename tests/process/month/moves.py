"""Which event may move which clock: what else moved is a mistake. From ARCHITECTURE, *Clocks*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tests.process.month.page import Page
from tierline.domain import events as ev
from tierline.domain.clocks import Deadline
from tierline.domain.policy_file import ClockTable

_WORK = (ev.TimerStarted, ev.TimeLogged, ev.TimerKept, ev.TimeCorrected)


def may_move(table: ClockTable, before: str, events: Sequence[ev.AnyEvent]) -> bool:
    """Whether these events may move a clock of a ticket that was in the status `before`."""
    statuses = {before, *(getattr(event, "status", before) for event in events)}
    if any(status in table.pauses for status in statuses) and len(statuses) > 1:
        return True
    return any(_may(table, event) for event in events)


def _may(table: ClockTable, event: ev.AnyEvent) -> bool:
    by_hand = not event.rule
    match event:
        case ev.Resolved() | ev.Reopened() | ev.Closed() | ev.Cancelled():
            return True
        case ev.Prioritised():
            # What a rule raises moves up the queue; what was promised stays promised.
            return (bool(table.by_priority) and by_hand) or table.origin == "change"
        case ev.Messaged(direction="out"):
            answers = {"responded", "called"} & {*table.stops} or table.starts == "message_in"
            return table.starts == "message_out" or (by_hand and bool(answers))
        case ev.Messaged() | ev.Disputed() | ev.Complained():
            return table.starts == "message_in"
        case ev.Escalated():
            return table.starts == "tier" or "consulted" in table.stops or bool(table.by_tier)
        case ev.Consulted():
            return "consulted" in table.stops
        case ev.Assigned():
            return "allocated" in table.stops
        case ev.WorkedAround():
            return bool(table.workaround)
        case _:
            return isinstance(event, _WORK) and table.measure == "work"


def moved(
    page: Page,
    clocks: Mapping[str, ClockTable],
    after: Sequence[Deadline],
    status: str,
    events: Sequence[ev.AnyEvent],
) -> list[str]:
    """Clocks that moved though none of these events may move them; `status` is the one before."""
    # Whom the alarms tell goes by the priority, without a clock being moved.
    bare = any(isinstance(event, ev.Prioritised) for event in events)
    was, now = _by_name(page.deadlines, bare=bare), _by_name(after, bare=bare)
    wrong = [
        f"{name}: {was.get(name)} to {now.get(name)}"
        for name in was.keys() | now.keys()
        if was.get(name) != now.get(name) and not may_move(clocks[name], status, events)
    ]
    return wrong + _badly_resumed(page, clocks, was, now, events)


def _badly_resumed(
    page: Page,
    clocks: Mapping[str, ClockTable],
    was: Mapping[str, Deadline],
    now: Mapping[str, Deadline],
    events: Sequence[ev.AnyEvent],
) -> list[str]:
    """After a wait a deadline stands later by the working minutes that were waited."""
    wrong = []
    at = page.hours.minute(events[-1].at)
    only_status = all(isinstance(event, ev.StatusChanged) for event in events)
    for name in was.keys() | now.keys():
        before, after = was.get(name), now.get(name)
        if not (before and after) or before == after:
            continue
        held = page.held.pop(name, None)
        if not only_status or _in_days(clocks[name]):
            continue
        if before.due and not after.due:
            page.held[name] = (page.hours.minute(before.due), at)
        elif held and after.due:
            due, since = held
            due = due if due <= since else _later(page, after, due, since, at)
            if page.hours.minute(after.due) != due:
                wrong.append(f"{name} resumed at {after.due}, not {page.hours.at(due)}")
    return wrong


def _later(page: Page, clock: Deadline, due: int, since: int, at: int) -> int:
    if clock.calendar == "always":
        return due + at - since
    return page.hours.add(due, page.hours.between(since, at))


def _in_days(table: ClockTable) -> bool:
    """Business days end where an opening is: hours alone do not tell when."""
    targets = (*table.by_priority.values(), *table.by_tier.values())
    return any("bd" in (each if isinstance(each, str) else each.target) for each in targets)


def _by_name(found: Sequence[Deadline], *, bare: bool) -> dict[str, Deadline]:
    return {each.name: replace(each, marks=()) if bare else each for each in found}
