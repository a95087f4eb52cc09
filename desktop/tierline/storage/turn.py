"""Whose turn it is to sync a desk: one program at a time, however many have it open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, Self

from tierline.domain.errors import Refusal, WorldError
from tierline.domain.tongue import tr

_FILE = "desk.sync.lock"


class SyncTurn:
    """Held by this program until `release`, or until it ends however it ends."""

    def __init__(self, file: BinaryIO) -> None:
        """Hold the lock of an open file; `sync_turn` is the way in."""
        self._file = file

    def release(self) -> None:
        """Let another program sync; a second call does nothing."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def sync_turn(folder: Path) -> SyncTurn | Refusal:
    """The turn to sync the desk in `folder`; refused while another program has it.

    Raises:
        WorldError: the folder cannot be written.
    """
    try:
        file = (folder / _FILE).open("a+b")
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
    if _locked(file):
        return SyncTurn(file)
    file.close()
    return Refusal(
        tr("Another program on this machine keeps this desk and its hub together."),
        tr("Nothing: what is done here goes out and comes in through it."),
    )


def _locked(file: BinaryIO) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - there on Windows only

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl  # noqa: PLC0415 - there on POSIX only

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
