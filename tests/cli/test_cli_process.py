"""The program as a process: exit codes, streams, what it loads, and how it breaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

DESKTOP = Path(__file__).parents[2] / "desktop"
NOTHING_HEAVY = """
import sys
sys.argv = ["tierline", *sys.argv[1:]]
from tierline.cli import main
try:
    main()
finally:
    heavy = {"PySide6", "holidays", "openpyxl", "rich", "matplotlib"}
    print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def _environ(**more: str) -> dict[str, str]:
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return (
        {k: v for k, v in os.environ.items() if k not in gone} | {"PYTHONPATH": str(DESKTOP)} | more
    )


def _run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tierline", *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=_environ(**environ)
    )


@pytest.fixture
def data(cli: Terminal) -> tuple[str, str]:
    return ("--data", str(cli.folder))


def test_a_process_does_refuses_and_misuses(data: tuple[str, str]) -> None:
    made = _run(
        "log", "Blank pages", "--client", "Marrowby Foods", "--contact", "Ada", "--priority", "3",
        *data, "--json",
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
    number = json.loads(made.stdout)["ticket"]["number"]
    assert number in _run("tickets", *data).stdout
    refused = _run("close", number, *data)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert len(refused.stderr.splitlines()) == 2
    assert _run("close", *data).returncode == 2


def test_shared_options_may_stand_on_either_side(data: tuple[str, str]) -> None:
    for words in ((*data, "--json", "tickets"), ("tickets", *data, "--json")):
        assert json.loads(_run(*words).stdout) == {"total": 0, "tickets": []}


def test_a_first_start_on_an_empty_machine(home: Path) -> None:
    answer = _run("tickets")
    assert (answer.returncode, answer.stdout) == (0, "No tickets.\n")
    assert str(home / "desk") in answer.stderr
    assert _run("tickets").stderr == ""


def test_damaged_settings_are_told_once(home: Path) -> None:
    (home / "settings").mkdir(parents=True)
    (home / "settings" / "settings.json").write_text("{half", encoding="utf-8")
    assert "settings.damaged.json" in _run("tickets").stderr
    assert _run("tickets").stderr == ""


@pytest.mark.parametrize("words", [("tickets",), ("show", "1"), ("views",), ("policy", "list")])
def test_a_command_loads_neither_qt_nor_what_is_slow(
    data: tuple[str, str], words: tuple[str, ...]
) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", NOTHING_HEAVY, *words, *data],
        capture_output=True, text=True, timeout=60, check=False, env=_environ(),
    )  # fmt: skip
    assert answer.stderr.splitlines()[-1] == "[]"


def test_a_pipe_that_closes_is_quiet(cli: Terminal, data: tuple[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "tierline", "policy", "show", "playbook", *data]
    child = subprocess.Popen(command, stdout=writer, stderr=subprocess.PIPE, env=_environ())
    os.close(writer)
    _, said = child.communicate(timeout=60)
    assert (child.returncode, said) == (0, b"")


def test_the_console_without_a_display_says_what_works(data: tuple[str, str]) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux can be without a display")
    answer = _run(*data)
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[0] == "There is no display to open the console on."


def test_a_display_that_does_not_answer_is_no_abort(data: tuple[str, str]) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("elsewhere a display always answers")
    answer = _run(*data, DISPLAY=":98765")
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[0].startswith("The display :98765 does not answer")


def test_a_terminal_without_unicode_bears_every_text(cli: Terminal, data: tuple[str, str]) -> None:
    number = cli.log("Screen 👩‍💻")
    answer = _run("show", number, *data, PYTHONIOENCODING="cp1252")
    assert answer.returncode == 0
    assert "Screen \\U0001f469" in answer.stdout


def test_a_desk_that_cannot_be_opened_is_three_sentences(tmp_path: Path, home: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"not a desk at all, but long enough to look at" * 9)
    answer = _run("tickets", "--data", str(tmp_path))
    assert answer.returncode == 1
    assert "is not a Tierline desk." in answer.stderr.splitlines()[0]
    assert "--data" in answer.stderr.splitlines()[1]
    refused = json.loads(_run("tickets", "--data", str(tmp_path), "--json").stdout)["refused"]
    assert set(refused) == {"what", "todo", "safe", "field"}


def test_a_now_that_is_none_is_wrong_usage(data: tuple[str, str]) -> None:
    for when in ("yesterday-ish", "2026-13-01", "0001-01-01T00:00Z", "9999-12-31"):
        answer = _run("tickets", *data, "--now", when)
        assert answer.returncode == 2, when
        assert "--now" in answer.stderr


def test_the_version_is_said() -> None:
    assert _run("--version").stdout.startswith("tierline ")


def test_help_has_examples_for_every_command() -> None:
    listed = _run("--help").stdout
    names = [line.split()[0] for line in listed.partition("Commands:\n")[2].splitlines() if line]
    names = names[: names.index("policy") + 1]
    wanted = (
        "demo import export tickets show why log note message take assign wait escalate resolve "
        "reopen close policy doctor"
    )
    assert set(wanted.split()) <= set(names)
    assert "..." not in listed.partition("Commands:\n")[2]
    for name in ("log", "escalate", "wait", "demo", "import"):
        assert f"Examples:\n    tierline {name}" in _run(name, "--help").stdout
