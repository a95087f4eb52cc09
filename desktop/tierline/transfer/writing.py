"""Tables to CSV, XLSX and JSON. The file is there whole or not at all."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import msgspec
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from tierline.domain.errors import WorldError
from tierline.transfer.cells import neutral

SUFFIXES = (".csv", ".xlsx", ".json")
SHEET_ROWS = 1_048_575
SHEET_CELL = 32_767
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_EVERY = 500

Cell = str | int | dict[str, Any] | list[Any]


class Told(Protocol):
    """Who is told how many rows are written."""

    def __call__(self, done: int) -> None:
        """So many; may raise to stop."""
        ...


class Written(msgspec.Struct, frozen=True):
    """What was written: rows, bytes, cells cut to what a sheet holds."""

    rows: int
    size: int
    cut: int = 0


def write_table(
    out: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], told: Told
) -> Written:
    """Write rows under a header in the format of the file's suffix, replacing what was there.

    Raises:
        WorldError: it could not be written; a file that was there is as it was.
    """
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    except OSError as failure:
        raise _refused(out, failure) from failure
    part = Path(name)
    try:
        os.close(handle)
        count, cut = _WRITERS[out.suffix.lower()](part, header, _counted(rows, told))
        _settle(part, out)
        return Written(count, out.stat().st_size, cut)
    except OSError as failure:
        raise _refused(out, failure) from failure
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _settle(part: Path, out: Path) -> None:
    """On the disk first, in its place then."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(0o666 & ~mask)
    part.replace(out)


def _counted(rows: Iterable[Sequence[Cell]], told: Told) -> Iterable[Sequence[Cell]]:
    for done, row in enumerate(rows):
        if done % _EVERY == 0:
            told(done)
        yield row


def _csv(part: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> tuple[int, int]:
    count = 0
    with part.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([_plain(cell) for cell in row])
            count += 1
    return count, 0


def _xlsx(part: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> tuple[int, int]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tierline")
    sheet.freeze_panes = "A2"
    sheet.append(list(header))
    count = cut = 0
    for row in rows:
        if count == SHEET_ROWS:
            todo = "Narrow the filter, or write CSV or JSON."
            raise WorldError(
                f"A sheet holds {SHEET_ROWS:,} rows; this is more.",
                safe="Nothing was written.",
                todo=todo,
            )
        cells = [_plain(cell) if not isinstance(cell, int) else cell for cell in row]
        cut += sum(isinstance(cell, str) and len(cell) > SHEET_CELL for cell in cells)
        sheet.append([_sheet_cell(sheet, cell) for cell in cells])
        count += 1
    book.save(part)
    return count, cut


def _sheet_cell(sheet: Any, value: str | int) -> Any:  # noqa: ANN401 - openpyxl's own
    if isinstance(value, int) or not value:
        return value if value != "" else None
    cell = WriteOnlyCell(sheet, value=_UNWRITABLE.sub(_escaped, value)[:SHEET_CELL])
    cell.data_type = "s"  # never a formula, never an error value
    return cell


def _json(part: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> tuple[int, int]:
    encode, count = msgspec.json.Encoder().encode, 0
    with part.open("wb") as file:
        file.write(b"[")
        for row in rows:
            file.write(b",\n" if count else b"\n")
            file.write(encode(dict(zip(header, row, strict=True))))
            count += 1
        file.write(b"\n]\n")
    return count, 0


_WRITERS = {".csv": _csv, ".xlsx": _xlsx, ".json": _json}


def _plain(cell: Cell) -> str:
    """A cell as text that no spreadsheet runs."""
    if isinstance(cell, dict | list):
        return msgspec.json.encode(cell).decode() if cell else ""
    return neutral(cell) if isinstance(cell, str) else str(cell)


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found.group()):04X}_"


def _refused(out: Path, failure: OSError) -> WorldError:
    return WorldError(
        f"{out} could not be written ({failure.strerror or failure}).",
        safe="What was there before is as it was.",
        todo="Check the folder, its rights and the room on the disk.",
    )
