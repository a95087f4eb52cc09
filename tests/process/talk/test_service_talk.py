"""D · service-definition: answers, consent, re-opening, replies after the end, feedback, D11."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.process.talk.conftest import CLIENT, CONTACT, Desk


@pytest.fixture
def service(desk: Callable[[str], Desk]) -> Desk:
    return desk("service-definition")


@pytest.fixture
def waiting(service: Desk) -> str:
    """A ticket of mira's that waits for the customer since 11:00."""
    number = service.log("Mailbox full", "--take", "--channel", "mail")
    service.at("2026-11-05 11:00")
    service.do("wait", number, "waiting-client", "--reason", "Which folders?")
    service.at("2026-11-05 12:00")
    return number


@pytest.fixture
def closed(service: Desk) -> str:
    """A ticket that was resolved, and closed by itself five days later."""
    number = service.log("Mailbox full", "--channel", "mail")
    service.do("resolve", number, "Archived 2019.")
    service.at("2026-11-10 10:43")
    service.do("agent", "--once")
    assert service.show(number)["ended"] == "closed"
    return number


@pytest.mark.parametrize("channel", ["mail", "portal"])
def test_D3_the_contact_is_answered_with_number_summary_and_link(
    service: Desk, channel: str
) -> None:
    number = service.log("Mailbox full", "--channel", channel, priority=3)
    assert number.startswith("CS")
    (letter,) = service.do("outbox", number)
    assert letter["text"] == (
        f"Hello Ada, your case is {number}: Mailbox full. "
        f"Follow it here: https://portal.example/cases/{number}"
    )
    assert letter["subject"] == f"[{number}] Mailbox full"
    assert letter["rule"] == "acknowledge, service-definition v1"


def test_D3_numbers_are_never_given_twice(service: Desk) -> None:
    numbers = [service.log(f"Case {n}") for n in range(5)]
    assert len(set(numbers)) == 5
    why = service.refused("undo", numbers[0])
    assert "the number was told" in why


def test_D5_consent_is_recorded_in_the_words_it_was_asked_in(service: Desk) -> None:
    number = service.log()
    service.do("consent", number)
    shown = service.show(number)
    assert shown["consents"] == ["remote control"]
    said = [(e["verb"], e["text"]) for e in shown["timeline"]]
    words = "May we see and control your screen for this case?"
    assert ("has the contact's consent: remote control", words) in said


def test_D5_a_first_time_fix_is_kept_and_p1_counts_from_creation(service: Desk) -> None:
    number = service.log(priority=1)
    service.at("2026-11-05 11:42")
    assert service.clock(number, "fix")["started"] == "2026-11-05T10:42:00+00:00"
    service.do("resolve", number, "Restarted the spooler", "--first-contact")
    assert service.show(number)["first_contact"] is True


def test_D6_a_reply_ends_the_wait_and_the_clocks_go_on(service: Desk, waiting: str) -> None:
    before = service.clock(waiting, "fix")
    assert (before["state"], before["paused_seconds"]) == ("paused", 3600)
    answer = service.do("receive", waiting, "All before 2020")
    assert (answer["then"], answer["ticket"]["status"]) == ("work", "in-progress")
    assert answer["done"] == f"Recorded; {waiting} no longer waits."
    service.at("2026-11-05 12:30")
    after = service.clock(waiting, "fix")
    assert (after["state"], after["paused_seconds"]) == ("running", 3600)
    assert after["worked_seconds"] == before["worked_seconds"] + 1800


def test_D6_a_reply_may_leave_the_wait_as_it_is(service: Desk, waiting: str) -> None:
    answer = service.do("receive", waiting, "I will look on Monday", "--then", "record")
    assert answer["ticket"]["status"] == "waiting-client"
    assert "I will look on Monday" in service.said(waiting, "in")


def test_D6_what_waits_for_a_third_party_waits_on(service: Desk) -> None:
    number = service.log("Part broken", "--take")
    service.do("wait", number, "waiting-vendor", "--reason", "Part ordered")
    assert service.do("receive", number, "Any news?")["then"] == "record"
    assert service.show(number)["status"] == "waiting-vendor"


def test_D6_reply_and_the_end_of_the_wait_are_one_act(service: Desk, waiting: str) -> None:
    service.do("receive", waiting, "All before 2020")
    service.do("undo", waiting)
    assert service.show(waiting)["status"] == "waiting-client"


def test_D8_the_resolution_message_says_the_steps_and_the_window(service: Desk) -> None:
    number = service.log()
    service.do("resolve", number, "Archived 2019")
    letter, _ = service.do("outbox", number)
    assert letter["text"] == (
        f"Hello Ada, {number} is resolved. Steps taken: Archived 2019. Re-open within 5 days."
    )


def test_D8_within_five_days_a_reply_re_opens(service: Desk) -> None:
    number = service.log("Mailbox full", "--take")
    service.do("resolve", number, "Archived 2019.")
    service.at("2026-11-10 10:42")
    answer = service.do("receive", number, "Full again", "--then", "reopen")
    assert (answer["ticket"]["ended"], answer["ticket"]["status"]) == ("", "in-progress")
    assert answer["done"] == f"Recorded; {number} is open again."


def test_D8_thanks_are_recorded_and_re_open_nothing(service: Desk) -> None:
    number = service.log()
    service.do("resolve", number, "Archived 2019.")
    answer = service.do("receive", number, "Thank you!", "--then", "record")
    assert answer["ticket"]["ended"] == "resolved"
    assert service.said(number, "in") == ["Thank you!"]


def test_D8_after_five_days_it_is_closed_by_itself_with_a_message(
    service: Desk, closed: str
) -> None:
    assert service.do("outbox", closed)[-1]["text"] == f"Hello Ada, {closed} is now closed."
    assert "does not fit" in service.refused("receive", closed, "Full again", "--then", "reopen")


def test_D8_a_reply_to_a_closed_case_gets_a_reminder_and_a_new_case_with_the_old_number(
    service: Desk, closed: str
) -> None:
    service.at("2026-11-12 09:30")
    answer = service.do("receive", closed, "Full again since Tuesday")
    fresh = answer["new_ticket"]
    assert fresh["number"] != closed
    assert answer["done"] == f"Recorded on {closed}; it goes on as {fresh['number']}."
    assert fresh["details"]["old_number"] == closed
    assert fresh["description"] == "Full again since Tuesday"
    assert (fresh["client"], fresh["contact"]) == (CLIENT, CONTACT)
    assert (fresh["ended"], fresh["status"]) == ("", "new")
    assert f"logged it by e-mail, going on from {closed}" in service.verbs(fresh["number"])
    old = service.show(closed)
    assert old["ended"] == "closed"
    assert f"Goes on as {fresh['number']}." in service.said(closed, "note")
    reminder = service.do("outbox", closed)[-1]
    assert reminder["rule"] == "reply-to-closed, service-definition v1"
    assert reminder["text"].startswith(f"Hello Ada, {closed} is closed.")
    assert service.clock(fresh["number"], "allocate")["left_seconds"] == 30 * 60


def test_D8_a_word_after_the_end_may_also_be_only_noted(service: Desk, closed: str) -> None:
    letters = len(service.do("outbox", closed))
    answer = service.do("receive", closed, "Thanks again", "--then", "record")
    assert answer["new_ticket"] is None
    assert len(service.do("outbox", closed)) == letters
    assert len(service.do("tickets")["tickets"]) == 0


def test_D9_an_answer_of_four_is_kept_and_read_by_a_lead(service: Desk) -> None:
    number = service.log()
    assert "is open" in service.refused("feedback", number, "good")
    service.do("resolve", number, "Archived 2019.")
    for wrong in ("", "splendid", "7"):
        why = service.refused("feedback", number, wrong)
        assert "1 Poor; 2 Average; 3 Good; 4 Excellent" in why
    for place, word in enumerate(("Poor", "Average", "Good", "Excellent"), 1):
        service.do("feedback", number, str(place) if place % 2 else word.lower(), "Said so")
        assert f'answered "{word}": How did we do?' in service.verbs(number)
        assert service.said(number, "in") == ["Said so"] * place
    tasks = service.do("tasks", "--role", "lead")
    assert [task["text"].split(".")[0] for task in tasks] == [
        "Feedback: Poor", "Feedback: Average", "Feedback: Good", "Feedback: Excellent"
    ]  # fmt: skip
    assert {task["role_word"] for task in tasks} == {"Service manager"}
    asked = service.show(number)["resolved_at"]
    kept = service.show(number)["feedback"]
    assert [(each["answer"], each["score"], each["asked_at"]) for each in kept] == [
        (n, n, asked) for n in (1, 2, 3, 4)
    ]


def test_D9_the_contact_is_asked_once_it_is_resolved_and_again_after_a_reopening(
    service: Desk,
) -> None:
    number = service.log()
    assert "Feedback" not in service.run("show", number).out
    service.do("resolve", number, "Archived 2019.", "--message", "Done.")
    (asked,) = _asked(service, number)
    assert asked.endswith("How did we do? Please answer 1 Poor, 2 Average, 3 Good or 4 Excellent.")
    assert "asked 10:42, no answer yet (1 Poor; 2 Average;" in service.run("show", number).out
    service.do("feedback", number, "average", "Slow")
    assert "Average, 10:42: Slow" in service.run("show", number).out
    service.at("2026-11-05 12:00")
    service.do("reopen", number, "Full again")
    service.do("resolve", number, "Archived 2020.")
    assert _asked(service, number) == [asked] * 2
    assert "asked 12:00, no answer yet" in service.run("show", number).out


def _asked(service: Desk, number: str) -> list[str]:
    letters = service.do("outbox", number)
    return [each["text"] for each in letters if each["rule"].startswith("feedback,")]


REASONS = (
    "Wrong severity",
    "No response within the SLA",
    "Unhappy with the response or service",
    "Worse or more urgent",
)


@pytest.mark.parametrize(("place", "reason"), list(enumerate(REASONS, 1)))
def test_D11_a_contact_escalates_for_one_of_four_reasons_and_a_lead_is_told(
    service: Desk, place: int, reason: str
) -> None:
    number = service.log()
    tier = service.show(number)["tier"]
    service.do("complain", number, "Third time this week", "--reason", str(place))
    shown = service.show(number)
    assert (shown["complaints"], shown["tier"]) == (1, tier)
    (task,) = service.do("tasks", "--role", "Service manager")
    assert task["text"] == f"{CONTACT} escalated {number} ({number}-E1): {reason}"
    entry = next(e for e in shown["timeline"] if e["verb"].endswith(f"{number}-E1"))
    assert entry["text"] == f"{reason}\nThird time this week"


def test_D11_each_has_its_reference_and_without_a_reason_there_is_none(service: Desk) -> None:
    number = service.log()
    assert "The reason is missing." in service.refused("complain", number, "Angry")
    service.do("complain", number, "--reason", "worse")
    service.do("complain", number, "--reason", "1", "--reference", "THEIRS-77")
    assert [task["key"] for task in service.do("tasks")] == [f"E/{number}-E1", "E/THEIRS-77"]


def test_D11_a_lead_is_alerted_apart_from_it(service: Desk) -> None:
    number = service.log()
    service.do("alert", number, "They are losing orders")
    shown = service.show(number)
    assert (shown["complaints"], shown["tier"]) == (0, 1)
    assert "alerted the service manager" in service.verbs(number)
    why = service.refused("alert", number, "They are losing orders", "--role", "emperor")
    assert "Choose one: 1 allocator: Ticket allocator; 2 lead: Service manager." in why
