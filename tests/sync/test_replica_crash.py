"""SIGKILL before any statement of a desk at work: what was confirmed is there, and goes out.

TIERLINE_CRASH_STEP=1 kills at every one of them; without it a run takes each so-manieth, from
another one on each time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

STEP = int(os.environ.get("TIERLINE_CRASH_STEP", "12"))
_MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where the desks are; in memory if that can be, since a kill takes nothing from a disk."""
    if not _MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=_MEMORY, prefix="tierline-") as made:
        yield Path(made)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_desk_killed_at_any_point_has_what_it_confirmed(folder: Path, seed: int) -> None:
    offset = seed % STEP
    print("seed", seed, "step", STEP, "offset", offset)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sync.replica_crash", str(folder), str(STEP), str(offset)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    points, *wrong = ran.stdout.splitlines()
    assert wrong == []
    assert int(points.removeprefix("points ")) > 300
