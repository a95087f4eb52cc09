"""A row of a source as history needs it: when, which version of the ticket, and what it said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tierline.transfer.dates import Dates
from tierline.transfer.mapping import DATE_FIELDS, Mapping, label_of

Values = dict[str, str]
_TIMES = ("updated_at", "closed_at", "resolved_at", "created_at", "opened_at")


class SourceRow(NamedTuple):
    """What a source said of a ticket at an instant (UTC). `key` tells its rows apart.

    `version` is the source's count of changes; dates in `values` are ISO, in its wall time.
    """

    at: datetime
    version: int
    key: str
    values: Values


class BadValueError(ValueError):
    """A cell that makes its row unusable; the message says which and why."""


class Reader:
    """Values as they stand in a file to rows of a history."""

    def __init__(self, mapping: Mapping, dates: Dates, now: datetime) -> None:
        """`now` dates rows of a source that tells no time at all."""
        self._dates, self._now = dates, now
        self._held = {
            field: tuple(label_of(name, mapping) for name in names)
            for field, names in mapping.backfilled.items()
        }
        self._iso: dict[str, str] = {}
        self._instants: dict[str, datetime | None] = {}

    def row(self, names: Iterable[str], values: Iterable[str]) -> SourceRow:
        """A row from cells.

        Raises:
            BadValueError: a date is none.
        """
        told = dict(zip(names, values, strict=True))
        for field in DATE_FIELDS:
            if text := told.get(field):
                told[field] = self._iso.get(text) or self._as_iso(field, text)
        return self.again(told)

    def again(self, told: Values) -> SourceRow:
        """A row from values whose dates are ISO, as a history keeps them."""
        at = self._at(told)
        count = told.get("mod_count", "")
        key = f"{told.get('updated_at', '')}|{count}"
        if key == "|":
            said = repr(sorted(item for item in told.items() if item[1])).encode("utf-8", "replace")
            key = hashlib.sha1(said, usedforsecurity=False).hexdigest()
        figure = int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 0
        return SourceRow(at, figure, key, told)

    def instant(self, told: Values, field: str) -> datetime | None:
        """A date of a row as an instant."""
        text = told.get(field)
        if not text:
            return None
        try:
            return self._instants[text]
        except KeyError:
            read = self._dates.read(text)
            found = self._instants[text] = self._dates.instant(read) if read else None
            return found

    def as_known(self, row: SourceRow, *, ended: bool) -> Values:
        """What was known when the row was written: a date to come, and what goes with it, is not.

        Sources fill final values into every row of a log. `ended` says that the row's own state
        is one in which such values are known even when no date is.
        """
        values = row.values
        for field in ("resolved_at", "closed_at"):
            at = self.instant(values, field)
            if at <= row.at if at else ended:
                continue
            for name in (field, *self._held.get(field, ())):
                if values.get(name):
                    values = values | {name: ""}
        return values

    def _at(self, told: Values) -> datetime:
        if at := self.instant(told, "updated_at"):
            return at
        instants = [at for field in _TIMES if (at := self.instant(told, field))]
        return max(instants, default=self._now)

    def _as_iso(self, field: str, text: str) -> str:
        read = self._dates.read(text)
        if read is None:
            raise BadValueError(f'{field.replace("_", " ")} "{text[:40]}" is no date')
        iso = self._iso[text] = read.isoformat(" ")
        return iso
