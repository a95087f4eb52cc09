"""Messages nobody has written yet: from the policy's template, without holes."""

from __future__ import annotations

from tests.fakes.books import bundled_book
from tests.fakes.desks import START
from tierline.desk.matching import Names, found_in
from tierline.desk.wording import filled, first_name, message_for
from tierline.domain.ticket import Ticket

TICKET = Ticket(
    id="1",
    number="CS0012349",
    subject="No sound",
    policy="three-line",
    channel="phone",
    status="in-progress",
    priority=3,
    tier=1,
    logged_at=START,
    changed_at=START,
    contact="Orla Fennick",
)


def test_a_template_is_filled_with_what_the_ticket_knows() -> None:
    policy = bundled_book().get("three-line")
    words = message_for("escalated", TICKET, policy, tier="2nd line", assignee="Ines Duarte")
    assert words == (
        "Hello Orla, CS0012349 now goes to our 2nd line. Ines Duarte takes it on from here."
    )


def test_a_figure_of_the_policy_is_written_out() -> None:
    policy = bundled_book().get("service-definition")
    assert message_for("resolved", TICKET, policy, steps="Cable changed.").endswith(
        "within 5 days."
    )


def test_an_unknown_placeholder_leaves_no_hole() -> None:
    assert filled("Hello {contact}, see {link}.", {"contact": "Orla"}) == "Hello Orla, see."


def test_braces_that_a_client_wrote_stay_text() -> None:
    policy = bundled_book().get("playbook")
    assert "{number}" in message_for("resolved", TICKET, policy, steps="used {number} of 5")


def test_nobody_is_greeted_as_there() -> None:
    assert first_name("  ") == "there"
    assert message_for("no such occasion", TICKET, bundled_book().get("playbook")) == ""


def test_typed_letters_are_found_at_the_start_of_words_first() -> None:
    inside, start = found_in("Request description", "esc"), found_in("Own escalation", "esc")
    assert inside is not None
    assert start is not None
    assert start.rank < inside.rank
    assert start.spans == ((4, 3),)
    assert found_in("Escalate to 2nd line", "2nd esc") is not None
    assert found_in("Escalate", "esx") is None


def test_a_slip_in_every_fourth_letter_is_forgiven_and_no_more() -> None:
    names = Names(["Escalate to 2nd line", "Priya Rao", "Mira Okonedo", "Resolve"])
    assert names.find("esclate", 5) == []
    assert [at for at, _ in names.find("esclate", 5, near=True)] == [0]
    assert [at for at, _ in names.find("oknedo", 5, near=True)] == [2]
    assert names.find("esx", 5, near=True) == []
    assert names.find("qwertz", 5, near=True) == []


def test_marks_of_a_slip_are_letters_that_were_typed() -> None:
    (_, hit), *_ = Names(["Escalate to 2nd line"]).find("esclate", 5, near=True)
    marked = "".join("Escalate to 2nd line"[s : s + n] for s, n in hit.spans)
    assert marked == "Esclate"


def test_marks_fit_the_text_whatever_its_letters_fold_into() -> None:
    text = "İstanbul Straße"
    found = found_in(text, "straß")
    assert found is not None
    assert text[found.spans[0].start :][: found.spans[0].length] == "Straß"
