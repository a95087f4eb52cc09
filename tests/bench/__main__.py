"""Every figure of every bench in one table: `python -m tests.bench [--only NAME] [--json FILE]`.

Each bench module runs in a process of its own, so that one that fails, or needs Qt, cannot hurt
the rest. A missed goal is told, a bench that crashed fails the run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tests.bench.figure import Figure
from tests.bench.machine import machine

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATIENCE = 1_800 + 60 * float(os.environ.get("MINUTES", "0"))
"""Seconds a bench may take, the reference desk's making and a chaos of `MINUTES` included."""
_HEAD = ("figure", "measured", "goal", "used", "")


class Ran(NamedTuple):
    """A bench and what came of it: its figures, or why it crashed."""

    name: str
    figures: tuple[Figure, ...]
    trouble: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benches asked for; 0 when all ran, goals met or not, 1 when one crashed."""
    options = _options(arguments)
    if options.child:
        return _child(options.child, Path(options.json))
    names = _chosen(options.only)
    if not names:
        print(f"There is no such bench; there are: {', '.join(_all())}", file=sys.stderr)
        return 2
    about = machine()
    print("\n".join(f"{key:<8} {value}" for key, value in about.items()), end="\n\n")
    ran = [_run(name) for name in names]
    print(_table(ran))
    if options.json:
        Path(options.json).write_text(json.dumps(_data(about, ran), indent=2), encoding="utf-8")
    return 1 if any(each.trouble for each in ran) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure Tierline.")
    parser.add_argument("--only", metavar="NAME", action="append", default=[], help="one bench")
    parser.add_argument("--json", metavar="FILE", default="", help="keep the figures there")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _all() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def _chosen(only: Iterable[str]) -> list[str]:
    wanted = [name.removeprefix("bench_") for name in only]
    return [name for name in _all() if not wanted or name in wanted]


def _child(name: str, out: Path) -> int:
    figures = import_module(f"tests.bench.bench_{name}").figures()
    out.write_text(json.dumps([tuple(figure) for figure in figures]), encoding="utf-8")
    return 0


def _run(name: str) -> Ran:
    """One bench in a process of its own, with nothing on screen."""
    print(f"… {name}", file=sys.stderr, flush=True)
    paths = os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "tests.bench", "--child", name, "--json", str(out)]
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=environment,
                timeout=PATIENCE,
                check=False,
                capture_output=True,
                text=True,
                errors="replace",
            )
        except subprocess.TimeoutExpired:
            return Ran(name, (), f"took more than {PATIENCE:g} s")
        if done.returncode or not out.exists():
            said = done.stderr.strip().splitlines() or ["nothing was said"]
            print(done.stderr, file=sys.stderr)
            return Ran(name, (), f"exit {done.returncode}: {said[-1]}")
        return Ran(name, tuple(Figure(*row) for row in json.loads(out.read_text("utf-8"))))


def _table(ran: Iterable[Ran]) -> str:
    """The figures in columns as wide as they must be."""
    rows: list[tuple[str, ...]] = [_HEAD]
    for each in ran:
        rows.append(
            (each.name.upper(), "", "", "", f"crashed: {each.trouble}" * bool(each.trouble))
        )
        rows += [_row(figure) for figure in each.figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """The name to the left, figures to the right."""
    figures = (f"{cell:>{width}}" for cell, width in zip(row[1:4], widths[1:], strict=True))
    return "  ".join((f"{row[0]:<{widths[0]}}", *figures, row[4])).rstrip()


def _row(figure: Figure) -> tuple[str, ...]:
    sign = "≥" if figure.at_least else "≤"
    return (
        f"  {figure.name}",
        f"{_number(figure.value)} {figure.unit}".strip(),
        f"{sign} {_number(figure.goal)} {figure.unit}".strip(),
        f"{figure.ratio:.0%}",
        "ok" if figure.met else "MISSED",
    )


def _number(value: float) -> str:
    """Three figures that count."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _data(about: dict[str, str], ran: Iterable[Ran]) -> dict[str, object]:
    benches = [
        {
            "bench": each.name,
            "crashed": each.trouble,
            "figures": [{**f._asdict(), "ratio": f.ratio, "met": f.met} for f in each.figures],
        }
        for each in ran
    ]
    return {"machine": about, "benches": benches}


if __name__ == "__main__":
    sys.exit(main())
