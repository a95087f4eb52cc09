"""Policies by command: list, show, and every problem of a broken file at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.fakes.books import FOLDER

PLAYBOOK = (FOLDER / "playbook.toml").read_text(encoding="utf-8")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    text = PLAYBOOK.replace('name = "playbook"', 'name = "mine"')
    text = text.replace('phase = "new"', 'phase = "nwe"').replace(
        'zone = "Australia', 'zone = "Oz', 1
    )
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_policies_are_listed(cli: Terminal) -> None:
    names = [each["name"] for each in cli.done("policy", "list", json=True).data]
    assert names == ["playbook", "service-definition", "three-line", "tiered"]
    assert cli.done("policy", "list").out.splitlines()[1].endswith("*")


def test_listing_makes_no_desk(cli: Terminal, tmp_path: Path) -> None:
    cli.folder = tmp_path / "not-there"
    cli.done("policy", "list")
    assert not cli.folder.exists()


def test_a_policy_is_shown_with_its_promises(cli: Terminal) -> None:
    text = cli.done("policy", "show", "playbook").out
    assert "playbook v5" in text
    assert "15 minutes" in text
    assert "Needs someone on site" in text
    assert cli.done("policy", "show", "playbook", json=True).data["zone"] == "Australia/Melbourne"
    assert cli.refused("policy", "show", "palybook")[1].startswith("One of: playbook")
    assert cli("policy", "show").code == 2


def test_a_sound_file_is_said_to_be_sound(cli: Terminal) -> None:
    answer = cli.done("policy", "check", str(FOLDER / "tiered.toml"))
    assert answer.out.startswith("tiered.toml is sound: tiered v3")


def test_all_problems_are_told_at_once(cli: Terminal, broken: Path) -> None:
    answer = cli("policy", "check", str(broken))
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert len(lines) >= 1
    assert all(line.startswith("mine.toml · ") and line.count(" · ") >= 3 for line in lines)
    assert any("nwe" in line for line in lines)
    problems = cli("policy", "check", str(broken), json=True).data["problems"]
    assert {"file", "key", "value", "right"} == set(problems[0])
    assert len(problems) == len(lines)


def test_a_file_that_is_no_text_or_not_there_is_refused(cli: Terminal, tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00PNG")
    assert "is not text in UTF-8" in cli.refused("policy", "check", str(binary))[0]
    assert "cannot be read" in cli.refused("policy", "check", str(tmp_path / "gone.toml"))[0]


def test_a_desks_own_policy_is_used_and_a_broken_one_names_itself(
    cli: Terminal, broken: Path
) -> None:
    own = cli.folder / "policies"
    own.mkdir()
    (own / "mine.toml").write_text(PLAYBOOK.replace('name = "playbook"', 'name = "mine"'), "utf-8")
    assert cli.log("x", "--policy", "mine")
    (own / "mine.toml").write_bytes(broken.read_bytes())
    answer = cli("tickets")
    assert answer.code == 1
    assert "mine.toml" in answer.err
    assert "nwe" in answer.err
    assert "Correct the file" in answer.err
