"""Open what a person dropped on us: plain, gzip or zip, told by its bytes and never by its name."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tierline.transfer import limits
from tierline.transfer.watching import Watch, unreadable

_ZIP, _GZIP = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b"
_TABLES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xes", ".xml")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, lzma.LZMAError)
_FOREIGN = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One table or log inside a file: its name for people, its kind and how to read its bytes.

    `kind` is "text", "json", "xml" or "xlsx"; for "xlsx" the bytes are the whole workbook.
    """

    path: Path
    name: str
    kind: str
    member: str = ""
    packing: str = ""


def parts_of(path: Path) -> list[Part]:
    """What there is to read in a file, in its order.

    Raises:
        WorldError: there is nothing, it is damaged, it is something else, or it is a trap.
    """
    head = _head(path)
    if head.startswith(_ZIP):
        return _zip_parts(path)
    if head.startswith(_GZIP):
        part = Part(path, path.name, "", packing="gzip")
        return [_known(part, _peek(part), "gzip inside it")]
    part = Part(path, path.name, "")
    return [_known(part, head, "")]


def size_of(part: Part) -> int:
    """The bytes to measure progress by: of a zip's file unpacked, of any other as on the disk."""
    if part.packing != "zip":
        return part.path.stat().st_size
    with zipfile.ZipFile(part.path) as archive:
        return archive.getinfo(part.member).file_size


@contextmanager
def reading(part: Part, watch: Watch) -> Iterator[Bounded]:
    """The unpacked bytes, counted as they come.

    Raises:
        WorldError: the file is damaged, cut off, or unpacks to too much.
    """
    with _telling(part.name):
        if part.packing == "zip":
            with zipfile.ZipFile(part.path) as archive, archive.open(part.member) as stream:
                packed = archive.getinfo(part.member).compress_size
                yield Bounded(stream, part.name, watch, packed=packed)
            return
        with part.path.open("rb") as raw:
            if part.packing == "gzip":
                size = part.path.stat().st_size
                with gzip.open(raw) as unpacked:
                    yield Bounded(unpacked, part.name, watch, packed=size, place=raw.tell)
            else:
                yield Bounded(raw, part.name, watch)


class Readable(Protocol):
    """What bytes come from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        ...


class Bounded(io.RawIOBase):
    """A stream of bytes that says how far it is and refuses to become too many."""

    def __init__(
        self,
        stream: Readable,
        name: str,
        watch: Watch,
        *,
        packed: int = 0,
        place: Callable[[], int] | None = None,
    ) -> None:
        """Weigh what comes against `packed`, its size on the disk, when it is unpacked on the way.

        `place` tells how much of the disk's file was read, if its size is measured by that.
        """
        self._stream, self._name, self._watch = stream, name, watch
        self._packed, self._place = packed, place
        self.count = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; for `io` wrappers."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self.take(len(view))
        view[: len(data)] = data
        return len(data)

    def take(self, wanted: int = limits.CHUNK) -> bytes:
        """The next bytes, empty at the end.

        Raises:
            WorldError: the file is damaged, cut off, or unpacks to too much.
            CancelledError: the caller wants it to stop.
        """
        with _telling(self._name):
            data = self._stream.read(min(wanted, limits.CHUNK))
        self.count += len(data)
        if self._packed:
            self._weigh()
        self._watch.check()
        return data

    @property
    def done(self) -> int:
        """How much was read, to be set against `size_of`."""
        return self._place() if self._place else self.count

    def _weigh(self) -> None:
        much = self.count > limits.RATIO_FROM and self.count / self._packed > limits.RATIO
        if much or self.count > limits.UNPACKED:
            raise bomb(self._name, self._packed, self.count)


def bomb(name: str, packed: int, unpacked: int) -> Exception:
    """The refusal of something that unpacks to far more than a log does."""
    what = f"{name} unpacks from {_size(packed)} to more than {_size(unpacked)}: a zip bomb."
    return unreadable(what, "Ask whoever sent it for the plain export.")


def _zip_parts(path: Path) -> list[Part]:
    with _telling(path.name), zipfile.ZipFile(path) as archive:
        infos = [each for each in archive.infolist() if not each.is_dir()]
        if len(infos) > limits.MEMBERS:
            what = f"{path.name} holds {len(infos):,} files."
            raise unreadable(what, f"Give a zip of at most {limits.MEMBERS:,}.")
        _check_sizes(path, infos)
        if any(each.filename == "xl/workbook.xml" for each in infos):
            return [Part(path, path.name, "xlsx")]
        names = _tables([each.filename for each in infos if not _is_dross(each.filename)])
    if not names:
        raise unreadable(f"{path.name} is an empty zip.", "Export it again.")
    found = (Part(path, f"{path.name}/{name}", "", name, "zip") for name in names)
    return [_known(part, _peek(part), "zip inside it") for part in found]


def _check_sizes(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    if any(each.flag_bits & 1 for each in infos):
        raise unreadable(f"{path.name} has a password.", "Unpack it, then import the file itself.")
    unpacked = sum(each.file_size for each in infos)
    packed = sum(each.compress_size for each in infos) or 1
    if unpacked > limits.UNPACKED or (
        unpacked > limits.RATIO_FROM and unpacked / packed > limits.RATIO
    ):
        raise bomb(path.name, packed, unpacked)


def _tables(names: list[str]) -> list[str]:
    """The files that are called like tables; all of them when none is."""
    return [name for name in names if name.lower().endswith(_TABLES)] or names


def _is_dross(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")


def _head(path: Path) -> bytes:
    if path.is_dir():
        raise unreadable(f"{path} is a folder.", "Name the files in it.")
    with _telling(path.name), path.open("rb") as file:
        head = file.read(limits.HEAD)
    if not head:
        raise unreadable(f"{path.name} is empty.", "Export it again.")
    return head


def _peek(part: Part) -> bytes:
    """The first bytes of what is packed in a file."""
    with reading(part, Watch()) as stream:
        head = stream.take()
    if not head:
        raise unreadable(f"{part.name} is empty.", "Export it again.")
    return head


def _known(part: Part, head: bytes, inside: str) -> Part:
    if head.startswith((*_ZIP, _GZIP)):
        what = f"{part.name} is packed twice: there is a {inside or 'zip'}."
        raise unreadable(what, "Unpack it once, then import what comes out.")
    for magic, word in _FOREIGN.items():
        if head.startswith(magic):
            raise unreadable(f"{part.name} is {word}, not a table of tickets.", "Export as CSV.")
    return Part(part.path, part.name, _kind(head), part.member, part.packing)


def _kind(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return {b"<": "xml", b"{": "json", b"[": "json"}.get(start, "text")


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Turn what the libraries raise about bad files into words."""
    try:
        yield
    except FileNotFoundError:
        raise unreadable(f"There is no file {name}.", "Check its name and folder.") from None
    except PermissionError:
        raise unreadable(f"{name} may not be read.", "Ask for the right to read it.") from None
    except _DAMAGED as failure:
        what = f"{name} is damaged or cut off ({str(failure) or 'it ends too soon'})."
        raise unreadable(what, "Download or copy it again.") from failure
    except (NotImplementedError, RuntimeError) as failure:
        what = f"{name} is packed in a way that is not known here ({failure})."
        raise unreadable(what, "Unpack it, then import the file itself.") from failure
    except OSError as failure:
        what = f"{name} cannot be read ({failure.strerror or failure})."
        raise unreadable(what, "Check the disk or copy it elsewhere.") from failure


def _size(count: int) -> str:
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= size:
            return f"{count / size:,.0f} {unit}"
    return f"{count} bytes"
