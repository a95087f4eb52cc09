"""See that a wheel has every file that the program reads.

`uv build --wheel` makes one (it fetches its build backend, so no test does that); then:
python packaging/check_wheel.py dist/tierline-….whl
"""

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
PLACES = (("desktop/tierline", "tierline"), ("resources", "tierline/_resources"))


def wanted() -> Iterator[str]:
    """Where each file of the tree belongs in a wheel."""
    for source, target in PLACES:
        for path in sorted((TOP / source).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{target}/{path.relative_to(TOP / source).as_posix()}"


def missing(wheel: Path) -> list[str]:
    """The files that a wheel lacks."""
    with zipfile.ZipFile(wheel) as opened:
        there = set(opened.namelist())
    return [each for each in wanted() if each not in there]


if __name__ == "__main__":
    found = missing(Path(sys.argv[1]))
    if found:
        sys.exit("The wheel lacks:\n" + "\n".join(f"  {each}" for each in found))
    sys.stdout.write("The wheel has every file that the program reads.\n")
