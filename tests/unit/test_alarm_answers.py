"""Snoozing and acknowledging an alarm: what is refused, what stays, and how two answers meet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.desks import TurnedClock, done, log, open_desk, refusal
from tests.oracles.shared_log import meet
from tierline.desk.desk import Desk
from tierline.domain import commands as cmd
from tierline.storage.records import Client

FAR = TurnedClock().now + timedelta(days=9)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Desk:
    return open_desk(tmp_path, clock=clock)


def test_a_snooze_ends_with_the_breach_at_the_latest(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk, impact=2, urgency=2)
    snoozed = done(desk.act(ticket_id, cmd.Snooze(until=FAR, reason="Later", clock="R"))).ticket
    (answer,) = snoozed.alarm_answers
    assert answer.until == clock.now + timedelta(hours=1)
    assert (answer.clock, answer.run, answer.by, answer.reason) == (
        "response",
        "logged",
        "mira",
        "Later",
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (cmd.Snooze(until=FAR, reason=" ", clock="R"), "The reason is empty."),
        (cmd.Snooze(until=FAR, reason="x", clock="A"), "No clock called A runs"),
        (cmd.Acknowledge(clock="Coffee"), "No clock called Coffee runs"),
    ],
)
def test_what_is_refused(desk: Desk, command: cmd.Command, said: str) -> None:
    ticket_id = log(desk, impact=2, urgency=2)
    assert refusal(desk.act(ticket_id, command)).what.startswith(said)


def test_what_is_over_is_acknowledged_once_and_not_snoozed(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk, impact=2, urgency=2)
    clock.turn(minutes=70)
    later = clock.now + timedelta(minutes=5)
    snoozed = desk.act(ticket_id, cmd.Snooze(until=later, reason="x", clock="R"))
    assert refusal(snoozed).what == "Response is over: that is not put off any more."
    done(desk.act(ticket_id, cmd.Acknowledge(clock="R")))
    assert refusal(desk.act(ticket_id, cmd.Acknowledge(clock="R"))).what
    (card,) = desk.strip().over
    assert card.acknowledged == "mira"


def test_another_run_of_the_clock_is_not_put_off(desk: Desk, clock: TurnedClock) -> None:
    desk.replica.directory.put_clients([Client(name="Tiered", policy="tiered")])
    ticket_id = log(desk, client="Tiered", contact="Orla Fennick", impact=2, urgency=2)
    done(desk.act(ticket_id, cmd.Take()))
    done(desk.act(ticket_id, cmd.Message(text="On it")))
    later = clock.now + timedelta(minutes=59)
    done(desk.act(ticket_id, cmd.Snooze(until=later, reason="x", clock="update")))
    clock.turn(minutes=1)
    done(desk.act(ticket_id, cmd.Message(text="Still on it")))
    clock.turn(minutes=50)
    assert [card.clock for card in desk.strip().soon] == ["update"]


def test_a_colleague_hears_what_i_put_off(desk: Desk, clock: TurnedClock, tmp_path: Path) -> None:
    ticket_id = log(desk, impact=2, urgency=2)
    clock.turn(minutes=49)
    later = clock.now + timedelta(minutes=5)
    done(desk.act(ticket_id, cmd.Snooze(until=later, reason="They call", clock="R")))
    assert desk.strip().soon == ()
    tobias = open_desk(tmp_path, "tobias", clock)
    (card,) = tobias.strip().soon
    assert (card.snoozed_by, card.snooze_reason) == ("mira", "They call")


def test_it_can_be_taken_back(desk: Desk, clock: TurnedClock) -> None:
    ticket_id = log(desk, impact=2, urgency=2)
    act = done(desk.act(ticket_id, cmd.Snooze(until=FAR, reason="x", clock="R")))
    assert done(desk.undo(act.op_id)).ticket.alarm_answers == ()


SNOOZE = cmd.Snooze(until=FAR, reason="They call back", clock="fix")
SEEN = cmd.Acknowledge(clock="fix", text="on it")


def test_two_who_answer_unseen_by_each_other_are_both_heard() -> None:
    ticket = meet([SNOOZE], [SNOOZE, SEEN]).ticket
    assert [(a.by, a.until is None) for a in ticket.alarm_answers] == [
        ("dana", False),
        ("mira", False),
        ("mira", True),
    ]
    assert ticket.conflicts == ()


def test_a_snooze_that_comes_behind_a_resolution_changes_nothing_else() -> None:
    log = meet([cmd.Resolve(steps="x", message="y")], [SNOOZE])
    assert (log.ticket.ended, log.ticket.conflicts) == ("resolved", ())


def test_what_was_raised_to_p1_meanwhile_is_heard_all_the_same() -> None:
    ticket = meet([cmd.Prioritise(priority=1, reason="all stop")], [SNOOZE]).ticket
    assert ticket.priority == 1
    assert [a.by for a in ticket.alarm_answers] == ["mira"]
