"""Rows put aside on the disk by ticket, so that memory does not grow with the file.

Rows of one ticket may be anywhere in a log; they meet again here, in one of several heaps that
fit into memory one after the other.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

import msgspec

from tierline.domain.errors import WorldError

_HEAP = 96 << 20  # bytes of input that make a heap
_HEAPS = 256
_WHOLE = 4


class Kept(NamedTuple):
    """A row put aside: which layout reads it, its number in the file, its values."""

    layout: int
    number: int
    values: list[str]


class Spool:
    """A folder of heaps, gone when the block ends; a single heap never leaves the memory."""

    def __init__(self, size: int) -> None:
        """`size` is about how many bytes will come."""
        count = min(-(-size // _HEAP), _HEAPS) if size > _HEAP else 0
        self._only: dict[str, list[Kept]] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="tierline-import-")
        paths = [Path(self._folder.name) / f"{number}" for number in range(count)]
        self._heaps: list[IO[bytes]] = [path.open("w+b", buffering=1 << 16) for path in paths]
        self._encode = msgspec.msgpack.Encoder().encode
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        for heap in self._heaps:
            heap.close()
        self._folder.cleanup()

    def put(self, ticket: str, layout: int, number: int, values: list[str]) -> None:
        """Keep a row of a ticket.

        Raises:
            WorldError: the disk of the temporary folder is full.
        """
        self.rows += 1
        if not self._heaps:
            self._only.setdefault(ticket, []).append(Kept(layout, number, values))
            return
        data = self._encode((ticket, layout, number, values))
        heap = self._heaps[zlib.crc32(ticket.encode()) % len(self._heaps)]
        try:
            heap.write(len(data).to_bytes(_WHOLE, "little"))
            heap.write(data)
        except OSError as failure:
            raise WorldError(
                f"The temporary folder has no room for the import ({failure.strerror}).",
                safe="Nothing was imported.",
                todo="Free some space, or set TMPDIR to a folder on a larger disk.",
            ) from failure

    def heaps(self) -> Iterator[dict[str, list[Kept]]]:
        """The rows by ticket, one heap after the other, in the order they came."""
        if not self._heaps:
            yield self._only
        decode = msgspec.msgpack.Decoder(tuple[str, int, int, list[str]]).decode
        for heap in self._heaps:
            heap.seek(0)
            found: dict[str, list[Kept]] = {}
            strings: dict[str, str] = {}
            once = strings.setdefault
            while size := heap.read(_WHOLE):
                ticket, layout, number, values = decode(heap.read(int.from_bytes(size, "little")))
                row = Kept(layout, number, [once(value, value) for value in values])
                found.setdefault(ticket, []).append(row)
            yield found
