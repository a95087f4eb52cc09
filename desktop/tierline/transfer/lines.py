"""Text in pieces to lines of bounded length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tierline.transfer import limits
from tierline.transfer.watching import unreadable


def lines_of(pieces: Iterable[str], name: str, longest: int = limits.LINE) -> Iterator[str]:
    """Lines with their ends, as a `csv` reader wants them; a file of bare CRs has lines too.

    Raises:
        WorldError: a line is longer than any row of a table.
    """
    rest: list[str] = []
    held = count = 0
    end = ""
    for piece in pieces:
        end = end or _end_of(piece)
        *whole, last = _split(piece, end or "\n")
        for line in whole:
            count += 1
            if rest:
                yield "".join((*rest, line))
                rest, held = [], 0
            else:
                yield line
        if last:
            rest.append(last)
            held += len(last)
        if held > longest:
            what = f"Line {count + 1} of {name} is longer than {longest >> 20} MB."
            raise unreadable(what, "It is no table of tickets; export it again as CSV.")
    if rest:
        yield "".join(rest)


def _end_of(piece: str) -> str:
    """What ends a line: LF (with or without CR), or CR alone as in files of old Macs."""
    if "\n" in piece:
        return "\n"
    return "\r" if "\r" in piece[:-1] else ""


def _split(piece: str, end: str) -> list[str]:
    """Whole lines, and last what is left."""
    lines = piece.split(end)
    last = lines.pop()
    return [line + end for line in lines] + [last]
