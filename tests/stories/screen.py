"""A screen of one's own for the windows of the stories: Xvfb with a window manager, both private.

Started and ended by process id; on Linux they also end with the process that started them.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = "1920x1200x24"
_PATIENCE = 60.0


def has_screen() -> bool:
    """Whether this machine can give one."""
    return sys.platform == "linux" and shutil.which("Xvfb") is not None


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """An X display nobody else is on, ":7"; `folder` takes what its programs keep."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp"]
    server = _started(command, dict(os.environ), keep=write)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        if display == ":":
            raise RuntimeError("Xvfb did not start.")
        with _managed(display, folder):
            yield display
    finally:
        _ended(server)


@contextmanager
def _managed(display: str, folder: Path) -> Iterator[None]:
    """Windows get frames and the focus as on a desk, where there is a window manager."""
    if shutil.which("openbox") is None:
        yield
        return
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    manager = _started(["openbox", "--sm-disable"], os.environ | home | {"DISPLAY": display})
    try:
        yield
    finally:
        _ended(manager)


def _started(
    command: list[str], environ: dict[str, str], keep: int | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env=environ,
        pass_fds=() if keep is None else (keep,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_ends_with_us,  # noqa: PLW1509 - it only makes one system call
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(_PATIENCE)


def _ends_with_us() -> None:
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
