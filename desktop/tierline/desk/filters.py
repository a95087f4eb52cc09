"""The filter language of the console's filter box and of `--filter`.

    tier:2 priority:1,2 client:"Pellow" status:waiting assignee:me is:over -channel:mail printer

Every part must hold; commas mean *any of*; a leading minus means *not*; words without a key are
looked for in everything written on the ticket. Keys: tier (line), priority, status, client,
contact, assignee (a person, me, nobody), channel, type, policy, team, source, number, is (open,
resolved, closed, cancelled, any, over, soon, waiting, escalated, flagged, replied, unassigned,
mine, conflict), logged, changed and resolved (today, a date, <date, >date; in the desk's zone). A
ticket is flagged when something about it does not add up, whatever that is: `domain.honesty`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tierline.domain.errors import Refusal
from tierline.domain.tongue import tr
from tierline.storage.queues import Where

_PART = re.compile(
    r'(?P<not>-)?(?P<key>[A-Za-z]+):(?P<values>(?:"[^"]*"|[^\s,"]+)(?:,(?:"[^"]*"|[^\s,"]+))*)'
    r'|(?P<words>-?"[^"]*"?|\S+)'
)
_LOOKED_AT = 4_000  # characters
_VALUE = re.compile(r'"([^"]*)"|([^,"]+)')
_WHOLE = {"channel": "channel", "type": "type", "policy": "policy", "source": "source"}
_INSIDE = {"client": "client", "contact": "contact", "team": "team", "group": "team"}
_INSIDE |= {"number": "number", "subject": "subject"}
_FIGURES = {"tier": "tier", "line": "tier", "priority": "priority", "prio": "priority"}
_DATES = {"logged": "logged_at", "changed": "changed_at", "resolved": "resolved_at"}
_PHASES = ("new", "active", "waiting", "resolved", "closed", "cancelled")
_ENDS = ("resolved", "closed", "cancelled")
_NONE = ("",)  # no ticket has that id
_NOBODY = ("nobody", "none", "unassigned")
_FLAGS: tuple[str, ...] = ("open", *_ENDS, "any", "over", "soon", "waiting", "escalated")
_FLAGS += ("flagged", "replied", "unassigned", "mine", "conflict")
KEYS = (*_FIGURES, "status", *_INSIDE, "assignee", *_WHOLE, "is", *_DATES)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks and when: what "me" and "today" mean. `now` aware, dates are of `zone`.

    `flagged` gives the ids of the tickets that are, at an instant.
    """

    me: str
    now: datetime
    zone: ZoneInfo
    flagged: Callable[[datetime], tuple[str, ...]] = lambda _: ()


@dataclass(slots=True)
class Filter:
    """A filter understood: conditions, free words, and whether it speaks of ended tickets."""

    wheres: list[Where] = field(default_factory=list)
    words: str = ""
    any_end: bool = False


def parse_filter(text: str, asker: Asker) -> Filter | Refusal:
    """What a typed filter means, or which part of it could not be understood."""
    found, words = Filter(), []
    for part in _PART.finditer(text[:_LOOKED_AT].replace("\0", " ")):
        key = (part["key"] or "").lower()
        if key not in KEYS:
            words.append(part.group())
            continue
        values = [quoted or bare for quoted, bare in _VALUE.findall(part["values"])]
        if refusal := _add(found, key, values, asker, not_=bool(part["not"])):
            return refusal
    found.words = " ".join(words)
    return found


def _add(found: Filter, key: str, values: list[str], asker: Asker, *, not_: bool) -> Refusal | None:
    if key in _FIGURES:
        return _figures(found, key, values, not_=not_)
    if key in _DATES:
        return _dates(found, key, values, asker, not_=not_)
    if key == "is":
        return _flags(found, values, asker, not_=not_)
    if key == "status":
        return _statuses(found, values, not_=not_)
    if key == "assignee":
        people = tuple(_person(value, asker) for value in values)
        found.wheres.append(Where("assignee", "is", people, not_))
    elif key in _WHOLE:
        found.wheres.append(Where(_WHOLE[key], "is", tuple(values), not_))
    else:
        found.wheres.append(Where(_INSIDE[key], "has", tuple(values), not_))
    return None


def _person(value: str, asker: Asker) -> str:
    if value.lower() == "me":
        return asker.me
    return "" if value.lower() in _NOBODY else value


def _figures(found: Filter, key: str, values: list[str], *, not_: bool) -> Refusal | None:
    bare = [value.lstrip("pP") for value in values]
    if not all(value.isascii() and value.isdigit() and len(value) < 3 for value in bare):
        return Refusal(
            tr('"{key}:{names}" has no figure.', key=key, names=",".join(values)),
            tr("Write it like {key}:2.", key=key),
        )
    found.wheres.append(Where(_FIGURES[key], "is", tuple(int(value) for value in bare), not_))
    return None


def _statuses(found: Filter, values: list[str], *, not_: bool) -> Refusal | None:
    lowered = tuple(value.lower() for value in values)
    found.any_end |= not not_ and any(value in _ENDS for value in lowered)
    column = "phase" if all(value in _PHASES for value in lowered) else "status"
    found.wheres.append(Where(column, "is", lowered, not_))
    return None


def _flags(found: Filter, values: list[str], asker: Asker, *, not_: bool) -> Refusal | None:
    for value in (value.lower() for value in values):
        if value not in _FLAGS:
            return Refusal(
                tr('"is:{value}" is not known.', value=value),
                tr("One of: {names}.", names=", ".join(_FLAGS)),
            )
        if value in (*_ENDS, "any", "open"):
            _ended(found, value, not_=not_)
        else:
            # An answer is owed on an ended ticket too.
            found.any_end |= value == "conflict" and not not_
            found.wheres.append(_flag(value, asker, not_=not_))
    return None


def _ended(found: Filter, value: str, *, not_: bool) -> None:
    found.any_end |= value != "open" or not_
    if value != "any":
        found.wheres.append(Where("ended", "is", ("" if value == "open" else value,), not_))


def _flag(value: str, asker: Asker, *, not_: bool) -> Where:
    match value:
        case "over":
            return Where("due_at", "before", (asker.now,), not_)
        case "soon":
            return Where("", "soon", (asker.now,), not_)
        case "flagged":
            return Where("id", "is", asker.flagged(asker.now) or _NONE, not_)
        case "mine":
            return Where("assignee", "is", (asker.me,), not_)
        case "conflict":
            return Where("", "conflict", (1,), not_)
        case "unassigned":
            return Where("assignee", "is", ("",), not_)
        case "waiting":
            return Where("phase", "is", ("waiting",), not_)
        case _:
            return Where(value, "is", (1,), not_)


def _dates(
    found: Filter, key: str, values: list[str], asker: Asker, *, not_: bool
) -> Refusal | None:
    for value in values:
        bare = value.lstrip("<>=").lower()
        day = _day(bare, asker)
        if day is None:
            todo = tr("Write it like {key}:today, {key}:2026-11-05 or {key}:>2026-11-01.", key=key)
            return Refusal(tr('"{key}:{value}" is not a date.', key=key, value=value), todo)
        start = datetime.combine(day, time(), asker.zone)
        end = datetime.combine(day + timedelta(days=1), time(), asker.zone)
        column = _DATES[key]
        found.any_end |= key == "resolved"
        if not value.startswith("<"):
            found.wheres.append(Where(column, "after", (start,), not_))
        if not value.startswith(">"):
            limit = start if value.startswith("<") and not value.startswith("<=") else end
            found.wheres.append(Where(column, "before", (limit,), not_))
    return None


def _day(text: str, asker: Asker) -> date | None:
    today = asker.now.astimezone(asker.zone).date()
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        return named.get(text) or date.fromisoformat(text)
    except ValueError:
        return None
