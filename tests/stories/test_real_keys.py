"""The program as a process of its own, in an empty home, worked by keys of the X server alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Terminal
from tests.stories.screen import has_screen, screen

DESKTOP = Path(__file__).parents[2] / "desktop"
PATIENCE = 120.0
_PARTS = has_screen() and shutil.which("xdotool") and shutil.which("openbox")
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(not _PARTS, reason="needs Xvfb, openbox and xdotool"),
]


class Person:
    """Somebody at that screen, who has a keyboard and sees which windows there are."""

    def __init__(self, display: str) -> None:
        self._environ = os.environ | {"DISPLAY": display}

    def sees(self, window: str) -> None:
        """Waits for a window of that name, and turns to it."""
        self._xdotool(
            "search", "--sync", "--onlyvisible", "--name", window, "windowactivate", "--sync"
        )

    def presses(self, *keys: str) -> None:
        self._xdotool("key", "--clearmodifiers", *keys)

    def types(self, text: str) -> None:
        self._xdotool("type", text)

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environ, check=True, timeout=PATIENCE)


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    """In front of a program that starts for the first time."""
    home = tmp_path / "home"
    home.mkdir()
    with screen(tmp_path) as display:
        environ = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(DESKTOP),
        }
        command = [sys.executable, "-m", "tierline", "--data", str(tmp_path / "desk")]
        program = subprocess.Popen(command, env=environ)
        yield Person(display)
        program.terminate()
        assert program.wait(PATIENCE) == 0


def test_the_first_ticket_of_a_program_just_installed(person: Person, tmp_path: Path) -> None:
    person.sees("Welcome to Tierline")
    person.presses("4", "Return")
    person.sees("^Tierline$")
    person.presses("ctrl+n")
    person.types("Marrowby Foods")
    person.presses("Return")
    person.types("Asa Lind")
    person.presses("Return", "Return")
    person.types("Label printer prints blank")
    person.presses("Return", "Down", "Return", "ctrl+shift+Return")
    until(lambda: asked(tmp_path, "tickets")["total"] == 1)
    shown = asked(tmp_path, "show", "1")
    assert shown["subject"] == "Label printer prints blank"
    assert (shown["client"], shown["contact"]) == ("Marrowby Foods", "Asa Lind")
    assert (shown["priority"], shown["status"]) == (3, "in-progress")


def asked(folder: Path, *words: str) -> Any:
    """What a command in a terminal beside it answers, as of now."""
    now = datetime.now(UTC).isoformat()
    return Terminal(folder / "desk", now).done(*words, json=True).data


def until(so: Callable[[], bool]) -> None:
    """Waits for what another program does."""
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
