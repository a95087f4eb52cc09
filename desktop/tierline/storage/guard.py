"""What is checked before a desk is opened, without changing one byte of what is there."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterable
from pathlib import Path

from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr
from tierline.storage.failures import telling, told
from tierline.storage.mounts import Mount, network_kind

APPLICATION_ID = 0x5449_4552  # "TIER"
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
SMALL = 32 * 1024 * 1024


def check_folder(folder: Path, mounts: Iterable[Mount]) -> None:
    """Make the folder if need be, and see that it is local and can be written.

    Raises:
        WorldError: it is on a network share, is no folder, or cannot be written.
    """
    if kind := network_kind(folder, mounts):
        raise WorldError(
            tr(
                "{folder} is on a network share ({kind}), where a desk's file would be damaged.",
                folder=folder,
                kind=kind,
            ),
            safe=tr("Nothing was written there."),
            todo=tr("Choose a folder on this machine's own disk; share a desk through PostgreSQL."),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".tierline-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as failure:
        raise WorldError(
            tr(
                "The folder {folder} cannot be written ({strerror}).",
                folder=folder,
                strerror=failure.strerror,
            ),
            safe=tr("Nothing was changed."),
            todo=tr("Make it writable for you, or choose another with --data."),
        ) from failure


def version_of(path: Path) -> int | None:
    """The schema version number in a file's header, None when there is no file yet.

    Raises:
        WorldError: the file is not a desk, or is shorter than it says.
    """
    if not path.exists() or not path.stat().st_size:
        return None
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise _refused(sqlite3.SQLITE_NOTADB, path)
    version, application = struct.unpack_from(">I", header, 60)[0], header[68:72]
    page = struct.unpack_from(">H", header, 16)[0]
    pages = struct.unpack_from(">I", header, 28)[0]
    size = 65536 if page == 1 else page
    if application == bytes(4) and not version and path.stat().st_size <= size:
        return None  # one empty page: a first start that was interrupted
    if int.from_bytes(application, "big") != APPLICATION_ID:
        raise _refused(sqlite3.SQLITE_NOTADB, path)
    if path.stat().st_size < size * pages and not path.with_name(path.name + "-wal").exists():
        raise _refused(sqlite3.SQLITE_CORRUPT, path)
    return int(version)


def check_sound(path: Path) -> None:
    """Let SQLite read the whole file (about 100 MB a second) and refuse when it finds damage.

    Raises:
        WorldError: the file is damaged.
    """
    with telling(path):
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    if answer != ("ok",):
        raise _refused(sqlite3.SQLITE_CORRUPT, path)


def _refused(code: int, path: Path) -> WorldError:
    refusal = told(code, path)
    assert refusal is not None
    return refusal
