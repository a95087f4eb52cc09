"""What the start of the console does not load: the first picture waits for nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tierline.cli.program import loaded

_LATE = ("tierline.cli.acts", "tierline.cli.hubs", "psycopg", "tierline.desk.importing")
_ASK = """
import sys
from tierline.cli.program import loaded
loaded(sys.argv[1:])
import tierline.app.console
print(" ".join(name for name in {names} if name in sys.modules))
"""


def late(*words: str) -> list[str]:
    """Which of the late parts a start with these words loads."""
    code = _ASK.format(names=_LATE)
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


@pytest.mark.parametrize(
    "words",
    [(), ("--data", "desk"), ("--me", "mira", "--now", "2026-11-05 10:00", "--data=acts")],
    ids=["bare", "a folder", "options"],
)
def test_the_console_starts_without_commands_hubs_and_imports(words: tuple[str, ...]) -> None:
    assert late(*words) == []


def test_a_command_loads_its_own_part_and_a_misspelt_one_all_of_them() -> None:
    assert "tierline.cli.acts" in late("take", "12376")
    assert "tierline.cli.acts" in late("takee")


def test_without_words_every_command_is_there() -> None:
    names = {each.name for each in loaded().registered_commands}
    assert {"take", "import", "doctor"} <= names
