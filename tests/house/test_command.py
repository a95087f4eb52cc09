"""What the README says to type is there once `make` has set the environment up."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path


def test_the_environment_has_the_command(tmp_path: Path) -> None:
    command = Path(sysconfig.get_path("scripts")) / "tierline"
    said = subprocess.run(
        [command, "hub", "--help"], check=False, capture_output=True, text=True, cwd=tmp_path
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert "Usage: tierline hub" in said.stdout
