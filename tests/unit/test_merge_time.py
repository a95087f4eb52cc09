"""Work timers of two who did not see each other: no second lost, none counted twice."""

from __future__ import annotations

import pytest

from tests.oracles.shared_log import START, Console, SharedLog, done, meet
from tierline.domain import commands as cmd
from tierline.domain import events as ev

TIMER, STOP = cmd.StartTimer(), cmd.StopTimer()
UP = cmd.Escalate(tier=2, reason="skill", handover="look", message="goes on")


class Two:
    """Mira and Dana on one ticket, each out of touch until they push."""

    def __init__(self) -> None:
        self.log = SharedLog.of("tiered")
        self.mira, self.dana = Console("m", "mira"), Console("d", "dana")

    def minutes(self, person: str) -> float:
        """Work logged for a person."""
        made = (e for op in self.log.lines for e in op.events if isinstance(e, ev.TimeLogged))
        return sum(e.seconds for e in made if e.by == person) / 60


def test_a_timer_over_anothers_logs_theirs_until_then() -> None:
    log = meet([TIMER], [TIMER], first=())
    assert (log.ticket.timer_by, log.ticket.work) == ("mira", {1: 600})


@pytest.mark.parametrize("first", ["mira", "dana"])
def test_two_timers_that_overlap_count_each_persons_time_once(first: str) -> None:
    """Mira works 10 to 40, Dana 20 to 30; whoever is in the log first, both get all of theirs."""
    two = Two()
    desks = {"mira": two.mira, "dana": two.dana}
    done(two.log, two.mira, TIMER, 10)
    done(two.log, two.dana, TIMER, 20)
    done(two.log, two.dana, STOP, 30)
    done(two.log, two.mira, STOP, 40)
    for name in sorted(desks, key=lambda name: name != first):
        two.log.push(desks[name])
    assert (two.minutes("mira"), two.minutes("dana")) == (30, 10)
    assert two.log.ticket.timer_since is None


@pytest.mark.parametrize("first", ["mira", "dana"])
def test_a_timer_that_still_runs_loses_nothing_that_was_worked(first: str) -> None:
    """Both run when they meet: the earlier is logged until the later began, which goes on."""
    two = Two()
    desks = {"mira": two.mira, "dana": two.dana}
    done(two.log, two.mira, TIMER, 10)
    done(two.log, two.dana, TIMER, 20)
    for name in sorted(desks, key=lambda name: name != first):
        two.log.push(desks[name])
    assert two.minutes("mira") == 10
    assert two.log.ticket.timer_by == "dana"
    two.log.pull(two.dana)
    done(two.log, two.dana, STOP, 35)
    two.log.push(two.dana)
    assert two.minutes("dana") == 15


def test_time_that_was_handed_over_is_not_logged_again_by_its_owner() -> None:
    """Dana's take logs Mira's timer; Mira, who did not see it, stops it later."""
    two = Two()
    done(two.log, two.mira, TIMER, 10)
    two.log.push(two.mira)
    two.log.pull(two.dana)
    done(two.log, two.dana, cmd.Take(), 25)
    done(two.log, two.mira, STOP, 40)
    two.log.push(two.dana)
    two.log.push(two.mira)
    assert two.minutes("mira") == 30


def test_time_that_its_owner_has_logged_is_not_handed_over_again() -> None:
    two = Two()
    done(two.log, two.mira, TIMER, 10)
    two.log.push(two.mira)
    two.log.pull(two.dana)
    done(two.log, two.mira, STOP, 22)
    done(two.log, two.dana, cmd.Take(), 25)
    two.log.push(two.mira)
    two.log.push(two.dana)
    assert two.minutes("mira") == 12


def test_a_timer_begun_anew_runs_on_under_its_own_name_alone() -> None:
    """Dana ends the timer of Mira's that she saw; Mira has ended it and begun another."""
    two = Two()
    done(two.log, two.mira, TIMER, 10)
    two.log.push(two.mira)
    two.log.pull(two.dana)
    done(two.log, two.mira, STOP, 22)
    done(two.log, two.mira, TIMER, 24)
    done(two.log, two.dana, UP, 25)
    two.log.push(two.mira)
    two.log.push(two.dana)
    told = [e for op in two.log.lines if op.by == "dana" for e in op.events]
    assert {e.by for e in told if not isinstance(e, ev.TimeLogged)} <= {"dana", ""}
    assert two.minutes("mira") == 12
    assert two.log.ticket.timer_by == "mira"


def test_time_logged_by_hand_leaves_a_timer_of_ones_other_desk_running() -> None:
    log = SharedLog.of("tiered")
    desk, laptop = Console("d", "mira"), Console("l", "mira")
    done(log, desk, TIMER, 10)
    done(log, laptop, cmd.LogTime(seconds=60), 20)
    log.push(desk)
    log.push(laptop)
    assert log.ticket.timer_since == START.replace(minute=10)
    assert log.ticket.work == {1: 60}
