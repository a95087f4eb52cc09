"""Merging tickets and linking them at the same time: the open side wins, and no ring is made."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.oracles.shared_log import meet
from tierline.domain import commands as cmd
from tierline.domain.ticket import Ticket

# The ticket of the small log is called "t": "s" is an older one, "u" a younger one.
Other = Literal["s", "u"]


def away(into: str) -> cmd.Merge:
    return cmd.Merge(into=into, number=into.upper(), reason="twice", message="we go on there")


def into_this(other: str) -> cmd.Absorb:
    return cmd.Absorb(other=other, number=other.upper())


def ties(ticket: Ticket) -> set[tuple[str, str]]:
    return {(tie.how, tie.other) for tie in ticket.links}


@pytest.mark.parametrize("first", ["away", "into"])
def test_two_merged_into_each_other_leave_the_older_one(first: str) -> None:
    """Whoever was first in this ticket's log: both logs come to the same without each other."""
    for other, open_ in (("s", False), ("u", True)):
        acts = [[away(other)], [into_this(other)]]
        theirs, mine = acts if first == "away" else reversed(acts)
        ticket = meet(theirs, mine).ticket
        assert ticket.open is open_, (other, first)
        assert ties(ticket) == ({("from", other)} if open_ else ties(ticket))
        assert (("into", other) in ties(ticket)) is not open_


@pytest.mark.parametrize("first", ["away", "into"])
def test_a_ticket_that_another_was_merged_into_stays_open(first: str) -> None:
    acts = [[away("s")], [into_this("u")]]
    theirs, mine = acts if first == "away" else reversed(acts)
    ticket = meet(theirs, mine).ticket
    assert ticket.open
    assert ties(ticket) == {("from", "u")}
    assert [each.what for each in ticket.conflicts] == ["status"]


def test_of_two_merges_into_different_tickets_the_first_stands() -> None:
    ticket = meet([away("s")], [away("u")]).ticket
    assert ticket.ended == "cancelled"
    assert ties(ticket) == {("into", "s")}


def test_a_merge_gives_way_to_who_escalates() -> None:
    up = cmd.Escalate(tier=2, reason="skill", handover="look", message="goes on")
    for theirs, mine in (([up], [away("u")]), ([away("u")], [up])):
        ticket = meet(theirs, mine).ticket
        assert (ticket.open, ticket.tier) == (True, 2)
        assert ticket.links == (), "what is open goes on by itself"


def test_a_reply_to_a_merged_ticket_is_kept_and_waits() -> None:
    for theirs, mine in (
        ([away("u")], [cmd.Receive(text="Hello?")]),
        ([cmd.Receive(text="Hello?")], [cmd.Merge(into="u", number="U", reason="twice")]),
    ):
        ticket = meet(theirs, mine).ticket
        assert ticket.ended == "cancelled"
        assert ticket.waiting_since is not None


def test_a_link_added_wins_over_one_taken_away() -> None:
    on = cmd.Link(other="u", number="U", how="parent")
    off = cmd.Link(other="u", number="U", how="parent", on=False)
    ticket = meet([off, on], [off], first=[on]).ticket
    assert ties(ticket) == {("parent", "u")}
    assert meet([off], [cmd.Note(text="x")], first=[on]).ticket.links == ()


def test_a_mention_and_its_reading_do_not_meet() -> None:
    first = [cmd.Note(text="@mira look", mentions=("mira",))]
    later = cmd.Note(text="@mira again", mentions=("mira",))
    ticket = meet([later], [cmd.Hear()], first=first).ticket
    assert [told.text for told in ticket.told] == ["@mira again"]
