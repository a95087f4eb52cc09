"""Queues, counts and search as of an instant that is gone by."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Terminal


@pytest.fixture
def told(cli: Terminal) -> tuple[str, str]:
    """Two tickets: one logged at nine, waiting at ten, closed at noon; another at eleven."""
    cli.now = "2026-11-05 09:00"
    first = cli.log("Scanner is dead")
    cli.now = "2026-11-05 10:00"
    cli.done("take", first)
    cli.done("wait", first, "client", "--reason", "Serial number")
    cli.now = "2026-11-05 11:00"
    second = cli.log("Mail is slow")
    cli.now = "2026-11-05 12:00"
    cli.done("resolve", first, "Replaced its cable")
    cli.done("close", first, "--confirmed-by", "Elspeth Marlow")
    return first, second


def _open(cli: Terminal, now: str, *more: str) -> list[tuple[str, str]]:
    cli.now = now
    rows = cli.done("tickets", *more, json=True).data["tickets"]
    return sorted((row["number"], row["status"]) for row in rows)


def test_the_queue_is_as_it_stood(cli: Terminal, told: tuple[str, str]) -> None:
    first, second = told
    assert _open(cli, "2026-11-05 08:00") == []
    assert _open(cli, "2026-11-05 09:30") == [(first, "New")]
    assert _open(cli, "2026-11-05 10:30") == [(first, "Waiting")]
    assert _open(cli, "2026-11-05 11:30") == [(first, "Waiting"), (second, "New")]
    assert _open(cli, "2026-11-05 12:30") == [(second, "New")]
    assert _open(cli, "2026-11-05 10:30", "--filter", "status:waiting assignee:me") == [
        (first, "Waiting")
    ]


def test_clocks_and_counts_are_as_they_stood(cli: Terminal, told: tuple[str, str]) -> None:
    cli.now = "2026-11-05 10:30"
    (row,) = cli.done("tickets", json=True).data["tickets"]
    fix = next(clock for clock in row["clocks"] if clock["name"] == "fix")
    assert (fix["phase"], fix["left_seconds"]) == ("paused", 26 * 3600)
    counts = {each["view"]: each["total"] for each in cli.done("views", json=True).data}
    assert (counts["all"], counts["waiting"], counts["everything"]) == (1, 1, 1)


def test_search_finds_only_what_was_written_by_then(cli: Terminal, told: tuple[str, str]) -> None:
    cli.now = "2026-11-05 10:30"
    assert cli.done("search", "cable").out == "No tickets.\n"
    assert cli.done("search", "mail").out == "No tickets.\n"
    assert told[0] in cli.done("search", "serial").out + cli.done("search", "scanner").out
    cli.now = "2026-11-05 12:30"
    assert told[0] in cli.done("search", "cable").out


def test_looking_back_changes_nothing(cli: Terminal, told: tuple[str, str]) -> None:
    before = _open(cli, "2026-11-05 12:30", "--view", "everything")
    _open(cli, "2026-11-05 10:30")
    assert _open(cli, "2026-11-05 12:30", "--view", "everything") == before
    assert {number for number, _ in before} == set(told)
