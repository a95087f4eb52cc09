"""Alarms as commands: snoozed, acknowledged, counted; and a policy says whom it tells."""

from __future__ import annotations

from tests.cli.conftest import Terminal

LATER = "2026-11-05T00:31:08+00:00"  # 49 minutes on


def test_an_alarm_is_snoozed_and_acknowledged(cli: Terminal) -> None:
    number = cli.log("Mail", "--impact", "2", "--urgency", "2")
    cli.now = LATER
    said = cli.done("alarms", "snooze", number, "They", "call", "back", "--until", "5m")
    assert said.out.startswith(f"Snoozed {number}.")
    shown = cli.done("show", number).out
    assert "snoozed the alarm “Response” until Thu 5 Nov 11:36" in shown
    assert "They call back" in shown
    cli.done("alarms", "acknowledge", number, "--clock", "fix")
    assert "acknowledged the alarm “Fix”" in cli.done("show", number).out


def test_a_snooze_without_a_reason_or_a_time_is_refused(cli: Terminal) -> None:
    number = cli.log("Mail", "--impact", "2", "--urgency", "2")
    why, todo = cli.refused("alarms", "snooze", number)
    assert "The reason is empty." in why
    assert "your lead sees it" in todo
    why, todo = cli.refused("alarms", "snooze", number, "x", "--until", "whenever")
    assert todo


def test_the_noisiest_alarms_are_listed(cli: Terminal) -> None:
    assert "No clock reached" in cli.done("alarms", "noisy").out
    cli.log("Mail", "--impact", "2", "--urgency", "2")
    cli.now = LATER
    (found,) = cli.done("alarms", "noisy", json=True).data
    assert found == {
        "policy": "playbook",
        "clock": "Response",
        "threshold": "80 % used",
        "times": 1,
        "in_time": 0,
        "waiting": 1,
    }
    assert "Response, 80 % used" in cli.done("alarms", "noisy", "--days", "30").out


def test_a_policy_tells_whom_its_alarms_tell(cli: Terminal) -> None:
    shown = cli.done("policy", "show", "playbook").out
    assert "soon: 80 % used, tells the owner and the line" in shown
    assert "critical: 80 % used, tells the lead, of P1, a P1 off shift too" in shown
    assert "breach: on the breach, tells the owner and the line and the lead" in shown
