"""The bytes of attached files, beside the desk's file: each kept once, under its own hash.

`attachments/ab/<sha256>` is a whole file, proven by its name. `send/<sha256>` marks one that the
hub is not known to have; `part/<sha256>.<size>` is one that is wanted, as far as it has come. All
of it is in the file system alone, so that a crash at any point leaves something to go on from.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr

FOLDER = "attachments"
_STEP = 1024 * 1024  # bytes read at a time
_LEFT = 24 * 3600.0  # seconds after which a temporary file belongs to nobody any more
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"([0-9a-f]{64})\.(\d{1,12})")


class Blob(NamedTuple):
    """A whole file: its hash and how many bytes."""

    sha256: str
    size: int


class Wanted(NamedTuple):
    """A file that is fetched: `have` of its `size` bytes are here."""

    sha256: str
    size: int
    have: int


class MissingBlobError(WorldError):
    """The bytes are not on this machine: never fetched, or found damaged and put aside."""


class Blobs:
    """The attachments of one desk. Safe for several threads and programs at once."""

    def __init__(self, folder: Path) -> None:
        """Below the desk's folder; nothing is made before the first file comes."""
        self._root = folder / FOLDER

    # Here

    def put(self, source: BinaryIO) -> Blob:
        """Take a file in: on the disk, and noted as to be sent, when this returns.

        Raises:
            WorldError: it could not be read or kept; nothing of it is.
        """
        with self._telling("The file could not be kept"):
            self._sweep()
            handle, name = tempfile.mkstemp(prefix="new-", dir=self._made())
            with _or_gone(Path(name)):
                with os.fdopen(handle, "wb") as file:
                    blob = _copied(source, file)
                self._mark(blob.sha256)
                self._take_in(Path(name), blob.sha256)
        return blob

    def here(self, sha256: str) -> bool:
        """Whether the whole file is on this machine."""
        return bool(_SHA256.fullmatch(sha256)) and self._place(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Where a file is, after all of its bytes were read and found right.

        Raises:
            MissingBlobError: it is not here, or was damaged; what is left of it was put aside.
            WorldError: it cannot be read.
        """
        if not self.here(sha256):
            raise MissingBlobError(
                tr("The file is not on this machine."),
                safe=tr("The ticket has its name, size and who attached it."),
                todo=tr("It comes from the shared desk when it is opened online."),
            )
        place = self._place(sha256)
        with self._telling("The file could not be read"), place.open("rb") as file:
            sound = _hashed(file) == sha256
        if not sound:
            aside = place.with_name(f"{sha256}.damaged")
            with suppress(OSError):
                place.replace(aside)
            raise MissingBlobError(
                tr("The file is damaged on this machine's disk."),
                safe=tr("What is left of it is {aside}.", aside=aside),
                todo=tr(
                    "Open it again to fetch it from the shared desk, or put it back from a "
                    "backup of the attachments folder."
                ),
            )
        return place

    def read(self, sha256: str, offset: int, limit: int) -> bytes:
        """Some bytes of a file, to be sent.

        Raises:
            WorldError: it cannot be read.
        """
        with self._telling("The file could not be read"), self._place(sha256).open("rb") as file:
            file.seek(offset)
            return file.read(limit)

    def size(self, sha256: str) -> int:
        """How many bytes of a file are here; 0 for none."""
        try:
            return self._place(sha256).stat().st_size if _SHA256.fullmatch(sha256) else 0
        except OSError:
            return 0

    # To send

    def to_send(self) -> tuple[str, ...]:
        """What the hub is not known to have, the longest waiting first."""
        marked = _listed(self._root / "send")
        return tuple(name for _, name in marked if self.here(name))

    def sent(self, sha256: str) -> None:
        """The hub has all of it."""
        (self._root / "send" / sha256).unlink(missing_ok=True)

    def serve(self, hub_id: str) -> None:
        """Remember whom the files are sent to; whoever comes after another is offered them all.

        Raises:
            WorldError: it could not be noted.
        """
        with self._telling("The files could not be noted to be sent"):
            known = self._made() / "hub"
            before = known.read_text("utf-8") if known.exists() else ""
            if hub_id and before != hub_id:
                if before:
                    self.send_again()
                known.write_text(hub_id, "utf-8")

    def send_again(self) -> None:
        """Another hub, or one that has lost something: offer it whatever is here."""
        with self._telling("The files could not be noted to be sent"):
            for folder in self._root.glob("[0-9a-f][0-9a-f]"):
                for _, name in _listed(folder):
                    if _SHA256.fullmatch(name):
                        self._mark(name)

    # To fetch

    def want(self, sha256: str, size: int) -> None:
        """Fetch a file as soon as the hub is there.

        Raises:
            WorldError: that names no file, or it could not be noted.
        """
        if not _SHA256.fullmatch(sha256) or size <= 0:
            raise WorldError(
                tr("The entry names no file that could be fetched."),
                safe=tr("The ticket is as it was."),
                todo=tr("Ask whoever attached it to attach it again."),
            )
        if not self.here(sha256):
            with self._telling("The file could not be noted to be fetched"):
                self._part(sha256, size).touch()

    def wanted(self) -> tuple[Wanted, ...]:
        """What is fetched, the longest waiting first."""
        found = []
        for _, name in _listed(self._root / "part"):
            if match := _PART.fullmatch(name):
                part = self._root / "part" / name
                with suppress(OSError):
                    found.append(Wanted(match[1], int(match[2]), part.stat().st_size))
        return tuple(found)

    def is_wanted(self, sha256: str) -> bool:
        """Whether a file is fetched."""
        return any(each.sha256 == sha256 for each in self.wanted())

    def take(self, wanted: Wanted, data: bytes) -> bool:
        """Add what came after the `have` bytes; whether it is whole now, and proven.

        A file that came wrong is fetched anew from its start.

        Raises:
            WorldError: it could not be kept.
        """
        part = self._part(wanted.sha256, wanted.size)
        with self._telling("The fetched file could not be kept"):
            if self.here(wanted.sha256):
                part.unlink(missing_ok=True)
                return True
            with part.open("r+b" if part.exists() else "wb") as file:
                file.seek(wanted.have)
                file.write(data)
                file.truncate()
                _settle(file)
            if wanted.have + len(data) < wanted.size:
                return False
            with part.open("rb") as file:
                sound = _hashed(file) == wanted.sha256
            if not sound:
                part.write_bytes(b"")
                return False
            self._take_in(part, wanted.sha256)
        return True

    def forget(self, wanted: Wanted) -> None:
        """Fetch it no longer."""
        self._part(wanted.sha256, wanted.size).unlink(missing_ok=True)

    # Places

    def _place(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256

    def _part(self, sha256: str, size: int) -> Path:
        return self._made("part") / f"{sha256}.{size}"

    def _made(self, name: str = "") -> Path:
        folder = self._root / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _mark(self, sha256: str) -> None:
        (self._made("send") / sha256).touch()
        _settle_folder(self._root / "send")

    def _take_in(self, file: Path, sha256: str) -> None:
        place = self._made(sha256[:2]) / sha256
        file.replace(place)
        _settle_folder(place.parent)

    def _sweep(self) -> None:
        """Forget what a crash left of files that were just being taken in."""
        for since, name in _listed(self._root):
            if name.startswith("new-") and since < time.time() - _LEFT:
                (self._root / name).unlink(missing_ok=True)

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as failure:
            raise WorldError(
                f"{what} ({failure.strerror or failure}).",
                safe=tr("The ticket and all other files are as they were."),
                todo=tr(
                    "See that the disk under {root} has room and is yours to write.",
                    root=self._root,
                ),
            ) from failure


def _copied(source: BinaryIO, target: BinaryIO) -> Blob:
    digest, size = hashlib.sha256(), 0
    while data := source.read(_STEP):
        digest.update(data)
        size += target.write(data)
    _settle(target)
    return Blob(digest.hexdigest(), size)


def _hashed(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while data := file.read(_STEP):
        digest.update(data)
    return digest.hexdigest()


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _settle_folder(folder: Path) -> None:
    """Let a new name in a folder be on the disk; systems without such a call need none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _listed(folder: Path) -> Iterable[tuple[float, str]]:
    """The plain files of a folder, the oldest first."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_file(follow_symlinks=False):
                    found.append((entry.stat().st_mtime, entry.name))
    return sorted(found)


@contextmanager
def _or_gone(file: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        file.unlink(missing_ok=True)
        raise
