"""Messages prepared, sent and marked; what can come of a reply; whom a task is for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes.books import bundled_book
from tests.fakes.desks import START, TurnedClock, done, log, open_desk, refusal
from tierline.desk.composing import heading, offers, prepared
from tierline.desk.desk import Desk
from tierline.desk.outbox import TAKEN_FOR, Outgoing
from tierline.desk.process_choices import complaint_reasons, gates, leads
from tierline.desk.replies import Received, ways
from tierline.domain import commands as cmd
from tierline.domain.errors import WorldError
from tierline.domain.ticket import Ticket
from tierline.storage.owed import OWED
from tierline.storage.records import Client, Contact

CLIENT, CONTACT = "Pellow & Voss Legal", "Elspeth Marlow"
ENDED = ("resolved", "closed", "cancelled")


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    made = open_desk(tmp_path, clock=clock)
    yield made
    made.replica.close()


class Post:
    """A mailer that keeps what it was given; what goes to nobody it cannot send."""

    def __init__(self) -> None:
        """Have nothing."""
        self.sent: list[Outgoing] = []

    def send(self, message: Outgoing) -> None:
        """Take it, if it has an address."""
        if "@" not in message.address:
            raise WorldError(f"No address of {message.to}.", safe="It is kept.", todo="Ask them.")
        self.sent.append(message)


def ticket_of(desk: Desk, ticket_id: str) -> Ticket:
    stored = desk.replica.tickets.get(ticket_id)
    assert stored is not None
    return stored.ticket


# Prepared ----------------------------------------------------------------------------------------


def test_a_message_is_prepared_in_the_policys_words_with_names_for_ids(desk: Desk) -> None:
    ticket_id = log(desk, channel="phone", assignee="priya")
    made = desk.prepare(ticket_id, "escalated")
    assert made.text == (
        "Hello Elspeth, CS0000001 now goes to our 1st line. Priya Rao takes it on from here."
    )
    assert made.lacks == ()


def test_a_sentence_without_its_facts_is_left_out_and_what_is_missing_is_said(desk: Desk) -> None:
    ticket_id = log(desk, impact=3, urgency=3)  # best effort: nothing is due once it is answered
    desk.act(ticket_id, cmd.Message(text="Seen.", channel="phone"))
    made = desk.prepare(ticket_id, "logged")
    assert made.text == "Hello Elspeth, your request is CS0000001: Label printer prints blank."
    assert made.lacks == ("due",)


def test_a_lone_sentence_is_never_left_out(desk: Desk) -> None:
    made = desk.prepare(log(desk), "waiting-client")
    assert made.text.startswith("Hello Elspeth, to go on with CS0000001")
    assert made.lacks == ("reason",)
    filled = desk.prepare(log(desk), "waiting-client", reason="the serial number")
    assert filled.text.endswith("from you: the serial number")


def test_an_occasion_nobody_has_words_for_is_empty(desk: Desk) -> None:
    assert desk.prepare(log(desk), "no such thing").text == ""
    assert desk.prepare("no such ticket", "resolved").text == ""


def test_what_colleagues_read_is_not_offered_for_contacts() -> None:
    tiered = bundled_book().get("tiered")
    kinds = [offer.kind for offer in offers(tiered)]
    assert "handover" in tiered.file.templates
    assert kinds == [kind for kind in tiered.file.templates if kind != "handover"]


def test_a_template_of_a_client_with_braces_stays_text(desk: Desk) -> None:
    made = desk.prepare(log(desk, "Error {number} {oops}"), "logged")
    assert "Error {number} {oops}" in made.text


def test_a_heading_has_the_number_first_and_is_one_line() -> None:
    assert heading("CS1", "Two\n lines") == "[CS1] Two lines"
    assert len(heading("CS1", "x" * 5000)) == 126


# To send -----------------------------------------------------------------------------------------


def test_what_is_to_be_sent_comes_oldest_first_over_all_tickets(
    desk: Desk, clock: TurnedClock
) -> None:
    ids = [log(desk, channel="phone") for _ in range(3)]
    for place in (2, 0, 1):
        clock.turn(minutes=1)
        desk.act(ids[place], cmd.Message(text=f"Message {place}"))
    desk.act(ids[0], cmd.Message(text="Told them", channel="phone"))
    assert [each.text for each in desk.to_send()] == ["Message 2", "Message 0", "Message 1"]
    assert [each.text for each in desk.to_send(ids[1])] == ["Message 1"]
    assert desk.outbox.count() == 3


def test_a_message_is_copied_whole(desk: Desk) -> None:
    contact = Contact(client=CLIENT, name=CONTACT, mail="elspeth@pellow.example")
    desk.replica.directory.put_contacts([contact])
    desk.act(log(desk, channel="phone"), cmd.Message(text="It is on its way.\nMira"))
    (message,) = desk.to_send()
    assert message.copyable() == (
        "To: Elspeth Marlow <elspeth@pellow.example>\n"
        "Subject: [CS0000001] Label printer prints blank\n"
        "\n"
        "It is on its way.\nMira\n"
    )


def test_a_message_that_was_undone_is_not_sent(desk: Desk) -> None:
    act = done(desk.act(log(desk, channel="phone"), cmd.Message(text="Wrong ticket")))
    done(desk.undo(act.op_id))
    assert desk.to_send() == ()


def test_a_mailer_plugs_in_without_anything_else_changing(desk: Desk, clock: TurnedClock) -> None:
    contact = Contact(client=CLIENT, name=CONTACT, mail="elspeth@pellow.example")
    desk.replica.directory.put_contacts([contact])
    first, second = log(desk, channel="phone"), log(desk, channel="phone", contact="Bo Unknown")
    for ticket_id in (first, second):
        desk.act(ticket_id, cmd.Message(text="On its way"))
    post = Post()
    assert desk.outbox.deliver(post, clock) == (1, 1)
    assert [message.ticket_id for message in post.sent] == [first]
    (failed,) = desk.to_send()
    assert (failed.ticket_id, failed.state, failed.why) == (
        second, "failed", "No address of Bo Unknown."
    )  # fmt: skip
    assert desk.outbox.deliver(post, clock) == (0, 0)  # what failed is a person's to look at
    done(desk.mark(failed))
    assert desk.to_send() == ()


class Between(Post):
    """A mailer in whose midst something else happens, which may break it off."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        """Have nothing; `meanwhile` happens before each message has gone out."""
        super().__init__()
        self._meanwhile = meanwhile

    def send(self, message: Outgoing) -> None:
        """Let it happen, then take the message."""
        self._meanwhile()
        super().send(message)


@pytest.fixture
def other(tmp_path: Path, desk: Desk, clock: TurnedClock) -> Iterator[Desk]:
    """A second program on the same folder."""
    mail = Contact(client=CLIENT, name=CONTACT, mail="elspeth@pellow.example")
    desk.replica.directory.put_contacts((mail,))
    made = open_desk(tmp_path, clock=clock)
    yield made
    made.replica.close()


def test_two_programs_on_one_desk_send_each_letter_once(
    desk: Desk, other: Desk, clock: TurnedClock
) -> None:
    for _ in range(6):
        desk.act(log(desk, channel="phone"), cmd.Message(text="Seen."))
    theirs, gate = Post(), threading.Barrier(2)
    counts: list[tuple[int, int]] = []

    def send() -> None:
        gate.wait()
        counts.append(other.outbox.deliver(theirs, clock))

    thread = threading.Thread(target=send)
    thread.start()
    ours = Post()
    gate.wait()
    counts.append(desk.outbox.deliver(ours, clock))
    thread.join()
    went = [message.ticket_id for message in (*ours.sent, *theirs.sent)]
    assert sorted(went) == sorted(set(went))
    assert [sum(each) for each in zip(*counts, strict=True)] == [len(went), 0]
    assert len(went) == 6
    assert desk.to_send() == ()


def test_what_another_program_is_sending_is_left_to_it(
    desk: Desk, other: Desk, clock: TurnedClock
) -> None:
    desk.act(log(desk, channel="phone"), cmd.Message(text="Seen."))
    theirs = Post()
    ours = Between(lambda: other.outbox.deliver(theirs, clock))
    assert desk.outbox.deliver(ours, clock) == (1, 0)
    assert (len(ours.sent), theirs.sent) == (1, [])
    assert other.outbox.deliver(theirs, clock) == (0, 0)


def test_a_letter_whose_sender_broke_off_is_sent_after_a_stated_time(
    desk: Desk, other: Desk, clock: TurnedClock
) -> None:
    desk.act(log(desk, channel="phone"), cmd.Message(text="Seen."))

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.outbox.deliver(Between(die), clock)
    desk.replica.close()
    theirs = Post()
    clock.now += TAKEN_FOR - timedelta(seconds=1)
    assert other.outbox.deliver(theirs, clock) == (0, 0)
    clock.turn(seconds=1)
    assert other.outbox.deliver(theirs, clock) == (1, 0)
    assert other.to_send() == ()


def test_a_failure_needs_its_why_and_a_second_marking_is_refused(desk: Desk) -> None:
    desk.act(log(desk, channel="phone"), cmd.Message(text="On its way"))
    (message,) = desk.to_send()
    assert refusal(desk.mark(message, "failed")).field == "why"
    done(desk.mark(message))
    assert "no message to send" in refusal(desk.mark(message)).what


def test_the_disk_finds_them_by_index(desk: Desk) -> None:
    desk.act(log(desk, channel="phone"), cmd.Message(text='"outbox":[ is only a word here'))
    with sqlite3.connect(desk.replica.path) as base:
        for made in OWED:
            name, condition = made.split()[2], made.partition(" WHERE ")[2]
            query = f"EXPLAIN QUERY PLAN SELECT state FROM ticket WHERE {condition} ORDER BY rid"
            assert f"INDEX {name}" in base.execute(query).fetchall()[0][3]


def test_what_a_client_wrote_is_not_taken_for_a_message_to_send(desk: Desk) -> None:
    log(desk, 'Odd "outbox":[ and "tasks":[ in a subject', channel="phone")
    assert list(desk.replica.owed.letters()) == []
    assert list(desk.replica.owed.tasks()) == []


# Replies -----------------------------------------------------------------------------------------


def test_the_ways_of_a_reply_by_how_the_ticket_stands(desk: Desk, clock: TurnedClock) -> None:
    policy, ticket = bundled_book().get("playbook"), ticket_of(desk, log(desk))
    now = clock()
    told = {}
    resolved = replace(ticket, ended="resolved", resolved_at=now, status="resolved")
    for name, each in {
        "open": ticket,
        "waits for them": replace(ticket, status="waiting-client"),
        "waits for others": replace(ticket, status="waiting-vendor"),
        "unknown status": replace(ticket, status="of-another-tool"),
        "resolved": resolved,
        "resolved, details missing": replace(resolved, missing=("outage",)),
        "closed": replace(resolved, ended="closed", status="closed"),
        "cancelled": replace(ticket, ended="cancelled", status="cancelled"),
    }.items():
        found = ways(each, policy, now)
        told[name] = ([way.then for way in found.ways], found.usual)
    assert told == {
        "open": (["record"], "record"),
        "waits for them": (["record", "work"], "work"),
        "waits for others": (["record", "work"], "record"),
        "unknown status": (["record"], "record"),
        "resolved": (["reopen", "record", "confirm"], ""),
        "resolved, details missing": (["reopen", "record"], ""),
        "closed": (["reopen", "new", "record"], ""),
        "cancelled": (["new", "record"], ""),
    }


def test_after_the_window_a_resolved_ticket_goes_on_as_a_new_one(
    desk: Desk, clock: TurnedClock
) -> None:
    ticket_id = log(desk, channel="phone")
    done(desk.act(ticket_id, cmd.Resolve(steps="New cable")))
    clock.turn(days=30)
    found = desk.reply_ways(ticket_id)
    assert found is not None
    assert [way.then for way in found.ways] == ["record", "confirm", "new"]
    answer = desk.receive(ticket_id, cmd.Receive(text="Blank again"), "new")
    assert isinstance(answer, Received)
    assert answer.fresh is not None
    assert answer.fresh.ticket.details["old_number"] == answer.done.ticket.number


def test_a_way_to_re_open_that_the_policy_does_not_name_is_remarked_not_refused(
    desk: Desk,
) -> None:
    desk.replica.directory.put_clients([Client(name=CLIENT, policy="service-definition")])
    ticket_id = log(desk, contact_reach="1", description="x", details={"computer": "y"})
    done(desk.act(ticket_id, cmd.Resolve(steps="New cable")))
    found = desk.reply_ways(ticket_id, "phone")
    assert found is not None
    assert found.ways[0].note == "service-definition v1 re-opens by E-mail, Portal"
    reply = cmd.Receive(text="Blank again", channel="phone")
    assert isinstance(desk.receive(ticket_id, reply, "reopen"), Received)


def test_a_new_ticket_runs_under_todays_contract_and_fits_it(desk: Desk) -> None:
    ticket_id = log(desk, type="quote", details={"plan": "kept"})
    done(desk.act(ticket_id, cmd.Cancel(reason="Sent twice")))
    desk.replica.directory.put_clients([Client(name=CLIENT, policy="three-line")])
    answer = desk.receive(ticket_id, cmd.Receive(text="Still wanted", channel="taskbar"), "new")
    assert isinstance(answer, Received)
    assert answer.fresh is not None
    fresh = answer.fresh.ticket
    assert (fresh.policy, fresh.type, fresh.channel) == ("three-line", "incident", "mail")
    assert fresh.details == {"plan": "kept", "old_number": "CS0000001"}


def test_a_reply_that_cannot_be_recorded_makes_no_new_ticket(desk: Desk) -> None:
    ticket_id = log(desk)
    assert refusal(desk.receive(ticket_id, cmd.Receive(text="Hello"), "new")).field == "then"
    assert refusal(desk.receive(ticket_id, cmd.Receive(text=" \n"))).field == "text"
    assert refusal(desk.receive("nothing", cmd.Receive(text="Hello"))).what
    assert desk.replica.tickets.count() == 1
    assert desk.reply_ways("nothing") is None


def test_a_long_reply_is_kept_whole_and_its_reason_short(desk: Desk) -> None:
    ticket_id = log(desk, assignee="mira")
    done(desk.act(ticket_id, cmd.ChangeStatus(status="waiting-client", reason="Serial?")))
    text = "It is " + "very " * 2000 + "long\nsecond line"
    answer = desk.receive(ticket_id, cmd.Receive(text=text))
    assert isinstance(answer, Received)
    assert answer.done.ticket.status == "in-progress"
    assert len(answer.done.ticket.status_why) < 140


# Tasks, roles, gates -----------------------------------------------------------------------------


def test_tasks_come_oldest_first_and_end_when_done(desk: Desk, clock: TurnedClock) -> None:
    ids = [log(desk), log(desk)]
    for ticket_id in reversed(ids):
        clock.turn(minutes=1)
        done(desk.act(ticket_id, cmd.AlertLead(reason=f"Look at {ticket_id}")))
    found = desk.tasks("LEAD")
    assert [task.ticket_id for task in found] == [ids[1], ids[0]]
    assert {task.role_word for task in found} == {"Team lead"}
    assert desk.tasks("director") == ()
    done(desk.act(ids[1], cmd.FinishTask(key=found[0].key, text="Called")))
    assert [task.ticket_id for task in desk.tasks()] == [ids[0]]


def test_what_a_sheet_offers_is_the_policys(desk: Desk) -> None:
    book = bundled_book()
    assert complaint_reasons(book.get("playbook")) == ()
    assert complaint_reasons(book.get("service-definition"))[3] == "Worse or more urgent"
    assert list(leads(book.get("service-definition"))) == ["lead", "allocator"]
    ticket = ticket_of(desk, log(desk))
    found = gates(ticket, book.get("three-line"))
    assert [(gate.word, gate.role_word) for gate in found] == [
        ("Project", "Project manager"), ("Testing", "Project manager")
    ]  # fmt: skip
    assert found[0].may_ask == (("senior-management", "Senior management"),)


def test_a_prepared_message_says_when_something_is_due(desk: Desk) -> None:
    ticket, policy = ticket_of(desk, log(desk)), bundled_book().get("playbook")
    assert prepared("logged", ticket, policy, START).text.endswith("We answer by Thu 5 Nov 14:42.")
