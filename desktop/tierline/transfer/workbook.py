"""XLSX: the first sheet that looks like a table, read row by row, never its formulas or links."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from tierline.transfer import limits
from tierline.transfer.opening import Bounded, bomb
from tierline.transfer.table import Line, Notes
from tierline.transfer.watching import unreadable

_LOOKED_AT = 20
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")  # how workbooks write control characters


class Workbook:
    """A table in a workbook; progress is counted in rows."""

    def __init__(self, stream: Bounded, notes: Notes) -> None:
        """Find the sheet and its header.

        Raises:
            WorldError: it is damaged, a trap, or has no table.
        """
        # A third of a second that only a workbook is worth, not the first F9 of the day.
        from openpyxl import load_workbook  # noqa: PLC0415

        self.notes, self.done = notes, 0
        file = io.BytesIO()
        while data := stream.take():
            file.write(data)
        _check(file, notes.file)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # styles it does not know are of no interest here
                self._book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            self._rows, self.header, self.total = self._table()
        except (KeyError, ValueError, TypeError, SyntaxError, OSError, zipfile.BadZipFile) as bad:
            raise _damaged(notes.file, bad) from bad

    def lines(self) -> Iterator[Line]:
        """The rows that hold anything."""
        width = len(self.header)
        try:
            for number, row in self._rows:
                self.done = number
                cells = [_text(cell) for cell in row[:width]]
                if any(cells):
                    self.notes.rows += 1
                    yield Line(number, cells + [""] * (width - len(cells)))
        except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as bad:
            raise _damaged(self.notes.file, bad) from bad
        finally:
            self._book.close()

    def _table(self) -> tuple[Iterator[tuple[int, tuple[Any, ...]]], list[str], int]:
        for sheet in self._book.worksheets:
            total = sheet.max_row or 0
            sheet.reset_dimensions()  # what a file claims of its size may be wrong
            rows = enumerate(sheet.iter_rows(values_only=True), start=1)
            for number, row in rows:
                header = [_text(cell).strip() for cell in row[: limits.COLUMNS]]
                while header and not header[-1]:
                    header.pop()
                if len(header) > 1:
                    self.notes.delimiter = f"sheet {sheet.title}"
                    return rows, header, total
                if number == _LOOKED_AT:
                    break
        raise unreadable(f"{self.notes.file} has no table.", "Export it again, header first.")


def _check(file: io.BytesIO, name: str) -> None:
    """Refuse what would fill the memory before a library meets it."""
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            unpacked = sum(each.file_size for each in infos)
            packed = sum(each.compress_size for each in infos) or 1
            much = unpacked > limits.RATIO_FROM and unpacked / packed > limits.RATIO
            if much or unpacked > limits.SHEET:
                raise bomb(name, packed, unpacked)
            for each in infos:
                if each.filename.endswith((".xml", ".rels")):
                    with archive.open(each) as part:
                        _no_doctype(part.read(limits.HEAD), name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as bad:
        raise _damaged(name, bad) from bad


def _no_doctype(head: bytes, name: str) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\0!\0D\0O\0C\0" in head:
        what = f"{name} declares XML entities, which no workbook does."
        raise unreadable(what, "Ask whoever sent it for the plain export.")


def _damaged(name: str, bad: Exception) -> Exception:
    what = f"{name} is no workbook that can be read ({bad})."
    return unreadable(what, "Open it in a spreadsheet and save it again as XLSX or CSV.")


def _control(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _text(cell: object) -> str:
    """A cell as text; dates unambiguous, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(_control, cell) if "_x00" in cell else cell
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime() | date():
            return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
        case time():
            return cell.isoformat()
        case _:
            return str(cell)
