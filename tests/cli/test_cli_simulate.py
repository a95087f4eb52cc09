"""`policy simulate` by command: figures, the tickets that change, warnings, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.books import FOLDER
from tests.fakes.desks import START

SERVICE, PLAYBOOK = str(FOLDER / "service-definition.toml"), str(FOLDER / "playbook.toml")


@pytest.fixture
def late(cli: Terminal) -> str:
    """A P2 that nobody allocated or answered for three hours."""
    number = cli.log("Nobody sees this", "--channel", "portal", "--priority", "2")
    cli.now = (START + timedelta(hours=3)).isoformat()
    return number


def test_figures_changes_and_what_was_compared_are_said(cli: Terminal, late: str) -> None:
    said = cli.done("policy", "simulate", SERVICE).out
    first, *rest = said.splitlines()
    assert first == "1 ticket of playbook v5 (1), replayed under service-definition v1"
    assert any("people" in line.lower() and "rules" in line for line in rest)
    heads = [line.split()[0] for line in rest if line.split()[-1:] == ["Change"]]
    assert heads == ["All", "Priority", "Month", "Line", "Clock"]
    assert "1 ticket changes its verdict: 0 would breach that do not, 1 would not" in said
    assert late in rest[-1]


def test_json_has_everything(cli: Terminal, late: str) -> None:
    data = cli.done("policy", "simulate", SERVICE, json=True).data
    assert (data["tickets"], data["before"], data["after"]) == (1, 1, 0)
    (change,) = data["changes"]
    assert change["number"] == late
    assert change["before"][0]["clock"] == "response"
    assert {"clocks", "explained", "lines", "months", "priorities", "warnings"} <= set(data)
    assert (data["better"], data["worse"]) == (1, 0)


def test_the_list_is_as_long_as_asked(cli: Terminal, late: str) -> None:
    cli.log("Another", "--priority", "2")
    cli.now = (START + timedelta(hours=6)).isoformat()
    answer = cli.done("policy", "simulate", SERVICE, "--limit", "1")
    assert answer.out.count("CS000000") == 1
    assert answer.err.startswith("1 more: --limit 0 lists all")
    assert cli.done("policy", "simulate", SERVICE, "--limit", "0").out.count("CS000000") == 2


def test_the_same_policy_changes_nothing(cli: Terminal, late: str) -> None:
    said = cli.done("policy", "simulate", PLAYBOOK).out
    assert said.endswith("No ticket changes its verdict.\n")


def test_it_answers_as_of_an_instant(cli: Terminal, late: str) -> None:
    cli.done("message", late, "On it.")
    then = cli.done("policy", "simulate", PLAYBOOK, "--now", START.isoformat(), json=True).data
    assert (then["before"], then["after"]) == (0, 0)


def test_what_cannot_be_compared_is_refused(cli: Terminal, late: str, tmp_path: Path) -> None:
    simulate = ("policy", "simulate")
    assert "cannot be read" in cli.refused(*simulate, str(tmp_path / "gone.toml"))[0]
    broken = tmp_path / "broken.toml"
    broken.write_text('name = "broken"', encoding="utf-8")
    answer = cli(*simulate, str(broken))
    assert answer.code == 1
    assert "broken.toml" in answer.err
    assert cli.refused(*simulate, SERVICE, "--policy-of", "tirred")[1].startswith(
        "One of: playbook"
    )
    assert "under tiered" in cli.refused(*simulate, SERVICE, "--policy-of", "tiered")[0]
    assert cli.refused(*simulate, SERVICE, "--filter", "is:nonsense")
    assert cli(*simulate).code == 2
    assert cli(*simulate, SERVICE, "--limit", "-1").code == 2


def test_no_desk_is_made_for_it(cli: Terminal, tmp_path: Path) -> None:
    cli.folder = tmp_path / "not-there"
    assert "There is no desk" in cli.refused("policy", "simulate", SERVICE)[0]
    assert not cli.folder.exists()
