"""Visits beside what others did unseen: what was done on site is kept, of two plans one stands."""

from __future__ import annotations

from datetime import timedelta

from tests.oracles.shared_log import START, Console, SharedLog, Written
from tierline.domain import commands as cmd
from tierline.domain.ticket import Visit

HASH = "b" * 64


def shared() -> tuple[SharedLog, Console, Console]:
    """A ticket with one visit that both know, planned for ravi; ravi's console and lena's."""
    log = SharedLog.of("tiered")
    ravi, lena = Console("c1", "ravi"), Console("c2", "lena")
    act(log, lena, plan(60, "ravi"), 1)
    log.push(lena)
    log.pull(ravi)
    return log, ravi, lena


def act(log: SharedLog, who: Console, command: cmd.Command, minute: float) -> Written:
    answer = log.act(who, command, minute)
    assert isinstance(answer, Written), answer
    return answer


def plan(minute: int, engineer: str, key: str = "") -> cmd.PlanVisit:
    start = START + timedelta(minutes=minute)
    return cmd.PlanVisit(key=key, start=start, engineer=engineer, site="Comms room")


def only(log: SharedLog) -> Visit:
    (visit,) = log.ticket.visits
    return visit


def test_B8_of_two_plans_unseen_by_each_other_one_stands_and_the_other_is_kept() -> None:
    log, ravi, lena = shared()
    key = only(log).key
    act(log, lena, plan(120, "ines", key), 5)
    act(log, ravi, plan(180, "ravi", key), 6)
    log.push(lena)
    log.push(ravi)
    assert (only(log).engineer, len(log.ticket.conflicts)) == ("ines", 1)
    (conflict,) = log.ticket.conflicts
    assert conflict.what == f"visit:{key}"
    assert conflict.grave
    act(log, ravi, cmd.Settle(conflict=conflict.key, choice="mine"), 10)
    log.push(ravi)
    assert (only(log).engineer, log.ticket.conflicts) == ("ravi", ())


def test_B8_the_same_plan_twice_is_one() -> None:
    log, ravi, lena = shared()
    key = only(log).key
    for who in (lena, ravi):
        act(log, who, plan(120, "ines", key), 5)
    log.push(lena)
    log.push(ravi)
    assert (only(log).engineer, log.ticket.conflicts) == ("ines", ())


def test_B8_who_went_where_the_office_had_cancelled_was_there() -> None:
    log, ravi, lena = shared()
    act(log, lena, cmd.CancelVisit(reason="They moved"), 5)
    act(log, ravi, cmd.SetOut(reason="Asked for"), 6)
    act(log, ravi, cmd.Arrive(reason="Asked for"), 30)
    act(log, ravi, cmd.UsePart(part="Switch", serial="77"), 40)
    act(log, ravi, cmd.LeaveSite(), 60)
    log.push(lena)
    log.push(ravi)
    (visit,) = log.ticket.visited
    assert (visit.state, visit.engineer, log.ticket.work) == ("done", "ravi", {1: 1800})
    assert [part.serial for part in log.ticket.parts] == ["77"]


def test_B8_a_visit_that_has_begun_is_not_cancelled_behind_the_engineers_back() -> None:
    log, ravi, lena = shared()
    act(log, ravi, cmd.Arrive(reason="Asked for"), 6)
    act(log, lena, cmd.CancelVisit(reason="They moved"), 7)
    log.push(ravi)
    log.push(lena)
    assert only(log).state == "on site"
    (conflict,) = log.ticket.conflicts
    assert (conflict.kept, conflict.lost) == ("on site", "cancelled")


def test_B8_what_was_done_on_site_is_kept_on_a_ticket_that_was_closed_meanwhile() -> None:
    log, ravi, lena = shared()
    act(log, lena, cmd.Cancel(reason="Logged twice"), 5)
    act(log, ravi, cmd.Arrive(reason="Asked for"), 6)
    act(log, ravi, cmd.SignOff(name="Ada", sha256=HASH), 20)
    act(log, ravi, cmd.LeaveSite(), 26)
    log.push(lena)
    log.push(ravi)
    assert log.ticket.visited[-1].state == "done"
    assert log.ticket.signed is not None
    assert sum(log.ticket.work.values()) == 1200


def test_B8_of_a_point_ticked_off_and_opened_again_unseen_done_wins() -> None:
    for first in ("done", "open"):
        log, ravi, lena = shared()
        act(log, lena, cmd.Check(item="Labels"), 2)
        act(log, lena, cmd.Check(item="Labels", done=False), 3)
        log.push(lena)
        log.pull(ravi)
        act(log, ravi, cmd.Check(item="Labels"), 5)
        act(log, lena, cmd.Check(item="Labels"), 5)
        act(log, lena, cmd.Check(item="Labels", done=False), 6)
        for who in (ravi, lena) if first == "done" else (lena, ravi):
            log.push(who)
        assert log.ticket.checks == ("Labels",)
