"""What every reader gives: a header and rows of text, with what is to be said about the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from tierline.transfer import limits
from tierline.transfer.watching import unreadable


class Line(NamedTuple):
    """One row: its number as a person counts them in the file, and its cells as text."""

    number: int
    cells: list[str]


class BadRow(NamedTuple):
    """A row that could not be taken, and why."""

    file: str
    number: int
    why: str


@dataclass(slots=True)
class Notes:
    """What reading found out about a file; filled while it is read.

    `order` is the order of day, month and year of its dates, `bad_count` counts what `bad` is too
    short to hold.
    """

    file: str
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    rows: int = 0
    warnings: list[str] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    bad_count: int = 0

    def refuse(self, number: int, why: str, keep: int = 100) -> None:
        """Note a row that could not be taken.

        Raises:
            WorldError: hardly any row of many could be.
        """
        self.bad_count += 1
        if self.bad_count >= limits.BAD_ROWS and self.bad_count > number * 0.9:
            what = f"Hardly any row of {self.file} can be taken: {why}."
            raise unreadable(what, "Is its header the right one? Export it again.")
        if len(self.bad) < keep:
            self.bad.append(BadRow(self.file, number, why))


class Table(Protocol):
    """Rows under a header. `done` of `total` tells how far reading is."""

    notes: Notes
    header: list[str]
    total: int

    @property
    def done(self) -> int:
        """How much was read, in the unit of `total`."""
        ...

    def lines(self) -> Iterator[Line]:
        """The rows, once; bad ones are noted and left out."""
        ...
