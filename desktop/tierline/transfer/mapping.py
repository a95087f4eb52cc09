"""Mapping files: which column of a tool's export is which of our fields, and what its words mean.

A mapping is a TOML file:

    name = "acme-desk"            # what the report calls the format
    title = "Acme Desk, CSV"      # one line for people
    source = "acme"               # whose ticket ids these are; `name` unless given
    detect = ["Ticket No", "State|Status"]   # headers that tell it; "a|b" is either
    zone = "Europe/Berlin"        # of times that carry none; the policy's unless given
    date_order = "mdy"            # dmy, mdy or ymd; found from the column unless given
    missing = ["?", "n/a"]        # cells that mean nothing was said; empty ones always do
    wide = true                   # rows may have more cells than the header
    quoted = true                 # a leading ' before = + - @ is an escape, not text
    exact = true                  # cells keep the spaces around them
    ignore = ["Row colour"]       # columns that are left out altogether

    [columns]                     # our field = its header, or headers of which the first is taken
    number = "Ticket No"
    state = ["State", "Status"]

    [states]                      # its word = our status, or statuses of which the first one that
    "in work" = "in-progress"     # the policy has is taken; "state/detail" comes before "state"
    "on hold/caller" = "waiting-client"
    [priorities]                  # its word = 1..4
    [levels]                      # its words for impact and urgency = 1 (high) .. 3 (low)
    [channels]                    # its word = our channel
    [types]                       # its word = our type

    [backfilled]                  # columns that tell nothing before that date, although filled in
    resolved_at = ["Solved by"]
    closed_at = ["Closed by"]

    [lines]                       # last word of the group's name = support line, 1 for all others
    "2nd" = 2

    first_contact = ["in call"]   # states that mean: resolved during the first contact
    subject_from = ["Area"]       # columns that make the subject when there is none
    details = ["Computer"]        # columns kept as details of the ticket, not only as facts

Headers and words match whatever their case and spaces. Words that no table has stay as they are
and are reported. A column "detail.x" becomes the detail x of the ticket; all others that no field
takes are kept as facts.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from tierline.domain.errors import WorldError
from tierline.transfer.dates import ORDERS

FIELDS = (
    "number external_id id subject description state state_detail priority impact urgency contact "
    "contact_reach client category group assignee tier channel type opened_at opened_by created_at "
    "updated_at updated_by mod_count resolved_at resolved_by closed_at closed_by steps reason"
).split()
DATE_FIELDS = ("opened_at", "created_at", "updated_at", "resolved_at", "closed_at")
Words = dict[str, str | list[str]]


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping file, read. Headers and words are folded by `fold`."""

    name: str
    columns: Words
    title: str = ""
    source: str = ""
    detect: list[str] = []
    zone: str = ""
    date_order: str = ""
    missing: list[str] = []
    wide: bool = False
    quoted: bool = False
    exact: bool = False
    ignore: list[str] = []
    states: Words = {}
    priorities: dict[str, int] = {}
    levels: dict[str, int] = {}
    channels: Words = {}
    types: Words = {}
    backfilled: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    first_contact: list[str] = []
    subject_from: list[str] = []
    details: list[str] = []

    @property
    def origin(self) -> str:
        """Whose ticket ids these are."""
        return self.source or self.name

    def headers_of(self, field: str) -> list[str]:
        """Folded headers that may hold a field, the best first."""
        return [fold(each) for each in _listed(self.columns.get(field, []))]


def fold(text: str) -> str:
    """A header or word as it is compared: case, spaces, underscores and marks do not matter."""
    return _SEPARATORS.sub(" ", text.strip().strip("\ufeff").casefold()).strip()


def label_of(header: str, mapping: Mapping) -> str:
    """The name under which rows keep a column: its field's, else its own."""
    for field in mapping.columns:
        if header in mapping.headers_of(field):
            return field
    return fact_of(header)


def fact_of(header: str) -> str:
    """A folded header as the name of a fact; one called like a field of ours is set apart."""
    key = header.replace(" ", "_")
    return f"{key}_column" if key in FIELDS else key


def statuses_of(words: Words, word: str) -> list[str]:
    """What a table says of a folded word, in order of preference."""
    return _listed(words.get(word, []))


def load(text: str, file: str) -> Mapping:
    """Read and check a mapping file.

    Raises:
        WorldError: what is wrong in it, at which key, and what would be right.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        raise _wrong(file, f"it is no TOML: {failure}", "Mend that line.") from failure
    try:
        mapping = msgspec.convert(raw, Mapping)
    except msgspec.ValidationError as failure:
        raise _wrong(file, _said(str(failure)), _hint(str(failure))) from failure
    _check(mapping, file)
    return _folded(mapping)


def best_for(header: Sequence[str], mappings: Iterable[Mapping]) -> Mapping | None:
    """The mapping whose tell-tale headers are all there; of several the one with most of them."""
    there = {fold(each) for each in header}
    fitting = [each for each in mappings if each.detect and _fits(each, there)]
    return max(fitting, key=lambda each: len(each.detect), default=None)


def _fits(mapping: Mapping, there: set[str]) -> bool:
    return all(any(fold(name) in there for name in each.split("|")) for each in mapping.detect)


def _check(mapping: Mapping, file: str) -> None:
    if not mapping.name.strip():
        raise _wrong(file, "name is empty", "Give the format a name.")
    for field in mapping.columns:
        if field not in FIELDS:
            raise _wrong(file, f"columns.{field}: there is no such field", _near(field, FIELDS))
    if not {"number", "external_id"} & mapping.columns.keys():
        raise _wrong(file, "columns.number is missing", "Say which column tells tickets apart.")
    for field in mapping.backfilled:
        if field not in DATE_FIELDS:
            raise _wrong(file, f"backfilled.{field}: that is no date", _near(field, DATE_FIELDS))
    if mapping.date_order and mapping.date_order not in ORDERS:
        todo = f"Write one of {', '.join(ORDERS)}."
        raise _wrong(file, f'date_order = "{mapping.date_order}"', todo)
    check_zone(mapping.zone, file)
    _check_figures(mapping, file)


def _check_figures(mapping: Mapping, file: str) -> None:
    tables = (("priorities", mapping.priorities, 4), ("levels", mapping.levels, 3))
    for table, words, most in (*tables, ("lines", mapping.lines, 9)):
        for word, figure in words.items():
            if not 1 <= figure <= most:
                todo = f"Give a figure from 1 to {most}."
                raise _wrong(file, f'{table}."{word}" = {figure}', todo)


def check_zone(zone: str, file: str) -> ZoneInfo | None:
    """The zone of that name, None for "".

    Raises:
        WorldError: there is none.
    """
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as failure:
        todo = 'Write a name like "Europe/London" or "UTC".'
        raise _wrong(file, f'zone = "{zone}" is not known', todo) from failure


def _folded(mapping: Mapping) -> Mapping:
    names = ("states", "priorities", "levels", "channels", "types", "lines")
    tables = {
        name: {_fold_word(word): value for word, value in getattr(mapping, name).items()}
        for name in names
    }
    return msgspec.structs.replace(
        mapping,
        **tables,
        backfilled={field: [fold(e) for e in each] for field, each in mapping.backfilled.items()},
        missing=[each.strip().casefold() for each in mapping.missing],
        first_contact=[_fold_word(each) for each in mapping.first_contact],
        subject_from=[fold(each) for each in mapping.subject_from],
        ignore=[fold(each) for each in mapping.ignore],
        details=[fold(each) for each in mapping.details],
    )


def _fold_word(word: str) -> str:
    """A word of a table; the bar between state and detail stays."""
    return "/".join(fold(part) for part in word.split("/"))


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _said(text: str) -> str:
    what, _, where = text.partition(" - at `$")
    place = where.strip("`.").replace("`", "")
    return f"{place}: {what}" if place else what


def _hint(text: str) -> str:
    found = re.search(r"unknown field `([^`]+)`", text)
    if found:
        return _near(found[1], Mapping.__struct_fields__)
    return "See the example mapping for how it is written."


def _near(word: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    return f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(names)}."


def _wrong(file: str, what: str, todo: str) -> WorldError:
    return WorldError(f"Mapping {file}: {what}.", safe="Nothing was imported.", todo=todo)


_SEPARATORS = re.compile(r"[\s_]+")
