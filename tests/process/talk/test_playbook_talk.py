"""A · playbook: channels, the call that is owed, and the quick log; by commands on a real desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.process.talk.conftest import CLIENT, CONTACT, Desk

Made = Callable[[str], Desk]


@pytest.fixture
def playbook(desk: Made) -> Desk:
    return desk("playbook")


def test_A1_what_comes_by_the_portal_is_confirmed_at_once(playbook: Desk) -> None:
    number = playbook.log("New laptop", "--channel", "portal", priority=4)
    (letter,) = playbook.do("outbox", number)
    assert letter["text"].startswith(f"Hello Ada, your request is {number}: New laptop.")
    assert letter["rule"] == "acknowledge, playbook v5"
    assert letter["state"] == "to send"
    # Being confirmed by a rule is not being answered by us: the response is still owed.
    assert playbook.clock(number, "response")["state"] == "running"


@pytest.mark.parametrize("channel", ["taskbar", "mail"])
@pytest.mark.parametrize(("priority", "called"), [(3, False), (4, False), (2, True), (1, True)])
def test_A1_taskbar_and_mail_are_for_p3_and_p4_and_the_rest_is_called_back(
    playbook: Desk, channel: str, priority: int, *, called: bool
) -> None:
    number = playbook.log("VPN drops", "--channel", channel, priority=priority)
    assert playbook.show(number)["call_back"] is called


def test_A12_after_every_resolved_ticket_the_contact_is_asked_how_it_was(playbook: Desk) -> None:
    numbers = [playbook.log("VPN drops", priority=each) for each in (1, 4)]
    for number in numbers:
        assert "csat, playbook v5" not in [e["rule"] for e in playbook.do("outbox", number)]
        playbook.do("resolve", number, "New profile.")
        asked = [e for e in playbook.do("outbox", number) if e["rule"] == "csat, playbook v5"]
        words = "How did we do? Please answer 1 Bad, 2 So-so or 3 Good."
        assert [e["text"] for e in asked] == [f"Hello Ada, about {number}, VPN drops: {words}"]
    playbook.do("feedback", numbers[0], "1", "Two days for this")
    (task,) = playbook.do("tasks", "--role", "lead")
    assert task["text"] == f"Feedback: Bad. Two days for this ({CONTACT})"


def test_A9_a_quote_holds_14_days_and_then_expires_by_itself_once(playbook: Desk) -> None:
    number = playbook.log("New switches", "--type", "quote")
    playbook.do("quote", number, "Two switches, fitted", "--amount", "12,500")
    shown = playbook.run("show", number).out
    assert "12,500.00 AUD; open until Thu 19 Nov 10:42 (14 days left)" in shown
    assert "finance: Rental, Operating expense" in shown
    playbook.at("2026-11-19 10:41")
    assert playbook.do("agent", "--once")["counts"].get("expire") is None
    assert "(0 hours left)" in playbook.run("show", number).out
    playbook.at("2026-11-19 10:42")
    assert playbook.do("agent", "--once")["counts"]["expire"] == 1
    assert playbook.do("agent", "--once")["acts"] == []
    assert playbook.show(number)["quote"]["state"] == "expired"
    (ended,) = [e for e in playbook.show(number)["timeline"] if "ran out" in e["verb"]]
    assert ended["rule"] == "quote-expires, playbook v5"
    why = playbook.refused("quote", number, "--yes", "Elspeth Marlow", "--way", "1")
    assert "is expired" in why


@pytest.mark.parametrize(("way", "kept"), [("e-sig", "E-signature"), ("2", '"Approved" from')])
def test_A9_a_yes_is_recorded_with_who_when_and_how_and_ends_the_countdown(
    playbook: Desk, way: str, kept: str
) -> None:
    number = playbook.log("New switches", "--type", "quote")
    playbook.do("quote", number, "Two switches", "--amount", "900")
    assert "finance" not in playbook.run("show", number).out
    playbook.at("2026-11-06 09:00")
    why = playbook.refused("quote", number, "--yes", "Elspeth Marlow")
    assert why.startswith("The way of the approval is missing.")
    playbook.do("quote", number, "--yes", "Elspeth Marlow", "--way", way)
    quote = playbook.show(number)["quote"]
    assert (quote["state"], quote["person"]) == ("approved", "Elspeth Marlow")
    assert quote["way"].startswith(kept)
    assert quote["ended_at"] == "2026-11-05T22:00:00+00:00"
    playbook.at("2026-11-30 09:00")
    assert playbook.do("agent", "--once")["counts"].get("expire") is None


def test_A9_a_no_needs_its_reason_and_a_new_quote_counts_anew(playbook: Desk) -> None:
    number = playbook.log("New switches", "--type", "quote")
    for wrong in ("none", "0", "-3", "nan", "inf", "1.005", "1e400", "1e999999"):
        assert "above 0" in playbook.refused("quote", number, "Switches", "--amount", wrong)
    assert "has not been given" in playbook.refused("quote", number, "--yes", "E", "--way", "1")
    playbook.do("quote", number, "Two switches", "--amount", "900")
    assert "why not" in playbook.refused("quote", number, "--no", "Elspeth Marlow")
    playbook.do("quote", number, "Too dear", "--no", "Elspeth Marlow")
    playbook.at("2026-11-10 09:00")
    playbook.do("quote", number, "One switch", "--amount", "450.50")
    playbook.at("2026-11-24 08:59")
    assert playbook.do("agent", "--once")["counts"].get("expire") is None
    playbook.at("2026-11-24 09:00")
    assert playbook.do("agent", "--once")["counts"]["expire"] == 1
    assert "450.50 AUD; expired, 09:00" in playbook.run("show", number).out


def test_A9_where_the_policy_gives_no_quotes_that_is_said(desk: Made) -> None:
    tiered = desk("tiered")
    why = tiered.refused("quote", tiered.log(), "Switches", "--amount", "5")
    assert "gives no quotes" in why


def test_A1_mail_needs_a_subject(playbook: Desk) -> None:
    words = ("log", "", "--client", CLIENT, "--contact", CONTACT, "--channel", "mail")
    why = playbook.refused(*words, "--priority", "3")
    assert why.startswith("The subject is missing.")


def test_A1_a_p1_by_phone_has_its_technician_on_the_line(playbook: Desk) -> None:
    number = playbook.log("All is down", "--channel", "phone", priority=1)
    assert playbook.clock(number, "call")["state"] == "met"
    assert playbook.clock(number, "response")["state"] == "met"
    assert playbook.do("outbox", number) == []


@pytest.mark.parametrize("channel", ["portal", "mail", "taskbar", "monitoring"])
def test_A2_a_p1_by_another_channel_is_accepted_and_the_call_comes_first(
    playbook: Desk, channel: str
) -> None:
    playbook.at("2026-11-07 03:00")  # a Saturday night
    number = playbook.log("All is down", "--channel", channel, priority=1)
    playbook.at("2026-11-07 03:05")
    first = playbook.show(number)["clocks"][0]
    assert (first["name"], first["left_seconds"]) == ("call", 600)
    playbook.do("message", number, "We are on it", "--channel", "mail")
    assert playbook.clock(number, "call")["state"] == "running"
    playbook.do("message", number, "Told them we are on it", "--channel", "phone")
    assert playbook.clock(number, "call")["state"] == "met"


def test_A2_raised_to_p1_the_call_is_owed_from_then(playbook: Desk) -> None:
    number = playbook.log("Mail is slow", "--channel", "mail", priority=3)
    playbook.at("2026-11-05 12:00")
    playbook.do("prioritise", number, "--priority", "1", "--reason", "All of the office is out")
    playbook.at("2026-11-05 12:10")
    assert playbook.clock(number, "call")["left_seconds"] == 300


def test_A3_client_and_caller_are_enough_and_the_rest_blocks_closing_only(playbook: Desk) -> None:
    said = ("log", "--sev1", "--client", CLIENT, "--contact", CONTACT)
    ticket = playbook.do(*said)["ticket"]
    number = str(ticket["number"])
    assert (ticket["priority"], ticket["assignee"]) == (1, "mira")
    assert set(ticket["missing"]) == {"outage", "affected", "contact_reach", "computer"}
    playbook.do("note", number, "Switch restarted")
    playbook.do("resolve", number, "Replaced the core switch")
    why = playbook.refused("close", number, "--confirmed-by", CONTACT)
    assert why.startswith(f"{number} still lacks: ")
    assert "What is down, since when" in why
    details = ("outage=All since 9:40", "affected=Both sites", "computer=none")
    given = [word for each in details for word in ("--detail", each)]
    playbook.do("fill", number, "--reach", "03 5550 0101", *given)
    assert playbook.show(number)["missing"] == []
    assert playbook.do("close", number, "--confirmed-by", CONTACT)["ticket"]["ended"] == "closed"


def test_A3_missing_details_stay_listed_until_each_is_filled(playbook: Desk) -> None:
    number = str(playbook.do("log", "--sev1", "--client", CLIENT)["ticket"]["number"])
    before = playbook.show(number)["missing"]
    assert "contact" in before
    playbook.do("fill", number, "--detail", "outage=since 9:40")
    assert playbook.show(number)["missing"] == [name for name in before if name != "outage"]
