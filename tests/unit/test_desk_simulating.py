"""Replaying a desk under another policy: what would have breached is what its clocks say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock, done, log, open_desk, refusal
from tierline.desk.demo.seed import make
from tierline.desk.desk import Desk
from tierline.desk.importing import import_files
from tierline.desk.simulating import simulate
from tierline.desk.simulation import Group, Simulation
from tierline.domain import commands as cmd
from tierline.domain.clocks import State, clocks
from tierline.domain.policy import Policy
from tierline.storage.replica import Replica
from tierline.transfer.watching import CancelledError, Progress

# Wed 4 Nov 2026, 9:00 in Melbourne and Sydney: a working day on every desk there.
MORNING = datetime(2026, 11, 3, 22, tzinfo=UTC)
UP = cmd.Escalate(tier=2, reason="skill", handover="Needs rights", message="On to 2nd line.")


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock(MORNING)


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock=clock)
    yield opened
    opened.replica.close()


def policy(name: str) -> Policy:
    return bundled_book().get(name)


def run(desk: Desk, other: str, filter_: str = "", **more: str) -> Simulation:
    found = simulate(desk, policy(other), filter_, now=desk.clock(), **more)
    assert isinstance(found, Simulation), found
    return found


def told(groups: tuple[Group, ...]) -> dict[str, tuple[int, int, int]]:
    return {each.key: (each.tickets, each.before, each.after) for each in groups}


def test_a_day_on_first_line_is_kept_by_one_policy_and_not_by_the_other(
    desk: Desk, clock: TurnedClock
) -> None:
    """Fifteen and a half desk hours on first line, answered and fixed in time by the playbook."""
    ticket = log(desk, priority=3)
    for wait in ({"minutes": 30}, {"days": 1}):
        clock.turn(**wait)
        done(desk.act(ticket, cmd.Message(text="We are at it.")))
    clock.turn(hours=6)
    done(desk.act(ticket, UP))
    clock.turn(hours=1)
    done(desk.act(ticket, cmd.Resolve(steps="Gave rights", message="Done.")))
    found = run(desk, "three-line")
    assert (found.tickets, found.before, found.after) == (1, 0, 1)
    assert told(found.lines) == {"1": (1, 0, 1), "2": (1, 0, 0)}
    assert told(found.priorities) == {"3": (1, 0, 1)}
    assert told(found.months) == {"2026-11": (1, 0, 1)}
    (change,) = found.changes
    assert (change.before, change.line, change.worse) == ((), 1, True)
    over = {broken.clock: broken.said for broken in change.after}
    assert over == {"first-line": "Line limit +6h 30m", "first-line-stop": "Line limit +3h 30m"}
    assert (found.worse, found.better) == (1, 0)


def test_what_is_better_under_the_other_policy_is_told_too(desk: Desk, clock: TurnedClock) -> None:
    """A P4 is answered on the next day: the playbook gives one business day, the other 16 hours."""
    ticket = log(desk, priority=4, channel="monitoring", client="Marrowby Foods")
    done(desk.act(ticket, cmd.Take()))
    clock.turn(hours=25)
    done(desk.act(ticket, cmd.Resolve(steps="Explained it", message="Like this.")))
    found = run(desk, "service-definition")
    assert told(found.priorities) == {"4": (1, 1, 0)}
    (change,) = found.changes
    assert [broken.said for broken in change.before] == ["Response +1h 00m"]
    assert (change.after, change.worse, found.better) == ((), False, 1)


def test_an_update_that_came_too_late_counts_though_later_ones_were_in_time(
    desk: Desk, clock: TurnedClock
) -> None:
    ticket = log(desk, priority=2, channel="portal")
    done(desk.act(ticket, cmd.Message(text="Found it.")))
    clock.turn(hours=3)
    for _ in range(3):
        done(desk.act(ticket, cmd.Message(text="Still at it.")))
        clock.turn(minutes=20)
    done(desk.act(ticket, cmd.Resolve(steps="Done", message="It works.")))
    found = run(desk, "tiered")
    assert told(found.clocks)["update"] == (1, 0, 1)
    (broken,) = found.changes[0].after
    assert (broken.clock, broken.over) == ("update", 2 * 3600)


def test_a_status_the_other_policy_does_not_know_is_told_and_pauses_nothing(
    desk: Desk, clock: TurnedClock
) -> None:
    done_in = {"channel": "phone", "client": "Marrowby Foods", "priority": 3}
    ticket = log(desk, **done_in)
    waits = cmd.ChangeStatus(status="waiting-approval", reason="quote")
    done(desk.act(ticket, waits))
    clock.turn(days=6)
    found = run(desk, "service-definition")
    assert told(found.clocks)["fix"] == (1, 0, 1)
    (warning,) = found.warnings
    assert '"waiting-approval" (1)' in warning
    assert "service-definition v1" in warning
    assert not run(desk, "playbook").warnings


def test_words_of_every_kind_that_are_not_known_are_told(desk: Desk) -> None:
    ticket = log(desk, priority=4, channel="taskbar", type="advisory")
    done(desk.act(ticket, UP))
    file = policy("service-definition").file
    small = Policy(replace(file, tiers={"1": file.tiers["1"]}, escalations=()))
    found = simulate(desk, small, now=desk.clock())
    assert isinstance(found, Simulation)
    said = " ".join(found.warnings)
    for words in ("Lines that", '"2" (1)', "Channels that", '"taskbar"', "Types", '"advisory"'):
        assert words in said


def test_a_ticket_nobody_judged_has_no_promise_and_none_is_made_up(tmp_path: Path) -> None:
    found = imported(tmp_path, BARE, "service-definition")
    assert (found.bare_before, found.bare_after, found.after) == (1, 1, 0)
    assert any("Priorities that" in said and '"0" (1)' in said for said in found.warnings)


def test_what_an_import_does_not_tell_of_answers_is_not_judged(tmp_path: Path) -> None:
    text = (
        "Number,Opened,Short description,Priority,State,Resolved,Closed\n"
        "INC1,2026-03-02 10:00,Broken,3 - Moderate,Closed,2026-03-30 10:00,2026-03-31 10:00\n"
    )
    found = imported(tmp_path, text, "three-line")
    assert told(found.clocks) == {"fix": (1, 1, 1), **{k: (1, 0, v) for k, v in LIMITS.items()}}
    assert any("1 imported histories tell of no word" in said for said in found.warnings)


BARE = "Number,Opened,Short description,Priority,State\nINC1,2026-03-02 10:00,No,,New\n"
LIMITS = {"first-line": 1, "first-line-stop": 1, "work-limit": 0}


def imported(folder: Path, text: str, other: str) -> Simulation:
    file = folder / "incident.csv"
    file.write_text(text, encoding="utf-8")
    clock = TurnedClock(MORNING)
    desk = open_desk(folder / "desk", clock=clock)
    try:
        import_files(desk.replica, desk.book, [file], zone="Australia/Sydney", now=clock())
        return run(desk, other)
    finally:
        desk.replica.close()


def test_what_was_taken_back_or_comes_later_does_not_count(desk: Desk, clock: TurnedClock) -> None:
    ticket = log(desk, priority=2, channel="portal")
    undone = done(desk.act(ticket, cmd.Message(text="Wrong ticket.")))
    done(desk.undo(undone.op_id))
    clock.turn(hours=2)
    then = clock()
    assert run(desk, "playbook").before == 1
    clock.turn(hours=1)
    log(desk, "Later")
    done(desk.act(ticket, cmd.Prioritise(priority=4, reason="Can wait")))
    now = run(desk, "playbook")
    assert (now.tickets, now.before) == (2, 0)
    found = simulate(desk, policy("playbook"), now=then)
    assert isinstance(found, Simulation)
    assert (found.tickets, found.before) == (1, 1)


def test_filter_and_policy_narrow_it_and_nothing_left_is_refused(desk: Desk) -> None:
    log(desk, priority=2)
    done(desk.log(LOGGED, policy="tiered"))
    assert run(desk, "three-line").policies == {"playbook v5": 1, "tiered v3": 1}
    assert run(desk, "three-line", policy_of="tiered").policies == {"tiered v3": 1}
    assert run(desk, "three-line", "priority:2").policies == {"playbook v5": 1}
    none = simulate(desk, policy("tiered"), policy_of="three-line", now=desk.clock())
    assert "three-line" in refusal(none).what
    refusal(simulate(desk, policy("tiered"), "is:nonsense", now=desk.clock()))


LOGGED = cmd.Log(
    number="", subject="Slow", channel="mail", client="Marrowby Foods", contact="Ada", priority=3
)


def test_it_can_be_stopped_and_says_how_far_it_is(desk: Desk) -> None:
    log(desk)
    seen: list[Progress] = []
    simulate(desk, policy("tiered"), now=desk.clock(), progress=seen.append)
    assert (seen[0].done, seen[0].total, seen[-1].done) == (0, 1, 1)
    with pytest.raises(CancelledError):
        simulate(desk, policy("tiered"), now=desk.clock(), cancelled=lambda: True)


@pytest.mark.parametrize("name", ["playbook", "tiered", "three-line", "service-definition"])
def test_under_its_own_policy_nothing_changes_and_all_agrees_with_the_console(
    tmp_path: Path, name: str
) -> None:
    """A made-up desk; of each ticket at least what the console shows as breached has breached."""
    clock = TurnedClock(MORNING)
    replica = Replica.open(tmp_path, clock(), kind="demo")
    try:
        make(replica, bundled_book(), clock(), tickets=40, policy=name)
        desk = Desk(replica, bundled_book(), "mira", clock)
        before = _journal(tmp_path)
        found = run(desk, name)
        assert found.before == found.after > 0
        assert not found.changes
        assert not [said for said in found.warnings if "does not know" in said]
        shown = _breached_on_screen(desk)
        assert found.before >= shown > 0
        assert _journal(tmp_path) == before
    finally:
        replica.close()


def _breached_on_screen(desk: Desk) -> int:
    ids = desk.replica.queues.ids([])
    tickets = [stored.ticket for each in ids if (stored := desk.replica.tickets.get(each))]
    shown = (clocks(ticket, desk.policy(ticket.policy), desk.clock()) for ticket in tickets)
    return sum(any(clock.state == State.BREACHED for clock in each) for each in shown)


def _journal(folder: Path) -> tuple[object, ...]:
    with sqlite3.connect(folder / "desk.sqlite") as base:
        counted = base.execute("SELECT count(*), max(seq), sum(length(events)) FROM journal")
        state = base.execute("SELECT sum(length(state) + length(deadlines)) FROM ticket")
        found = (*counted.fetchone(), *state.fetchone())
    base.close()
    return found
