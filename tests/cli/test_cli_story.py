"""A ticket's whole life by commands, and its clocks adding up all the way."""

from __future__ import annotations

from typing import Any

from tests.cli.conftest import Terminal


def _adds_up(explained: dict[str, Any]) -> None:
    """Target less what was used is what is left, to the second."""
    rows = explained["sum"]
    target = next(row["seconds"] for row in rows if row["kind"] == "target")
    used = sum(row["seconds"] for row in rows if row["kind"] == "used")
    left = next(row["seconds"] for row in rows if row["kind"] == "left")
    assert target - used == left == explained["left"]
    assert explained["worked"] == used


def test_a_ticket_lives_and_its_clocks_add_up(cli: Terminal) -> None:
    cli.now = "2026-11-05 09:00"
    number = cli.log()
    cli.now = "2026-11-05 09:20"
    cli.done("take", number)
    cli.done("note", number, "Driver is from 2019")
    cli.now = "2026-11-05 10:00"
    cli.done("wait", number, "client", "--reason", "Needs the serial number", "--until", "16:00")
    paused = cli.done("why", number, "--clock", "fix", json=True).data
    _adds_up(paused)
    assert (paused["state"], paused["worked"]) == ("paused", 3600)
    cli.now = "2026-11-05 12:00"
    assert cli.done("why", number, "--clock", "fix", json=True).data["left"] == paused["left"]

    cli.done("message", number, "It is 4411", "--received", "--channel", "mail")
    assert "already" in cli("status", number, "in-progress").err  # the reply ended the wait
    cli.now = "2026-11-05 13:00"
    words = ("--to", "2", "--reason", "skill", "--handover", "Swap the driver", "--message", "Soon")
    cli.done("escalate", number, *words)
    running = cli.done("why", number, "--clock", "fix", json=True).data
    _adds_up(running)
    assert (running["state"], running["worked"], running["paused"]) == ("running", 7200, 7200)

    cli.me, cli.now = "priya", "2026-11-05 14:00"
    cli.done("take", number)
    cli.done("resolve", number, "New driver", "--message", "Please try again")
    met = cli.done("why", number, "--clock", "fix", json=True).data
    _adds_up(met)
    assert (met["state"], met["worked"]) == ("met", 3 * 3600)

    cli.now = "2026-11-05 15:00"
    cli.done("reopen", number, "Blank again")
    armed = cli.done("why", number, "--clock", "fix", json=True).data
    _adds_up(armed)
    assert armed["state"] == "running"
    assert cli.done("show", number, json=True).data["reopens"] == 1

    cli.now = "2026-11-05 15:30"
    cli.done("resolve", number, "Right driver this time")
    assert "still lacks" not in cli("close", number, "--confirmed-by", "Elspeth Marlow").err
    closed = cli.done("show", number, json=True).data
    assert (closed["ended"], closed["status"]) == ("closed", "closed")
    _adds_up(cli.done("why", number, "--clock", "fix", json=True).data)
    assert "cannot be taken" in cli.refused("take", number)[0]


def test_why_as_text_has_every_figure(cli: Terminal) -> None:
    cli.now = "2026-11-05 09:00"
    number = cli.log()
    cli.now = "2026-11-05 10:00"
    text = cli.done("why", number).out
    assert "Why is the response due" in text
    assert "How it adds up" in text
    assert "Policy" in text
    assert "Its clocks:" in cli.refused("why", number, "--clock", "wrist")[1]


def test_an_instant_before_is_answered_as_of_then(cli: Terminal) -> None:
    cli.now = "2026-11-05 09:00"
    number = cli.log()
    cli.now = "2026-11-05 11:00"
    cli.done("take", number)
    cli.now = "2026-11-05 10:00"
    assert cli.done("show", number, json=True).data["assignee"] == ""
    cli.now = "2026-11-05 08:00"
    assert "was not logged by then" in cli.refused("show", number)[0]
