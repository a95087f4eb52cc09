"""The wallboard's figures are the console's: what its tiles count is what the lists have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.books import bundled_book
from tests.fakes.desks import TurnedClock, done, log, open_desk
from tierline.desk.board import MOST_PEOPLE, PRIORITIES, read_board
from tierline.desk.desk import Desk
from tierline.desk.queues import Count
from tierline.domain import commands as cmd
from tierline.domain.errors import Refusal
from tierline.present.wall_lists import Tile, list_of
from tierline.storage.records import Person


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Desk]:
    made = open_desk(tmp_path, clock=clock)
    for at in range(6):
        log(made, impact=1 + at % 3, urgency=1 + at % 3, tier=1 + at % 2)
    yield made
    made.replica.close()


def listed(desk: Desk, tile: Tile) -> int:
    """How many tickets the console shows behind a tile."""
    state = list_of(tile)
    ids = desk.ids(state.view, state.filter, state.sort, descending=state.descending)
    assert not isinstance(ids, Refusal)
    return len(ids)


def resolve(desk: Desk, at: int) -> None:
    """Resolve one of the open tickets."""
    ids = desk.ids("all")
    assert not isinstance(ids, Refusal)
    done(desk.act(ids[at], cmd.Take()))
    done(desk.act(ids[at], cmd.Resolve(steps="Cleared the spooler.", message="It prints again.")))


def test_cells_add_up_to_the_counts_of_the_rail(desk: Desk, clock: TurnedClock) -> None:
    clock.turn(minutes=40)
    board, counts = read_board(desk), desk.counts()
    total = [sum(part) for part in zip(*board.cells.values(), strict=True)]
    assert Count(*total) == counts["all"] == board.everything
    assert board.nobody == counts["unassigned"]
    for line in (1, 2, 3):
        column = [cell for (_, tier), cell in board.cells.items() if tier == line]
        assert sum(cell.total for cell in column) == counts[f"tier:{line}"].total
    assert board.everything.over > 0


def test_the_clocks_due_next_come_in_their_order_without_those_over(
    desk: Desk, clock: TurnedClock
) -> None:
    clock.turn(minutes=20)
    board = read_board(desk)
    dues = [coming.countdown.due for coming in board.coming]
    assert all(due is not None and due > clock() for due in dues)
    assert dues == sorted(dues, key=lambda due: due or clock())
    assert len({coming.number for coming in board.coming}) == len(board.coming) <= 5


def test_today_counts_what_arrived_and_what_was_resolved(desk: Desk, clock: TurnedClock) -> None:
    clock.turn(minutes=7)
    resolve(desk, 0)
    clock.turn(minutes=40)
    board = read_board(desk)
    assert (board.trend.arrived, board.trend.resolved) == ((0, 6, 6), (0, 1, 1))
    assert (board.nobody.total, board.untouched.total) == (5, 5)
    assert {person.name for person in board.people} >= {"Mira", "Tobias", "Priya"}


def test_the_sums_begin_with_the_hour_of_the_first_and_end_now(
    desk: Desk, clock: TurnedClock
) -> None:
    clock.turn(hours=3)
    log(desk, impact=2, urgency=2)
    trend = read_board(desk).trend
    assert f"{trend.start.astimezone(desk.zone):%H:%M}" == "10:00"
    assert trend.arrived == (0, 6, 6, 6, 6, 6, 6, 7)


def test_at_midnight_of_the_desk_a_new_day_begins(desk: Desk, clock: TurnedClock) -> None:
    resolve(desk, 0)
    midnight = clock().astimezone(desk.zone).replace(hour=0, minute=0, second=0)
    clock.now = midnight + timedelta(days=1, seconds=-1)
    before = read_board(desk)
    clock.turn(seconds=1)
    after = read_board(desk)
    assert before.next_change is not None
    assert before.next_change <= clock()
    assert (before.trend.arrived[-1], before.trend.resolved[-1]) == (6, 1)
    assert (sum(after.trend.arrived), sum(after.trend.resolved)) == (0, 0)
    assert sum(kept.resolved for kept in after.kept.values()) == 0
    assert after.everything.total == before.everything.total


@pytest.mark.parametrize("minutes", [1, 40, 700])
def test_the_list_behind_a_tile_has_as_many_tickets_as_the_tile(
    desk: Desk, clock: TurnedClock, minutes: int
) -> None:
    resolve(desk, 1)
    clock.turn(minutes=minutes)
    resolve(desk, 0)
    board = read_board(desk)
    figures = {
        Tile.NEXT: board.everything.total,
        Tile.OPEN: board.everything.total,
        Tile.KEPT: sum(kept.resolved for kept in board.kept.values()),
        Tile.NOBODY: board.nobody.total,
        Tile.UNTOUCHED: board.untouched.total,
        Tile.PEOPLE: board.everything.total,
        Tile.TREND: board.trend.arrived[-1],
    }
    assert {tile: listed(desk, tile) for tile in Tile} == figures
    assert figures[Tile.KEPT] == 2


def test_a_promise_that_was_broken_counts_against_its_priority(
    desk: Desk, clock: TurnedClock
) -> None:
    clock.turn(minutes=1)
    resolve(desk, 0)
    clock.turn(hours=6)
    resolve(desk, 0)  # a P1 whose response was due after 15 minutes
    kept = read_board(desk).kept
    assert set(kept) == set(PRIORITIES)
    assert (kept[1].met, kept[1].resolved) == (1, 2)
    assert kept[1].percent == 50


def test_the_goals_are_those_of_the_desks_policy(tmp_path: Path, clock: TurnedClock) -> None:
    made = open_desk(tmp_path, clock=clock)
    goals = [read_board(made).kept[priority].goal for priority in PRIORITIES]
    assert goals == [0.0] * 4  # the playbook names none
    tiered = Desk(made.replica, bundled_book("tiered"), "mira", clock)
    goals = [read_board(tiered).kept[priority].goal for priority in PRIORITIES]
    assert goals == [0.95, 0.95, 0.9, 0.9]
    made.replica.close()


@pytest.mark.parametrize(("hour", "shift"), [(10, "Day shift"), (20, "Night shift")])
def test_B2_the_board_says_which_shift_it_is(
    tmp_path: Path, clock: TurnedClock, hour: int, shift: str
) -> None:
    made = open_desk(tmp_path, clock=clock)
    tiered = Desk(made.replica, bundled_book("tiered"), "mira", clock)
    clock.now = clock().astimezone(tiered.zone).replace(hour=hour)
    assert read_board(tiered).shift == shift
    made.replica.close()


def test_a_desk_without_shifts_says_until_when_it_is_open(desk: Desk, clock: TurnedClock) -> None:
    assert read_board(desk).shift == "Open until 17:00"
    clock.turn(hours=9)
    assert read_board(desk).shift == "Closed until Fri 08:00"


def test_B8_who_is_on_a_visit_has_a_pin(tmp_path: Path, clock: TurnedClock) -> None:
    made = open_desk(tmp_path, clock=clock)
    tiered = Desk(made.replica, bundled_book("tiered"), "ravi", clock)
    log(tiered, impact=2, urgency=2, tier=2)
    ids = tiered.ids("all")
    assert not isinstance(ids, Refusal)
    done(tiered.act(ids[0], cmd.Take()))
    assert not any(person.out for person in read_board(tiered).people)
    done(tiered.act(ids[0], cmd.ChangeStatus(status="travelling")))
    assert [person.name for person in read_board(tiered).people if person.out] == ["Ravi"]
    made.replica.close()


def test_more_people_than_fit_are_counted_in_the_last_place(desk: Desk) -> None:
    more = [Person(id=f"p{at}", name=f"Person{at} Test") for at in range(12)]
    desk.replica.directory.put_people(more)
    desk.people.refresh()
    people, there = read_board(desk).people, [p for p in desk.people.assignable() if p.present]
    assert len(people) == MOST_PEOPLE
    assert people[-1].more == len(there) - MOST_PEOPLE + 1
    assert sum(person.open for person in people) == sum(desk.people.load().values())


def test_names_of_clients_are_told_only_when_asked_for(desk: Desk) -> None:
    assert {coming.client for coming in read_board(desk).coming} == {""}
    assert "" not in {coming.client for coming in read_board(desk, names=True).coming}


def test_reading_the_board_writes_nothing(desk: Desk) -> None:
    before = desk.replica.sync.counts(), desk.replica.tickets.count()
    read_board(desk, names=True)
    assert (desk.replica.sync.counts(), desk.replica.tickets.count()) == before
    assert not desk.replica.changed_elsewhere()
