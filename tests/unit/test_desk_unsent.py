"""What has not gone out, by ticket and in order, in the words of the timeline."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.desks import TurnedClock, done, log, open_desk
from tierline.desk.unsent import count
from tierline.domain import commands as cmd


def test_acts_come_by_ticket_in_the_order_in_which_they_go_out(tmp_path: Path) -> None:
    clock = TurnedClock()
    desk = open_desk(tmp_path, clock=clock)
    first, second = log(desk, "Scanner cannot reach dispatch"), log(desk)
    for text, ticket in (("one", second), ("two", first), ("three", second)):
        clock.turn(minutes=1)
        done(desk.act(ticket, cmd.Note(text=text)))
    told = desk.unsent()
    assert [each.ticket_id for each in told] == [first, second]
    assert [act.text for act in told[1].acts][1:] == ["one", "three"]
    assert [act.said for act in told[0].acts] == ["logged it by e-mail", "note"]
    assert told[0].subject == "Scanner cannot reach dispatch"
    assert count(told) == 5
    assert all(act.at.tzinfo for each in told for act in each.acts)


def test_nothing_waits_on_an_empty_desk(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    assert desk.unsent() == ()
    assert desk.replica.unsent.in_conflict() == ()


def test_no_more_are_read_than_asked_for(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    ticket = log(desk)
    for at in range(5):
        done(desk.act(ticket, cmd.Note(text=str(at))))
    assert len(desk.replica.unsent.acts(3)) == 3
