"""What `verify` proves of attached files: their bytes are those that the log names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from tierline.domain.log import Line
from tierline.sync.hubs.proving import Finding

_decode = msgspec.json.Decoder().decode


class _Named(NamedTuple):
    """The line that named a file first."""

    name: str
    size: int
    line: int
    author: str


class FileProof:
    """Takes the log's lines, then each file's bytes; `whole` counts the files that are as named.

    `awaited` are named and not here whole yet: a console still has to send them.
    """

    def __init__(self) -> None:
        """Begin with no file named."""
        self.whole = 0
        self.findings: list[Finding] = []
        self.awaited: list[Finding] = []
        self._named: dict[str, _Named] = {}

    def name(self, lines: Iterable[Line]) -> None:
        """The next lines of the log."""
        for line in lines:
            if line.kind == "attach" and (told := _told(line)):
                self._named.setdefault(*told)

    def named(self) -> Iterator[str]:
        """The hashes of all files that the log names."""
        yield from self._named

    def take(self, sha256: str, pieces: Iterable[tuple[int, bytes]], *, proven: bool) -> None:
        """The bytes of one file, in pieces (start, bytes) by start.

        `proven` is whether the hub has once had all of it.
        """
        digest, there, what = hashlib.sha256(), 0, ""
        for start, data in pieces:
            if start != there and not what:
                what = f"its bytes {there} to {start - 1} are missing"
            digest.update(data)
            there = start + len(data)
        named = self._named[sha256]
        if not proven and not what:
            self.awaited.append(_finding(named, f"has {there} of {named.size} bytes"))
        elif what := what or _wrong(digest.hexdigest() == sha256, there, named):
            self.findings.append(_finding(named, what))
        else:
            self.whole += 1


def _wrong(same: bool, there: int, named: _Named) -> str:
    if there < named.size:
        return f"its bytes {there} to {named.size - 1} are missing"
    return "" if same else "its bytes are not the ones that were sent"


def _finding(named: _Named, what: str) -> Finding:
    about = f"file {named.name} (line {named.line})"
    return Finding(about=about, what=what, author=named.author, part="file")


def _told(line: Line) -> tuple[str, _Named] | None:
    """Hash and name of the file that a line names; None for one that cannot be read."""
    try:
        event: Any = _decode(line.payload)[0]
        named = _Named(str(event["name"]), int(event["size"]), line.seq, line.author)
        return str(event["sha256"]), named
    except (msgspec.DecodeError, LookupError, TypeError, ValueError):
        return None
