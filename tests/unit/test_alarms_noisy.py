"""The noisiest alarms of a week: counted from the log, with what came of each."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.fakes.desks import TurnedClock, done, log, open_desk
from tierline.desk.alarms.noisy import noisiest
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd


def counted(desk: Desk, clock: TurnedClock) -> dict[str, tuple[int, int, int]]:
    found = noisiest(desk.replica, desk.book, clock.now)
    return {each.words: each[3:] for each in found if each.clock == "Response"}


def test_each_threshold_is_counted_once_with_its_outcome(tmp_path: Path) -> None:
    clock = TurnedClock()
    desk = open_desk(tmp_path, clock=clock)
    answered, late, open_ = (log(desk, f"Mail {n}", impact=2, urgency=2) for n in range(3))
    clock.turn(minutes=49)
    done(desk.act(answered, cmd.Note(text="Looked at it")))
    done(desk.act(answered, cmd.Message(text="On it")))
    assert counted(desk, clock) == {"Response, 80 % used": (3, 1, 2)}
    clock.turn(minutes=20)
    done(desk.act(late, cmd.Message(text="Sorry")))
    assert counted(desk, clock) == {
        "Response, 80 % used": (3, 1, 0),
        "Response, 10 minutes left": (2, 0, 0),
        "Response, on the breach": (2, 0, 0),
    }
    done(desk.act(open_, cmd.Cancel(reason="Not ours")))


def test_what_came_before_the_week_is_not_counted(tmp_path: Path) -> None:
    clock = TurnedClock()
    desk = open_desk(tmp_path, clock=clock)
    ticket = log(desk, "Mail", impact=2, urgency=2)
    clock.turn(hours=2)
    done(desk.act(ticket, cmd.Note(text="Still here")))
    clock.turn(days=8)
    done(desk.act(ticket, cmd.Note(text="Still here")))
    assert counted(desk, clock) == {}
    month = noisiest(desk.replica, desk.book, clock.now, timedelta(days=30))
    assert {each.threshold for each in month if each.clock == "Response"} == {
        "80 % used",
        "10 minutes left",
        "on the breach",
    }
