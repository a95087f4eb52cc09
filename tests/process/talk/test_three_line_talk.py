"""C · three-line: who may receive, through whom a project is entered, no escalation untold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.process.talk.conftest import Desk

HANDOVER = ("--handover", "Board is silent")


@pytest.fixture
def desk3(desk: Callable[[str], Desk]) -> Desk:
    return desk("three-line")


@pytest.fixture
def third(desk3: Desk) -> str:
    """A ticket that has come to third line the regular way."""
    number = desk3.log()
    for to in ("2", "3"):
        desk3.do("escalate", number, "--to", to, "--reason", "no-fix", *HANDOVER, "--template")
    return number


def test_C9_third_line_gets_nothing_from_intake_and_the_way_is_named(desk3: Desk) -> None:
    words = ("log", "Core switch", "--client", "Fenn & Hollis", "--contact", "Ada Prior")
    why = desk3.refused(*words, "--priority", "2", "--line", "3")
    assert why.startswith("3rd line takes no new tickets.")
    assert "direct" in why


def test_C9_nor_from_first_line(desk3: Desk) -> None:
    number = desk3.log()
    why = desk3.refused("escalate", number, "--to", "3", "--reason", "no-fix", *HANDOVER)
    assert why.startswith("3rd line takes no tickets from 1st line.")
    assert "2nd line" in why


def test_C9_who_is_asked_directly_logs_it_and_it_is_recorded_as_such(desk3: Desk) -> None:
    number = desk3.log("Core switch", "--line", "3", "--channel", "direct")
    shown = desk3.show(number)
    assert (shown["tier"], shown["channel"]) == (3, "direct")
    assert "logged it by direct contact" in desk3.verbs(number)


def test_C9_from_second_line_it_comes(desk3: Desk, third: str) -> None:
    assert desk3.show(third)["tier"] == 3


@pytest.mark.parametrize("status", ["project", "testing"])
def test_C10_no_status_is_set_past_the_project_manager(
    desk3: Desk, third: str, status: str
) -> None:
    why = desk3.refused("status", third, status)
    assert "through the project manager only" in why
    assert "gate" in why
    no = desk3.refused("gate", third, status, "--yes", "Noor Haddad")
    assert no.startswith("The project manager has not been asked.")


def test_C10_the_project_manager_may_consult_and_every_step_is_recorded(
    desk3: Desk, third: str
) -> None:
    desk3.do("gate", third, "project", "--ask", "Needs a migration")
    desk3.do("gate", third, "project", "--ask", "Is there a budget?", "--role", "senior-management")
    assert desk3.show(third)["gates"] == {"project": ["project-manager", "senior-management"]}
    yes = desk3.do("gate", third, "project", "--yes", "Noor Haddad", "--why", "From Monday")
    assert yes["ticket"]["status"] == "project"
    verbs = desk3.verbs(third)
    assert "asked the project manager about project" in verbs
    assert "asked the senior management about project" in verbs
    assert "Noor Haddad, project manager, said yes to project" in verbs


def test_C10_a_no_is_recorded_with_its_reason_and_changes_nothing(desk3: Desk, third: str) -> None:
    status = desk3.show(third)["status"]
    desk3.do("gate", third, "testing", "--ask", "Needs a lab")
    assert "Say why not." in desk3.refused("gate", third, "testing", "--no", "Noor Haddad")
    desk3.do("gate", third, "testing", "--no", "Noor Haddad", "--why", "No lab this month")
    shown = desk3.show(third)
    assert (shown["status"], shown["gates"]) == (status, {})
    assert "No lab this month" in [entry["text"] for entry in shown["timeline"]]


def test_C10_a_gate_opens_from_third_line_only_and_not_to_anyone_else(
    desk3: Desk, third: str
) -> None:
    why = desk3.refused("gate", desk3.log(), "project", "--ask", "Big")
    assert "is on 1st line" in why
    why = desk3.refused("gate", third, "project", "--ask", "Big", "--role", "helpdesk-manager")
    assert "is not asked for this" in why
    assert desk3.run("gate", third, "project").code == 2


def test_C11_no_escalation_is_complete_until_the_message_is_written(desk3: Desk) -> None:
    number = desk3.log()
    up = ("escalate", number, "--to", "2", "--reason", "remote", *HANDOVER)
    assert desk3.refused(*up).startswith("The message to the contact is empty.")
    assert desk3.refused(*up, "--message", "   ").startswith("The message to the contact is empty.")
    assert desk3.show(number)["tier"] == 1
    desk3.do(*up, "--message", "Hello Ada, we come to you this afternoon.")
    assert desk3.show(number)["tier"] == 2
    (letter,) = desk3.do("outbox", number)
    assert (letter["text"], letter["address"]) == (
        "Hello Ada, we come to you this afternoon.",
        "ada@fenn.example",
    )


def test_C11_a_template_is_offered_in_the_contacts_name(desk3: Desk) -> None:
    number = desk3.log()
    up = ("escalate", number, "--to", "2", "--reason", "remote", *HANDOVER)
    desk3.do(*up, "--assignee", "priya", "--template")
    assert desk3.said(number)[-1] == (
        f"Hello Ada, {number} now goes to our 2nd line. Priya Rao takes it on from here."
    )


def test_C11_any_message_may_be_had_in_the_policys_words(desk3: Desk) -> None:
    number = desk3.log()
    desk3.do("message", number, "--template", "resolved", "--channel", "phone")
    assert desk3.said(number)[-1] == f"Hello Ada, {number} is resolved."
    why = desk3.refused("message", number, "--template", "handover")
    assert why.endswith("1 logged: Logged; 2 escalated: Escalated; 3 resolved: Resolved.\n")


def test_C11_an_escalation_by_a_rule_is_told_too(desk3: Desk) -> None:
    number = desk3.log()
    desk3.at("2026-11-09 12:00")  # beyond twelve desk hours
    desk3.do("agent", "--once")
    assert desk3.show(number)["tier"] == 2
    (letter,) = desk3.do("outbox", number)
    assert letter["rule"].startswith("first-line-stop, three-line")
    assert "now goes to our 2nd line" in letter["text"]


def test_C11_what_is_to_send_is_marked_by_hand_or_failed_with_why(desk3: Desk) -> None:
    number = desk3.log()
    desk3.do("message", number, "On our way.")
    assert "Why it failed" in desk3.refused("deliver", number, "--state", "failed")
    desk3.do("deliver", number, "--state", "failed", "--why", "Mailbox is full")
    (letter,) = desk3.do("outbox")
    assert (letter["state"], letter["why"]) == ("failed", "Mailbox is full")
    desk3.do("deliver", number)
    assert desk3.do("outbox") == []
    sent = [e for e in desk3.show(number)["timeline"] if e["text"] == "On our way."]
    assert [each["delivery"] for each in sent] == ["sent by hand"]
    assert desk3.refused("deliver", number).startswith(f"{number} has no message to send.")
