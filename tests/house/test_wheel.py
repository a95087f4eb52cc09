"""What a wheel must have is found by the check that whoever builds one runs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

TOP = Path(__file__).parents[2]
SQL = "tierline/sync/hubs/sql/push.sql"
NEEDED = (
    SQL,
    "tierline/__main__.py",
    "tierline/_resources/policies/playbook.toml",
    "tierline/_resources/fonts/Inter-Regular.ttf",
)


def _checked(wheel: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, TOP / "packaging" / "check_wheel.py", wheel],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wheel_without_the_hub_s_sql_or_a_resource_is_found_out(tmp_path: Path) -> None:
    empty = tmp_path / "empty.whl"
    zipfile.ZipFile(empty, "w").close()
    lacking = [line.strip() for line in _checked(empty).stderr.splitlines()[1:]]
    assert set(NEEDED) <= set(lacking)
    for left_out in ("", *NEEDED):
        wheel = tmp_path / "made.whl"
        with zipfile.ZipFile(wheel, "w") as made:
            for name in lacking:
                if name != left_out:
                    made.writestr(name, "")
        done = _checked(wheel)
        assert done.returncode == (1 if left_out else 0)
        assert done.stderr.splitlines()[1:] == ([f"  {left_out}"] if left_out else [])
