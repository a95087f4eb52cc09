"""A mistake of ours: two lines, the log's place, exit 70, and no ticket text in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tierline.cli.call import Call, Options
from tierline.cli.registry import command, ending

SECRET = "what Elspeth wrote in confidence"


@pytest.fixture
def broken() -> typer.Typer:
    """A program whose commands have the mistakes."""
    group = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

    @command(group, "lookup", "lookup")
    def lookup(_: Call) -> None:
        """Look for what is not there."""
        raise KeyError(SECRET)

    @command(group, "typo", "typo")
    def typo(call: Call) -> None:
        """Use a name that is not there."""
        call.nothing_like_it  # type: ignore[attr-defined]  # noqa: B018  (the mistake)

    @command(group, "stop", "stop")
    def stop(_: Call) -> None:
        """Be interrupted."""
        raise KeyboardInterrupt

    return group


@pytest.mark.expects_logs
def test_a_mistake_is_two_lines_and_a_log(broken: typer.Typer, home: Path) -> None:
    answer = CliRunner().invoke(broken, ["lookup"])
    first, second = answer.stderr.splitlines()
    assert answer.exit_code == 70
    assert first == "Tierline made a mistake (KeyError); no ticket is lost."
    assert second == f"The details are in {home / 'logs' / 'tierline.log'}."
    written = (home / "logs" / "tierline.log").read_text()
    assert "test_cli_trouble.py" in written
    assert "KeyError" in written
    assert "Elspeth" not in written


@pytest.mark.expects_logs
def test_what_names_code_is_logged_in_full(broken: typer.Typer, home: Path) -> None:
    assert CliRunner().invoke(broken, ["typo"]).exit_code == 70
    assert "nothing_like_it" in (home / "logs" / "tierline.log").read_text()


@pytest.mark.expects_logs
def test_without_a_log_folder_the_details_are_shown(broken: typer.Typer, home: Path) -> None:
    home.mkdir()
    (home / "logs").write_text("in the way")
    answer = CliRunner().invoke(broken, ["lookup"])
    assert answer.exit_code == 70
    assert "details are above" in answer.stderr
    assert "test_cli_trouble.py" in answer.stderr
    assert "Elspeth" not in answer.stderr


def test_an_interruption_is_said_and_has_its_code(broken: typer.Typer, home: Path) -> None:
    answer = CliRunner().invoke(broken, ["stop"])
    assert answer.exit_code == 130
    assert answer.stderr.startswith("Stopped;")


def test_options_after_the_command_win(tmp_path: Path, home: Path) -> None:
    before = Options(data=tmp_path / "before", json=True, me="mira")
    after = Options(data=tmp_path / "after", now="10:00")
    assert after.over(before) == Options(tmp_path / "after", json=True, now="10:00", me="mira")
    with ending(after) as call:
        assert call.folder == tmp_path / "after"
