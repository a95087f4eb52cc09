"""Every text of every screen is in the person's language: nothing shows plain where it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.qt.spoken import TOP, english_of

PATIENCE = 300


def test_every_text_of_every_screen_is_translated(tmp_path: Path) -> None:
    made = [sys.executable, str(TOP / "packaging" / "translations.py"), str(tmp_path)]
    subprocess.run(made, check=True, timeout=PATIENCE)
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    told = subprocess.run(
        [sys.executable, "-m", "tests.qt.spoken", str(tmp_path)],
        capture_output=True, text=True, env=place, cwd=TOP, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert told.stdout.splitlines() == []
    assert told.returncode == 0, told.stderr


def test_a_text_that_is_plain_is_found_beside_what_is_translated_or_data() -> None:
    known = frozenset({"Printer", "jams"})
    assert english_of("[Ţåkéñ] Printer jams", known) == ""
    assert english_of("<b>[Öñé [ŵöŕð] ḿöŕé]</b>", known) == ""
    assert english_of("[Ţåkéñ] and undone", known) == "and undone"
    assert english_of("12:40 P1", known) == ""
