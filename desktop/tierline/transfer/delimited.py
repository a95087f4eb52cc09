"""CSV and its kin: the delimiter is found, ragged rows and open quotes are told, the rest kept."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from itertools import chain, islice

from tierline.transfer import limits
from tierline.transfer.decoding import Decoder
from tierline.transfer.lines import lines_of
from tierline.transfer.opening import Bounded
from tierline.transfer.table import Line, Notes
from tierline.transfer.watching import unreadable

DELIMITERS = ",;\t|"
_LOOKED_AT = 50
_MENDS = 200
_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


class Delimited:
    """A table in a text file. `wide` accepts rows with more cells than the header."""

    def __init__(self, stream: Bounded, notes: Notes, total: int, *, wide: bool = False) -> None:
        """Read as far as the header.

        Raises:
            WorldError: this is no table.
        """
        self.notes, self.total, self._stream, self.wide = notes, total, stream, wide
        self._decoder = Decoder(stream, notes.file)
        notes.encoding = self._decoder.encoding
        lines = lines_of(self._decoder.pieces(), notes.file)
        first = _start(list(islice(lines, _LOOKED_AT)), notes.file)
        self.delimiter = delimiter_of(first)
        notes.delimiter = _WORDS[self.delimiter]
        self._feed = _Feed(chain(first, lines))
        csv.field_size_limit(limits.CELL)
        self.header = [cell.strip() for cell in self._next() or []]
        if len(self.header) > limits.COLUMNS:
            what = f"{notes.file} has {len(self.header):,} columns."
            raise unreadable(what, "Export fewer columns.")
        if not any(self.header):
            raise unreadable(f"{notes.file} has no header.", "Export it with column names.")

    @property
    def done(self) -> int:
        """Bytes read so far."""
        return self._stream.done

    def lines(self) -> Iterator[Line]:
        """The rows; those that cannot be taken are noted."""
        width = len(self.header)
        number = 1
        while True:
            began = self._feed.line
            try:
                cells = self._next()
            except csv.Error as failure:
                self._mend(number + 1, _said(failure))
                number += 1
                continue
            if cells is None:
                break
            if not cells:
                continue
            number += 1
            if len(cells) == width:
                yield Line(number, cells)
            elif line := self._ragged(number, cells, began):
                yield line
        self._close(number)

    def _next(self) -> list[str] | None:
        self._feed.forget()
        return next(csv.reader(self._feed, delimiter=self.delimiter), None)

    def _ragged(self, number: int, cells: list[str], began: int) -> Line | None:
        """A row with another number of cells than the header has."""
        width, found = len(self.header), len(cells)
        if found > width and (self.wide or not any(cells[width:])):
            return Line(number, cells)
        if found < width and self._feed.over and self._feed.line - began > 1:
            self._mend(number, "a quote is opened and never closed")
        elif found < width and not self._feed.ended:
            self.notes.refuse(number, f"the file ends in the middle of it ({found} of {width})")
            self.notes.warnings.append("The file seems to be cut off at its end.")
        else:
            self.notes.refuse(number, f"it has {found} cells, the header has {width}")
        return None

    def _mend(self, number: int, why: str) -> None:
        """Leave out the line in which the trouble began and go on with the next one."""
        self.notes.refuse(number, why)
        if self.notes.bad_count < _MENDS:
            self._feed.again(1)

    def _close(self, number: int) -> None:
        self.notes.rows = number - 1
        if self._decoder.mended:
            count = self._decoder.mended
            said = f"{count:,} bytes are not {self._decoder.encoding}; they were read as Western."
            self.notes.warnings.append(said)


class _Feed:
    """Lines for the `csv` reader, which remembers those of the row at hand to take them back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self._taken: list[str] = []
        self._held = 0
        self.line = 0
        self.over = False
        self.ended = True

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self._held > limits.LINE:
            raise csv.Error("row is too long")
        line = self._back.popleft() if self._back else next(self._lines, None)
        if line is None:
            self.over = True
            raise StopIteration
        self.line += 1
        self._taken.append(line)
        self._held += len(line)
        self.ended = line.endswith(("\n", "\r"))
        return line if "\0" not in line else line.replace("\0", "\N{REPLACEMENT CHARACTER}")

    def forget(self) -> None:
        """A new row begins."""
        self._taken, self._held = [], 0

    def again(self, after: int) -> None:
        """Give the lines of the row once more, without the first ones."""
        back = self._taken[after:]
        self._back.extendleft(reversed(back))
        self.line -= len(back)
        self.over = False


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that cuts the first rows into the same number of cells, at least two."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        score = _score(lines, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _score(lines: list[str], delimiter: str) -> tuple[float, int]:
    csv.field_size_limit(limits.CELL)
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] < 2:
        return (0.0, 0)
    alike = Counter(widths)[widths[0]] / len(widths)
    return (alike, widths[0])


def _start(lines: list[str], name: str) -> list[str]:
    """The lines from the header on: blank ones and Excel's `sep=` hint are passed over."""
    while lines and (not lines[0].strip() or lines[0].lower().startswith("sep=")):
        lines.pop(0)
    if not lines:
        raise unreadable(f"{name} is empty.", "Export it again.")
    return lines


def _said(failure: csv.Error) -> str:
    text = str(failure)
    if "field larger" in text or "too long" in text:
        return f"a cell is longer than {limits.CELL >> 20} MB (a quote that is never closed?)"
    return text
