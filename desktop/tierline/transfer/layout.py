"""One file's columns laid over a mapping: from cells to named values, and samples of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tierline.transfer.cells import restored
from tierline.transfer.dates import OrderFinder
from tierline.transfer.mapping import DATE_FIELDS, FIELDS, Mapping, fact_of, fold

_NEW = "\0new"  # stands for a cell not met before; one that is this is cleaned once more
_SAMPLES = 3
_LOOKED_AT = 500
_SHORT = 200
_MANY = 200_000


class Mapped(NamedTuple):
    """A column: the field (or fact) that takes it, its header, some of what its cells said."""

    field: str
    header: str
    samples: tuple[str, ...]


class Column(NamedTuple):
    """Where a value comes from: its name in our rows and the places of its cells."""

    name: str
    header: str
    places: tuple[int, ...]


@dataclass(slots=True)
class _Seen:
    count: int = 0
    samples: dict[str, None] = field(default_factory=dict)

    def enough(self, text: str) -> bool:
        """Look at one more cell; whether that is enough for a report."""
        self.count += 1
        self.samples[text[:80]] = None
        return len(self.samples) >= _SAMPLES or self.count >= _LOOKED_AT


class Layout:
    """Cells to values. Values have the name of the field that takes them, or of their header."""

    def __init__(self, header: Sequence[str], mapping: Mapping, *, quoted: bool) -> None:
        """Find each field's column; headers match by `fold`, repeated ones are gathered.

        `quoted` says that cells were made harmless for spreadsheets.
        """
        self.mapping, self._quoted = mapping, quoted
        places: dict[str, list[int]] = {}
        spelled: dict[str, str] = {}
        for index, name in enumerate(header):
            if folded := fold(name):
                places.setdefault(folded, []).append(index)
                spelled.setdefault(folded, name.strip())
        found = {name: _first(mapping.headers_of(name), places) for name in FIELDS}
        fields = {name: header_ for name, header_ in found.items() if header_}
        self.fields = tuple(
            Column(name, spelled[header_], tuple(places[header_]))
            for name, header_ in fields.items()
        )
        taken = set(fields.values())
        self.facts = tuple(
            Column(fact_of(name), spelled[name], tuple(places[name]))
            for name in places
            if name not in taken and name not in mapping.ignore
        )
        self.names = tuple(column.name for column in (*self.fields, *self.facts))
        self.orders = {c.name: OrderFinder() for c in self.fields if c.name in DATE_FIELDS}
        self._columns = [column.places for column in (*self.fields, *self.facts)]
        self._gathers = any(len(places) > 1 for places in self._columns)
        self._places = (
            list(range(len(self._columns)))
            if self._gathers
            else [places[0] for places in self._columns]
        )
        self._seen = [_Seen() for _ in self._columns]
        self._curious = list(enumerate(self._seen))
        self._dates = [(self.names.index(name), finder) for name, finder in self.orders.items()]
        ids = [self.names.index(n) for n in ("external_id", "number") if n in self.names]
        self._ids = ids
        self._clean: dict[str, str] = {}
        self._missing = frozenset(("", *mapping.missing))

    def values(self, cells: list[str]) -> list[str]:
        """The cells in the order of `names`, cleaned; "" where nothing was said."""
        if self._gathers:
            cells = [_gathered(cells, places) for places in self._columns]
        known = self._clean.get
        values = [known(cells[place], _NEW) for place in self._places]
        if _NEW in values:
            for index, place in enumerate(self._places):
                if values[index] == _NEW:
                    values[index] = self._cleaned(cells[place])
        for index, finder in self._dates:
            if values[index]:
                finder.see(values[index])
        return values

    def look(self, values: list[str]) -> None:
        """Keep some of what the columns say, for the report."""
        for place, seen in self._curious:
            if values[place] and seen.enough(values[place]):
                self._curious = [each for each in self._curious if each[1] is not seen]

    def id_of(self, values: list[str]) -> str:
        """What tells the ticket apart in its source, "" when the row does not say."""
        return next((values[place] for place in self._ids if values[place]), "")

    def report(self) -> tuple[tuple[Mapped, ...], tuple[Mapped, ...]]:
        """The columns that fields take, and those that are kept as facts only."""
        told = [
            Mapped(column.name, column.header, tuple(seen.samples))
            for column, seen in zip((*self.fields, *self.facts), self._seen, strict=True)
        ]
        return tuple(told[: len(self.fields)]), tuple(told[len(self.fields) :])

    def _cleaned(self, cell: str) -> str:
        text = cell if self.mapping.exact else cell.strip()
        if self._quoted:
            text = restored(text)
        if text.casefold() in self._missing:
            text = ""
        if len(cell) < _SHORT and len(self._clean) < _MANY:
            self._clean[cell] = text
        return text


def _first(headers: list[str], places: dict[str, list[int]]) -> str:
    return next((each for each in headers if each in places), "")


def _gathered(cells: list[str], places: tuple[int, ...]) -> str:
    return "\n".join(cell for place in places if (cell := cells[place].strip()))
