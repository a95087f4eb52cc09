"""Whether a policy's desk makes sense: calendars, clocks, lines, ways in, statuses, fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from string import Formatter
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tierline.domain import holiday_book
from tierline.domain.calendar import CalendarError
from tierline.domain.policy import ALWAYS, build_calendar
from tierline.domain.policy_file import CalendarTable, ClockTable, PolicyFile, TargetTable
from tierline.domain.policy_findings import Findings
from tierline.domain.policy_words import (
    ICONS,
    LETTERS,
    OWN_FIELDS,
    PHASES,
    PLACEHOLDERS,
    PRIORITIES,
)

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_desk(found: Findings, file: PolicyFile) -> None:
    """Everything that this part of the file can get wrong."""
    _head(found, file)
    for name, calendar in file.calendars.items():
        _calendar(found, f"calendars.{name}", calendar)
    _priorities(found, file)
    _tiers(found, file)
    _channels(found, file)
    _statuses(found, file)
    for name, clock in file.clocks.items():
        _clock(found, f"clocks.{name}", clock, file)
    _letters(found, file)
    _details(found, file)
    _escalations(found, file)
    _reopen(found, file)
    _templates(found, file)


def calendar_names(file: PolicyFile) -> tuple[str, ...]:
    """The calendars a clock may count on."""
    return (*file.calendars, ALWAYS)


def field_names(file: PolicyFile) -> tuple[str, ...]:
    """The details a policy may ask for: every ticket's own, and the policy's."""
    return tuple(dict.fromkeys((*OWN_FIELDS, *file.fields)))


def _head(found: Findings, file: PolicyFile) -> None:
    if not _NAME.fullmatch(file.name):
        found.add("name", file.name, 'small letters, digits and hyphens, like "three-line"')
    if file.version < 1:
        found.add("version", file.version, "a number that counts up from 1")
    if file.link.replace("{number}", "").count("{"):
        found.add("link", file.link, "an address with {number} in it, and no other name")
    if not file.number_prefix.isalnum():
        found.add("number_prefix", file.number_prefix, 'letters or digits, like "CS"')
    _zone(found, "zone", file.zone)


def _zone(found: Findings, key: str, zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        found.add(key, zone, 'an IANA time zone, like "Australia/Melbourne"')
        return False
    return True


def _calendar(found: Findings, key: str, table: CalendarTable) -> None:
    dated = [*_not_dates(found, f"{key}.open", table.open)]
    dated += _not_dates(found, f"{key}.breaks", table.breaks)
    if _zone(found, f"{key}.zone", table.zone) and not dated:
        try:
            build_calendar(replace(table, holidays="", subdivision=""))
        except CalendarError as error:
            found.add(f"{key}.hours", dict(table.hours), str(error))
    place = f"{table.holidays} {table.subdivision}".strip()
    if table.subdivision and not table.holidays:
        found.add(f"{key}.holidays", table.holidays, "the country of the subdivision")
    elif table.holidays and not holiday_book.knows(table.holidays, table.subdivision):
        right = 'a country and part that `holidays` knows, like "AU" and "VIC"'
        found.add(f"{key}.holidays", place, right)


def _not_dates(found: Findings, key: str, days: Iterable[str]) -> list[str]:
    bad = []
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            bad.append(day)
            found.add(f"{key}.{day}", day, "a date, like 2026-12-24")
    return bad


def _priorities(found: Findings, file: PolicyFile) -> None:
    for name in file.priorities:
        found.known(f"priorities.{name}", name, PRIORITIES, "priorities")
    for name in PRIORITIES:
        if name not in file.priorities:
            found.add(f"priorities.{name}", None, f"each of {', '.join(PRIORITIES)} is named")
    for row in file.classification.matrix:
        found.priorities("classification.matrix", row)
    found.known("classification.by", file.classification.by, file.roles, "roles")


def _tiers(found: Findings, file: PolicyFile) -> None:
    for name, tier in file.tiers.items():
        found.known(f"tiers.{name}", name, ("1", "2", "3"), "lines")
        found.priorities(f"tiers.{name}.priorities", tier.priorities)
        found.all_known(f"tiers.{name}.skills", tier.skills, file.skills, "skills")
    if not any(tier.intake for tier in file.tiers.values()):
        found.add("tiers", ", ".join(file.tiers), "at least one line with intake = true")


def _channels(found: Findings, file: PolicyFile) -> None:
    if not file.channels:
        found.add("channels", "none", "at least one way in")
    for name, channel in file.channels.items():
        key = f"channels.{name}"
        found.known(f"{key}.icon", channel.icon, ICONS, "icons")
        found.priorities(f"{key}.priorities", channel.priorities)
        found.all_known(f"{key}.needs", channel.needs, field_names(file), "fields")
        found.all_known(f"{key}.fills", channel.fills, field_names(file), "fields")
        found.amount(f"{key}.logged_within", channel.logged_within)


def _statuses(found: Findings, file: PolicyFile) -> None:
    present = {status.phase for status in file.statuses.values()}
    for phase in PHASES:
        if phase not in present:
            found.add("statuses", ", ".join(file.statuses), f'one with phase = "{phase}"')
    for name, status in file.statuses.items():
        found.known(f"statuses.{name}.icon", status.icon, ICONS, "icons")
        found.amount(f"statuses.{name}.undated", status.undated)


def _clock(found: Findings, key: str, clock: ClockTable, file: PolicyFile) -> None:
    if clock.letter not in LETTERS:
        listed = ", ".join(f"{letter} {word}" for letter, word in LETTERS.items())
        found.add(f"{key}.letter", clock.letter, f"one of: {listed}")
    found.known(f"{key}.calendar", clock.calendar, calendar_names(file), "calendars")
    found.share(f"{key}.warn", clock.warn)
    found.all_known(f"{key}.pauses", clock.pauses, file.statuses, "statuses")
    found.all_known(f"{key}.types", clock.types, file.types, "types")
    found.priorities(f"{key}.workaround", clock.workaround)
    targets = (
        ("by_priority", clock.by_priority, PRIORITIES, "priorities"),
        ("by_channel", clock.by_channel, tuple(file.channels), "channels"),
        ("by_tier", clock.by_tier, tuple(file.tiers), "lines"),
    )
    for part, table, names, what in targets:
        for name, target in table.items():
            found.known(f"{key}.{part}.{name}", name, names, what)
            _target(found, f"{key}.{part}.{name}", target, clock, file)
    if not any(table for _, table, _, _ in targets):
        found.add(key, clock.word, "a target in by_priority, by_channel or by_tier")


def _target(
    found: Findings, key: str, target: str | TargetTable, clock: ClockTable, file: PolicyFile
) -> None:
    text = target if isinstance(target, str) else target.target
    amount = found.amount(key, text)
    if amount and amount.business_days and clock.measure == "work":
        found.add(key, text, 'work is measured in hours and minutes, like "30m"')
    if isinstance(target, TargetTable):
        found.known(f"{key}.calendar", target.calendar, calendar_names(file), "calendars")
    calendar = (target.calendar if isinstance(target, TargetTable) else "") or clock.calendar
    if amount and amount.business_days and calendar == ALWAYS:
        found.add(key, text, 'hours, like "24h": the wall clock has no business days')


def _letters(found: Findings, file: PolicyFile) -> None:
    words: dict[str, str] = {}
    for name, clock in file.clocks.items():
        word = words.setdefault(clock.letter, clock.word)
        if word != clock.word:
            right = f'the letter {clock.letter} already stands for "{word}"; one letter, one word'
            found.add(f"clocks.{name}.letter", clock.letter, right)


def _details(found: Findings, file: PolicyFile) -> None:
    if "incident" not in file.types:
        found.add("types", ", ".join(file.types), 'one called "incident", which a plain log makes')
    for name, kind in file.types.items():
        found.known(f"types.{name}.role", kind.role, file.roles, "roles")
        found.amount(f"types.{name}.notice", kind.notice)
    for name, field in file.fields.items():
        found.all_known(f"fields.{name}.types", field.types, file.types, "types")
    found.all_known("sev1.later", file.sev1.later, field_names(file), "fields")
    found.all_known("sev1.warn", file.sev1.warn, (*file.roles, *file.tiers), "roles and lines")


def _escalations(found: Findings, file: PolicyFile) -> None:
    seen: set[tuple[int, int]] = set()
    for place, path in enumerate(file.escalations, start=1):
        key = f"escalations[{place}]"
        found.known(f"{key}.from", str(path.from_tier), file.tiers, "lines")
        found.known(f"{key}.to", str(path.to_tier), file.tiers, "lines")
        way = (path.from_tier, path.to_tier)
        if path.from_tier == path.to_tier:
            found.add(f"{key}.to", path.to_tier, "another line than it comes from")
        if way in seen:
            found.add(key, f"{way[0]} to {way[1]}", "each way once, with all its reasons")
        seen.add(way)
        if not 1 <= len(path.reasons) <= len("123456789"):
            found.add(f"{key}.reasons", len(path.reasons), "1 to 9 reasons, chosen by a digit")
        for reason, times in Counter(reason.key for reason in path.reasons).items():
            if times > 1:
                found.add(f"{key}.reasons", reason, "each reason has a key of its own")


def _reopen(found: Findings, file: PolicyFile) -> None:
    within = found.amount("reopen.within", file.reopen.within)
    found.amount("reopen.close_after", file.reopen.close_after)
    found.all_known("reopen.channels", file.reopen.channels, file.channels, "channels")
    if within and within.business_days and "desk" not in file.calendars:
        found.add("reopen.within", file.reopen.within, 'business days need a calendar "desk"')


def _templates(found: Findings, file: PolicyFile) -> None:
    for name, text in file.templates.items():
        key = f"templates.{name}"
        try:
            used = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
        except ValueError:
            found.add(key, text, "a { and a } around each name; write {{ for a brace itself")
            continue
        for field in used:
            if field not in PLACEHOLDERS:
                known = ", ".join(sorted(PLACEHOLDERS))
                found.add(key, f"{{{field}}}", f"one of the known names: {known}")
