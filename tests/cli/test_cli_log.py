"""Logging by command: what the policy asks for is asked for, or named in a refusal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Terminal

CLIENT = ("--client", "Pellow & Voss Legal")


def test_each_thing_that_is_missing_is_named_with_its_option(cli: Terminal) -> None:
    assert cli.refused("log") == (
        "The client is missing.",
        "Choose whose ticket this is. (--client)",
    )
    assert "(the words after log)" in cli.refused("log", *CLIENT)[1]
    assert "(--impact and --urgency, or --priority)" in cli.refused("log", "Printer", *CLIENT)[1]
    given = ("log", "Printer", *CLIENT, "--priority", "3")
    assert cli.refused(*given) == (
        "Caller is missing.",
        "Ask for it; the policy needs it. (--contact)",
    )
    why, todo = cli.refused("log", "New starter", *CLIENT, "--contact", "E", "--priority", "3",
                            "--type", "onboarding")  # fmt: skip
    assert why == "Start date is missing."
    assert '(--detail start_date="…")' in todo
    assert cli.done("tickets", "--view", "everything", json=True).data["total"] == 0


def test_a_ticket_is_logged_under_the_policy_that_is_named(cli: Terminal) -> None:
    number = cli.log("Phone is dead", "--policy", "three-line", "--take", "--timer")
    ticket = cli.done("show", number, json=True).data
    assert ticket["policy"].startswith("three-line")
    assert ticket["assignee"] == "mira"
    assert "One of: playbook" in cli.refused("log", "x", *CLIENT, "--policy", "palybook")[1]


def test_the_critical_log_needs_two_fields(cli: Terminal) -> None:
    words = ("log", "--sev1", *CLIENT, "--contact", "Elspeth Marlow")
    ticket = cli.done(*words, json=True).data["ticket"]
    assert (ticket["priority"], ticket["assignee"]) == (1, "mira")
    assert ticket["subject"] == "SEV 1: Pellow & Voss Legal"
    assert ticket["missing"]


def test_a_wrong_line_channel_or_person_is_refused(cli: Terminal) -> None:
    given = ("log", "x", *CLIENT, "--contact", "E", "--priority", "3")
    assert "is not a channel" in cli.refused(*given, "--channel", "pigeon")[0]
    assert "is not a type" in cli.refused(*given, "--type", "wish")[0]
    assert "Nobody here is called" in cli.refused(*given, "--assignee", "tobais")[0]
    assert "tobias (Tobias Lund)" in cli.refused(*given, "--assignee", "tobais")[1]


def test_on_a_terminal_what_is_missing_is_asked_for(cli: Terminal, home: Path) -> None:
    answered = _on_a_terminal(cli, "log", "--impact", "3", "--urgency", "3", *CLIENT, types=(
        "Printer prints blank", "Elspeth Marlow"))  # fmt: skip
    assert "Subject" in answered
    assert "Caller" in answered
    assert "Logged CS0000001." in answered
    assert cli.done("tickets", json=True).data["tickets"][0]["subject"] == "Printer prints blank"


def test_a_scripts_json_is_never_a_question(cli: Terminal, home: Path) -> None:
    answered = _on_a_terminal(cli, "log", "--json", *CLIENT, types=())
    assert '"field": "subject"' in answered


def _on_a_terminal(cli: Terminal, *words: str, types: tuple[str, ...]) -> str:
    """What a person sees who runs a command in a terminal of their own and types these lines."""
    ours, theirs = pty.openpty()
    shared = ["--data", str(cli.folder), "--now", cli.now, "--me", "mira"]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "desktop")}
    os.write(ours, "".join(f"{line}\n" for line in types).encode())
    child = subprocess.Popen(
        [sys.executable, "-m", "tierline", *words, *shared],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environ, close_fds=True,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # Linux says so when the last one on the other side is gone
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    child.wait(30)
    return seen.decode()
