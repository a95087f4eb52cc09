"""How fast a real log comes in, and how much memory that takes, each in a process of its own."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench.figure import Figure
from tests.data.logs import UCI

ROOT = Path(__file__).parents[2]
ROWS = 141_712
NOW = datetime(2026, 11, 5, tzinfo=UTC)


def figures() -> list[Figure]:
    """The UCI log (or one made like it where that is not there): new, again, and exported."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = UCI if UCI.is_file() else made_log(folder)
        what = "UCI log" if UCI.is_file() else "made log"
        first, again = _child(file, folder), _child(file, folder)
    return [
        Figure(f"import {first['rows']:,} rows ({what})", first["seconds"], 60, "s"),
        Figure("the same, CPU time", first["cpu"], 60, "s"),
        Figure("the same, memory", first["rss"], 500, "MB"),
        Figure("import it again, unchanged", again["seconds"], 30, "s"),
    ]


def made_log(folder: Path) -> Path:
    """A log of the same size and kind, for machines that do not have the real one."""
    states = ("New", "Active", "Active", "Awaiting User Info", "Resolved", "Closed")
    file, start = folder / "log.csv", datetime(2016, 2, 29, 8, tzinfo=UTC)
    header = (
        "number,incident_state,made_sla,caller_id,opened_at,sys_updated_by,sys_updated_at,"
        "sys_mod_count,contact_type,location,category,impact,urgency,priority,assignment_group,"
        "assigned_to,resolved_at,closed_at"
    )
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header.split(","))
        for row in range(ROWS):
            number, step = divmod(row, len(states))
            opened = start + timedelta(minutes=7 * number)
            at = opened + timedelta(hours=5 * step)
            told = (
                *(f"INC{number:07d}", states[step], "true", f"Caller {number % 5_000}"),
                *(_day(opened), f"Updated by {row % 800}", _day(at), step, "Phone"),
                *(f"Location {number % 220}", f"Category {number % 59}", "2 - Medium"),
                *("2 - Medium", "3 - Moderate", f"Group {(number + step) % 79}"),
                *(f"Resolver {row % 230}", _day(opened + timedelta(hours=20)), "?"),
            )
            writer.writerow(told)
    return file


def _day(at: datetime) -> str:
    return f"{at.day}/{at.month}/{at.year} {at:%H:%M}"


def _child(file: Path, folder: Path) -> dict[str, Any]:
    """What an import took in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.bench_import", str(file), str(folder / "desk")]
    path = {"PYTHONPATH": f"{ROOT / 'desktop'}:{ROOT}", "PATH": "", "TMPDIR": str(folder)}
    ran = subprocess.run(command, cwd=ROOT, env=path, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _measure(file: Path, folder: Path) -> None:
    import resource  # noqa: PLC0415 - not on Windows, and only the child asks
    from time import process_time  # noqa: PLC0415

    from tests.fakes.books import bundled_book  # noqa: PLC0415
    from tierline.desk.importing import import_files  # noqa: PLC0415
    from tierline.storage.replica import Replica  # noqa: PLC0415

    replica = Replica.open(folder, NOW)
    began, worked = perf_counter(), process_time()
    report = import_files(replica, bundled_book(), [file], zone="UTC", now=NOW)
    took, cpu = perf_counter() - began, process_time() - worked
    replica.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(json.dumps({"rows": report.rows, "seconds": took, "cpu": cpu, "rss": peak}))


if __name__ == "__main__":
    _measure(Path(sys.argv[1]), Path(sys.argv[2]))
