"""B · tiered: the contact is told, may dispute, is kept informed, and has the last word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.process.talk.conftest import CONTACT, Desk


@pytest.fixture
def tiered(desk: Callable[[str], Desk]) -> Desk:
    return desk("tiered")


def test_B3_the_caller_is_told_the_priority_when_it_is_judged_and_when_it_changes(
    tiered: Desk,
) -> None:
    number = tiered.log("VPN drops", "--impact", "3", "--urgency", "2", priority=0)
    tiered.do("prioritise", number, "--impact", "2", "--urgency", "1", "--reason", "All of sales")
    told = [each for each in tiered.do("outbox", number) if each["rule"]]
    assert [each["rule"] for each in told] == ["tell-priority, tiered v3"] * 2
    assert "priority P3" in told[0]["text"]
    assert "priority P2" in told[1]["text"]


def test_B3_a_dispute_opens_the_assessment_again_and_both_values_stay(tiered: Desk) -> None:
    number = tiered.log("VPN drops", priority=3)
    why = tiered.refused("prioritise", number, "--priority", "3")
    assert why.startswith(f"{number} is P3 already.")
    tiered.do("dispute", number, "It stops all of our despatch")
    assert tiered.show(number)["disputed_at"] is not None
    assert "needs a reason" in tiered.refused("prioritise", number, "--priority", "3")
    tiered.do("prioritise", number, "--priority", "2", "--reason", "Despatch stands still")
    said = [(e["verb"], e["text"]) for e in tiered.show(number)["timeline"]]
    assert ("P3 is disputed by the contact", "It stops all of our despatch") in said
    assert ("set the priority to P2", "Despatch stands still") in said
    assert tiered.show(number)["disputed_at"] is None


def test_B3_the_old_priority_may_be_confirmed_with_a_reason(tiered: Desk) -> None:
    number = tiered.log("VPN drops", priority=3)
    tiered.do("dispute", number, "I cannot wait")
    tiered.do("prioritise", number, "--priority", "3", "--reason", "One user, works at the office")
    shown = tiered.show(number)
    assert (shown["priority"], shown["disputed_at"]) == (3, None)


def test_B3_the_contact_is_told_what_came_of_each_dispute_even_of_one_that_changed_nothing(
    tiered: Desk,
) -> None:
    number = tiered.log("VPN drops", priority=3)
    told = len(tiered.do("outbox", number))
    for count in (1, 2):
        tiered.do("dispute", number, "I cannot wait")
        tiered.do("prioritise", number, "--priority", "3", "--reason", "One user")
        letters = tiered.do("outbox", number)[told:]
        assert [each["rule"] for each in letters] == ["tell-priority, tiered v3"] * count
        assert "priority P3" in letters[-1]["text"]
    tiered.do("dispute", number, "All of us now")
    tiered.do("prioritise", number, "--priority", "2", "--reason", "Four users")
    letters = tiered.do("outbox", number)[told:]
    assert ["priority P2" in each["text"] for each in letters] == [False, False, True]
    tiered.do("prioritise", number, "--priority", "2", "--impact", "1")
    assert tiered.do("outbox", number)[told:] == letters


def test_B3_where_the_policy_has_no_dispute_the_other_way_is_named(
    desk: Callable[[str], Desk],
) -> None:
    playbook = desk("playbook")
    why = playbook.refused("dispute", playbook.log(), "Too low")
    assert "does not let a contact dispute" in why
    assert "complaint" in why


def test_B5_an_update_is_owed_since_our_last_message(tiered: Desk) -> None:
    number = tiered.log()
    tiered.at("2026-11-05 11:00")
    tiered.do("message", number, "We found stale sessions.")
    tiered.at("2026-11-05 11:30")
    assert tiered.clock(number, "update")["left_seconds"] == 30 * 60


def test_B5_their_first_unanswered_message_waits_for_us(tiered: Desk) -> None:
    number = tiered.log()
    tiered.at("2026-11-05 11:00")
    tiered.do("receive", number, "Any news?", "--then", "record")
    tiered.at("2026-11-05 11:20")
    tiered.do("receive", number, "Hello?")
    why = tiered.do("why", number, "--clock", "reply")
    assert [each["seconds"] for each in why["sum"] if each["kind"] == "left"] == [40 * 60]
    tiered.do("message", number, "Soon.", "--channel", "phone")
    assert '"reply"' in tiered.refused("why", number, "--clock", "reply")


def test_B5_a_delay_produces_a_message_by_itself_that_names_the_next_news(tiered: Desk) -> None:
    number = tiered.log(priority=1)
    tiered.at("2026-11-05 14:43")  # four hours and a minute later
    tiered.do("agent", "--once")
    late = [e for e in tiered.do("outbox", number) if e["rule"] == "fix-late, tiered v3"]
    assert len(late) == 1
    assert late[0]["text"].startswith(f"Hello Ada, {number} takes longer than promised:")
    assert "Next news by Thu 5 Nov" in late[0]["text"]
    tiered.do("agent", "--once")
    assert len([e for e in tiered.do("outbox", number) if e["rule"] == late[0]["rule"]]) == 1


def test_B11_without_a_yes_it_stays_resolved_and_the_contact_is_asked(tiered: Desk) -> None:
    number = tiered.log()
    tiered.do("resolve", number, "Cleared the sessions.")
    assert tiered.do("outbox", number)[-1]["text"].endswith("Please tell us if it does.")
    why = tiered.refused("close", number)
    assert why.startswith(f"{CONTACT} has not said that it works.")
    assert tiered.show(number)["ended"] == "resolved"


def test_B11_their_yes_closes_it_and_says_who_confirmed(tiered: Desk) -> None:
    number = tiered.log()
    tiered.do("resolve", number, "Cleared the sessions.")
    answer = tiered.do("receive", number, "It works, thank you", "--then", "confirm")
    assert answer["ticket"]["ended"] == "closed"
    assert f"closed it, {CONTACT} confirmed" in tiered.verbs(number)
    assert "It works, thank you" in tiered.said(number, "in")


def test_B11_what_a_reply_means_is_asked_not_guessed(tiered: Desk) -> None:
    number = tiered.log()
    tiered.do("resolve", number, "Cleared the sessions.")
    before = tiered.show(number)
    why = tiered.refused("receive", number, "Hm, it drops again")
    assert why.startswith(f"{number} is resolved.")
    for way in ("reopen", "record", "confirm"):
        assert f"{way} (" in why
    assert tiered.show(number) == before
    tiered.do("receive", number, "Hm, it drops again", "--then", "reopen")
    shown = tiered.show(number)
    assert (shown["ended"], shown["reopens"], shown["status"]) == ("", 1, "new")


def test_B13_poor_feedback_makes_a_task_for_a_lead_and_good_does_not(tiered: Desk) -> None:
    number = tiered.log()
    tiered.do("resolve", number, "Cleared the sessions.")
    tiered.do("close", number, "--confirmed-by", CONTACT)
    (asked,) = (e for e in tiered.do("outbox", number) if e["rule"] == "feedback, tiered v3")
    assert "How did we do? Please answer 1 Poor, 2 Fair or 3 Good." in asked["text"]
    tiered.do("feedback", number, "good", "Quick")
    assert tiered.do("tasks") == []
    tiered.do("feedback", number, "poor", "It came back twice")
    (task,) = tiered.do("tasks", "--role", "Team lead")
    assert (task["number"], task["role"]) == (number, "lead")
    assert task["text"] == f"Feedback: Poor. It came back twice ({CONTACT})"
    tiered.do("task", number)
    assert tiered.do("tasks", "--role", "lead") == []
