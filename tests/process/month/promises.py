"""What each desk owes and when, from PROCESS.md in plain figures: the month is held against these.

An obligation is a name and the minute by which a rule must have acted; a page has it until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import NamedTuple

from tests.process.month.hours import Hours
from tests.process.month.page import Page

FIRST = date(2026, 11, 2)
DAYS = 75
_DAY = 1440
CUP_DAY = date(2026, 11, 3)
_CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))
_NINE, _FIVE = time(8), time(17)
AWAITED = frozenset(
    "waiting-client service-unavailable awaiting-third-party awaiting-delivery "
    "awaiting-authorization awaiting-file-restore awaiting-parts awaiting-quote "
    "awaiting-rebuild".split()
)


class Told(NamedTuple):
    """Which acts are told to the contact at once: the channels confirmed, and the rest."""

    logged: frozenset[str]
    resolved: bool = False
    closed: bool = False
    prioritised: bool = False


class World(NamedTuple):
    """A provider's hours and customs."""

    zone: str
    opens: tuple[time, time]
    closed: tuple[date, ...]
    exempt: frozenset[str]
    told: Told
    always: bool = False


WORLDS = {
    "playbook": World(
        "Australia/Melbourne",
        (_NINE, _FIVE),
        (CUP_DAY, *_CHRISTMAS),
        frozenset(),
        Told(frozenset({"portal"})),
    ),
    "tiered": World(
        "Australia/Sydney",
        (_NINE, _FIVE),
        _CHRISTMAS,
        frozenset(),
        Told(
            frozenset({"phone", "mail", "portal", "chat", "monitoring"}),
            resolved=True,
            prioritised=True,
        ),
        always=True,
    ),
    "three-line": World("Australia/Sydney", (_NINE, _FIVE), _CHRISTMAS, AWAITED, Told(frozenset())),
    "service-definition": World(
        "Europe/London",
        (time(9), time(17, 30)),
        _CHRISTMAS,
        frozenset(),
        Told(frozenset({"portal", "mail"}), resolved=True, closed=True),
    ),
}


def hours_of(policy: str) -> Hours:
    """The desk's working time."""
    world = WORLDS[policy]
    return Hours(world.zone, FIRST, DAYS, world.opens, world.closed)


def owed(policy: str, page: Page, now: int) -> Iterator[tuple[str, int]]:
    """Everything a rule will have to do on this ticket if nobody does anything before."""
    match policy:
        case "three-line":
            yield from _three_line(page, now)
        case "tiered":
            yield from _tiered(page, now)
        case "service-definition":
            yield from _service(page)


def _three_line(page: Page, now: int) -> Iterator[tuple[str, int]]:
    if page.ended:
        return
    busy = page.timer is not None or page.work >= 15
    if page.line == 1 and busy and "work-limit" not in _quiet(page):
        yield "C2 work-limit", max(now, (page.timer or now) + 15 - page.work)
    if page.status in AWAITED:
        return
    stops = {1: ("C4 first-line-stop", 12 * 60), 2: ("C7 second-line-stop", 48 * 60)}
    asks = {1: ("first-line", 9 * 60), 2: ("second-line", 18 * 60)}
    if page.line not in stops or (page.line == 2 and page.consulted):
        return
    used = page.counted(now)
    name, limit = stops[page.line]
    yield name, page.hours.add(now, max(0, limit - used))
    name, limit = asks[page.line]
    if name not in _quiet(page):
        # A business day that ends at a close is over at the next opening.
        yield f"C3 {name}", page.hours.next_open(page.hours.add(now, max(0, limit - used)))


def _tiered(page: Page, now: int) -> Iterator[tuple[str, int]]:
    if page.ended:
        return
    if page.line == 1 and "line-limit" not in page.stayed:
        need = {"B4 line-limit": 30} | ({} if "line-limit-80" in page.asked else {"B4 ask": 24})
        for name, minutes in need.items():
            if page.timer is not None or page.work >= minutes:
                yield name, max(now, (page.timer or now) + minutes - page.work)
    for each in page.deadlines:
        if each.stopped or each.due is None:
            continue
        if each.name == "fix" and "fix-late" not in page.rules:
            yield "B5 fix-late", page.hours.minute(each.due)
        if each.name in ("fix", "response") and each.warn_at and page.priority > 1:
            warn = page.hours.minute(each.warn_at)
            if warn > page.judged and f"{each.name}-80" not in page.rules:
                yield f"B6 {each.name}-80", warn


def _service(page: Page) -> Iterator[tuple[str, int]]:
    if page.ended == "resolved" and not page.missing:
        yield "D8 close", page.resolved + 5 * _DAY
    if page.ended or page.status != "waiting-client" or page.replied:
        return
    place = len(page.reminders) + 1
    due = page.hours.next_open(page.waits_since + place * _DAY)
    if page.reminders:
        due = max(due, page.hours.next_open(page.reminders[-1] + _DAY // 2))
    yield ("D6 end" if place > 3 else "D6 follow-up"), due


def _quiet(page: Page) -> set[str]:
    return page.asked | page.stayed
