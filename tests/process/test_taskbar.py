"""Tickets from the task bar: two fields, there at once, low and medium priority only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.books import bundled_book
from tests.fakes.desks import done, open_desk
from tierline.desk import taskbar
from tierline.desk.quick_log import Match
from tierline.domain import commands as cmd
from tierline.domain.policy_book import PolicyBook
from tierline.domain.ticket import Ticket


def _create(folder: Path, whom: Match, what: str = "Screen stays black") -> Ticket:
    desk = open_desk(folder)
    command = taskbar.command(desk, whom, what)
    return done(desk.log(command, desk.policy_for(command.client))).ticket


def test_A1_a_ticket_from_the_task_bar_is_there_at_once_and_not_urgent(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    asked = desk.clock()
    found = taskbar.whom(desk, "elsp")
    assert (found[0].name, found[0].client) == ("Elspeth Marlow", "Pellow & Voss Legal")
    ticket = _create(tmp_path, found[0])
    assert ticket.logged_at - asked < timedelta(minutes=5)
    assert (ticket.channel, ticket.priority) == ("taskbar", 3)
    assert (ticket.client, ticket.contact) == ("Pellow & Voss Legal", "Elspeth Marlow")
    assert ticket.subject == "Screen stays black"
    assert not ticket.call_back
    kept = desk.replica.tickets.get(ticket.id)
    assert kept is not None
    assert kept.ticket.number == ticket.number


def test_A1_a_client_alone_is_enough_and_the_ticket_owes_the_rest(tmp_path: Path) -> None:
    ticket = _create(tmp_path, Match("Pellow & Voss Legal"))
    assert ticket.missing == ("contact",)  # and nothing of what a major incident is asked
    stranger = _create(tmp_path, Match("Never Heard Of Ltd", fresh=True))
    assert stranger.client == "Never Heard Of Ltd"


def test_A1_what_the_phone_takes_still_owes_what_a_major_incident_is_asked(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    command = cmd.Log(
        number="", subject="", channel="phone", client="Pellow & Voss Legal", contact="Elspeth",
        impact=1, urgency=1, later=True,
    )  # fmt: skip
    assert "outage" in done(desk.log(command)).ticket.missing


@pytest.mark.parametrize("name", bundled_book().names())
def test_every_policy_takes_a_ticket_from_the_task_bar(name: str, tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.book = PolicyBook({each: desk.policy(each) for each in bundled_book().names()}, name)
    policy = desk.policy(name)
    command = taskbar.command(desk, Match("A client of nobody"), "Cannot print")
    ticket = done(desk.log(command, name)).ticket
    assert ticket.policy == name
    assert policy.file.channels[ticket.channel].icon != "phone"
    assert ticket.priority in (3, 4)
    assert not ticket.call_back


def test_who_is_typed_in_full_is_meant_without_being_chosen(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    assert taskbar.named(desk, "elspeth marlow").client == "Pellow & Voss Legal"
    assert not taskbar.named(desk, "marrowby foods").fresh
    assert taskbar.named(desk, "Nobody").fresh
    assert taskbar.whom(desk, "Nobody")[-1].fresh
