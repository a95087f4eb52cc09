"""How long a command takes from its start to its end, as a whole process on the reference desk."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.bench.figure import Figure
from tests.bench.reference import NOW, PEOPLE, reference_desk
from tests.fakes.books import bundled_book

_DESKTOP = Path(__file__).parents[2] / "desktop"
_RUNS = 7


def figures() -> list[Figure]:
    """Medians of warm runs on a copy of the reference desk (50,000 tickets, 5,000 open)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(reference_desk(bundled_book()) / "desk.sqlite", folder)
        shared = ("--data", name, "--me", PEOPLE[0], "--now", NOW.isoformat())
        return [
            Figure("tierline tickets, start to end", _median(folder, "tickets", *shared), 0.4, "s"),
            Figure("tierline why, start to end", _median(folder, "why", "1", *shared), 0.4, "s"),
            Figure(
                "tierline note, start to end", _median(folder, "note", "1", "x", *shared), 0.4, "s"
            ),
        ]


def _median(folder: Path, *words: str) -> float:
    """Seconds of a whole process; compiled files are kept, as an installed program has them."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environ |= {"PYTHONPATH": str(_DESKTOP), "TIERLINE_HOME": str(folder / "home")}
    times = []
    for _ in range(_RUNS + 1):
        began = perf_counter()
        subprocess.run(
            [sys.executable, "-m", "tierline", *words],
            env=environ, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        times.append(perf_counter() - began)
    return statistics.median(times[1:])
