"""Taking turns at a file between programs of one machine.

SQLite before 3.51.3 can damage a write-ahead log when two connections write or checkpoint it in the
same instant; under this lock no two do.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 10.0  # seconds
_PAUSE = 0.002


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`; the system lets go of it when a program dies.

    Raises:
        TimeoutError: somebody else held it for `PATIENCE` seconds.
        OSError: the file cannot be opened.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
    try:
        end = time.monotonic() + PATIENCE
        while not _taken(handle):
            if time.monotonic() > end:
                raise TimeoutError(path)
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)  # closing lets go


def _taken(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there on Windows only

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not there on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
