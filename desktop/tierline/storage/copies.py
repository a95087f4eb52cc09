"""Copies of attached files for people and their programs; the kept bytes are never handed out."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from tierline.domain.errors import WorldError
from tierline.domain.tongue import tr

OPEN = "open"
_STEP = 1024 * 1024
_OLD = 24 * 3600.0  # seconds after which a copy that was opened is no longer looked at
_MOST_NAMES = 1000


def to_look_at(source: Path, folder: Path, name: str) -> Path:
    """A copy that cannot be written, under its own name, in a folder of its own below `folder`.

    Copies of other days are taken away.

    Raises:
        WorldError: it could not be written.
    """
    place = folder / OPEN
    try:
        place.mkdir(parents=True, exist_ok=True)
        _sweep(place)
        copy = Path(tempfile.mkdtemp(dir=place)) / name
        _copy(source, copy)
        copy.chmod(stat.S_IREAD)
    except OSError as failure:
        raise _unwritten(name, place, failure) from failure
    return copy


def saved(source: Path, folder: Path, name: str) -> Path:
    """A copy in a folder of the person's; where the name is taken, "name (2)" and so on.

    Raises:
        WorldError: it could not be written.
    """
    for target in _names(folder, name):
        with suppress(FileExistsError):
            try:
                _copy(source, target)
            except FileExistsError:
                raise
            except OSError as failure:
                raise _unwritten(name, folder, failure) from failure
            return target
    raise _unwritten(name, folder, FileExistsError(17, tr("all its names are taken")))


def saved_as(source: Path, target: Path) -> Path:
    """A copy under a name that the person has chosen, and been asked about where it is taken.

    Raises:
        WorldError: it could not be written; what was there is as it was.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".tierline-")
        os.close(handle)
        Path(name).unlink()
        _copy(source, Path(name))
        Path(name).replace(target)
    except OSError as failure:
        raise _unwritten(target.name, target.parent, failure) from failure
    return target


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as file, target.open("xb") as copy:
        try:
            shutil.copyfileobj(file, copy, _STEP)
        except BaseException:
            copy.close()
            target.unlink(missing_ok=True)
            raise


def _names(folder: Path, name: str) -> Iterator[Path]:
    stem, dot, kind = name.rpartition(".")
    stem, end = (stem, dot + kind) if stem else (name, "")
    yield folder / name
    for number in count(2):
        if number > _MOST_NAMES:
            return
        yield folder / f"{stem} ({number}){end}"


def _sweep(place: Path) -> None:
    for folder in place.iterdir():
        with suppress(OSError):
            if folder.stat().st_mtime < time.time() - _OLD:
                for file in folder.iterdir():
                    file.chmod(stat.S_IREAD | stat.S_IWRITE)  # Windows deletes no other
                shutil.rmtree(folder, ignore_errors=True)


def _unwritten(name: str, folder: Path, failure: OSError) -> WorldError:
    return WorldError(
        tr(
            "{name} could not be written to {folder} ({strerror}).",
            name=name,
            folder=folder,
            strerror=failure.strerror or failure,
        ),
        safe=tr("The file on the ticket is as it was."),
        todo=tr("Choose another folder, or make room there."),
    )
