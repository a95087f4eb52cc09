"""What the keeper of a hub says at the terminal: backups, and what is safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.sync.hubs.places import File, act, greeted, outcomes


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A hub in a file with five lines."""
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    assert outcomes(hub, "c", *(act(n) for n in range(1, 6))) == ["taken"] * 5
    hub.close()
    return f"sqlite:///{place.path}"


def test_the_commands_back_up_and_say_what_is_safe(url: str, cli: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "kept.sqlite"
    told = cli.done("hub", "backup", url, str(target)).out
    assert told == f"Backed up to {target}.\nLines up to 5 are safe: 5 lines, proven.\n"
    told = cli.done("hub", "safe", url, f"sqlite:///{target}").out
    assert told.startswith(f"The backup sqlite:///{target} holds.\n")
    assert cli.done("hub", "safe", url, f"sqlite:///{target}", json=True).data["seq"] == 5
    why, todo = cli.refused("hub", "backup", url, str(target))
    assert why == f"There is something at {target} already."
    assert "Nothing was marked" in todo


def test_a_file_has_no_archive(url: str, cli: Terminal) -> None:
    why, todo = cli.refused("hub", "archive", url)
    assert why == "A hub in a file keeps all of its log in one place."
    assert "PostgreSQL" in todo
    assert cli("hub", "archive", url, "--days", "3").code == 2


def test_one_is_said_as_one(cli: Terminal, tmp_path: Path) -> None:
    place = File(tmp_path / "hub.sqlite")
    hub = greeted(place.session("dana"), "c")
    assert outcomes(hub, "c", act(1)) == ["taken"]
    hub.close()
    said = cli("hub", "verify", f"sqlite:///{place.path}").out
    assert said.startswith("Looked at 1 line, 1 ticket, 0 whole files in ")
