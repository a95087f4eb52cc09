"""The rules and the acts of the process by command: what they say, change and refuse."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal

DESKTOP = Path(__file__).parents[2] / "desktop"
UP = ("--channel", "phone", "--reach", "5550 0142", "--description", "Error 0x61")


@pytest.fixture
def case(cli: Terminal) -> str:
    """A ticket of the desk of three lines, logged Wednesday 11:20 in Sydney."""
    cli.now = "2026-11-04 11:20"
    return cli.log("VPN drops", "--policy", "three-line")


def shown(cli: Terminal, number: str) -> dict[str, object]:
    return dict(cli.done("show", number, json=True).data)


def test_agent_once_acts_as_of_an_instant_and_names_the_rule(cli: Terminal, case: str) -> None:
    cli.now = "2026-11-05 11:19"
    assert cli.done("agent", "--once").out == "Nothing is due.\n"
    cli.now = "2026-11-05 14:20"
    said = cli.done("agent", "--once").out
    assert said.startswith("1 escalated, 1 asked by the rules.")
    assert f"{case}  escalate  (first-line-stop, three-line v2)" in said
    assert cli.done("agent", "--once", json=True).data["acts"] == []
    told = shown(cli, case)
    assert told["tier"] == 2
    text = cli.done("show", case).out
    assert "escalated it to 2nd line (rule first-line-stop, three-line v2)" in text
    assert "to send" in text


def test_agent_with_an_instant_ends_by_itself(cli: Terminal, case: str) -> None:
    cli.now = "2026-11-05 11:20"
    answer = cli.done("agent", json=True).data
    assert answer["counts"] == {"prompt": 1}
    assert answer["acts"][0]["due"] == "2026-11-05T00:20:00+00:00"


def test_agent_says_when_the_clock_of_the_machine_is_wrong(cli: Terminal, case: str) -> None:
    cli.now = "2026-11-05 11:00"
    cli.done("note", case, "Looking")
    cli.now = "2025-11-05 11:00"
    assert cli.done("agent", "--once").out == "Nothing is due.\n"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_agent_runs_until_it_is_stopped_and_ends_well(cli: Terminal, how: signal.Signals) -> None:
    command = [
        sys.executable,
        "-m",
        "tierline",
        "--data",
        str(cli.folder),
        "agent",
        "--every",
        "60",
    ]
    gone = ("QT_QPA_PLATFORM", "DISPLAY")
    environ = {k: v for k, v in os.environ.items() if k not in gone} | {"PYTHONPATH": str(DESKTOP)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environ) as agent:
        assert agent.stderr is not None
        assert "Ctrl-C ends it" in agent.stderr.readline()
        agent.send_signal(how)
        assert agent.wait(timeout=60) == 0


def test_stay_answers_the_prompt_with_a_reason(cli: Terminal, case: str) -> None:
    cli.done("timer", case, "start")
    cli.now = "2026-11-04 11:35"
    cli.done("agent", "--once")
    assert shown(cli, case)["prompts"] == [
        {
            "rule": "work-limit",
            "at": "2026-11-04T00:35:00+00:00",
            "text": "Line limit: 15 minutes of work used on 1st line",
        }
    ]
    assert "reason" in cli.refused("stay", case)[0]
    cli.done("stay", case, "A known fix that takes longer")
    assert shown(cli, case)["prompts"] == []
    assert "not overruled" in cli.refused("stay", case, "x", "--rule", "first-line-stop")[0]


def test_the_timer_tells_work_from_absence(cli: Terminal, case: str) -> None:
    cli.done("timer", case, "start")
    cli.now = "2026-11-04 12:00"
    cli.done("timer", case, "keep", "--away", "20m")
    cli.now = "2026-11-04 12:10"
    cli.done("timer", case, "stop", "--worked", "5m", "Then a call came in")
    assert shown(cli, case)["work_seconds"] == {"1": 25 * 60}
    assert "More than" not in cli.done("correct", case, "--less", "5m", "Was on the phone").out
    assert shown(cli, case)["work_seconds"] == {"1": 20 * 60}
    why, todo = cli.refused("correct", case, "--less", "2h", "All of it")
    assert "more" in why.lower()
    assert "1200 seconds" in todo
    assert "Write --more like 15m" in cli.refused("correct", case, "--more", "soon", "x")[1]


def test_gates_are_asked_and_answered(cli: Terminal) -> None:
    cli.now = "2026-11-04 11:20"
    words = ("--policy", "three-line", "--channel", "direct", "--line", "3")
    number = cli.log("Move the file server", *words)
    assert "through the project manager" in cli.refused("status", number, "project")[0]
    assert cli("gate", number, "project").code == 2
    assert "has not been asked" in cli.refused("gate", number, "project", "--yes", "Mia")[0]
    cli.done("gate", number, "project", "--ask", "Needs a migration")
    cli.done("gate", number, "project", "--ask", "Budget?", "--role", "senior-management")
    cli.done("gate", number, "project", "--no", "Mia", "--why", "Not this year")
    cli.done("gate", number, "project", "--ask", "And in January?")
    cli.done("gate", number, "project", "--yes", "Mia")
    assert shown(cli, number)["status"] == "project"


def test_complaint_dispute_alert_consent_delivery_and_tasks(cli: Terminal) -> None:
    cli.now = "2026-11-04 11:20"
    case = cli.log("Mailbox full", "--policy", "service-definition", *UP, "--detail", "computer=M1")
    assert (
        "no escalation by the contact"
        not in cli.done("complain", case, "Called twice", "--reason", "no response").out
    )
    told = shown(cli, case)
    assert told["tasks"][0]["key"] == f"E/{case}-E1"  # type: ignore[index]
    assert "Choose one: 1 Wrong severity" in cli.refused("complain", case, "--reason", "slow")[1]
    cli.done("task", case, f"E/{case}-E1", "Called them back")
    cli.done("alert", case, "They lose orders", "--role", "lead")
    cli.done("task", case)
    assert shown(cli, case)["tasks"] == []
    cli.done("consent", case)
    assert "does not let a contact dispute" in cli.refused("dispute", case, "No")[0]
    cli.done("message", case, "We are on it", "--channel", "mail")
    cli.done("deliver", case, "--state", "failed", "--why", "Address unknown")
    assert shown(cli, case)["flags"][0]["kind"] == "message failed"  # type: ignore[index]
    cli.done("deliver", case)
    assert "no message to send" in cli.refused("deliver", case)[0]


def test_a_workaround_leaves_the_ticket_open(cli: Terminal, case: str) -> None:
    cli.done("workaround", case, "Use the other line", "--message", "Please use line 2")
    assert shown(cli, case)["ended"] == ""
    assert "workaround is empty" in cli.refused("workaround", case)[0]


def test_a_new_case_carries_the_old_number(cli: Terminal, case: str) -> None:
    cli.done("resolve", case, "Cleared")
    cli.done("close", case)
    new = cli.log("VPN drops again", "--carries", case)
    assert shown(cli, new)["details"]["old_number"] == case  # type: ignore[index]
    assert "no ticket" in cli.refused("log", "x", "--carries", "99")[0]
